"""Hours and durations of an entry in words."""

from markupsafe import Markup

from bot.actions.receipts import Receipt
from bot.i18n import Translator


def hours_line(t: Translator, shown: Receipt) -> list[Markup]:
    """Write from when to when an entry lasted, or how long, as far as that is known."""
    if shown.start is not None and shown.end is not None:
        return [t.html("Hours: {start}–{end}.", start=t.hour(shown.start), end=t.hour(shown.end))]
    if shown.minutes is not None:
        return [t.html("Duration: {duration}.", duration=duration(t, shown.minutes))]
    return []


def duration(t: Translator, minutes: int) -> str:
    """Write how long something took: 2 jam, 90 menit as 1 jam 30 menit."""
    hours, rest = divmod(minutes, 60)
    if not hours:
        return t.ngettext("{n} minute", "{n} minutes", rest, n=rest)
    if not rest:
        return t.ngettext("{n} hour", "{n} hours", hours, n=hours)
    return t.gettext("{hours} h {minutes} min", hours=hours, minutes=rest)
