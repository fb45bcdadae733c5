"""Which paper is drawn how: from the data of an answer to bytes."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Paper:
    """A drawn paper, ready to be sent."""

    name: str
    content: bytes
    picture: bool = False


DRAWERS: dict[str, Callable[[dict[str, Any]], Paper]] = {}


def draw(kind: str, data: dict[str, Any]) -> Paper:
    """Draw one paper; it takes milliseconds of a thread's time, so never on the event loop."""
    return DRAWERS[kind](data)
