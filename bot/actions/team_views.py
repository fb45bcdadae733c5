"""What a summary of a team speaks of, and how a person's days stand in it."""

import datetime as dt
from dataclasses import dataclass
from enum import IntEnum, StrEnum

from bot.actions.leading import OWN
from bot.skp.periods import Period, day_of, month_of, week_of
from bot.skp.workdays import ONE_DAY


class Scale(IntEnum):
    """Tell how long a stretch a summary speaks of; a button carries the number."""

    DAY = 0
    WEEK = 1
    MONTH = 2


class Presence(StrEnum):
    """Tell how a person's days stand; away and not yet logged are different things."""

    MISSING = "missing"
    EXCUSED = "excused"
    LOGGED = "logged"
    OFF = "off"


@dataclass(frozen=True)
class View:
    """What a summary speaks of: the day, its week or its month, up to the day.

    `of` is in whose place the reader looks; 0 is the own one.
    """

    scale: Scale
    day: dt.date
    of: int = OWN

    @property
    def whole(self) -> Period:
        """Give the whole stretch, also what is still to come."""
        return {Scale.DAY: day_of, Scale.WEEK: week_of, Scale.MONTH: month_of}[self.scale](self.day)

    @property
    def before(self) -> dt.date:
        """Give the first day after the week or the month before, with which one compares."""
        return (month_of if self.scale is Scale.MONTH else week_of)(self.day).start

    @property
    def period(self) -> Period:
        """Give the stretch up to the day."""
        return Period(self.whole.start, self.day + ONE_DAY)


@dataclass(frozen=True)
class Days:
    """Working days of a stretch; the day itself is not empty while it may still be logged."""

    logged: int = 0
    late: int = 0
    excused: int = 0
    empty: int = 0

    @property
    def due(self) -> int:
        """Count the days on which an entry could be expected."""
        return self.logged + self.empty
