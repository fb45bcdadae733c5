"""When a piece of advice may follow a log, and which articles are not to come again soon."""

import datetime as dt
from collections.abc import Iterable, Mapping

MEMORY = dt.timedelta(weeks=6)
"""For so long nobody is shown again what they have seen."""
SETTLED = dt.timedelta(days=3)
"""Whoever has just come in first learns to log."""


def may_follow(
    *, wished: bool, since: dt.date | None, last: dt.date | None, today: dt.date
) -> bool:
    """Tell whether advice may follow a log of today: one a day, and none to a newcomer."""
    newcomer = since is None or today < since + SETTLED
    return wished and not newcomer and (last is None or last < today)


def remembered(seen: Mapping[str, str], today: dt.date) -> dict[str, str]:
    """Give what was seen so lately that it is not to come again; the rest is forgotten."""
    oldest = (today - MEMORY).isoformat()
    return {article: day for article, day in seen.items() if day > oldest}


def noted(seen: Mapping[str, str], articles: Iterable[str], today: dt.date) -> dict[str, str]:
    """Give what was seen with what is seen today."""
    return remembered(seen, today) | dict.fromkeys(articles, today.isoformat())
