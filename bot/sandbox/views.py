from typing import Any

from bot.sandbox.methods_bot import commands_for
from bot.sandbox.people import Chat, Json, Person, Record
from bot.sandbox.world import World


def person_view(person: Person) -> Json:
    """Show a person as the chooser lists them."""
    return {
        "id": person.id,
        "first_name": person.first_name,
        "last_name": person.last_name,
        "username": person.username,
        "phone": person.phone,
        "note": person.note,
        "start": person.start,
        "zone": person.zone,
        "language_code": person.language_code,
        "started": person.started,
        "blocked": person.blocked,
    }


def record_view(world: World, record: Record) -> Json:
    """Show a message with what the bot does not see of it."""
    told = record.message | {"version": record.version}
    if record.deleted:
        told["deleted"] = True
    if record.silent:
        told["silent"] = True
    if record.reaction:
        told["reaction"] = record.reaction
    if record.former:
        told["former"] = record.former
    if (poll := record.message.get("poll")) is not None:
        told["votes"] = {str(who): what for who, what in world.votes[poll["id"]].items()}
    return told


def chat_view(world: World, chat: Chat, person: Person | None, *, last: int) -> Json:
    """Show all about a chat to one of its people."""
    action, until = chat.typing
    records = list(chat.records.values())
    somebody = person or world.people.get(chat.id if chat.private else chat.members[0])
    language = somebody.language_code if somebody else ""
    return {
        "chat": world.chat_json(chat),
        "version": world.pulse.version,
        "members": chat.members,
        "messages": [record_view(world, one) for one in (records[-last:] if last else records)],
        "keyboard": chat.keyboard,
        "commands": commands_for(world, chat, somebody.id if somebody else 0, language),
        "menu_button": chat.menu_button or world.menu_button,
        "typing": action if until > world.clock.now() else "",
        "taps": {one: world.callbacks[one].answer for one in chat.taps[-10:]},
        "pinned": chat.pinned,
        "blocked": bool(chat.private and somebody and somebody.blocked),
        "started": bool(not chat.private or (somebody and somebody.started)),
        "description": world.descriptions.get(("description", language))
        or world.descriptions.get(("description", ""), ""),
    }


def chat_line(world: World, chat: Chat) -> Json:
    """Show a chat as a line of the list: who, the last words, when."""
    left = [one for one in reversed(chat.records.values()) if not one.deleted]
    line = world.chat_json(chat) | {"version": chat.version, "members": chat.members}
    if left:
        message = left[0].message
        kinds = ("photo", "document", "voice", "video", "poll", "contact")
        line["last"] = {
            "text": str(message.get("text") or message.get("caption") or "")[:120],
            "kind": next((kind for kind in kinds if kind in message), "text"),
            "date": message["date"],
            "from_bot": message["from"]["is_bot"],
            "id": message["message_id"],
        }
    return line


def state_view(world: World) -> Json:
    """Show the world as the page needs it first."""
    return {
        "title": world.title,
        "bot": world.bot,
        "version": world.pulse.version,
        "clock": {"offset": world.clock.offset, "now": world.clock.now()},
        "people": [person_view(one) for one in world.people.values()],
        "chats": [chat_line(world, one) for one in world.chats.values()],
        "receiver": "webhook" if world.hook.url else "poll" if world.updates.polled else "none",
        "pending": len(world.updates.waiting()),
    }


def calls_view(world: World, method: str | None, since: int) -> Json:
    """List the calls of the bot."""
    wanted: list[Any] = [
        vars(one)
        for one in world.calls
        if one.number > since and (method is None or one.method.lower() == method.lower())
    ]
    return {"calls": wanted}
