"""Shorten what Telegram would refuse as too long, without breaking its markup."""

import re
from html import unescape

# What Telegram takes, counted in UTF-16 units of what a person sees.
LIMITS = {"text": 4096, "caption": 1024}
TOAST_LIMIT = 200
ELLIPSIS = "…"
TOKEN = re.compile(r"<(?P<closing>/?)(?P<tag>[a-z-]+)[^<>]*>|&#?\w+;|.", re.DOTALL)


def fit(html: str, limit: int) -> str:
    """Shorten HTML to a number of visible UTF-16 units; every tag that is open gets closed."""
    if units(html) <= limit or visible(html) <= limit:
        return html
    kept: list[str] = []
    tags: list[str] = []
    left = limit - len(ELLIPSIS)
    for token in TOKEN.finditer(html):
        if token["tag"] is None:
            left -= units(unescape(token[0]))
            if left < 0:
                break
        elif token["closing"]:
            tags.pop()
        else:
            tags.append(token["tag"])
        kept.append(token[0])
    return "".join([*kept, ELLIPSIS, *(f"</{tag}>" for tag in reversed(tags))])


def fit_plain(text: str, limit: int = TOAST_LIMIT) -> str:
    """Shorten plain text to a number of UTF-16 units."""
    if units(text) <= limit:
        return text
    cut = text.encode("utf-16-le")[: 2 * (limit - len(ELLIPSIS))]
    return cut.decode("utf-16-le", "ignore") + ELLIPSIS


def visible(html: str) -> int:
    """Count the UTF-16 units that a person sees."""
    return sum(units(unescape(one[0])) for one in TOKEN.finditer(html) if one["tag"] is None)


def units(text: str) -> int:
    """Count UTF-16 units, as Telegram does: most emoji are two."""
    return len(text) + sum(letter > "\uffff" for letter in text)
