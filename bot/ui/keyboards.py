"""Buttons and keyboards as Telegram takes them."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Literal

# More would not be taken in at a glance.
MOST_BUTTONS = 5


@dataclass(frozen=True)
class Button:
    """One button: a label and what a tap does."""

    label: str
    key: str | None = None
    style: Literal["success", "danger", "primary"] | None = None
    copy: str | None = None
    url: str | None = None

    def shape(self) -> dict[str, Any]:
        """Give the button as Telegram takes it."""
        shape: dict[str, Any] = {"text": self.label}
        if self.key is not None:
            shape["callback_data"] = self.key
        if self.copy is not None:
            shape["copy_text"] = {"text": self.copy}
        if self.url is not None:
            shape["url"] = self.url
        if self.style is not None:
            shape["style"] = self.style
        return shape


def inline(*buttons: Button, wide: int = 2) -> dict[str, Any]:
    """Lay buttons out, two a row unless told otherwise."""
    shapes = [button.shape() for button in buttons]
    return {"inline_keyboard": [shapes[i : i + wide] for i in range(0, len(shapes), wide)]}


def rows(*lines: Iterable[Button]) -> dict[str, Any]:
    """Lay buttons out line by line."""
    return {"inline_keyboard": [[button.shape() for button in line] for line in lines]}


def paged(
    choices: Sequence[Button], page: int, more: Callable[[int], Button], *, room: int = MOST_BUTTONS
) -> list[Button]:
    """Give as many choices as there is room for, and one button that turns to the others."""
    if len(choices) <= room:
        return list(choices)
    size = room - 1
    pages = -(-len(choices) // size)
    page = min(max(page, 0), pages - 1)
    return [*choices[page * size : (page + 1) * size], more((page + 1) % pages)]


def ask_contact(label: str, *others: str) -> dict[str, Any]:
    """Ask for the person's own phone number with a reply keyboard."""
    return {
        "keyboard": [
            [{"text": label, "request_contact": True}],
            *([{"text": other}] for other in others),
        ],
        "resize_keyboard": True,
        "one_time_keyboard": True,
    }


def no_keyboard() -> dict[str, Any]:
    """Take a reply keyboard away."""
    return {"remove_keyboard": True}


def below(keyboard: dict[str, Any], button: Button) -> dict[str, Any]:
    """Put one more button below others."""
    return {"inline_keyboard": [*keyboard["inline_keyboard"], *rows([button])["inline_keyboard"]]}


def in_closing(keyboard: dict[str, Any], button: Button) -> dict[str, Any]:
    """Put one more button below those of a list.

    Where these are as many as there may be, the last one gives way: it leads back, or to what the
    command offers, too.
    """
    lines = [list(line) for line in keyboard["inline_keyboard"]]
    if sum(map(len, lines)) >= MOST_BUTTONS:
        lines[-1].pop()
    return below({"inline_keyboard": [line for line in lines if line]}, button)
