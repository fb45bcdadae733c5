"""The quiet hours, in which nothing is said unasked."""

import datetime as dt

QUIET_FROM = dt.time(18, 0)
QUIET_UNTIL = dt.time(7, 0)
# Asked later than this, nobody has time left to answer before the evening.
LATEST = dt.time(17, 45)


def is_quiet(time: dt.time) -> bool:
    """Tell whether an hour of somebody's own clock lies in the quiet hours."""
    return time >= QUIET_FROM or time < QUIET_UNTIL


def end_of_quiet(local: dt.datetime) -> dt.datetime | None:
    """Tell when the quiet hours end in which a moment lies; None when it lies in none."""
    if not is_quiet(local.time()):
        return None
    day = local.date() + dt.timedelta(days=local.time() >= QUIET_FROM)
    return dt.datetime.combine(day, QUIET_UNTIL, local.tzinfo)


def out_of_quiet(begun: dt.datetime, moment: dt.datetime) -> dt.datetime:
    """Move a moment of some work out of the quiet hours.

    It goes before them where the work has begun by then, else to their end.
    """
    end = end_of_quiet(moment)
    if end is None:
        return moment
    before = dt.datetime.combine(begun.date(), LATEST, begun.tzinfo)
    return before if begun < before < moment else end
