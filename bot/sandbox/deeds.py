import base64
import binascii
from typing import Any

from bot.sandbox import texts
from bot.sandbox.entities import units
from bot.sandbox.files import Upload
from bot.sandbox.messages import from_person, hears, quoted
from bot.sandbox.methods_sending import file_content, keep, with_entities
from bot.sandbox.people import Chat, Json, Person
from bot.sandbox.refusals import ApiError, ControlError
from bot.sandbox.world import Callback, World

LONGEST = 4096
NAMES = {"photo": "foto.jpg", "voice": "suara.oga", "document": "berkas"}
TYPES = {"photo": "image/jpeg", "voice": "audio/ogg", "document": "application/octet-stream"}


def place(world: World, body: Json) -> tuple[Chat, Person]:
    """Find where something happens and who does it."""
    chat = world.chat(body["chat"])
    person = world.person(body.get("person") or chat.id)
    if not chat.private and person.id not in chat.members:
        raise ControlError(f"{person.id} is not in this group.")
    if chat.private and chat.id != person.id:
        raise ControlError("A private chat has one person.")
    return chat, person


def _reply(world: World, chat: Chat, body: Json) -> Json:
    if not body.get("reply_to"):
        return {}
    record = world.record(chat, int(body["reply_to"]))
    if record is None:
        raise ControlError("The message to reply to is not there.")
    return {"reply_to_message": quoted(record)}


def _sent(written: tuple[Json, int | None]) -> Json:
    message, update_id = written
    return {"message_id": message["message_id"], "update_id": update_id}


def say(world: World, body: Json) -> Json:
    """Let a person write a text; a long one becomes several messages, as the apps do it."""
    chat, person = place(world, body)
    pieces = [said for one in _pieces(str(body["text"])) if (said := texts.plain(one)).text]
    if not pieces:
        raise ControlError("A text cannot be empty.")
    sent: list[Json] = []
    for said in pieces:
        content = with_entities(said, "text") | _reply(world, chat, body)
        sent.append(_sent(from_person(world, chat, person, content)))
    return sent[0] | {"all": sent}


def _pieces(text: str) -> list[str]:
    pieces = [""]
    room = LONGEST
    for sign in text:
        if units(sign) > room:
            pieces.append("")
            room = LONGEST
        pieces[-1] += sign
        room -= units(sign)
    return pieces


def start(world: World, body: Json) -> Json:
    """Let a person press START, with the payload of a deep link."""
    person = world.person(body["person"])
    block(world, body, blocked=False)
    payload = str(body.get("payload") or "")
    return say(world, {"chat": person.id, "text": f"/start {payload}".strip()})


def media(world: World, body: Json) -> Json:
    """Let a person send a photo, an album, a file or a voice note."""
    chat, person = place(world, body)
    kind = str(body.get("kind", "document"))
    if kind not in NAMES:
        raise ControlError(f"Nothing is known of {kind}.")
    uploads = [(_upload(one, kind), one.get("size")) for one in body["files"]]
    caption = with_entities(texts.caption(texts.plain(str(body.get("caption") or ""))), "caption")
    group = {"media_group_id": str(next(world.ids))} if len(uploads) > 1 else {}
    sent: list[Json] = []
    for upload, size in uploads:
        content = file_content(kind, keep(world, upload, kind, size))
        content |= (caption if not sent else {}) | group | _reply(world, chat, body)
        sent.append(_sent(from_person(world, chat, person, content)))
    return sent[0] | {"all": sent}


def _upload(told: Json, kind: str) -> Upload:
    try:
        content = base64.b64decode(str(told.get("data", "")), validate=True)
    except binascii.Error:
        raise ControlError("A file's data must be base64.") from None
    return Upload(
        str(told.get("name") or NAMES[kind]), str(told.get("mime") or TYPES[kind]), content
    )


def contact(world: World, body: Json) -> Json:
    """Let a person share the own contact, somebody else's, or any."""
    chat, person = place(world, body)
    of = body.get("of") or person.id
    if isinstance(of, dict):
        card = of
    else:
        known = world.person(of)
        card = {"phone_number": known.phone, "first_name": known.first_name, "user_id": known.id}
        if known.last_name:
            card["last_name"] = known.last_name
    if not card.get("phone_number"):
        raise ControlError("This person has no phone number.")
    return _sent(from_person(world, chat, person, {"contact": card} | _asked(chat, body)))


def _asked(chat: Chat, body: Json) -> Json:
    """Show a contact shared through a keyboard's button as the reply it is."""
    record = chat.records.get(int(body.get("reply_to") or 0))
    return {} if record is None else {"reply_to_message": quoted(record)}


def edit(world: World, body: Json) -> Json:
    """Let a person change an own message."""
    chat = world.chat(body["chat"])
    record = world.record(chat, int(body["message_id"]))
    if record is None or record.message["from"]["is_bot"]:
        raise ControlError("Only a person's own message can be edited.")
    field = "text" if "text" in record.message else "caption"
    said = texts.plain(str(body["text"]))
    if field == "text" and not said.text:
        raise ControlError("A text cannot become empty.")
    gone = {"text", "entities", "caption", "caption_entities"}
    record.former.append(record.message)
    record.message = {k: v for k, v in record.message.items() if k not in gone}
    record.message |= with_entities(said, field) | {"edit_date": int(world.clock.now())}
    world.touch(chat, record)
    person = world.people[record.message["from"]["id"]]
    heard = hears(world, chat, person, record.message)
    update_id = world.updates.add("edited_message", record.message, chat.id) if heard else None
    return {"message_id": record.message["message_id"], "update_id": update_id}


def tap(world: World, body: Json) -> Json:
    """Let a person tap a button, or send any callback data at all."""
    chat, person = place_of_tap(world, body)
    record = chat.records.get(int(body["message_id"]))
    if record is None:
        raise ControlError("The message is not there.")
    callback = Callback(str(next(world.ids)), chat.id, world.clock.now())
    world.callbacks[callback.id] = callback
    chat.taps.append(callback.id)
    query: Json = {
        "id": callback.id,
        "from": person.as_user(),
        "message": record.message,
        "chat_instance": str(chat.id * 7_919),
        "data": str(body["data"]),
    }
    return {
        "callback_id": callback.id,
        "update_id": world.updates.add("callback_query", query, chat.id),
    }


def place_of_tap(world: World, body: Json) -> tuple[Chat, Person]:
    """Find where a tap happens; a hostile one may come from anybody."""
    chat = world.chat(body["chat"])
    return chat, world.person(body.get("person") or chat.id)


def vote(world: World, body: Json) -> Json:
    """Let a person vote, change the vote, or take it back."""
    chat, person = place(world, body)
    record = world.record(chat, int(body["message_id"]))
    poll = record.message.get("poll") if record else None
    if record is None or poll is None or poll["is_closed"]:
        raise ControlError("There is no open poll.")
    chosen = sorted({int(one) for one in body["options"]})
    votes = world.votes[poll["id"]]
    if person.id in votes and not poll["allows_revoting"]:
        raise ControlError("This vote cannot be changed.")
    if any(not 0 <= one < len(poll["options"]) for one in chosen) or (
        len(chosen) > 1 and not poll["allows_multiple_answers"]
    ):
        raise ControlError("These options cannot be chosen.")
    votes[person.id] = chosen
    for at, option in enumerate(poll["options"]):
        option["voter_count"] = sum(at in one for one in votes.values())
    poll["total_voter_count"] = sum(1 for one in votes.values() if one)
    world.touch(chat, record)
    world.updates.add("poll", poll, chat.id)
    told = None
    if not poll["is_anonymous"]:
        ids = [poll["options"][one]["persistent_id"] for one in chosen]
        told = world.updates.add(
            "poll_answer",
            {"poll_id": poll["id"], "user": person.as_user(), "option_ids": chosen,
             "option_persistent_ids": ids},
            chat.id,
        )  # fmt: skip
    return {"update_id": told}


def block(world: World, body: Json, *, blocked: bool) -> Json:
    """Let a person block the bot, or take it back."""
    person = world.person(body["person"])
    chat = world.chats[person.id]
    if person.blocked == blocked:
        return {"update_id": None}
    person.blocked = blocked
    world.touch(chat)
    states = ("member", "kicked") if blocked else ("kicked", "member")
    return {"update_id": _member_changed(world, chat, person, states)}


def _member_changed(
    world: World, chat: Chat, person: Person, states: tuple[str, str]
) -> int | None:
    old: Json = {"user": world.bot, "status": states[0]}
    new: Json = {"user": world.bot, "status": states[1]}
    for member in (old, new):
        if member["status"] == "kicked":
            member["until_date"] = 0
    return world.updates.add(
        "my_chat_member",
        {
            "chat": world.chat_json(chat),
            "from": person.as_user(),
            "date": int(world.clock.now()),
            "old_chat_member": old,
            "new_chat_member": new,
        },
        chat.id,
    )


def group(world: World, body: Json) -> Json:
    """Make a group with the bot in it."""
    members = [world.person(one).id for one in body.get("members", [])]
    number = int(body["id"])
    if number >= 0 or not members:
        raise ControlError("A group has a negative id and at least one member.")
    chat = Chat(number, "group", str(body.get("title") or "Grup"), members)
    world.chats[number] = chat
    world.touch(chat)
    first = world.people[members[0]]
    return world.chat_json(chat) | {
        "update_id": _member_changed(world, chat, first, ("left", "member"))
    }


def inline(world: World, body: Json) -> Json:
    """Let a person type after the bot's name."""
    person = world.person(body["person"])
    query = Callback(str(next(world.ids)), person.id, world.clock.now())
    world.inline_queries[query.id] = query
    content = {
        "id": query.id,
        "from": person.as_user(),
        "query": str(body.get("query", "")),
        "offset": "",
    }
    return {
        "callback_id": query.id,
        "update_id": world.updates.add("inline_query", content, person.id),
    }


def refused(problem: Exception) -> str:
    """Give the sentence of whatever refused a deed."""
    return problem.description if isinstance(problem, ApiError) else str(problem)


def added(world: World, body: Json | list[Any]) -> Json:
    """Let one or several persons in."""
    told = body if isinstance(body, list) else [body]
    for one in told:
        allowed = {k: v for k, v in one.items() if k in Person.__dataclass_fields__}
        world.add_person(Person(**allowed))
    return {"id": told[-1]["id"] if told else None, "people": len(told)}
