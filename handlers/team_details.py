"""From a team down to one person, an RHK, an entry and its proof, in the same message."""

from telegram import Update
from telegram.ext import CallbackQueryHandler

from bot.actions.leading import leader_of
from bot.actions.team_details import open_entry, open_exhibit, open_result
from bot.actions.team_nudges import ask as ask_kindly
from bot.actions.team_views import View
from bot.actions.teams import look
from bot.context import Context, reads
from bot.ui import team_details as screens
from bot.ui.keys import numbers, pattern, tapped
from bot.ui.receipts import cut
from bot.ui.team_people import nudged
from bot.ui.team_people import person as person_screen
from db.models.messages import AuditRecord
from db.models.people import Employee
from handlers.teams import view_of


async def led_by(context: Context, view: View) -> Employee:
    """Give the leader in whose place one looks."""
    return await leader_of(context.session, context.employee, view.of, on=context.today())


def looked(context: Context, employee_id: int) -> None:
    """Keep who looked at whom; the person can see it."""
    context.record(
        AuditRecord(
            at=context.now,
            actor_id=context.employee.id,
            action="looked",
            subject_id=employee_id,
        )
    )


@reads
async def person(update: Update, context: Context) -> None:
    """Look at one person, who can see later who looked."""
    await show_person(context, *numbers(tapped(update), 4))


@reads
async def person_part(update: Update, context: Context) -> None:
    """Turn to more of a person's RHK."""
    *place, part = numbers(tapped(update), 5)
    await show_person(context, *place, part=part)


async def show_person(context: Context, *place: int, part: int = 0) -> None:
    """Show one person; the place is the stretch, the day, who it is and the list's page."""
    scale, day, employee_id, page = place
    view = view_of(context, scale, day)
    leader = await led_by(context, view)
    shown = await look(context.session, leader, employee_id, view, today=context.today())
    looked(context, shown.line.member.id)
    context.edit(*person_screen(context.t, shown, page, part))


async def ask(update: Update, context: Context) -> None:
    """Ask one person, or all who have no entry today, kindly for it."""
    scale, day, employee_id = numbers(tapped(update), 3)
    view = view_of(context, scale, day)
    leader = await led_by(context, view)
    done = await ask_kindly(context.session, leader, view, employee_id, now=context.now)
    context.edit(*nudged(context.t, done, view))


@reads
async def result(update: Update, context: Context) -> None:
    """Look at one RHK of a person."""
    scale, day, employee_id, result_id, page = numbers(tapped(update), 5)
    view = view_of(context, scale, day)
    leader, place = await led_by(context, view), (employee_id, result_id)
    shown = await open_result(context.session, leader, place, view, today=context.today())
    looked(context, shown.person.id)
    context.edit(*screens.result(context.t, shown, view, page))


@reads
async def entry(update: Update, context: Context) -> None:
    """Look at one entry of a person, with its proof."""
    await show_entry(context, *numbers(tapped(update), 6))


@reads
async def entry_part(update: Update, context: Context) -> None:
    """Turn to more of an entry's proof."""
    *place, part = numbers(tapped(update), 7)
    await show_entry(context, *place, part=part)


async def show_entry(context: Context, *place: int, part: int = 0) -> None:
    """Show one entry; the place is a person's, the entry, its RHK and the list's page."""
    scale, day, employee_id, entry_id, result_id, page = place
    view = view_of(context, scale, day)
    leader = await led_by(context, view)
    shown = await open_entry(
        context.session, leader, (employee_id, entry_id), today=context.today()
    )
    looked(context, shown.person.id)
    screen = screens.entry(context.t, shown, view, (result_id, page), part)
    context.edit(*screen, about=f"card:{entry_id}")


@reads
async def proof(update: Update, context: Context) -> None:
    """Send a stored bukti dukung of somebody one leads."""
    (evidence_id,) = numbers(tapped(update), 1)
    found, employee_id = await open_exhibit(
        context.session, context.employee, evidence_id, today=context.today()
    )
    looked(context, employee_id)
    path = str(context.agency.data_dir / (found.path or ""))
    data = {"path": path, "kind": found.kind.value, "title": found.title}
    context.paper("stored-file", data, caption=cut(found.title, 100))


handlers = [
    CallbackQueryHandler(person, pattern("team-one")),
    CallbackQueryHandler(person_part, pattern("team-more")),
    CallbackQueryHandler(ask, pattern("team-ask")),
    CallbackQueryHandler(result, pattern("team-result")),
    CallbackQueryHandler(entry, pattern("team-entry")),
    CallbackQueryHandler(entry_part, pattern("team-proofs")),
    CallbackQueryHandler(proof, pattern("team-proof")),
]
