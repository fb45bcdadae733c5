"""The one way to say no to a person."""


class Refusal(Exception):  # noqa: N818  # It is an answer and no error.
    """Say no to a person in a whole sentence, translated where it is shown."""

    def __init__(self, message: str, /, **values: object) -> None:
        super().__init__(message)
        self.message = message
        self.values = values
