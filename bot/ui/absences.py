"""Screens about days away."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from markupsafe import Markup

from bot.i18n import Translator
from bot.skp.people import AbsenceKind
from bot.ui.keyboards import Button, inline
from bot.ui.keys import key

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


def ask_kind(t: Translator, coming: Sequence[tuple[AbsenceKind, dt.date, dt.date]]) -> Screen:
    """Ask which kind; what is noted already stands above."""
    lines = [t.html("<b>Days away</b>")]
    lines += [
        t.html("• {kind}: {days}", kind=kind_name(t, kind), days=days_text(t, first, last))
        for kind, first, last in coming
    ]
    lines.append(t.html("What is it? You may also write it, for example <i>cuti sampai Jumat</i>."))
    labels = (t.gettext("Leave"), t.gettext("Official trip"), t.gettext("Sick"))
    buttons = [Button(label, key("away-kind", place)) for place, label in enumerate(labels)]
    return Markup("\n").join(lines), inline(*buttons)


def ask_days(t: Translator, kind: AbsenceKind, today: dt.date, *, friday: int) -> Screen:
    """Ask which days."""
    place = KINDS.index(kind)
    until = today + dt.timedelta(days=friday)
    return (
        t.html("<b>{kind}</b>: which days?", kind=kind_name(t, kind).capitalize()),
        inline(
            Button(t.gettext("Today only"), key("away-days", place, 0), style="success"),
            Button(
                t.gettext("Until {day}", day=t.day_short(until)), key("away-days", place, friday)
            ),
            Button(t.gettext("Choose days"), key("away-other", place)),
        ),
    )


def noted(
    t: Translator, kind: AbsenceKind, days: tuple[dt.date, dt.date], more: tuple[int, dt.date]
) -> Screen:
    """Confirm an absence; `more` is its key and the day work begins again."""
    absence_id, back = more
    return (
        t.html(
            "Noted: <b>{kind}</b>, {days}. Reminders rest; these days do not count as empty."
            " Back on {back}.",
            kind=kind_name(t, kind),
            days=days_text(t, *days),
            back=t.day_short(back),
        ),
        inline(Button(t.gettext("Undo"), key("away-undo", absence_id))),
    )


def taken_back(t: Translator, kind: AbsenceKind, first: dt.date, last: dt.date) -> Screen:
    """Say that an absence is taken back."""
    text = t.html(
        "Taken back: <s>{kind}, {days}</s>.",
        kind=kind_name(t, kind),
        days=days_text(t, first, last),
    )
    return text, inline(Button(t.gettext("Menu"), key("menu")))
