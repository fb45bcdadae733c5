"""Screens about days away."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from markupsafe import Markup

from bot.i18n import Translator
from bot.skp.people import AbsenceKind
from bot.ui.keyboards import Button, inline
from bot.ui.keys import key

FRIDAY = 4
KINDS = (AbsenceKind.LEAVE, AbsenceKind.DUTY, AbsenceKind.SICK)
Screen = tuple[Markup, dict[str, Any]]


def kind_name(t: Translator, kind: AbsenceKind) -> str:
    """Name a kind of absence."""
    names = {
        AbsenceKind.LEAVE: t.gettext("leave"),
        AbsenceKind.DUTY: t.gettext("official trip"),
        AbsenceKind.SICK: t.gettext("sickness"),
    }
    return names[kind]


def days_text(t: Translator, first: dt.date, last: dt.date) -> str:
    """Write one day or a span."""
    if first == last:
        return t.day(first)
    return t.gettext("{first} to {last}", first=t.day_short(first), last=t.day(last))


def ask_kind(
    t: Translator,
    coming: Sequence[tuple[AbsenceKind, dt.date, dt.date]],
    day: dt.date,
    *,
    at_once: bool = False,
) -> Screen:
    """Ask which kind of absence begins on a day; what is noted already stands above.

    Whoever answers a reminder means its day, so that the kind alone is enough.
    """
    lines = [t.html("<b>Days away</b>")]
    lines += [
        t.html("• {kind}: {days}", kind=kind_name(t, kind), days=days_text(t, first, last))
        for kind, first, last in coming
    ]
    lines.append(t.html("What is it? You may also write it, for example <i>cuti sampai Jumat</i>."))
    labels = (t.gettext("Leave"), t.gettext("Official trip"), t.gettext("Sick"))
    buttons = [
        Button(label, key("away-now" if at_once else "away-kind", place, day.toordinal()))
        for place, label in enumerate(labels)
    ]
    return Markup("\n").join(lines), inline(*buttons)


def ask_days(t: Translator, kind: AbsenceKind, first: dt.date, today: dt.date) -> Screen:
    """Ask which days from the first one on; a button means its day also when it is old."""
    place, start = KINDS.index(kind), first.toordinal()
    alone = t.gettext("Today only") if first == today else t.day_short(first)
    return (
        t.html("<b>{kind}</b>: which days?", kind=kind_name(t, kind).capitalize()),
        inline(
            Button(alone, key("away-days", place, start, start), style="success"),
            *longer(t, kind, first),
        ),
    )


def longer(t: Translator, kind: AbsenceKind, first: dt.date) -> tuple[Button, Button]:
    """Offer the days until Friday, or others; on a Friday and later the next one is meant."""
    place = KINDS.index(kind)
    until = first + dt.timedelta(days=(FRIDAY - first.weekday()) % 7 or 7)
    return (
        Button(
            t.gettext("Until {day}", day=t.day_short(until)),
            key("away-days", place, first.toordinal(), until.toordinal()),
        ),
        Button(t.gettext("Choose days"), key("away-other", place)),
    )


def noted(
    t: Translator,
    kind: AbsenceKind,
    days: tuple[dt.date, dt.date],
    more: tuple[int, dt.date],
    *,
    at_once: bool = False,
) -> Screen:
    """Confirm an absence; `more` is its key and the day work begins again.

    One that was noted at once may be meant to last longer.
    """
    absence_id, back = more
    return (
        t.html(
            "Noted: <b>{kind}</b>, {days}. Reminders rest; these days do not count as empty."
            " Back on {back}.",
            kind=kind_name(t, kind),
            days=days_text(t, *days),
            back=t.day_short(back),
        ),
        inline(
            Button(t.gettext("Undo"), key("away-undo", absence_id)),
            *(longer(t, kind, days[0]) if at_once and days[0] == days[1] else ()),
        ),
    )


def taken_back(t: Translator, kind: AbsenceKind, first: dt.date, last: dt.date) -> Screen:
    """Say that an absence is taken back."""
    text = t.html(
        "Taken back: <s>{kind}, {days}</s>.",
        kind=kind_name(t, kind),
        days=days_text(t, first, last),
    )
    return text, inline(Button(t.gettext("Menu"), key("menu")))
