"""The states of what comes in and goes out."""

import enum


class ArrivalState(enum.StrEnum):
    """How far an arrival is."""

    NEW = "new"
    DONE = "done"
    ASIDE = "aside"


class AnswerState(enum.StrEnum):
    """How far an answer is."""

    NEW = "new"
    SENT = "sent"
    DROPPED = "dropped"


class LetterState(enum.StrEnum):
    """How far a letter is."""

    DUE = "due"
    CLAIMED = "claimed"
    SENT = "sent"
    DROPPED = "dropped"
