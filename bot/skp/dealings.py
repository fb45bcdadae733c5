"""What passes between a leader and the people of the team, and what still waits for an answer."""

import datetime as dt
import enum

from bot.skp.workdays import ONE_DAY, WorkCalendar

# For so many working days, the day itself included, an entry waits for an answer.
RECENT = 5


class FeedbackKind(enum.StrEnum):
    """What a leader says of an entry."""

    PRAISE = "apresiasi"
    GUIDANCE = "arahan"
    MEND = "perbaikan"


class Phrase(enum.StrEnum):
    """What a leader often says, so that it takes one tap."""

    GO_ON = "lanjutkan"
    TALK = "bicarakan"
    EVIDENCE = "bukti"
    FIGURE = "angka"
    LINK = "tautan"


PHRASES = {
    FeedbackKind.PRAISE: (),
    FeedbackKind.GUIDANCE: (Phrase.GO_ON, Phrase.TALK),
    FeedbackKind.MEND: (Phrase.EVIDENCE, Phrase.FIGURE, Phrase.LINK),
}


class ObstacleAnswer(enum.StrEnum):
    """What a leader answers to an obstacle (kendala)."""

    HELP = "bantu"
    GUIDANCE = "arahan"


def waiting_since(today: dt.date, calendar: WorkCalendar) -> dt.date:
    """Tell from which day on entries wait for an answer."""
    return calendar.shift(today + ONE_DAY, -RECENT)
