"""A row of a table as a line of JSON, and back, each value of the type that its column has."""

import base64
import binascii
import datetime as dt
import json
from collections.abc import Callable, Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from bot.refusal import Refusal

Row = Mapping[str, Any]
Shape = Mapping[str, type]


def damaged() -> Refusal:
    """Say that a file is ours but not as it was written."""
    return Refusal(
        "This backup is damaged: it does not hold what its manifest says. Nothing was changed."
    )


def line_of(row: Row) -> bytes:
    """Write a row as one line."""
    return b"%s\n" % ENCODER.encode(dict(row)).encode()


def as_text(value: object) -> str:
    """Write exactly what JSON does not know: moments with their zone, decimals, bytes."""
    if isinstance(value, dt.datetime):
        # A database without zones keeps UTC.
        return (value if value.tzinfo else value.replace(tzinfo=dt.UTC)).isoformat()
    if isinstance(value, dt.date | dt.time):
        return value.isoformat()
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, bytes):
        return base64.b64encode(value).decode()
    raise TypeError(type(value).__name__)


ENCODER = json.JSONEncoder(separators=(",", ":"), default=as_text)
READERS: dict[type, Callable[[str], object]] = {
    dt.datetime: dt.datetime.fromisoformat,
    dt.date: dt.date.fromisoformat,
    dt.time: dt.time.fromisoformat,
    Decimal: Decimal,
    bytes: lambda text: base64.b64decode(text, validate=True),
}


def row_of(line: bytes, shape: Shape) -> dict[str, Any]:
    """Read a row; refuse one with other columns or with values of another kind."""
    try:
        found = json.loads(line)
        if not isinstance(found, dict) or found.keys() != shape.keys():
            raise damaged()
        return {name: value_of(value, shape[name]) for name, value in found.items()}
    except (ValueError, InvalidOperation, binascii.Error):
        raise damaged() from None


def value_of(value: Any, kind: type) -> Any:
    """Read a value of a column that holds this type; lists and objects stay as they are."""
    if value is None or kind in {dict, list, object}:
        return value
    if kind in READERS and isinstance(value, str):
        return READERS[kind](value)
    if kind is float and type(value) is int:
        return float(value)
    if type(value) is not kind:
        raise damaged()
    return value
