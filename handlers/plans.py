"""See where each RHK stands; hand the plan in, or take it back."""

from dataclasses import replace

from telegram import Message, Update
from telegram.ext import CallbackQueryHandler, CommandHandler, MessageHandler, filters

from bot.actions import plan_submissions
from bot.actions.plan_rollups import with_below
from bot.actions.plan_status import status_of
from bot.actions.plan_views import ResultView, plan_view, result_details
from bot.context import Answering, Context, reads
from bot.refusal import Refusal
from bot.ui.approvals import ask_revision_reason
from bot.ui.keyboards import Button, inline
from bot.ui.keys import key, numbers, pattern, tapped
from bot.ui.plan_results import result_screen
from bot.ui.plans import empty_screen, plan_screen, short_lines

REASON = "plan.reason"


async def plan(update: Update, context: Context) -> None:
    """Show the first page of the SKP."""
    del update
    context.reply(*await screen(context, 0))


async def turn(update: Update, context: Context) -> None:
    """Show another page in the same message."""
    (page,) = numbers(tapped(update), 1)
    context.edit(*await screen(context, page))


async def screen(context: Context, page: int) -> tuple[str, dict[str, object]]:
    """Write a page of the SKP; without a plan say what is possible all the same."""
    results = await standing_now(context)
    status = await status_of(context.session, context.employee, today=context.today())
    if not results:
        return empty_screen(context.t, status)
    return plan_screen(context.t, results, status, page)


async def standing_now(context: Context) -> list[ResultView]:
    """Tell where each RHK of whoever asks stands, a leader's with all that stands on it."""
    session, employee, today = context.session, context.employee, context.today()
    results = await plan_view(session, employee, today=today)
    return await with_below(session, employee, results, today=today)


async def details(update: Update, context: Context) -> None:
    """Show one RHK with its IKI and newest entries."""
    result_id, page = numbers(tapped(update), 2)
    context.edit(*await opened(context, result_id, page))


async def opened(context: Context, result_id: int, page: int) -> tuple[str, dict[str, object]]:
    """Write the screen of one of the person's own RHK."""
    session, employee, today = context.session, context.employee, context.today()
    found = await result_details(session, employee, result_id, today=today)
    if found is None:
        raise Refusal("This button no longer works.")
    (view,) = await with_below(session, employee, [found.view], today=today)
    found = replace(found, view=view)
    return result_screen(context.t, found, await status_of(session, employee, today=today), page)


async def submit(update: Update, context: Context) -> None:
    """Hand the plan in; a revision needs a reason, which is asked for."""
    del update
    session, employee, today = context.session, context.employee, context.today()
    if await plan_submissions.needs_reason(session, employee, today=today):
        await context.begin(REASON)
        context.edit(*ask_revision_reason(context.t))
        return
    await plan_submissions.submit(session, employee, now=context.now, today=today)
    context.edit(*await screen(context, 0))


async def take_reason(update: Update, context: Context) -> None:
    """Hand a revision in with the reason that was typed."""
    await plan_submissions.submit(
        context.session,
        context.employee,
        now=context.now,
        today=context.today(),
        reason=" ".join(said(update).split()),
    )
    await context.end()
    context.reply(*await screen(context, 0))


def said(update: Update) -> str:
    """Give the words of a message."""
    message: Message | None = update.effective_message
    return (message.text if message else None) or ""


async def withdraw(update: Update, context: Context) -> None:
    """Take back what was handed in and is not decided yet."""
    (submission_id,) = numbers(tapped(update), 1)
    await plan_submissions.withdraw(
        context.session, context.employee, submission_id, now=context.now
    )
    context.edit(*await screen(context, 0))


async def standing_in_short(context: Context, *buttons: Button) -> None:
    """Answer a question about one's own record: where the SKP stands, and where to look."""
    t = context.t
    context.reply(
        short_lines(t, await standing_now(context)),
        inline(
            Button(t.gettext("My SKP"), key("skp", 0), "success"),
            Button(t.gettext("History"), key("history", 0)),
            *buttons,
        ),
    )


for look in (plan, turn, details):
    reads(look)

WORDS = filters.ChatType.PRIVATE & filters.UpdateType.MESSAGE & filters.TEXT & ~filters.COMMAND

handlers = [
    CommandHandler("skp", plan),
    CallbackQueryHandler(turn, pattern("skp")),
    CallbackQueryHandler(details, pattern("skp-result")),
    CallbackQueryHandler(submit, pattern("plan-submit")),
    CallbackQueryHandler(withdraw, pattern("plan-withdraw")),
    MessageHandler(WORDS & Answering(REASON), take_reason),
]
