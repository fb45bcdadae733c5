"""Find and read guidance: by theme, by free text."""

from collections.abc import Sequence

from telegram import Update
from telegram.ext import CallbackQueryHandler, CommandHandler, MessageHandler, filters

from bot.actions.guidance_questions import can_ask
from bot.context import Answering, Context, reads
from bot.guidance.search import Hit
from bot.refusal import Refusal
from bot.skp.manuscripts import Use
from bot.ui import guidance as screens
from bot.ui.guidance import article_keys, judging, pages_of
from bot.ui.keyboards import Button, inline
from bot.ui.keys import NUMBER, key, page_in, pattern, tapped
from db import people
from handlers.impact import own_themes, show_impact


async def guidance(update: Update, context: Context) -> None:
    """Answer /panduan: with words after it a search, else the themes."""
    del update
    question = " ".join(context.args or [])
    if question:
        await show(context, question)
        return
    context.reply(*await themes_screen(context))


async def themes(update: Update, context: Context) -> None:
    """Go back to the themes, or on to others of them, in the same message."""
    context.edit(*await themes_screen(context, page_in(tapped(update))))


async def themes_screen(context: Context, page: int = 0) -> screens.Screen:
    """List the themes that have guidance, those of the person's own work first."""
    known, own = (await context.library()).themes(), await own_themes(context)
    ordered = sorted(known, key=lambda one: one.code not in own)
    return screens.themes_screen(context.t, ordered, page)


async def shelf(update: Update, context: Context) -> None:
    """Show one theme's articles, a page at a time."""
    code, page = place_of(update)
    library = await context.library()
    theme = next((one for one in library.themes() if one.code == code), None)
    if theme is None:
        await old_button(context)
        return
    context.edit(*screens.shelf(context.t, theme, library.by_theme(code), page))


async def old_button(context: Context) -> None:
    """Answer a button of what is no longer in the library, and show what is."""
    context.toast(context.t.gettext("This guidance is no longer in the library."))
    context.edit(*await themes_screen(context))


def place_of(update: Update) -> tuple[str, int]:
    """Read which theme or article a button names, and which of its pages."""
    name, _, page = tapped(update).partition(":")[2].rpartition(":")
    if not NUMBER.fullmatch(page) or int(page) < 0:
        raise Refusal("This button no longer works.")
    return name, int(page)


async def article(update: Update, context: Context) -> None:
    """Show one page of an article in the same message."""
    article_id, page = place_of(update)
    found = (await context.library()).article(article_id)
    if found is None:
        await old_button(context)
        return
    pages = pages_of(found, context.t, context.today())
    page = min(page, len(pages) - 1)
    if page == 0:
        context.count(Use.READ, found.id)
    keys = [*article_keys(found, page, len(pages), context.t), *judging(found, page, context.t)]
    context.edit(pages[page], inline(*keys))


async def judge(update: Update, context: Context) -> None:
    """Count whether an article helped, and take the two buttons away."""
    yes, _, rest = tapped(update).partition(":")[2].partition(":")
    name, _, number = rest.rpartition(":")
    found = (await context.library()).article(name)
    if found is None or yes not in {"0", "1"} or not number.isdecimal():
        await old_button(context)
        return
    context.count(Use.HELPFUL if yes == "1" else Use.UNHELPFUL, found.id)
    context.toast(context.t.gettext("Thank you. It is counted without your name."))
    pages = pages_of(found, context.t, context.today())
    page = min(int(number[:4]), len(pages) - 1)
    context.edit(pages[page], inline(*article_keys(found, page, len(pages), context.t)))


async def answer(context: Context, question: str, *buttons: Button) -> None:
    """Answer a question: with the article itself where it is clearly the one, else with a list."""
    await show(context, question, buttons, direct=True)


async def show(
    context: Context, question: str, buttons: Sequence[Button] = (), *, direct: bool = False
) -> None:
    """Show what the library has on a question, and be useful when nothing fits."""
    if asked := (await context.library()).impact_asked(question):
        await show_impact(context, asked, *buttons)
        return
    hits = await found_for(context, question)
    context.count(Use.FOUND if hits else Use.MISSED)
    if direct and hits and hits[0].answers:
        context.count(Use.READ, hits[0].article.id)
        found = [hit.article for hit in hits]
        context.reply(*screens.answer_screen(context.t, found, buttons, context.today()))
        return
    if not hits and not context.newcomer and await can_ask(context.session):
        ask = Button(
            context.t.gettext("Ask a widyaiswara"), key("ask-guide", context.turn.arrival_id)
        )
        buttons = [ask, *buttons]
    context.reply(*screens.found_screen(context.t, question, hits, buttons))


async def found_for(context: Context, question: str) -> Sequence[Hit]:
    """Search for what the asking person may mean."""
    job, followed = await reader(context)
    return (await context.library()).search(question, job=job, themes=followed)


async def reader(context: Context) -> tuple[str | None, list[str]]:
    """Tell the asking person's job and themes; a stranger has none."""
    if context.newcomer:
        return None, []
    placed = await people.placement_of(context.session, context.employee, on=context.today())
    return (placed[0].position if placed else None), context.employee.themes


async def ask_again(update: Update, context: Context) -> None:
    """Ask for other words; what a stranger writes is about coming in, so a command takes them."""
    del update
    if context.newcomer:
        context.reply(
            context.t.html(
                "Write <code>/panduan</code> and other words in one message, for example"
                " <code>/panduan weighing day at the posyandu</code>."
            )
        )
        return
    await context.begin("guidance.search")
    context.reply(context.t.gettext("Which words should I look for?"))


async def search(update: Update, context: Context) -> None:
    """Search for the words that were asked for."""
    await context.end()
    await show(context, str(update.effective_message.text if update.effective_message else ""))


for look in (guidance, themes, shelf, article, judge):
    reads(look)

handlers = [
    CommandHandler("panduan", guidance),
    CallbackQueryHandler(themes, pattern("themes")),
    CallbackQueryHandler(shelf, pattern("theme")),
    CallbackQueryHandler(article, pattern("article")),
    CallbackQueryHandler(judge, pattern("helpful")),
    CallbackQueryHandler(ask_again, pattern("search")),
    MessageHandler(Answering("guidance.search") & filters.TEXT & ~filters.COMMAND, search),
]
