"""Ramadan, whose dates are settled by a ministry shortly before it begins."""

import datetime as dt
from dataclasses import dataclass

# A lunar month has 29 or 30 days; which of them it will be is not known in advance.
LONGEST_MONTH = dt.timedelta(days=30)
SHORTEST_MONTH = dt.timedelta(days=29)


@dataclass(frozen=True)
class Season:
    """Hold a Ramadan from its first day up to, not including, Idulfitri.

    Until somebody confirms its dates they are an estimate, and are shown as one.
    """

    start: dt.date
    end: dt.date
    confirmed: bool = False

    def __contains__(self, day: dt.date) -> bool:
        return self.start <= day < self.end


def suggested(idulfitri: dt.date) -> Season:
    """Reckon a Ramadan backwards from its Idulfitri; it may begin a day later."""
    return Season(idulfitri - LONGEST_MONTH, idulfitri)


def is_possible(start: dt.date, end: dt.date) -> bool:
    """Tell whether a Ramadan can last from the start up to, not including, the end."""
    return SHORTEST_MONTH <= end - start <= LONGEST_MONTH
