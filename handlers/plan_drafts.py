"""Add RHK from a typed or pasted list, change them, and remove drafts."""

from collections.abc import Awaitable, Callable, Coroutine
from typing import Any

from markupsafe import Markup
from telegram import Update
from telegram.ext import CallbackQueryHandler, MessageHandler

from bot.actions import plan_changes, plan_drafts, plan_parents
from bot.actions.plan_changes import Grip
from bot.context import Answering, Context
from bot.refusal import Refusal
from bot.ui import plan_drafts as screens
from bot.ui.keyboards import Button, inline
from bot.ui.keys import key, numbers, pattern, tapped
from handlers.entries import ways_on
from handlers.plans import WORDS, opened, said, screen

LINES, PREVIEW = "plan.lines", "plan.preview"
TEXT, TARGET, KEYWORDS = "plan.text", "plan.target", "plan.keywords"
# A deed of `plan_changes` that takes what was typed, and a handler.
Deed = Callable[..., Awaitable[None]]
Handler = Callable[[Update, Context], Coroutine[Any, Any, None]]


async def ask(update: Update, context: Context) -> None:
    """Ask for RHK."""
    del update
    context.employee  # noqa: B018  A stranger is refused before being asked.
    await context.begin(LINES)
    context.edit(*screens.ask_lines(context.t))


async def take_lines(update: Update, context: Context) -> None:
    """Show what was understood of a list; nothing is saved yet."""
    text = said(update)
    found = await plan_drafts.foresee(
        context.session, context.employee, text, today=context.today()
    )
    if not found.results:
        context.reply(screens.nothing_read(context.t), inline(*ways_on(context)))
        return
    if not found.new:
        raise Refusal("There is nothing new to save: these RHK are in your SKP already.")
    token = context.turn.arrival_id
    await context.begin(PREVIEW, text=text, token=token)
    context.reply(*screens.preview(context.t, found, token))


def previewed(update: Update, context: Context) -> str:
    """Give the text whose preview was tapped; an old preview is refused."""
    (token,) = numbers(tapped(update), 1)
    draft = context.draft
    if draft is None or draft.step != PREVIEW or draft.data["token"] != token:
        raise Refusal("This button no longer works.")
    return str(draft.data["text"])


async def save(update: Update, context: Context) -> None:
    """Save what the preview shows, and show the plan with it."""
    text = previewed(update, context)
    added = await plan_drafts.add(
        context.session, context.employee, text, now=context.now, today=context.today()
    )
    await context.end()
    shown, keyboard = await screen(context, 0)
    told = screens.saved(context.t, len(added))
    context.edit(Markup("\n\n").join([told, shown]), keyboard)


async def edit(update: Update, context: Context) -> None:
    """Ask for the list again, with what was sent to be mended."""
    text = previewed(update, context)
    await context.begin(LINES)
    context.edit(*screens.ask_lines(context.t, text))


async def drop(update: Update, context: Context) -> None:
    """Let a preview go; nothing was saved."""
    previewed(update, context)
    await context.end()
    t = context.t
    back = Button(t.gettext("My SKP"), key("skp", 0))
    context.edit(t.gettext("Cancelled. Nothing was saved."), inline(back))


async def choose_change(update: Update, context: Context) -> None:
    """Ask what is to change about an RHK."""
    result_id, page = numbers(tapped(update), 2)
    number, draft = await plan_changes.changeable(
        context.session, context.employee, Grip(result_id, context.now)
    )
    context.edit(*screens.ask_change(context.t, number, result_id, page, draft=draft))


def ask_for(step: str, question: Callable[[Context], Markup]) -> Handler:
    """Make the handler that asks for one new value of an RHK."""

    async def asking(update: Update, context: Context) -> None:
        result_id, page = numbers(tapped(update), 2)
        grip = Grip(result_id, context.now)
        await plan_changes.changeable(context.session, context.employee, grip)
        await context.begin(step, result=result_id, page=page)
        back = Button(context.t.gettext("Back"), key("skp-result", result_id, page))
        context.edit(question(context), inline(back))

    return asking


def take(deed: Deed) -> Handler:
    """Make the handler that puts a typed value into the RHK the dialogue is about."""

    async def taking(update: Update, context: Context) -> None:
        draft = context.draft
        if draft is None:
            raise Refusal("This button no longer works.")
        result_id, page = int(draft.data["result"]), int(draft.data["page"])
        grip = Grip(result_id, context.now)
        await deed(context.session, context.employee, grip, said(update))
        await context.end()
        context.reply(*await opened(context, result_id, page))

    return taking


async def ask_removal(update: Update, context: Context) -> None:
    """Ask once before a draft is removed."""
    result_id, page = numbers(tapped(update), 2)
    number, entries = await plan_changes.entries_below(
        context.session, context.employee, Grip(result_id, context.now)
    )
    context.edit(*screens.ask_removal(context.t, number, entries, result_id, page))


async def remove(update: Update, context: Context) -> None:
    """Remove a draft for good."""
    result_id, page = numbers(tapped(update), 2)
    grip = Grip(result_id, context.now)
    number = await plan_changes.remove(context.session, context.employee, grip)
    t = context.t
    context.toast(t.gettext("RHK {number} is deleted.", number=number))
    context.edit(*await screen(context, page))


async def drop_wish(update: Update, context: Context) -> None:
    """Let a change go that nobody has seen."""
    result_id, page = numbers(tapped(update), 2)
    grip = Grip(result_id, context.now)
    await plan_changes.drop_wish(context.session, context.employee, grip)
    context.edit(*await opened(context, result_id, page))


async def ask_parent(update: Update, context: Context) -> None:
    """Ask which RHK of the superior this one serves."""
    result_id, page = numbers(tapped(update), 2)
    found = await plan_parents.choices(
        context.session, context.employee, Grip(result_id, context.now)
    )
    context.edit(*screens.ask_parent(context.t, found, result_id, page))


async def choose_parent(update: Update, context: Context) -> None:
    """Tie an RHK to the one of the superior that was tapped."""
    result_id, parent_id, page = numbers(tapped(update), 3)
    grip = Grip(result_id, context.now)
    await plan_parents.choose(context.session, context.employee, grip, parent_id)
    context.edit(*await opened(context, result_id, page))


ask_text = ask_for(TEXT, lambda context: context.t.html("Write the RHK as it should stand."))
ask_target = ask_for(
    TARGET,
    lambda context: context.t.html(
        "Write the target for the whole year, for example <i>40 balita</i> or <i>100%</i>; what is"
        " to fall: <i>maksimal 12 pengaduan</i>."
    ),
)
ask_keywords = ask_for(
    KEYWORDS,
    lambda context: context.t.html(
        "Write words of yours that mean this RHK, with commas: <i>posyandu, timbang</i>. They help"
        " me to link your logs."
    ),
)

handlers = [
    CallbackQueryHandler(ask, pattern("plan-add")),
    CallbackQueryHandler(save, pattern("plan-save")),
    CallbackQueryHandler(edit, pattern("plan-edit")),
    CallbackQueryHandler(drop, pattern("plan-drop")),
    CallbackQueryHandler(choose_change, pattern("plan-change")),
    CallbackQueryHandler(ask_text, pattern("plan-text")),
    CallbackQueryHandler(ask_target, pattern("plan-target")),
    CallbackQueryHandler(ask_keywords, pattern("plan-keywords")),
    CallbackQueryHandler(ask_removal, pattern("plan-remove")),
    CallbackQueryHandler(remove, pattern("plan-remove-now")),
    CallbackQueryHandler(drop_wish, pattern("plan-wish-drop")),
    CallbackQueryHandler(ask_parent, pattern("plan-parent")),
    CallbackQueryHandler(choose_parent, pattern("plan-above")),
    MessageHandler(WORDS & Answering(LINES), take_lines),
    MessageHandler(WORDS & Answering(TEXT), take(plan_changes.set_text)),
    MessageHandler(WORDS & Answering(TARGET), take(plan_changes.set_target)),
    MessageHandler(WORDS & Answering(KEYWORDS), take(plan_changes.set_keywords)),
]
