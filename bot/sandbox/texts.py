import json
import re
from dataclasses import dataclass
from typing import Any

from bot.sandbox.entities import MAX_ENTITIES, Parser, units
from bot.sandbox.people import Json
from bot.sandbox.refusals import bad

_KNOWN_ENDS = "id|com|org|net|go|gov|io|me"
_URL = (
    r"(?<![\w@./])(?:https?://[^\s<>\"]+"
    rf"|(?:[\w\-]+\.)+(?:{_KNOWN_ENDS})(?:/[^\s<>\"]*)?)(?![\w@])"
)
_COMMAND = r"(?<![\w/<>])/[a-zA-Z0-9_]{1,64}(?:@[a-zA-Z0-9_]{3,32})?(?![\w/<>])"
FOUND_BY_ITSELF = (
    ("url", re.compile(_URL)),
    ("email", re.compile(r"(?<![\w.+\-])[\w.+\-]+@[\w\-]+(?:\.[\w\-]+)+")),
    ("bot_command", re.compile(_COMMAND)),
    ("mention", re.compile(r"(?<![\w@./])@[a-zA-Z][a-zA-Z0-9_]{3,31}(?!\w)")),
    ("hashtag", re.compile(r"(?<![\w#])#(?=\w*[^\W\d])\w+")),
)
SOLID = {"code", "pre", "text_link", "url", "email", "text_mention"}


@dataclass(frozen=True)
class Text:
    """Hold a formatted text: what is read, and how."""

    text: str
    entities: list[Json]


def plain(source: str) -> Text:
    """Read what a person typed."""
    return _finish(source, [])


def formatted(source: str, parse_mode: str, entities: Any = None) -> Text:
    """Read what a bot sent, or refuse it as Telegram would."""
    mode = parse_mode.lower()
    if mode == "html":
        return _finish(*Parser(source).parse())
    if mode in {"markdown", "markdownv2"}:
        raise bad("unsupported parse_mode: this pretended Telegram reads HTML only")
    if mode:
        raise bad("unsupported parse_mode")
    given = json.loads(entities) if isinstance(entities, str) and entities else entities
    return _finish(source, [dict(one) for one in given or []])


def message_text(said: Text) -> Text:
    """Let pass what fits a message."""
    if not said.text:
        raise bad("message text is empty")
    if units(said.text) > 4096:
        raise bad("message is too long")
    return said


def caption(said: Text) -> Text:
    """Let pass what fits under a picture or file."""
    if units(said.text) > 1024:
        raise bad("message caption is too long")
    return said


def _finish(text: str, entities: list[Json]) -> Text:
    """Clean the text as Telegram does: no control signs, no blanks at the ends."""
    clean = "".join(
        sign if sign == "\n" or ord(sign) >= 32 else " " for sign in text.replace("\r", "")
    )
    removed = units(text) - units(text.replace("\r", ""))
    kept = entities if not removed else _shift_returns(text, entities)
    left = len(clean) - len(clean.lstrip())
    lead = units(clean[:left])
    clean = clean.strip()
    total = units(clean)
    placed = [moved for one in kept if (moved := _fit(one, lead, total))]
    placed += _found(clean, placed)
    placed.sort(key=lambda one: (one["offset"], -one["length"]))
    return Text(clean, placed[:MAX_ENTITIES])


def _shift_returns(text: str, entities: list[Json]) -> list[Json]:
    wide = text.encode("utf-16-le")
    gone = [at // 2 for at in range(0, len(wide), 2) if wide[at : at + 2] == b"\r\x00"]
    moved = []
    for one in entities:
        start, end = one["offset"], one["offset"] + one["length"]
        before = sum(1 for at in gone if at < start)
        inside = sum(1 for at in gone if start <= at < end)
        moved.append(one | {"offset": start - before, "length": one["length"] - inside})
    return moved


def _fit(entity: Json, lead: int, total: int) -> Json | None:
    start = max(0, entity["offset"] - lead)
    end = min(total, entity["offset"] + entity["length"] - lead)
    return entity | {"offset": start, "length": end - start} if end > start else None


def _found(text: str, placed: list[Json]) -> list[Json]:
    """Find links, commands, mentions and hashtags where nothing solid covers them."""
    found: list[Json] = []
    if not any(sign in text for sign in "./@#"):
        return found
    for kind, pattern in FOUND_BY_ITSELF:
        for match in pattern.finditer(text):
            offset, length = units(text[: match.start()]), units(match[0])
            if not any(
                one["type"] in SOLID | {"bot_command", "mention"}
                and one["offset"] < offset + length
                and offset < one["offset"] + one["length"]
                for one in placed + found
            ):
                found.append({"offset": offset, "length": length, "type": kind})
    return found
