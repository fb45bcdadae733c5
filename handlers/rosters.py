"""Take the roster in: a workbook is shown first and applied by a tap."""

from telegram import Document, Update
from telegram.ext import CallbackQueryHandler, CommandHandler, MessageHandler, filters
from telegram.ext.filters import UpdateFilter

from bot.actions import workbooks
from bot.actions.staff import admin_only
from bot.actions.workbooks import APPLYING, PREVIEW, READING, Preview
from bot.context import TURN, Context, reads
from bot.refusal import Refusal
from bot.ui import rosters as screens
from bot.ui.keys import numbers, pattern, tapped

# What Telegram hands to a bot.
LARGEST_FILE = 20 * 1024 * 1024
SUFFIXES = (".xlsx", ".xlsm", ".xls")


class FromAdmin(UpdateFilter):
    """Match what an admin sends."""

    def filter(self, update: Update) -> bool:
        """Tell whether the sender is an admin."""
        del update
        turn = TURN.get(None)
        return turn is not None and turn.employee is not None and "admin" in turn.employee.roles


class AWorkbook(UpdateFilter):
    """Match a spreadsheet that stands by itself; as a reply it is evidence."""

    def filter(self, update: Update) -> bool:
        """Tell whether the message brings a spreadsheet."""
        message = update.effective_message
        if message is None or message.document is None or message.reply_to_message is not None:
            return False
        return (message.document.file_name or "").lower().endswith(SUFFIXES)


async def explain(update: Update, context: Context) -> None:
    """Explain the import and hand out the empty workbook."""
    del update
    admin_only(context.employee)
    context.reply(screens.explanation(context.t))
    context.paper("roster-template", {}, caption=context.t.gettext("The empty workbook."))


async def take_workbook(update: Update, context: Context) -> None:
    """Acknowledge a workbook at once; it is read after the commit, and the preview follows."""
    admin_only(context.employee)
    document = checked(update)
    name = document.file_name or "roster.xlsx"
    await context.begin(
        READING, file_id=document.file_id, name=name, arrival=context.turn.arrival_id
    )
    context.reply(screens.received(context.t, name))


def checked(update: Update) -> Document:
    """Give the document that was sent, unless Telegram will not hand it over."""
    message = update.effective_message
    if message is None or message.document is None:
        raise Refusal("This button no longer works.")
    if (message.document.file_size or 0) > LARGEST_FILE:
        raise Refusal(
            "The file is larger than {limit} MB, which Telegram does not hand over. Split it into"
            " smaller files.",
            limit=LARGEST_FILE // 1024 // 1024,
        )
    return message.document


async def apply(update: Update, context: Context) -> None:
    """Have the shown workbook applied; the result follows."""
    (version,) = numbers(tapped(update), 1)
    shown = await expected(context, version)
    if shown is None or context.draft is None:
        return
    if shown.problem_count or not shown.changes:
        raise Refusal("This button no longer works.")
    await context.begin(APPLYING, **{**context.draft.data, "arrival": context.turn.arrival_id})
    context.edit(screens.applying(context.t, shown))


async def list_findings(update: Update, context: Context) -> None:
    """Page through the problems or the notes."""
    version, kind, page = numbers(tapped(update), 3)
    shown = await expected(context, version)
    if shown is not None:
        context.edit(*screens.listing(context.t, shown, version, kind, page))


async def back(update: Update, context: Context) -> None:
    """Return to the preview."""
    (version,) = numbers(tapped(update), 1)
    shown = await expected(context, version)
    if shown is not None:
        context.edit(*screens.preview(context.t, shown, version))


async def drop(update: Update, context: Context) -> None:
    """Let a workbook go."""
    (version,) = numbers(tapped(update), 1)
    if await expected(context, version) is not None:
        await context.end()
        context.edit(context.t.gettext("Cancelled. Nothing was changed."))


async def expected(context: Context, version: int) -> Preview | None:
    """Give the preview a button belongs to; an old button opens the present one, if any."""
    admin_only(context.employee)
    draft = context.draft
    shown = None
    if draft is not None and draft.step == PREVIEW:
        shown = workbooks.from_data(draft.data["preview"])
        if draft.version == version:
            return shown
    context.toast(context.t.gettext("This button no longer works."))
    if shown is not None and draft is not None:
        context.edit(*screens.preview(context.t, shown, draft.version))
    return None


for look in (explain, list_findings, back):
    reads(look)

PRIVATE = filters.ChatType.PRIVATE & filters.UpdateType.MESSAGE

handlers = [
    CommandHandler("impor", explain, filters.ChatType.PRIVATE),
    MessageHandler(PRIVATE & AWorkbook() & FromAdmin(), take_workbook),
    CallbackQueryHandler(apply, pattern("roster-apply")),
    CallbackQueryHandler(list_findings, pattern("roster-list")),
    CallbackQueryHandler(back, pattern("roster-back")),
    CallbackQueryHandler(drop, pattern("roster-drop")),
]
