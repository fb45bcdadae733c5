"""The one way to say no to a person."""

from typing import Literal

# Where a refusal leads on; no way is left where a button would not be answered.
Way = Literal["menu", "help", "history", "skp"]


class Refusal(Exception):  # noqa: N818  # It is an answer and no error.
    """Say no to a person in a whole sentence, translated where it is shown."""

    def __init__(self, message: str, /, *, way: Way | None = "menu", **values: object) -> None:
        super().__init__(message)
        self.message = message
        self.way = way
        self.values = values
