from collections.abc import Callable
from typing import Any

from bot.sandbox import files, texts
from bot.sandbox.files import Stored, Upload
from bot.sandbox.keyboards import checked
from bot.sandbox.messages import Extras, from_bot, reply_target
from bot.sandbox.parameters import Parameters
from bot.sandbox.people import Chat, Json
from bot.sandbox.refusals import bad
from bot.sandbox.world import World

TYPING_LASTS = 5.0
ACTIONS = {
    "typing", "upload_photo", "record_video", "upload_video", "record_voice", "upload_voice",
    "upload_document", "choose_sticker", "find_location", "record_video_note", "upload_video_note",
}  # fmt: skip
GROUPED = {"photo", "video", "document", "audio"}


def addressed(world: World, given: Parameters) -> Chat:
    """Find the chat the bot writes to."""
    return world.open(given.number("chat_id"))


def extras(world: World, chat: Chat, given: Parameters) -> Extras:
    """Read what any message may carry."""
    reply = given.parsed("reply_parameters")
    if reply is None and given.text("reply_to_message_id"):
        reply = {
            "message_id": given.number("reply_to_message_id"),
            "allow_sending_without_reply": given.flag("allow_sending_without_reply"),
        }
    return Extras(
        markup=checked(given.parsed("reply_markup"), chat),
        reply_to=reply_target(world, chat, reply),
        silent=given.flag("disable_notification"),
        protected=given.flag("protect_content"),
    )


def with_entities(said: texts.Text, name: str) -> Json:
    """Give the two fields a formatted text makes."""
    if not said.text:
        return {}
    key = "entities" if name == "text" else f"{name}_entities"
    return {name: said.text} | ({key: said.entities} if said.entities else {})


def captioned(given: Parameters) -> Json:
    """Read a caption, or refuse it."""
    said = texts.formatted(
        given.text("caption"), given.text("parse_mode"), given.parsed("caption_entities")
    )
    return with_entities(texts.caption(said), "caption")


def read_text(given: Parameters) -> Json:
    """Read a message's text, or refuse it."""
    said = texts.formatted(given.text("text"), given.text("parse_mode"), given.parsed("entities"))
    return with_entities(texts.message_text(said), "text")


def found_file(world: World, given: Parameters, kind: str, source: str) -> Json:
    """Give a message's file content from an upload, an attachment or a known id."""
    upload = given.uploads.get(source.removeprefix("attach://") or kind)
    if upload is not None:
        files.check_upload(upload, kind)
        return file_content(kind, keep(world, upload, kind))
    known = world.files.by_id.get(source)
    if known is None:
        raise bad("wrong file identifier/HTTP URL specified" if source
                  else f"there is no {kind} in the request")  # fmt: skip
    if known.kind != kind:
        raise bad(f"can't use file of type {known.kind.title()} as {kind.title()}")
    return file_content(kind, [known])


def keep(world: World, upload: Upload, kind: str, size: int | None = None) -> list[Stored]:
    """Store an upload, a picture in its sizes."""
    if kind == "photo":
        return world.files.photo(upload, size=size)
    return [world.files.add(upload, kind, size=size)]


def file_content(kind: str, stored: list[Stored]) -> Json:
    """Give the field under which a message carries a file."""
    if kind == "photo":
        return {"photo": files.as_sizes(stored)}
    return {kind: files.as_named(stored[-1])}


def send_message(world: World, given: Parameters) -> Json:
    """Send a text."""
    chat = addressed(world, given)
    content = read_text(given)
    more = extras(world, chat, given)
    world.limits.admit(chat.id)
    return from_bot(world, chat, content, more)


def _send_file(kind: str) -> Callable[[World, Parameters], Json]:
    def send(world: World, given: Parameters) -> Json:
        chat = addressed(world, given)
        caption = captioned(given)
        more = extras(world, chat, given)
        source = "" if kind in given.uploads else given.text(kind)
        content = found_file(world, given, kind, source)
        world.limits.admit(chat.id)
        return from_bot(world, chat, content | caption, more)

    return send


def send_media_group(world: World, given: Parameters) -> list[Json]:
    """Send an album of 2 to 10."""
    chat = addressed(world, given)
    media = given.listed("media")
    if not 2 <= len(media) <= 10:
        raise bad("media group must include 2-10 items")
    kinds = {str(one.get("type")) for one in media}
    if not kinds <= GROUPED or ("document" in kinds and len(kinds) > 1):
        raise bad("failed to send message: media group can't mix these types")
    more = extras(world, chat, given)
    contents = [media_content(world, given, one) for one in media]
    world.limits.admit(chat.id, len(contents))
    group = str(next(world.ids))
    grouped = Extras(None, more.reply_to, more.silent, more.protected, group)
    return [from_bot(world, chat, content, grouped) for content in contents]


def media_content(world: World, given: Parameters, media: Any) -> Json:
    """Read one InputMedia with its caption."""
    if not isinstance(media, dict) or "type" not in media:
        raise bad("can't parse InputMedia: type is absent")
    inner = Parameters(media, given.uploads)
    content = found_file(world, given, str(media["type"]), inner.text("media") or "?")
    return content | captioned(inner)


def send_poll(world: World, given: Parameters) -> Json:
    """Send a poll or a quiz."""
    chat = addressed(world, given)
    question = texts.formatted(given.text("question"), given.text("question_parse_mode"))
    if not 1 <= len(question.text) <= 300:
        raise bad("poll question must be non-empty and at most 300 characters")
    options = [one.get("text", "") if isinstance(one, dict) else str(one)
               for one in given.listed("options")]  # fmt: skip
    if not 1 <= len(options) <= 12:
        raise bad("poll must have from 1 to 12 options")
    if not all(1 <= len(one) <= 100 for one in options):
        raise bad("poll options must be non-empty and at most 100 characters")
    more = extras(world, chat, given)
    poll = _poll(world, given, question.text, options)
    world.limits.admit(chat.id)
    world.polls[poll["id"]] = poll
    world.votes[poll["id"]] = {}
    return from_bot(world, chat, {"poll": poll}, more)


def _poll(world: World, given: Parameters, question: str, options: list[str]) -> Json:
    kind = given.text("type", "regular")
    poll: Json = {
        "id": str(next(world.ids)),
        "question": question,
        "options": [
            {"persistent_id": str(at), "text": text, "voter_count": 0}
            for at, text in enumerate(options)
        ],
        "total_voter_count": 0,
        "is_closed": given.flag("is_closed"),
        "is_anonymous": given.flag("is_anonymous") if "is_anonymous" in given.values else True,
        "type": kind,
        "allows_multiple_answers": given.flag("allows_multiple_answers"),
        "allows_revoting": given.flag("allows_revoting") if "allows_revoting" in given.values
        else kind != "quiz",
        "members_only": False,
    }  # fmt: skip
    if kind == "quiz":
        right = given.listed("correct_option_ids") or (
            [given.number("correct_option_id")] if given.text("correct_option_id") else []
        )
        if not right or not all(0 <= int(one) < len(options) for one in right):
            raise bad("wrong correct option ID specified")
        poll["correct_option_ids"] = [int(one) for one in right]
        said = texts.formatted(given.text("explanation"), given.text("explanation_parse_mode"))
        if len(said.text) > 200:
            raise bad("quiz explanation is too long")
        poll |= with_entities(said, "explanation")
    return poll


def send_chat_action(world: World, given: Parameters) -> bool:
    """Show that the bot is busy, for five seconds."""
    chat = addressed(world, given)
    action = given.text("action").lower()
    if action not in ACTIONS:
        raise bad("wrong parameter action in request")
    chat.typing = (action, world.clock.now() + TYPING_LASTS)
    world.touch(chat)
    return True


METHODS = {
    "sendmessage": send_message,
    "sendphoto": _send_file("photo"),
    "senddocument": _send_file("document"),
    "sendvoice": _send_file("voice"),
    "sendvideo": _send_file("video"),
    "sendmediagroup": send_media_group,
    "sendpoll": send_poll,
    "sendchataction": send_chat_action,
}
