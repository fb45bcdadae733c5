"""Days away of somebody in the team, noted by the leader."""

import datetime as dt

from telegram import Update
from telegram.ext import CallbackQueryHandler, MessageHandler, filters

from bot.actions import absences
from bot.actions.absences import By
from bot.context import Answering, Context, reads
from bot.refusal import Refusal
from bot.ui import absences as screens
from bot.ui.absences import Whose
from bot.ui.keys import numbers, pattern, tapped
from bot.understanding.asked_days import asked_days
from db import teams
from db.absences import coming
from handlers.absences import day_at, kind_at, known, unread_days

STEP = "team-absences.days"
PAGE = 8


async def choose_person(update: Update, context: Context) -> None:
    """List the team, a page at a time."""
    (page,) = numbers(tapped(update), 1)
    found = await teams.members(context.session, context.employee, on=context.today())
    shown = found[page * PAGE : (page + 1) * PAGE] if page >= 0 else []
    if not shown:
        raise Refusal("This button no longer works.")
    names = [(one.id, one.address or one.name) for one in shown]
    context.edit(*screens.team(context.t, names, page, more=len(found) > (page + 1) * PAGE))


async def choose_kind(update: Update, context: Context) -> None:
    """Show what is noted for somebody, and ask which kind of absence begins."""
    (person_id,) = numbers(tapped(update), 1)
    await ask(context, person_id)


async def ask(context: Context, person_id: int) -> None:
    """Ask which kind of absence begins today for somebody in the team."""
    person = await absences.reporting(context.session, by(context), person_id)
    noted = [known(one) for one in await coming(context.session, person, since=context.today())]
    whose = Whose(person_id, person.name)
    context.edit(*screens.ask_kind(context.t, noted, context.today(), whose))


async def choose_days(update: Update, context: Context) -> None:
    """Ask for the days, with the likely ones as buttons."""
    person_id, place, day = numbers(tapped(update), 3)
    person = await absences.reporting(context.session, by(context), person_id)
    whose = Whose(person_id, person.name)
    first = day_at(day)
    context.edit(*screens.ask_days(context.t, kind_at(place), first, context.today(), whose))


async def choose(update: Update, context: Context) -> None:
    """Note the absence that was tapped."""
    person_id, place, first, last = numbers(tapped(update), 4)
    await finish(context, person_id, place, (day_at(first), day_at(last)))


async def ask_other_days(update: Update, context: Context) -> None:
    """Ask for the days in words."""
    person_id, place = numbers(tapped(update), 2)
    await absences.reporting(context.session, by(context), person_id)
    kind_at(place)
    await context.begin(STEP, person=person_id, kind=place)
    context.edit(
        context.t.html(
            "From when until when? For example <i>24 Nov</i> or <i>24 Nov sampai 26 Nov</i>."
        )
    )


async def take_days(update: Update, context: Context) -> None:
    """Note the absence on the days that were typed."""
    draft, message = context.draft, update.effective_message
    if draft is None or message is None or message.text is None:
        raise Refusal("This button no longer works.")
    found = asked_days(message.text, context.today())
    if found is None:
        unread_days(context)
        return
    await context.end()
    await finish(context, int(draft.data["person"]), int(draft.data["kind"]), found)


async def finish(
    context: Context, person_id: int, place: int, days: tuple[dt.date, dt.date]
) -> None:
    """Note an absence of somebody in the team and confirm it to the leader."""
    person, absence = await absences.note_for(
        context.session, by(context), person_id, kind_at(place), days
    )
    whose = Whose(person_id, person.name)
    context.edit(*screens.noted_for(context.t, known(absence), whose))


async def undo(update: Update, context: Context) -> None:
    """Take an absence of somebody in the team back."""
    person_id, absence_id = numbers(tapped(update), 2)
    person, absence = await absences.take_back_for(
        context.session, by(context), person_id, absence_id
    )
    if absence is None:
        context.toast(context.t.gettext("This button no longer works."))
        await ask(context, person_id)
        return
    whose = Whose(person_id, person.name)
    context.edit(*screens.taken_back(context.t, known(absence), whose))


def by(context: Context) -> By:
    """Tell who acts, and when."""
    return By(context.employee, context.now)


for look in (choose_person, choose_kind, choose_days):
    reads(look)

handlers = [
    CallbackQueryHandler(choose_person, pattern("team-away")),
    CallbackQueryHandler(choose_kind, pattern("team-away-for")),
    CallbackQueryHandler(choose_days, pattern("team-away-kind")),
    CallbackQueryHandler(choose, pattern("team-away-days")),
    CallbackQueryHandler(ask_other_days, pattern("team-away-other")),
    CallbackQueryHandler(undo, pattern("team-away-undo")),
    MessageHandler(Answering(STEP) & filters.TEXT & ~filters.COMMAND, take_days),
]
