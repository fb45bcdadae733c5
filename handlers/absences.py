"""Leave, official trips and sickness: noted by a tap or a sentence."""

import datetime as dt

from telegram import Update
from telegram.ext import CallbackQueryHandler, CommandHandler, MessageHandler, filters

from bot.actions import absences
from bot.context import Answering, Context, reads
from bot.refusal import Refusal
from bot.skp.people import AbsenceKind
from bot.ui.absences import KINDS, Known, Whose, ask_days, ask_kind, noted, taken_back
from bot.ui.keyboards import Button, inline
from bot.ui.keys import key, numbers, pattern, tapped, words
from bot.understanding.asked_days import asked_days
from db import calendars, teams
from db.absences import coming
from db.models.entries import Absence

STEP = "absences.days"


async def away(update: Update, context: Context) -> None:
    """Ask which kind of absence: from /cuti for today, from a reminder for the reminder's day."""
    day = day_of_prompt(update)
    await ask(context, day or context.today(), at_once=day is not None)


async def away_on(update: Update, context: Context) -> None:
    """Note the days that are named after /cuti; ask when none can be read."""
    given = " ".join(context.args or [])
    found = asked_days(given, context.today())
    if found is None:
        await away(update, context)
        return
    await finish(context, kind_said(given), *found)


def kind_said(text: str) -> AbsenceKind:
    """Tell which kind of absence is named; /cuti alone means leave."""
    named = text.lower().split()
    if "sakit" in named:
        return AbsenceKind.SICK
    return AbsenceKind.DUTY if "dinas" in named else AbsenceKind.LEAVE


async def ask(context: Context, day: dt.date, *, at_once: bool = False) -> None:
    """Ask which kind of absence begins on a day; what is noted already stands above."""
    today = context.today()
    now = await coming(context.session, context.employee, since=today)
    leads = await teams.leads(context.session, context.employee, on=today)
    # Without a tap this answers anew.
    whose, noted_already = Whose(leads=leads), [known(one) for one in now]
    context.edit(*ask_kind(context.t, noted_already, day, whose, at_once=at_once))


async def choose_days(update: Update, context: Context) -> None:
    """Ask for the days, with the likely ones as buttons."""
    place, day = numbers(tapped(update), 2)
    kind, first = kind_at(place), day_at(day)
    context.edit(*ask_days(context.t, kind, first, context.today()))


async def note_at_once(update: Update, context: Context) -> None:
    """Note the day of a reminder as one of the kind that was tapped; it may become longer."""
    place, day = numbers(tapped(update), 2)
    kind, first = kind_at(place), day_at(day)
    await finish(context, kind, first, first, at_once=True)


async def choose(update: Update, context: Context) -> None:
    """Note the absence that was tapped: the kind, the first and the last day."""
    place, first, last = numbers(tapped(update), 3)
    await finish(context, kind_at(place), day_at(first), day_at(last))


async def ask_other_days(update: Update, context: Context) -> None:
    """Ask for the days in words."""
    (place,) = numbers(tapped(update), 1)
    kind_at(place)
    await context.begin(STEP, kind=place)
    context.edit(
        context.t.html(
            "From when until when? For example <i>24 Nov</i> or <i>24 Nov sampai 26 Nov</i>."
        )
    )


async def take_days(update: Update, context: Context) -> None:
    """Note the absence on the days that were typed."""
    draft = context.draft
    message = update.effective_message
    if draft is None or message is None or message.text is None:
        raise Refusal("This button no longer works.")
    found = asked_days(message.text, context.today())
    if found is None:
        unread_days(context)
        return
    await context.end()
    await finish(context, kind_at(int(draft.data["kind"])), *found)


def unread_days(context: Context) -> None:
    """Say that no day could be read; what was written may be work, and is not lost."""
    t = context.t
    context.reply(
        t.gettext("The date could not be read. Example: 24 Nov"),
        inline(
            Button(t.gettext("Save as an entry"), key("entry-keep", context.turn.arrival_id)),
            Button(t.gettext("Menu"), key("menu")),
        ),
    )


async def finish(
    context: Context, kind: AbsenceKind, first: dt.date, last: dt.date, *, at_once: bool = False
) -> None:
    """Note an absence and confirm it; shared with the sentence that says it."""
    by = absences.By(context.employee, context.now)
    absence = await absences.note(context.session, context.employee, kind, (first, last), by)
    await show_noted(context, absence, at_once=at_once)


async def show_noted(context: Context, absence: Absence, *, at_once: bool = False) -> None:
    """Confirm an absence, with the day work begins again."""
    calendar = await calendars.calendar_of(context.session, context.employee, on=absence.last)
    back = calendar.next_working(absence.last)
    context.edit(*noted(context.t, known(absence), back, at_once=at_once))


async def undo(update: Update, context: Context) -> None:
    """Take an absence back; what is taken back already opens the current view."""
    (absence_id,) = numbers(tapped(update), 1)
    by = absences.By(context.employee, context.now)
    absence = await absences.take_back(context.session, context.employee, absence_id, by)
    if absence is None:
        context.toast(context.t.gettext("This button no longer works."))
        await ask(context, context.today())
        return
    context.edit(*taken_back(context.t, known(absence)))


def known(absence: Absence) -> Known:
    """Take what a screen needs of an absence."""
    return Known(absence.id or 0, absence.kind, absence.first, absence.last)


def kind_at(place: int) -> AbsenceKind:
    """Give the kind a button stands for."""
    if not 0 <= place < len(KINDS):
        raise Refusal("This button no longer works.")
    return KINDS[place]


def day_at(ordinal: int) -> dt.date:
    """Give the day a button stands for."""
    try:
        return dt.date.fromordinal(ordinal)
    except (ValueError, OverflowError):
        raise Refusal("This button no longer works.") from None


def day_of_prompt(update: Update) -> dt.date | None:
    """Give the day of the reminder whose button was tapped."""
    if len(words(tapped(update))) != 1:
        return None
    (stamp,) = numbers(tapped(update), 1)
    year, rest = divmod(stamp, 10_000)
    try:
        return dt.date(year, *divmod(rest, 100))
    except ValueError:
        raise Refusal("This button no longer works.") from None


for look in (away, choose_days):
    reads(look)

handlers = [
    CommandHandler("cuti", away_on, has_args=True),
    CommandHandler("cuti", away),
    CallbackQueryHandler(away, pattern("away")),
    CallbackQueryHandler(choose_days, pattern("away-kind")),
    CallbackQueryHandler(note_at_once, pattern("away-now")),
    CallbackQueryHandler(choose, pattern("away-days")),
    CallbackQueryHandler(ask_other_days, pattern("away-other")),
    CallbackQueryHandler(undo, pattern("away-undo")),
    MessageHandler(Answering(STEP) & filters.TEXT & ~filters.COMMAND, take_days),
]
