"""What a bot offers to words behind its name, refused as Telegram refuses it."""

import json
from typing import Any

from bot.sandbox import texts
from bot.sandbox.people import Json
from bot.sandbox.refusals import bad

MOST = 50
LONGEST_ID = 64


def checked(results: list[Any]) -> list[Json]:
    """Let pass at most fifty results with keys of their own and texts that can be sent."""
    if len(results) > MOST:
        raise bad("too many inline query results specified")
    kept = [_result(one) for one in json.loads(json.dumps(results))]
    if len({one["id"] for one in kept}) < len(kept):
        raise bad("RESULT_ID_DUPLICATE")
    return kept


def _result(given: Any) -> Json:
    if not isinstance(given, dict) or "type" not in given:
        raise bad("can't parse inline query result: expected an Object with a type")
    if not 0 < len(str(given.get("id") or "").encode()) <= LONGEST_ID:
        raise bad("RESULT_ID_INVALID")
    if given["type"] == "article":
        _article(given)
    return dict(given)


def _article(given: Json) -> None:
    content = given.get("input_message_content")
    if not str(given.get("title") or "").strip():
        raise bad("can't parse inline query result: Can't find field \"title\"")
    if not isinstance(content, dict):
        raise bad("can't parse inline query result: Can't find field \"input_message_content\"")
    said = texts.formatted(
        str(content.get("message_text") or ""),
        str(content.get("parse_mode") or ""),
        content.get("entities"),
    )
    texts.message_text(said)
