"""From a team down to one person, an RHK, an entry and its proof, in the same message."""

from telegram import Update
from telegram.ext import CallbackQueryHandler

from bot.actions.leading import leader_of
from bot.actions.team_details import open_entry, open_exhibit, open_result
from bot.actions.team_views import View
from bot.actions.teams import look
from bot.context import Context, reads
from bot.ui import team_details as screens
from bot.ui.keys import numbers, pattern, tapped
from bot.ui.receipts import cut
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
    scale, day, employee_id, page = numbers(tapped(update), 4)
    view = view_of(context, scale, day)
    leader = await led_by(context, view)
    shown = await look(context.session, leader, employee_id, view, today=context.today())
    looked(context, shown.line.member.id)
    context.edit(*person_screen(context.t, shown, page))


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
    scale, day, employee_id, entry_id, result_id, page = numbers(tapped(update), 6)
    view = view_of(context, scale, day)
    leader, place = await led_by(context, view), (employee_id, entry_id)
    shown = await open_entry(context.session, leader, place, today=context.today())
    looked(context, shown.person.id)
    context.edit(
        *screens.entry(context.t, shown, view, (result_id, page)), about=f"card:{entry_id}"
    )


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
    CallbackQueryHandler(result, pattern("team-result")),
    CallbackQueryHandler(entry, pattern("team-entry")),
    CallbackQueryHandler(proof, pattern("team-proof")),
]
