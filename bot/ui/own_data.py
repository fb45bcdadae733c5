"""The screens of a person's own data, and the workbook with all of it."""

import datetime as dt
from typing import Any

from markupsafe import Markup

from bot.actions.own_data import Belongings, Holdings, Look
from bot.documents.reports import Cell, Report, Table
from bot.i18n import Translator
from bot.skp.dealings import FeedbackKind
from bot.ui.absences import kind_name
from bot.ui.feedback import words_of
from bot.ui.keyboards import Button, inline
from bot.ui.keys import key
from bot.ui.receipts import cut

Screen = tuple[Markup, dict[str, Any]]

NAMED = 3
SHOWN = 15


def overview(t: Translator, found: Holdings, zone: dt.tzinfo) -> Screen:
    """Say what is kept, and who looked."""
    lines = [
        t.html(
            "<b>Your data</b>: {entries} entries, {proofs} pieces of evidence.",
            entries=t.number(found.entries),
            proofs=t.number(found.proofs),
        )
    ]
    if found.consented_at is not None:
        day = t.day(found.consented_at.astimezone(zone).date())
        lines.append(t.html("You consented on {day}.", day=day))
    if found.answered:
        lines.append(t.html("Quiz answers: {n}; only you see them.", n=t.number(found.answered)))
    for number, at in found.pacts[-1:]:
        day = t.day(at.astimezone(zone).date())
        lines.append(t.html("Pakta Integritas version {n} read on {day}.", n=number, day=day))
    if found.looks:
        named = ", ".join(look_words(t, one) for one in found.looks[:NAMED])
        lines.append(t.html("Seen in the last 30 days by: {people}.", people=named))
    else:
        lines.append(t.html("Nobody has looked in the last 30 days."))
    buttons = [
        Button(t.gettext("Download"), key("own-file"), "success"),
        Button(t.gettext("Correct my data"), key("own-mend")),
    ]
    if found.looks:
        buttons.insert(1, Button(t.gettext("Who has looked"), key("own-looks")))
    return Markup("\n").join(lines), inline(*buttons)


def look_words(t: Translator, one: Look) -> str:
    """Name who looked, and how often."""
    name = cut(one.name, 40)
    if one.as_admin:
        return t.gettext("{name} (admin) {times}×", name=name, times=one.times)
    return t.gettext("{name} (leader) {times}×", name=name, times=one.times)


def lookers(t: Translator, found: Holdings, zone: dt.tzinfo) -> Screen:
    """List who looked, how often, and when last."""
    lines = [t.html("<b>Who has looked in the last 30 days</b>")]
    for one in found.looks[:SHOWN]:
        day = t.day_short(one.last.astimezone(zone).date())
        lines.append(t.html("• {look}, last on {day}", look=look_words(t, one), day=day))
    return Markup("\n").join(lines), inline(Button(t.gettext("Back"), key("own")))


def mend(t: Translator) -> Screen:
    """Say where what is wrong is corrected."""
    text = t.html(
        "Entries can be changed or deleted in /riwayat. Name, NIP, position, unit and supervisor"
        " come from the roster: ask your personnel admin, who corrects them there. The form of"
        " address and the language are yours to choose."
    )
    return text, inline(Button(t.gettext("Back"), key("own")))


def workbook(t: Translator, found: Belongings, zone: dt.tzinfo) -> Report:
    """Put everything into a workbook, a sheet for each kind."""
    tables = (
        identity(t, found),
        entries(t, found, zone),
        proofs(t, found),
        words(t, found),
        obstacles(t, found, zone),
        absences(t, found),
        looks(t, found, zone),
        questions(t, found, zone),
        articles(t, found),
        quizzes(t, found, zone),
        pacts(t, found, zone),
    )
    return Report(t.gettext("Your data"), "", (), tables, "", t.language)


def identity(t: Translator, found: Belongings) -> Table:
    """List what the roster says."""
    columns = (t.gettext("What"), t.gettext("Value"))
    return Table(t.gettext("Identity"), columns, (5, 9), found.identity)


def entries(t: Translator, found: Belongings, zone: dt.tzinfo) -> Table:
    """List every entry."""
    rows: list[tuple[Cell, ...]] = [
        (
            str(one.id),
            one.day.isoformat(),
            one.last_day.isoformat() if one.last_day else None,
            one.text,
            one.quantity,
            one.unit,
            one.percent,
            None if one.number is None else str(one.number),
            t.gettext("late entry") if one.late else None,
            moment(one.created_at, zone),
        )
        for one in found.entries
    ]
    columns = (
        t.gettext("Number"),
        t.gettext("Day"),
        t.gettext("Last day"),
        t.gettext("Words"),
        t.gettext("Amount"),
        t.gettext("Unit of measure"),
        t.gettext("Percent"),
        t.gettext("RHK"),
        t.gettext("Note"),
        t.gettext("Written"),
    )
    return Table(t.gettext("Entries"), columns, (2, 3, 3, 14, 3, 3, 2, 2, 3, 4), tuple(rows))


def proofs(t: Translator, found: Belongings) -> Table:
    """List every bukti dukung."""
    rows = tuple(
        (str(one.entry_id), one.kind.value, one.title, one.url, one.sha256) for one in found.proofs
    )
    columns = (
        t.gettext("Entry"),
        t.gettext("Kind"),
        t.gettext("Title"),
        t.gettext("Address"),
        "SHA-256",
    )
    return Table(t.gettext("Evidence"), columns, (2, 3, 8, 10, 10), rows)


def words(t: Translator, found: Belongings) -> Table:
    """List what leaders said."""
    rows = tuple(
        (
            str(one.entry_id),
            one.author,
            feedback_kind(t, one.kind),
            words_of(t, one),
            one.reply,
        )
        for one in found.words
    )
    columns = (
        t.gettext("Entry"),
        t.gettext("By"),
        t.gettext("Kind"),
        t.gettext("Words"),
        t.gettext("Your answer"),
    )
    return Table(t.gettext("Feedback"), columns, (2, 5, 4, 10, 8), rows)


def feedback_kind(t: Translator, kind: FeedbackKind) -> str:
    """Name a kind of feedback."""
    names = {
        FeedbackKind.PRAISE: t.gettext("appreciation"),
        FeedbackKind.GUIDANCE: t.gettext("guidance"),
        FeedbackKind.MEND: t.gettext("request to mend"),
    }
    return names[kind]


def obstacles(t: Translator, found: Belongings, zone: dt.tzinfo) -> Table:
    """List what held the person up."""
    rows = tuple(
        (
            moment(one.created_at, zone),
            one.text,
            one.advice or (t.gettext("the leader helps") if one.answer else None),
            moment(one.closed_at, zone) if one.closed_at else None,
        )
        for one in found.obstacles
    )
    columns = (t.gettext("Raised"), t.gettext("Words"), t.gettext("Answer"), t.gettext("Closed"))
    return Table(t.gettext("Obstacles"), columns, (4, 10, 8, 4), rows)


def absences(t: Translator, found: Belongings) -> Table:
    """List the days away."""
    rows = tuple(
        (kind_name(t, kind), first.isoformat(), last.isoformat())
        for kind, first, last in found.absences
    )
    columns = (t.gettext("Kind"), t.gettext("First day"), t.gettext("Last day"))
    return Table(t.gettext("Leave/Trip"), columns, (4, 3, 3), rows)


def looks(t: Translator, found: Belongings, zone: dt.tzinfo) -> Table:
    """List who looked."""
    rows = tuple((look_words(t, one), moment(one.last, zone)) for one in found.looks)
    columns = (t.gettext("Who"), t.gettext("Last"))
    return Table(t.gettext("Who has looked"), columns, (8, 4), rows)


def questions(t: Translator, found: Belongings, zone: dt.tzinfo) -> Table:
    """List what was asked of the widyaiswara."""
    rows = tuple(
        (
            moment(one.asked_at, zone),
            one.theme,
            one.text,
            one.answer,
            moment(one.answered_at, zone) if one.answered_at else None,
        )
        for one in found.questions
    )
    columns = (
        t.gettext("Asked"),
        t.gettext("Theme"),
        t.gettext("Words"),
        t.gettext("Answer"),
        t.gettext("Answered"),
    )
    return Table(t.gettext("Questions"), columns, (4, 4, 10, 10, 4), rows)


def articles(t: Translator, found: Belongings) -> Table:
    """List the guidance that is remembered, so that no tip comes twice."""
    columns = (t.gettext("Guidance"), t.gettext("Day"))
    return Table(t.gettext("Guidance seen"), columns, (8, 3), found.articles_seen)


def quizzes(t: Translator, found: Belongings, zone: dt.tzinfo) -> Table:
    """List every answer of the quiz."""
    rows = tuple(
        (
            moment(one.answered_at, zone),
            one.question,
            t.gettext("right") if one.right else t.gettext("wrong"),
            one.due.isoformat() if one.due else None,
        )
        for one in found.quizzes
    )
    columns = (
        t.gettext("Answered"),
        t.gettext("Question"),
        t.gettext("Outcome"),
        t.gettext("Comes again"),
    )
    return Table(t.gettext("Quiz"), columns, (4, 8, 3, 3), rows)


def pacts(t: Translator, found: Belongings, zone: dt.tzinfo) -> Table:
    """List which versions of the Pakta Integritas were read, and when."""
    rows = tuple((str(number), moment(at, zone)) for number, at in found.pacts)
    columns = (t.gettext("Version"), t.gettext("Read on"))
    return Table("Pakta Integritas", columns, (3, 4), rows)


def moment(at: dt.datetime, zone: dt.tzinfo) -> str:
    """Write a moment on the person's own clock."""
    return at.astimezone(zone).strftime("%Y-%m-%d %H:%M %Z")
