"""What is said where others read along: who asks us, and who is answered alone."""

import json
from typing import Any

from telegram import Bot, Chat, Update

from bot.refusal import Refusal

NOT_HERE = Refusal("This cannot be answered here. Open a private chat with me.", way=None)
# What a leader asks in the unit's group out of habit; the answer names people.
ANSWERED_ALONE = {"/tim"}


def in_private(update: Update) -> bool:
    """Tell whether an update speaks to us alone, or of us."""
    chat, user = update.effective_chat, update.effective_user
    if chat is None or update.my_chat_member is not None:
        return True
    # A private chat has its person's number; nobody else can speak in it.
    return chat.type == Chat.PRIVATE and (user is None or user.id == chat.id)


def asks(update: Update, username: str) -> bool:
    """Tell whether somebody in a group asks us: by a button or a command, and no other bot."""
    if update.callback_query is not None:
        return True
    words = (update.message.text or "").split() if update.message else []
    if not words or not words[0].startswith("/"):
        return False
    _, at, name = words[0].partition("@")
    return not at or name.lower() == username.lower()


def aside(payload: str, bot: Bot) -> Update | None:
    """Give a command of a group as if it had been said to us alone, if it is answered so."""
    said: dict[str, Any] = json.loads(payload)
    message = said.get("message") or {}
    word = (message.get("text") or "").split(maxsplit=1)[:1]
    speaker = message.get("from") or {}
    if not speaker or not word or word[0].partition("@")[0].lower() not in ANSWERED_ALONE:
        return None
    chat = {"id": speaker["id"], "type": Chat.PRIVATE, "first_name": speaker["first_name"]}
    alone = {**message, "chat": chat}
    alone.pop("reply_to_message", None)
    return Update.de_json({**said, "message": alone}, bot)
