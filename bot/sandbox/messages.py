import copy
from dataclasses import dataclass
from typing import Any

from bot.sandbox.people import Chat, Json, Person, Record
from bot.sandbox.refusals import bad
from bot.sandbox.world import World

MEDIA = ("photo", "document", "voice", "video", "poll", "contact", "location")


@dataclass(frozen=True)
class Extras:
    """Hold what any message of the bot may carry besides its content."""

    markup: Json | None = None
    reply_to: Json | None = None
    silent: bool = False
    protected: bool = False
    group: str = ""


def stamp(world: World, chat: Chat, sender: Json, content: Json) -> Json:
    """Give a message its number, sender, chat and time."""
    return {
        "message_id": next(world.message_ids),
        "from": sender,
        "chat": world.chat_json(chat),
        "date": int(world.clock.now()),
        **content,
    }


def quoted(record: Record) -> Json:
    """Give the message that is replied to, which never carries a reply of its own."""
    return {key: value for key, value in record.message.items() if key != "reply_to_message"}


def from_bot(world: World, chat: Chat, content: Json, extras: Extras) -> Json:
    """Let the bot write and give the message."""
    message = stamp(world, chat, world.bot, content)
    if extras.reply_to is not None:
        message["reply_to_message"] = extras.reply_to
    if extras.group:
        message["media_group_id"] = extras.group
    if extras.protected:
        message["has_protected_content"] = True
    markup = extras.markup
    if markup is not None and "inline_keyboard" in markup:
        message["reply_markup"] = markup
    elif markup is not None:
        chat.keyboard = None if "remove_keyboard" in markup else markup
    chat.typing = ("", 0.0)
    world.keep(chat, message, silent=extras.silent)
    return shown(message)


def shown(message: Json) -> Json:
    """Give a message the way it is at this moment, whatever happens to it later."""
    return copy.deepcopy(message)


def from_person(world: World, chat: Chat, person: Person, content: Json) -> tuple[Json, int | None]:
    """Let a person write: give the message and the update it made, if the bot gets one."""
    message = stamp(world, chat, person.as_user(), content)
    if chat.private and not person.blocked:
        person.started = True
    if chat.keyboard is not None and (
        chat.keyboard.get("one_time_keyboard") or chat.keyboard.get("force_reply")
    ):
        chat.keyboard = None
    world.keep(chat, message)
    heard = hears(world, chat, person, message)
    return message, world.updates.add("message", message, chat.id) if heard else None


def hears(world: World, chat: Chat, person: Person, message: Json) -> bool:
    """Tell whether the bot gets a message; in groups only what is meant for it, as by default."""
    if chat.private:
        return not person.blocked
    if chat.bot_status in {"left", "kicked"}:
        return False
    text = str(message.get("text") or message.get("caption") or "")
    replied = message.get("reply_to_message", {}).get("from", {}).get("id")
    named = f"@{world.bot['username']}" in text
    command = text.startswith("/") and ("@" not in text.split(maxsplit=1)[0] or named)
    return command or named or replied == world.bot["id"]


def reply_target(world: World, chat: Chat, parameters: Any) -> Json | None:
    """Find the message a bot replies to, or refuse."""
    if not parameters:
        return None
    if not isinstance(parameters, dict) or "message_id" not in parameters:
        raise bad("can't parse reply parameters JSON object")
    record = world.record(chat, int(parameters["message_id"]))
    if record is not None:
        return quoted(record)
    if parameters.get("allow_sending_without_reply"):
        return None
    raise bad("message to be replied not found")


def own(world: World, chat: Chat, message_id: int) -> Record:
    """Find a message the bot may edit, or refuse."""
    record = world.record(chat, message_id)
    if record is None:
        raise bad("message to edit not found")
    if record.message["from"]["id"] != world.bot["id"]:
        raise bad("message can't be edited")
    return record


def change(world: World, chat: Chat, record: Record, new: Json, *, shown_as_edited: bool) -> Json:
    """Replace a message's content, or refuse when nothing would change."""
    if new == record.message:
        raise bad(
            "message is not modified: specified new message content and reply markup are "
            "exactly the same as a current content and reply markup of the message"
        )
    record.former.append(record.message)
    record.message = new
    if shown_as_edited:
        new["edit_date"] = int(world.clock.now())
    world.touch(chat, record)
    return shown(new)


def remove(world: World, chat: Chat, record: Record) -> None:
    """Take a message out of its chat, keeping it for whoever looks from outside."""
    record.deleted = True
    if record.message["message_id"] in chat.pinned:
        chat.pinned.remove(record.message["message_id"])
    world.touch(chat, record)
