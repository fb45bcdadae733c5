from collections.abc import Callable
from typing import Any

from bot.sandbox import offers
from bot.sandbox.files import as_file
from bot.sandbox.keyboards import command_name
from bot.sandbox.messages import shown
from bot.sandbox.parameters import Parameters
from bot.sandbox.people import Chat, Json
from bot.sandbox.refusals import bad
from bot.sandbox.world import World

SCOPES = {
    "default", "all_private_chats", "all_group_chats", "all_chat_administrators", "chat",
    "chat_administrators", "chat_member",
}  # fmt: skip
ACCEPTED_GIFTS = {
    "unlimited_gifts": False,
    "limited_gifts": False,
    "unique_gifts": False,
    "premium_subscription": False,
    "gifts_from_channels": False,
}


def get_me(world: World, _: Parameters) -> Json:
    """Tell who the bot is."""
    return world.bot | {
        "can_join_groups": True,
        "can_read_all_group_messages": False,
        "supports_inline_queries": True,
        "can_connect_to_business": False,
        "has_main_web_app": False,
    }


def _scope(world: World, given: Parameters) -> tuple[str, str]:
    scope = given.parsed("scope") or {"type": "default"}
    kind = str(scope.get("type", ""))
    if kind not in SCOPES:
        raise bad("can't parse BotCommandScope: unsupported type specified")
    name = kind
    if kind.startswith("chat"):
        chat_id = Parameters(scope).number("chat_id")
        world.known(chat_id)
        name += f":{chat_id}"
    if kind == "chat_member":
        name += f":{Parameters(scope).number('user_id')}"
    language = given.text("language_code")
    if language and (len(language) != 2 or not language.islower()):
        raise bad("invalid language code specified")
    return name, language


def set_commands(world: World, given: Parameters) -> bool:
    """Put commands into a menu."""
    place = _scope(world, given)
    commands = given.listed("commands")
    if len(commands) > 100:
        raise bad("BOT_COMMANDS_TOO_MUCH")
    for one in commands:
        if not command_name(str(one.get("command", "")).removeprefix("/")):
            raise bad("BOT_COMMAND_INVALID")
        if not 1 <= len(str(one.get("description", ""))) <= 256:
            raise bad("BOT_COMMAND_DESCRIPTION_INVALID")
    world.commands[place] = [
        {"command": str(one["command"]).removeprefix("/"), "description": str(one["description"])}
        for one in commands
    ]
    world.pulse.changed()
    return True


def get_commands(world: World, given: Parameters) -> list[Json]:
    """Read a menu's commands."""
    return world.commands.get(_scope(world, given), [])


def delete_commands(world: World, given: Parameters) -> bool:
    """Take a menu's commands away."""
    world.commands.pop(_scope(world, given), None)
    world.pulse.changed()
    return True


def commands_for(world: World, chat: Chat, person_id: int, language: str) -> list[Json]:
    """Give the commands a person sees in a chat: the narrowest scope, the own language first."""
    everywhere = "all_private_chats" if chat.private else "all_group_chats"
    scopes = [f"chat_member:{chat.id}:{person_id}", f"chat:{chat.id}", everywhere, "default"]
    for scope in scopes:
        for spoken in (language, ""):
            if (scope, spoken) in world.commands:
                return world.commands[scope, spoken]
    return []


def set_menu_button(world: World, given: Parameters) -> bool:
    """Choose what stands beside the text field."""
    button = given.parsed("menu_button") or {"type": "default"}
    if button.get("type") not in {"commands", "default", "web_app"}:
        raise bad("can't parse menu button: unsupported type specified")
    if given.text("chat_id"):
        world.known(given.number("chat_id")).menu_button = button
    else:
        world.menu_button = button
    world.pulse.changed()
    return True


def get_menu_button(world: World, given: Parameters) -> Json:
    """Read what stands beside the text field."""
    if given.text("chat_id"):
        return world.known(given.number("chat_id")).menu_button or world.menu_button
    return world.menu_button


def _describe(field: str, most: int) -> Callable[[World, Parameters], bool]:
    def describe(world: World, given: Parameters) -> bool:
        text = given.text(field)
        if len(text) > most:
            raise bad(f"{field.replace('_', ' ')} is too long")
        world.descriptions[field, given.text("language_code")] = text
        world.pulse.changed()
        return True

    return describe


def _described(field: str) -> Callable[[World, Parameters], Json]:
    def described(world: World, given: Parameters) -> Json:
        return {field: world.descriptions.get((field, given.text("language_code")), "")}

    return described


def get_file(world: World, given: Parameters) -> Json:
    """Give a file's path, if it is small enough to be fetched."""
    stored = world.files.download(given.text("file_id"))
    return as_file(stored) | {"file_path": stored.path}


def get_chat(world: World, given: Parameters) -> Json:
    """Tell about a chat."""
    chat = world.known(given.number("chat_id"))
    told = world.chat_json(chat) | {
        "accent_color_id": 0,
        "max_reaction_count": 11,
        "accepted_gift_types": ACCEPTED_GIFTS,
    }
    if chat.pinned:
        told["pinned_message"] = shown(chat.records[chat.pinned[-1]].message)
    return told


def get_chat_member(world: World, given: Parameters) -> Json:
    """Tell who somebody is in a chat."""
    chat = world.known(given.number("chat_id"))
    user_id = given.number("user_id")
    if user_id == world.bot["id"]:
        return {"user": world.bot, "status": chat.bot_status}
    person = world.people.get(user_id)
    if person is None:
        raise bad("invalid user_id specified")
    inside = user_id == chat.id if chat.private else user_id in chat.members
    return {"user": person.as_user(), "status": "member" if inside else "left"}


def get_chat_member_count(world: World, given: Parameters) -> int:
    """Count a chat's members, the bot included."""
    chat = world.known(given.number("chat_id"))
    return 2 if chat.private else len(chat.members) + (chat.bot_status == "member")


def leave_chat(world: World, given: Parameters) -> bool:
    """Walk out of a group."""
    chat = world.open(given.number("chat_id"))
    if chat.private:
        raise bad("chat member status can't be changed in private chats")
    chat.bot_status = "left"
    world.touch(chat)
    return True


def yes(_: World, __: Parameters) -> bool:
    """Agree to what needs nothing here."""
    return True


def answer_callback(world: World, given: Parameters) -> bool:
    """Say something to a tap, once and in time."""
    callback = world.callbacks.get(given.text("callback_query_id"))
    text = given.text("text")
    if len(text) > 200:
        raise bad("MESSAGE_TOO_LONG")
    if callback is None or callback.answer or world.clock.now() - callback.made > 150:
        raise bad("query is too old and response timeout expired or query ID is invalid")
    callback.answer = {
        "text": text,
        "show_alert": given.flag("show_alert"),
        "url": given.text("url"),
    }
    world.pulse.changed(callback.person)
    return True


def answer_inline(world: World, given: Parameters) -> bool:
    """Answer what somebody types after the bot's name."""
    query = world.inline_queries.get(given.text("inline_query_id"))
    if query is None or query.answer or world.clock.now() - query.made > 30:
        raise bad("query is too old and response timeout expired or query ID is invalid")
    results = offers.checked(given.listed("results"))
    query.answer = {"results": results}
    world.pulse.changed(query.person)
    return True


METHODS: dict[str, Callable[[World, Parameters], Any]] = {
    "getme": get_me,
    "setmycommands": set_commands,
    "getmycommands": get_commands,
    "deletemycommands": delete_commands,
    "setchatmenubutton": set_menu_button,
    "getchatmenubutton": get_menu_button,
    "setmydescription": _describe("description", 512),
    "setmyshortdescription": _describe("short_description", 120),
    "setmyname": _describe("name", 64),
    "getmydescription": _described("description"),
    "getmyshortdescription": _described("short_description"),
    "getmyname": _described("name"),
    "getfile": get_file,
    "getchat": get_chat,
    "getchatmember": get_chat_member,
    "getchatmembercount": get_chat_member_count,
    "leavechat": leave_chat,
    "close": yes,
    "logout": yes,
    "answercallbackquery": answer_callback,
    "answerinlinequery": answer_inline,
}
