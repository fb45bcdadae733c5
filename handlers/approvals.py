"""What a rater decides: the queue of plans, one of them, approve or give back with a reason."""

from telegram import Update
from telegram.ext import CallbackQueryHandler, CommandHandler, MessageHandler

from bot.actions import plan_approvals
from bot.context import Answering, Context, reads
from bot.refusal import Refusal
from bot.ui import approvals as screens
from bot.ui.keys import numbers, pattern, tapped
from db.models.messages import AuditRecord
from handlers.plans import WORDS, said

REASON = "approval.reason"


@reads
async def approvals(update: Update, context: Context) -> None:
    """Show what waits; one thing alone is opened at once."""
    del update
    found = await plan_approvals.queue(context.session, context.employee, now=context.now)
    if len(found) == 1:
        await show(context, found[0].id)
        return
    context.edit(*screens.queue_screen(context.t, found, context.zone, 0))


@reads
async def turn(update: Update, context: Context) -> None:
    """Show another part of the queue in the same message."""
    (page,) = numbers(tapped(update), 1)
    found = await plan_approvals.queue(context.session, context.employee, now=context.now)
    context.edit(*screens.queue_screen(context.t, found, context.zone, page))


@reads
async def open_case(update: Update, context: Context) -> None:
    """Open one thing that waits."""
    submission_id, page = numbers(tapped(update), 2)
    await show(context, submission_id, page)


async def show(context: Context, submission_id: int, page: int = 0) -> None:
    """Show what is asked; the look is recorded, and the person can see it."""
    case = await plan_approvals.look(
        context.session, context.employee, submission_id, now=context.now
    )
    context.record(
        AuditRecord(
            at=context.now,
            actor_id=context.employee.id,
            subject_id=case.person_id,
            action="looked",
        )
    )
    context.edit(*screens.case_screen(context.t, case, context.zone, page))


async def approve(update: Update, context: Context) -> None:
    """Approve."""
    (submission_id,) = numbers(tapped(update), 1)
    case = await plan_approvals.approve(
        context.session, context.employee, submission_id, now=context.now
    )
    context.edit(*screens.decided(context.t, case))


async def ask_reason(update: Update, context: Context) -> None:
    """Ask for the reason of a return."""
    (submission_id,) = numbers(tapped(update), 1)
    case = await plan_approvals.look(
        context.session, context.employee, submission_id, now=context.now
    )
    if not case.waits:
        context.edit(*screens.decided(context.t, case))
        return
    await context.begin(REASON, submission=submission_id)
    context.edit(*screens.ask_reason(context.t, case))


async def take_reason(update: Update, context: Context) -> None:
    """Give back with the reason that was typed."""
    if context.draft is None:
        raise Refusal("This button no longer works.")
    submission_id = int(context.draft.data["submission"])
    case = await plan_approvals.give_back(
        context.session, context.employee, submission_id, said(update), now=context.now
    )
    await context.end()
    context.reply(*screens.decided(context.t, case))


handlers = [
    CommandHandler("persetujuan", approvals),
    CallbackQueryHandler(turn, pattern("approvals")),
    CallbackQueryHandler(open_case, pattern("approval")),
    CallbackQueryHandler(approve, pattern("approval-yes")),
    CallbackQueryHandler(ask_reason, pattern("approval-no")),
    MessageHandler(WORDS & Answering(REASON), take_reason),
]
