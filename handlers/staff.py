"""Look people of the roster up, release an account, invite."""

from telegram import Update
from telegram.ext import CallbackQueryHandler, CommandHandler, filters

from bot.actions import staff
from bot.context import Context, reads
from bot.ui import staff as screens
from bot.ui.keys import numbers, pattern, tapped
from db.models.messages import AuditRecord
from handlers.invitations import give_code


async def look_up(update: Update, context: Context) -> None:
    """Find a person by NIP or name."""
    del update
    staff.admin_only(context.employee)
    text = " ".join(context.args or [])
    if not text:
        context.reply(screens.how_to_search(context.t, "pegawai"))
        return
    found = await staff.search(context.session, context.employee, text)
    if not found:
        context.reply(screens.nobody(context.t, text))
    elif len(found) == 1:
        await show(context, found[0].id)
    else:
        context.reply(*screens.matches(context.t, found, text, "staff"))


async def choose(update: Update, context: Context) -> None:
    """Open the card of one of several people."""
    (employee_id,) = numbers(tapped(update), 1)
    await show(context, employee_id)


async def show(context: Context, employee_id: int) -> None:
    """Show a card; the look is recorded, and the person can see it."""
    person = await staff.card(context.session, context.employee, employee_id, on=context.today())
    context.record(
        AuditRecord(
            at=context.now,
            actor_id=context.employee.id,
            subject_id=employee_id,
            action="staff.viewed",
        )
    )
    context.edit(*screens.card(context.t, person, context.zone))


async def release(update: Update, context: Context) -> None:
    """Unbind a person's Telegram account."""
    (employee_id,) = numbers(tapped(update), 1)
    await staff.release(context.session, context.employee, employee_id, now=context.now)
    person = await staff.loaded(context.session, context.employee, employee_id)
    context.edit(*screens.released(context.t, person.name, employee_id))


async def bind_again(update: Update, context: Context) -> None:
    """Take a release back."""
    (employee_id,) = numbers(tapped(update), 1)
    await staff.bind_again(context.session, context.employee, employee_id, now=context.now)
    await show(context, employee_id)


async def invite(update: Update, context: Context) -> None:
    """Give a code for the person of the card."""
    (employee_id,) = numbers(tapped(update), 1)
    await give_code(context, employee_id)


for look in (look_up, choose):
    reads(look)

handlers = [
    CommandHandler("pegawai", look_up, filters.ChatType.PRIVATE),
    CallbackQueryHandler(choose, pattern("staff")),
    CallbackQueryHandler(release, pattern("staff-release")),
    CallbackQueryHandler(bind_again, pattern("staff-rebind")),
    CallbackQueryHandler(invite, pattern("staff-invite")),
]
