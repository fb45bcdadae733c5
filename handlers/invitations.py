"""Invite one person with a code to pass on."""

from telegram import Update
from telegram.ext import CallbackQueryHandler, CommandHandler, filters

from bot.actions import invitations, staff
from bot.context import Context
from bot.ui import staff as screens
from bot.ui.keys import numbers, pattern, tapped
from db.models.messages import AuditRecord


async def invite(update: Update, context: Context) -> None:
    """Make a code for a person found by NIP or name."""
    del update
    staff.admin_only(context.employee)
    text = " ".join(context.args or [])
    if not text:
        context.reply(screens.how_to_search(context.t, "undang"))
        return
    found = await staff.search(context.session, context.employee, text)
    if not found:
        context.reply(screens.nobody(context.t, text))
    elif len(found) == 1:
        await give_code(context, found[0].id)
    else:
        context.reply(*screens.matches(context.t, found, text, "invite"))


async def choose(update: Update, context: Context) -> None:
    """Make a code for one of several people."""
    (employee_id,) = numbers(tapped(update), 1)
    await give_code(context, employee_id)


async def give_code(context: Context, employee_id: int) -> None:
    """Make a code and hand it to the admin; it replaces the person's old one."""
    person = await staff.loaded(context.session, context.employee, employee_id)
    (made,) = await invitations.invite(context.session, [person], now=context.now)
    context.record(
        AuditRecord(
            at=context.now,
            actor_id=context.employee.id,
            subject_id=employee_id,
            action="person.invited",
        )
    )
    context.reply(*screens.invitation(context.t, made, context.bot.username, context.zone))


handlers = [
    CommandHandler("undang", invite, filters.ChatType.PRIVATE),
    CallbackQueryHandler(choose, pattern("invite")),
]
