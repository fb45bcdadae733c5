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


class Priority(enum.IntEnum):
    """Which letters go first; the smaller the number, the sooner."""

    PERSON = 0
    DIGEST = 10
    BROADCAST = 20


class BroadcastState(enum.StrEnum):
    """How far a broadcast is."""

    DRAFT = "draft"
    SENDING = "sending"
    STOPPED = "stopped"
    DONE = "done"
