from bot.sandbox.keyboards import checked
from bot.sandbox.messages import MEDIA, change, own, remove, shown
from bot.sandbox.methods_sending import captioned, media_content, read_text
from bot.sandbox.parameters import Parameters
from bot.sandbox.people import Chat, Json, Record
from bot.sandbox.refusals import bad
from bot.sandbox.world import World

DELETABLE = 48 * 3_600
REACTIONS = set("👍👎❤🔥🥰👏😁🤔🤯😱🤬😢🎉🤩🤮💩🙏👌🕊🤡🥱🥴😍🐳🌚🌭💯🤣⚡🍌🏆💔🤨😐🍓🍾💋🖕😈😴😭🤓👻👀🎃🙈😇😨🤝✍🤗🫡🎅🎄☃💅🤪🗿🆒💘🙉🦄😘💊🙊😎👾😡") | {"❤\ufe0f", "👨‍💻", "🤷"}  # fmt: skip  # noqa: E501 - the list is Telegram's.


def _edited(world: World, given: Parameters) -> tuple[Chat, Record]:
    if given.text("inline_message_id"):
        raise bad("MESSAGE_ID_INVALID")
    chat = world.open(given.number("chat_id"))
    return chat, own(world, chat, given.number("message_id"))


def _with_markup(given: Parameters, chat: Chat, message: Json) -> Json:
    """Give the message with the keyboard of the call, or with none, as every edit does."""
    markup = checked(given.parsed("reply_markup"), chat, inline_only=True)
    message.pop("reply_markup", None)
    if markup is not None and markup["inline_keyboard"]:
        message["reply_markup"] = markup
    return message


def edit_text(world: World, given: Parameters) -> Json:
    """Change a text message."""
    chat, record = _edited(world, given)
    content = read_text(given)
    if "text" not in record.message:
        raise bad("there is no text in the message to edit")
    new = {k: v for k, v in record.message.items() if k not in {"text", "entities"}} | content
    return change(world, chat, record, _with_markup(given, chat, new), shown_as_edited=True)


def edit_caption(world: World, given: Parameters) -> Json:
    """Change what stands under a picture or file."""
    chat, record = _edited(world, given)
    if not any(kind in record.message for kind in ("photo", "document", "voice", "video")):
        raise bad("there is no caption in the message to edit")
    gone = {"caption", "caption_entities"}
    new = {k: v for k, v in record.message.items() if k not in gone} | captioned(given)
    return change(world, chat, record, _with_markup(given, chat, new), shown_as_edited=True)


def edit_markup(world: World, given: Parameters) -> Json:
    """Change the buttons alone."""
    chat, record = _edited(world, given)
    new = _with_markup(given, chat, dict(record.message))
    return change(world, chat, record, new, shown_as_edited=False)


def edit_media(world: World, given: Parameters) -> Json:
    """Put another picture or file into a message."""
    chat, record = _edited(world, given)
    content = media_content(world, given, given.parsed("media"))
    gone = {*MEDIA, "caption", "caption_entities", "text", "entities"}
    new = {k: v for k, v in record.message.items() if k not in gone} | content
    return change(world, chat, record, _with_markup(given, chat, new), shown_as_edited=True)


def delete_message(world: World, given: Parameters) -> bool:
    """Take a message away."""
    chat = world.open(given.number("chat_id"))
    record = world.record(chat, given.number("message_id"))
    if record is None:
        raise bad("message to delete not found")
    if world.clock.now() - record.message["date"] > DELETABLE:
        raise bad("message can't be deleted for everyone")
    if not chat.private and not record.message["from"]["is_bot"]:
        raise bad("message can't be deleted")
    remove(world, chat, record)
    return True


def delete_messages(world: World, given: Parameters) -> bool:
    """Take several messages away; those that are not there are skipped."""
    chat = world.open(given.number("chat_id"))
    for message_id in given.listed("message_ids"):
        record = world.record(chat, int(message_id))
        if record is not None:
            remove(world, chat, record)
    return True


def stop_poll(world: World, given: Parameters) -> Json:
    """Close a poll and give its result."""
    chat, record = _edited(world, given)
    poll = record.message.get("poll")
    if poll is None:
        raise bad("message with poll to stop not found")
    if poll["is_closed"]:
        raise bad("poll has already been closed")
    poll["is_closed"] = True
    world.touch(chat, record)
    return shown(poll)


def pin(world: World, given: Parameters) -> bool:
    """Pin a message at the top."""
    chat = world.open(given.number("chat_id"))
    message_id = given.number("message_id")
    if world.record(chat, message_id) is None:
        raise bad("message to pin not found")
    if message_id not in chat.pinned:
        chat.pinned.append(message_id)
    world.touch(chat)
    return True


def unpin(world: World, given: Parameters) -> bool:
    """Take one pin away, the newest when none is named."""
    chat = world.open(given.number("chat_id"))
    message_id = given.number("message_id", 0) or (chat.pinned[-1] if chat.pinned else 0)
    if message_id not in chat.pinned:
        raise bad("message to unpin not found")
    chat.pinned.remove(message_id)
    world.touch(chat)
    return True


def unpin_all(world: World, given: Parameters) -> bool:
    """Take all pins away."""
    chat = world.open(given.number("chat_id"))
    chat.pinned.clear()
    world.touch(chat)
    return True


def react(world: World, given: Parameters) -> bool:
    """Set or clear the bot's reaction to a message."""
    chat = world.open(given.number("chat_id"))
    record = world.record(chat, given.number("message_id"))
    if record is None:
        raise bad("message to react not found")
    wanted = given.listed("reaction")
    if len(wanted) > 1:
        raise bad("REACTIONS_TOO_MANY")
    sign = str(wanted[0].get("emoji", "")) if wanted else ""
    if sign and sign not in REACTIONS:
        raise bad("REACTION_INVALID")
    record.reaction = sign
    world.touch(chat, record)
    return True


METHODS = {
    "editmessagetext": edit_text,
    "editmessagecaption": edit_caption,
    "editmessagereplymarkup": edit_markup,
    "editmessagemedia": edit_media,
    "deletemessage": delete_message,
    "deletemessages": delete_messages,
    "stoppoll": stop_poll,
    "pinchatmessage": pin,
    "unpinchatmessage": unpin,
    "unpinallchatmessages": unpin_all,
    "setmessagereaction": react,
}
