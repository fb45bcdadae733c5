"""What a button carries: a verb and whole numbers, at most 64 bytes."""

import re

from telegram import Update

from bot.refusal import Refusal

LIMIT = 64
# No longer than what a database keeps.
NUMBER = re.compile(r"-?[0-9]{1,18}")


def key(verb: str, *values: int | str) -> str:
    """Write a button's key."""
    text = ":".join([verb, *map(str, values)])
    if len(text.encode()) > LIMIT:
        raise ValueError(f"a key of more than {LIMIT} bytes: {text}")
    return text


def pattern(*verbs: str) -> str:
    """Give the pattern that matches the keys of these verbs and no others."""
    return rf"^(?:{'|'.join(verbs)})(?::|$)"


def tapped(update: Update) -> str:
    """Give the key of the button that was tapped."""
    return str(update.callback_query.data) if update.callback_query else ""


def words(data: str) -> list[str]:
    """Read a key's values as text."""
    return data.split(":")[1:]


def page_in(data: str) -> int:
    """Read the page that a key names; the first where none is named."""
    named = words(data)
    return int(named[-1]) if named and NUMBER.fullmatch(named[-1]) else 0


def numbers(data: str, count: int) -> list[int]:
    """Read a key's whole numbers; a key that holds others comes from an old or a foreign button."""
    values = words(data)
    if len(values) != count or not all(map(NUMBER.fullmatch, values)):
        raise Refusal("This button no longer works.")
    return [int(value) for value in values]
