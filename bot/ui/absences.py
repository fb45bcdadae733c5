"""Screens about days away."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from bot.i18n import Translator
from bot.skp.people import AbsenceKind
from bot.ui.keyboards import Button, inline, rows
from bot.ui.keys import key
from bot.ui.receipts import cut

FRIDAY = 4
KINDS = (AbsenceKind.LEAVE, AbsenceKind.DUTY, AbsenceKind.SICK)
LABEL = 22
Screen = tuple[Markup, dict[str, Any]]


@dataclass(frozen=True)
class Known:
    """One absence that is noted."""

    id: int
    kind: AbsenceKind
    first: dt.date
    last: dt.date


@dataclass(frozen=True)
class Whose:
    """Whose absence is noted: one's own, or that of somebody in the team; a leader may choose."""

    person_id: int | None = None
    name: str = ""
    leads: bool = False

    def key(self, verb: str, *values: int) -> str:
        """Write a key that carries whose days it is about."""
        if self.person_id is None:
            return key(f"away-{verb}", *values)
        return key(f"team-away-{verb}", self.person_id, *values)


OWN = Whose()


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
    return t.gettext("{first} to {last}", first=t.day(first), last=t.day(last))


def ask_kind(
    t: Translator,
    coming: Sequence[Known],
    day: dt.date,
    whose: Whose = OWN,
    *,
    at_once: bool = False,
) -> Screen:
    """Ask which kind of absence begins on a day; what is noted already can be taken back.

    Whoever answers a reminder means its day, so that the kind alone is enough.
    """
    lines = [
        t.html("<b>Days away</b>")
        if whose.person_id is None
        else t.html("<b>Days away of {name}</b>", name=whose.name)
    ]
    lines += [
        t.html(
            "• {kind}: {days}", kind=kind_name(t, one.kind), days=days_text(t, one.first, one.last)
        )
        for one in coming
    ]
    lines.append(t.html("What is it? You may also write it, for example <i>cuti sampai Jumat</i>."))
    labels = (t.gettext("Leave"), t.gettext("Official trip"), t.gettext("Sick"))
    kinds = [
        Button(label, whose.key("now" if at_once else "kind", place, day.toordinal()))
        for place, label in enumerate(labels)
    ]
    backs = [
        Button(
            t.gettext("Take back {day}", day=t.day_short(one.first)),
            whose.key("undo", one.id),
        )
        for one in coming
    ]
    team = [[Button(t.gettext("For my team"), key("team-away", 0))]] if whose.leads else []
    pairs = [backs[at : at + 2] for at in range(0, len(backs), 2)]
    return Markup("\n").join(lines), rows(kinds[:2], kinds[2:], *pairs, *team)


def ask_days(
    t: Translator, kind: AbsenceKind, first: dt.date, today: dt.date, whose: Whose = OWN
) -> Screen:
    """Ask which days from the first one on; a button means its day also when it is old."""
    place, start = KINDS.index(kind), first.toordinal()
    alone = t.gettext("Today only") if first == today else t.day_short(first)
    return (
        t.html("<b>{kind}</b>: which days?", kind=kind_name(t, kind).capitalize()),
        inline(
            Button(alone, whose.key("days", place, start, start), style="success"),
            *longer(t, kind, first, whose),
        ),
    )


def longer(
    t: Translator, kind: AbsenceKind, first: dt.date, whose: Whose = OWN
) -> tuple[Button, Button]:
    """Offer the days until Friday, or others; on a Friday and later the next one is meant."""
    place = KINDS.index(kind)
    until = first + dt.timedelta(days=(FRIDAY - first.weekday()) % 7 or 7)
    return (
        Button(
            t.gettext("Until {day}", day=t.day_short(until)),
            whose.key("days", place, first.toordinal(), until.toordinal()),
        ),
        Button(t.gettext("Choose days"), whose.key("other", place)),
    )


def noted(t: Translator, one: Known, back: dt.date, *, at_once: bool = False) -> Screen:
    """Confirm an own absence, with the day work begins again.

    One that was noted at once may be meant to last longer.
    """
    return (
        t.html(
            "Noted: <b>{kind}</b>, {days}. Reminders rest; these days do not count as empty."
            " Back on {back}.",
            kind=kind_name(t, one.kind),
            days=days_text(t, one.first, one.last),
            back=t.day(back),
        ),
        inline(
            Button(t.gettext("Undo"), OWN.key("undo", one.id)),
            *(longer(t, one.kind, one.first) if at_once and one.first == one.last else ()),
        ),
    )


def noted_for(t: Translator, one: Known, whose: Whose) -> Screen:
    """Confirm to a leader what is noted for somebody in the team."""
    text = t.html(
        "Noted for <b>{name}</b>: {kind}, {days}. {name} is told at once.",
        name=whose.name,
        kind=kind_name(t, one.kind),
        days=days_text(t, one.first, one.last),
    )
    return text, inline(Button(t.gettext("Undo"), whose.key("undo", one.id)))


def noted_by_leader(t: Translator, leader: str, one: Known) -> tuple[Markup, list[Button]]:
    """Tell somebody which days away their leader has noted."""
    text = t.html(
        "{leader} has noted for you: <b>{kind}</b>, {days}. Reminders rest on these days.",
        leader=leader,
        kind=kind_name(t, one.kind),
        days=days_text(t, one.first, one.last),
    )
    return text, [Button(t.gettext("Undo"), OWN.key("undo", one.id))]


def taken_back_by_leader(t: Translator, leader: str, one: Known) -> tuple[Markup, list[Button]]:
    """Tell somebody which days away their leader has taken back."""
    text = t.html(
        "{leader} has taken back: <s>{kind}, {days}</s>.",
        leader=leader,
        kind=kind_name(t, one.kind),
        days=days_text(t, one.first, one.last),
    )
    return text, [Button(t.gettext("Days away"), key("away"))]


def taken_back(t: Translator, one: Known, whose: Whose = OWN) -> Screen:
    """Say that an absence is taken back."""
    text = t.html(
        "Taken back: <s>{kind}, {days}</s>.",
        kind=kind_name(t, one.kind),
        days=days_text(t, one.first, one.last),
    )
    again = key("away") if whose.person_id is None else key("team-away-for", whose.person_id)
    return text, inline(
        Button(t.gettext("Days away"), again), Button(t.gettext("Menu"), key("menu"))
    )


def team(t: Translator, people: Sequence[tuple[int, str]], page: int, *, more: bool) -> Screen:
    """Ask for whom of the team days away are to be noted."""
    buttons = [
        Button(cut(name, LABEL - 1), key("team-away-for", person_id)) for person_id, name in people
    ]
    turning = []
    if page > 0:
        turning.append(Button(t.gettext("Previous"), key("team-away", page - 1)))
    if more:
        turning.append(Button(t.gettext("Next"), key("team-away", page + 1)))
    pairs = [buttons[at : at + 2] for at in range(0, len(buttons), 2)]
    ways = [*turning, Button(t.gettext("Back"), key("away"))]
    return t.html("For whom are the days away?"), rows(*pairs, ways)
