"""Take entries over into e-Kinerja: field by field, as a workbook, with their evidence files."""

from collections import Counter

from telegram import Update
from telegram.ext import CallbackQueryHandler, CommandHandler

from bot.actions.asked_views import read_view
from bot.actions.copying import Pack, packed
from bot.actions.team_views import Scale, View
from bot.context import Context, reads
from bot.ui import copying as screens
from bot.ui.keyboards import Button, inline
from bot.ui.keys import key, numbers, pattern, tapped
from handlers.teams import view_of

# More at once would fill the chat, and a chat takes about one message a second.
FILES_AT_ONCE = 10


async def salin(update: Update, context: Context) -> None:
    """Show the entries of today, or of the day, week or month named after /salin."""
    del update
    context.employee  # noqa: B018  A stranger is refused before being asked.
    words = " ".join(context.args or [])
    view = View(Scale.DAY, context.today())
    if words:
        asked = read_view(words, context.local_now())
        if asked is None:
            context.reply(*which_days(context))
            return
        view = asked
    context.reply(*screens.copy_screen(context.t, await pack_of(context, view), 0))


def which_days(context: Context) -> tuple[str, dict[str, object]]:
    """Say which days can be named."""
    t = context.t
    text = t.html(
        "The day could not be read. For example <code>/salin kemarin</code>, <code>/salin 20"
        " nov</code>, <code>/salin bulan</code>."
    )
    return text, inline(Button(t.gettext("Menu"), key("menu")))


async def pack_of(context: Context, view: View) -> Pack:
    """Load the person's own entries of a stretch."""
    return await packed(
        context.session,
        context.employee,
        view,
        today=context.today(),
        edit_days=context.agency.edit_days,
    )


async def turn(update: Update, context: Context) -> None:
    """Show another entry in the same message."""
    scale, day, index = numbers(tapped(update), 3)
    pack = await pack_of(context, view_of(context, scale, day))
    context.edit(*screens.copy_screen(context.t, pack, index))


async def more(update: Update, context: Context) -> None:
    """Show what else can be done with an entry, in the same message."""
    scale, day, index, page = numbers(tapped(update), 4)
    pack = await pack_of(context, view_of(context, scale, day))
    context.edit(*screens.copy_screen(context.t, pack, index, page))


async def download(update: Update, context: Context) -> None:
    """Send the eight columns as a workbook."""
    scale, day = numbers(tapped(update), 2)
    view = view_of(context, scale, day)
    pack = await pack_of(context, view)
    if not pack.entries:
        context.toast(context.t.gettext("There are no entries in these days."))
        return
    data = {
        "name": screens.workbook_name(view),
        "rows": [one.row.as_data() for one in pack.entries],
    }
    context.paper("progress", data, caption=screens.workbook_caption(context.t, pack))


async def send_files(update: Update, context: Context) -> None:
    """Send our copies of what proves the entries, some at a time, named by day and RHK."""
    scale, day, skip = numbers(tapped(update), 3)
    view = view_of(context, scale, day)
    copies = (await pack_of(context, view)).copies
    skip = min(max(skip, 0), len(copies))
    if not copies:
        context.toast(context.t.gettext("There are no files in these days."))
        return
    seen = Counter(screens.file_name(context.t, one, 0) for one in copies[:skip])
    lost = 0
    for one in copies[skip : skip + FILES_AT_ONCE]:
        plain = screens.file_name(context.t, one, 0)
        name, seen[plain] = screens.file_name(context.t, one, seen[plain]), seen[plain] + 1
        if not (context.agency.data_dir / one.path).is_file():
            lost += 1
            continue
        data = {"path": one.path, "name": name}
        context.paper("evidence", data, caption=screens.file_caption(context.t, one))
    done = min(skip + FILES_AT_ONCE, len(copies))
    context.reply(*screens.files_sent(context.t, view, (done, len(copies), lost)))


for look in (salin, turn, more, download, send_files):
    reads(look)

handlers = [
    CommandHandler("salin", salin),
    CallbackQueryHandler(turn, pattern("copy")),
    CallbackQueryHandler(more, pattern("copy-more")),
    CallbackQueryHandler(download, pattern("copy-xlsx")),
    CallbackQueryHandler(send_files, pattern("evidence-files")),
]
