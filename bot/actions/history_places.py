"""Where somebody stands in the history, as the one whole number that a button carries."""

import datetime as dt
from dataclasses import dataclass, replace
from enum import IntEnum
from typing import Self

from bot.actions.team_views import Scale, View
from bot.refusal import Refusal
from bot.skp.periods import Period
from bot.skp.workdays import ONE_DAY

PAGES = 10**4
VALUES = 10**12


class Sought(IntEnum):
    """Tell which entries are looked for."""

    ALL = 0
    DAY = 1
    WEEK = 2
    MONTH = 3
    RESULT = 4
    ADDITIONAL = 5
    UNLINKED = 6
    WORDS = 7


SCALES = {Sought.DAY: Scale.DAY, Sought.WEEK: Scale.WEEK, Sought.MONTH: Scale.MONTH}
STRETCHES = {scale: sought for sought, scale in SCALES.items()}


@dataclass(frozen=True)
class Place:
    """A page of what is looked for; the value is a day's ordinal, an RHK's or an arrival's key.

    The first pages of everything are their own numbers: 0 is where the history begins.
    """

    sought: Sought = Sought.ALL
    value: int = 0
    page: int = 0

    @property
    def number(self) -> int:
        """Give the place as one number."""
        return (self.sought * VALUES + self.value) * PAGES + self.page

    @classmethod
    def at(cls, number: int) -> Self:
        """Find the place of a number; one that cannot be comes from a foreign button."""
        rest, page = divmod(max(number, 0), PAGES)
        sought, value = divmod(rest, VALUES)
        if sought not in set(Sought):
            raise Refusal("This button no longer works.")
        return cls(Sought(sought), value, page)

    @classmethod
    def of(cls, view: View) -> Self:
        """Give the first page of a day, a week or a month."""
        return cls(STRETCHES[view.scale], view.day.toordinal())

    def turned(self, page: int) -> Self:
        """Give another page of the same."""
        return replace(self, page=min(max(page, 0), PAGES - 1))

    @property
    def view(self) -> View | None:
        """Give the day, week or month that is looked for, if one is."""
        if self.sought not in SCALES:
            return None
        try:
            return View(SCALES[self.sought], dt.date.fromordinal(self.value))
        except (ValueError, OverflowError):
            raise Refusal("This button no longer works.") from None

    @property
    def period(self) -> Period | None:
        """Give the days that are looked for, if some are."""
        return self.view.whole if self.view else None

    def beside(self, today: dt.date) -> "tuple[Place | None, Place | None]":
        """Give the stretch before and the one after, which never lies ahead."""
        if self.view is None:
            return None, None
        whole = self.view.whole
        before = Place.of(View(self.view.scale, whole.start - ONE_DAY))
        after = Place.of(View(self.view.scale, whole.end)) if whole.end <= today else None
        return before, after
