"""Leave, official trips and sickness: noted by a tap or a sentence."""

import datetime as dt

from telegram import Update
from telegram.ext import CallbackQueryHandler, CommandHandler, MessageHandler, filters

from bot.actions import absences
from bot.context import Answering, Context
from bot.refusal import Refusal
from bot.skp.people import AbsenceKind
from bot.ui.absences import KINDS, ask_days, ask_kind, noted, taken_back
from bot.ui.keys import numbers, pattern, tapped
from bot.understanding.proposal import Profile
from bot.understanding.sentence import understand
from db import calendars
from db.absences import coming
from db.models.entries import Absence

STEP = "absences.days"
FRIDAY = 4


async def away(update: Update, context: Context) -> None:
    """Ask which kind of absence, from /cuti or from a reminder's button."""
    now = await coming(context.session, context.employee, since=context.today())
    text, keyboard = ask_kind(context.t, [(one.kind, one.first, one.last) for one in now])
    if update.callback_query is not None:
        context.edit(text, keyboard)
    else:
        context.reply(text, keyboard)


async def choose_days(update: Update, context: Context) -> None:
    """Ask for the days, with the likely ones as buttons."""
    (place,) = numbers(tapped(update), 1)
    kind = kind_at(place)
    today = context.today()
    context.edit(*ask_days(context.t, kind, today, friday=friday_after(today)))


async def choose(update: Update, context: Context) -> None:
    """Note the absence that was tapped: the kind and how many days from today."""
    place, days = numbers(tapped(update), 2)
    today = context.today()
    kind = kind_at(place)
    if not 0 <= days <= 7:
        raise Refusal("This button no longer works.")
    await finish(context, kind, today, today + dt.timedelta(days=days))


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
    found = days_said(message.text, context.local_now())
    if found is None:
        context.reply(context.t.gettext("The date could not be read. Example: 24 Nov"))
        return
    await context.end()
    await finish(context, kind_at(int(draft.data["kind"])), *found)


async def finish(context: Context, kind: AbsenceKind, first: dt.date, last: dt.date) -> None:
    """Note an absence and confirm it; shared with the sentence that says it."""
    absence = await absences.note(context.session, context.employee, kind, first, last)
    await show_noted(context, absence)


async def show_noted(context: Context, absence: Absence) -> None:
    """Confirm an absence, with the day work begins again."""
    calendar = await calendars.calendar_of(context.session, context.employee, on=absence.last)
    back = calendar.next_working(absence.last)
    context.edit(
        *noted(context.t, absence.kind, (absence.first, absence.last), (absence.id or 0, back))
    )


async def undo(update: Update, context: Context) -> None:
    """Take an absence back."""
    (absence_id,) = numbers(tapped(update), 1)
    absence = await absences.take_back(context.session, context.employee, absence_id)
    context.edit(*taken_back(context.t, absence.kind, absence.first, absence.last))


def days_said(text: str, now: dt.datetime) -> tuple[dt.date, dt.date] | None:
    """Read days typed by themselves; None when none is named."""
    absence = understand(f"cuti {text}", now, Profile(job="", results=())).absence
    if absence is None:
        return None
    today = now.date()
    named = {"hari ini", "sekarang", str(today.day)}
    if absence.first == absence.last == today and not any(one in text.lower() for one in named):
        return None
    return absence.first, absence.last


def kind_at(place: int) -> AbsenceKind:
    """Give the kind a button stands for."""
    if not 0 <= place < len(KINDS):
        raise Refusal("This button no longer works.")
    return KINDS[place]


def friday_after(today: dt.date) -> int:
    """Count the days until Friday; on a Friday and later, until the next one."""
    return (FRIDAY - today.weekday()) % 7 or 7


handlers = [
    CommandHandler("cuti", away),
    CallbackQueryHandler(away, pattern("away")),
    CallbackQueryHandler(choose_days, pattern("away-kind")),
    CallbackQueryHandler(choose, pattern("away-days")),
    CallbackQueryHandler(ask_other_days, pattern("away-other")),
    CallbackQueryHandler(undo, pattern("away-undo")),
    MessageHandler(Answering(STEP) & filters.TEXT & ~filters.COMMAND, take_days),
]
