"""Links to evidence: secure ones only."""

import re

_LINK = re.compile(r"https?://[^\s<>\"'`|\\^{}]{1,2000}", re.IGNORECASE)
_MOST = 20
_AFTER = ".,;:!?)]*_~…"
_HOST = re.compile(
    r"https://(?:[\w-]{1,63}\.){1,8}[a-z]{2,24}(?::\d{1,5})?(?:[/?#].*)?", re.IGNORECASE
)


def links_of(text: str) -> tuple[str, ...]:
    """List the https addresses of a text as they were typed, each once."""
    links = [_trimmed(found[0]) for found in _LINK.finditer(text)]
    return tuple(dict.fromkeys(link for link in links if _HOST.fullmatch(link)))[:_MOST]


def without_links(text: str) -> str:
    """Give the text with a blank where a link stood."""
    return _LINK.sub(" ", text)


def _trimmed(link: str) -> str:
    """Take off the sentence's own punctuation, but not a bracket that the link opened."""
    body = link.rstrip(_AFTER)
    tail = link[len(body) :]
    opened = max(0, body.count("(") - body.count(")"))
    return body + ")" * min(opened, len(tail) - len(tail.lstrip(")")))
