"""Find and read guidance: by theme, by free text."""

from collections.abc import Sequence

from markupsafe import Markup
from telegram import Update
from telegram.ext import CallbackQueryHandler, CommandHandler, MessageHandler, filters

from bot.actions.guidance_questions import can_ask
from bot.context import Answering, Context, reads
from bot.guidance.article import Article, Source
from bot.guidance.rendering import render
from bot.guidance.search import Hit
from bot.i18n import Translator
from bot.refusal import Refusal
from bot.skp.manuscripts import Use
from bot.ui.keyboards import Button, inline, rows
from bot.ui.keys import NUMBER, key, pattern, tapped
from db import people
from handlers.impact import show_impact

NUMBERS = "①②③④⑤"
SHELF_PAGE = len(NUMBERS)


async def guidance(update: Update, context: Context) -> None:
    """Answer /panduan: with words after it a search, else the themes."""
    del update
    question = " ".join(context.args or [])
    if question:
        await show(context, question)
        return
    context.reply(*await themes_screen(context))


async def themes(update: Update, context: Context) -> None:
    """Go back to the themes in the same message."""
    del update
    context.edit(*await themes_screen(context))


async def themes_screen(context: Context) -> tuple[Markup, dict[str, object]]:
    """List the themes that have guidance."""
    t = context.t
    text = t.html(
        "<b>Guidance</b>\nChoose a theme, or write /panduan and your question, for example"
        " <code>/panduan weighing day at the posyandu</code>."
    )
    buttons = [
        Button(f"{theme.label_in(t.language)} ({theme.articles})", key("theme", theme.code, 0))
        for theme in (await context.library()).themes()
    ]
    return text, inline(*buttons, Button(t.gettext("My SKP's impact"), key("impact")))


async def shelf(update: Update, context: Context) -> None:
    """Show one theme's articles, a page at a time."""
    code, page = place_of(update)
    t = context.t
    library = await context.library()
    theme = next((one for one in library.themes() if one.code == code), None)
    articles = library.by_theme(code)[page * SHELF_PAGE :]
    if theme is None or not articles:
        await old_button(context)
        return
    shown, rest = articles[:SHELF_PAGE], articles[SHELF_PAGE:]
    ways = [Button(t.gettext("See themes"), key("themes"))]
    if page > 0:
        ways.append(Button(t.gettext("Previous page"), key("theme", code, page - 1)))
    if rest:
        ways.append(Button(t.gettext("Next page"), key("theme", code, page + 1)))
    head = t.html("<b>{theme}</b>", theme=theme.name_in(t.language))
    context.edit(Markup("\n\n").join([head, *listed(shown, t)]), rows(openers(shown), ways))


def listed(articles: Sequence[Article], t: Translator) -> list[Markup]:
    """Number some articles, each with its summary."""
    return [
        t.html(
            "{number} <b>{title}</b>\n{summary}",
            number=number,
            title=one.title_in(t.language),
            summary=one.summary_in(t.language),
        )
        for number, one in zip(NUMBERS, articles, strict=False)
    ]


def openers(articles: Sequence[Article]) -> list[Button]:
    """Make a button for each numbered article."""
    return [
        Button(number, key("article", one.id, 0))
        for number, one in zip(NUMBERS, articles, strict=False)
    ]


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
    pages = pages_of(found, context.t)
    page = min(page, len(pages) - 1)
    if page == 0:
        context.count(Use.READ, found.id)
    keys = [*article_keys(found, page, len(pages), context.t), *judging(found, page, context.t)]
    context.edit(pages[page], inline(*keys))


def judging(found: Article, page: int, t: Translator) -> list[Button]:
    """Ask whether an article helped; it is counted and nobody is named."""
    return [
        Button(t.gettext("Helpful"), key("helpful", 1, found.id, page)),
        Button(t.gettext("Not helpful"), key("helpful", 0, found.id, page)),
    ]


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
    pages = pages_of(found, context.t)
    page = min(int(number[:4]), len(pages) - 1)
    context.edit(pages[page], inline(*article_keys(found, page, len(pages), context.t)))


def pages_of(found: Article, t: Translator) -> list[Markup]:
    """Write an article: the first screen, then its details."""
    title = t.html("<b>{title}</b>", title=found.title_in(t.language))
    note = [] if t.language == "id" else [t.html("<i>The text is in Indonesian.</i>")]
    first = Markup("\n\n").join([title, *note, *render(found.first), footer(found, t)])
    details = render("\n\n".join(f"**{one.heading}**\n\n{one.text}" for one in found.details))
    sources = Markup("\n").join([t.html("<b>Sources</b>"), *map(cited, found.sources)])
    if not details:
        return [first, sources] if found.sources else [first]
    return [first, *details[:-1], Markup("\n\n").join([details[-1], sources])]


def cited(source: Source) -> Markup:
    """Write a source, with its address when it has one."""
    if not source.url:
        return Markup("• %s") % source.name
    return Markup('• <a href="%s">%s</a>') % (source.url, source.name)


def footer(found: Article, t: Translator) -> Markup:
    """Say how old the data is and when the text was last reviewed."""
    reviewed = t.month(found.reviewed)
    if found.data_year:
        return t.html(
            "<i>Data of {year} · reviewed {month}</i>", year=found.data_year, month=reviewed
        )
    return t.html("<i>Reviewed {month}</i>", month=reviewed)


def article_keys(found: Article, page: int, pages: int, t: Translator) -> list[Button]:
    """Lay out an article's buttons."""
    buttons = []
    if page + 1 < pages:
        label = t.gettext("Details") if page == 0 else t.gettext("Next page")
        buttons.append(Button(label, key("article", found.id, page + 1), style="success"))
    if page > 0:
        buttons.append(Button(t.gettext("Previous page"), key("article", found.id, page - 1)))
    return [*buttons, Button(t.gettext("Other articles"), key("theme", found.theme, 0))]


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
        context.reply(*answer_screen(context.t, [hit.article for hit in hits], buttons))
        return
    if not hits and not context.newcomer and await can_ask(context.session):
        ask = Button(
            context.t.gettext("Ask a widyaiswara"), key("ask-guide", context.turn.arrival_id)
        )
        buttons = [ask, *buttons]
    context.reply(*found_screen(context.t, question, hits, buttons))


async def found_for(context: Context, question: str) -> Sequence[Hit]:
    """Search for what the asking person may mean."""
    job, followed = await reader(context)
    return (await context.library()).search(question, job=job, themes=followed)


def answer_screen(
    t: Translator, found: Sequence[Article], buttons: Sequence[Button]
) -> tuple[Markup, dict[str, object]]:
    """Show the first screen of the article that answers, and what else fits."""
    first, *others = found
    pages = pages_of(first, t)
    parts = [pages[0]]
    ways = []
    if len(pages) > 1:
        ways.append(Button(t.gettext("Details"), key("article", first.id, 1), style="success"))
    if others:
        titles = [
            t.html("{number} {title}", number=number, title=one.title_in(t.language))
            for number, one in zip(NUMBERS, others, strict=False)
        ]
        parts.append(Markup("\n").join([t.html("<b>Also fitting</b>"), *titles]))
    lines = (line for line in ([*ways, *openers(others)], buttons) if line)
    return Markup("\n\n").join(parts), rows(*lines)


def found_screen(
    t: Translator, question: str, hits: Sequence[Hit], buttons: Sequence[Button]
) -> tuple[Markup, dict[str, object]]:
    """List what was found; when nothing fits say so and lead on."""
    if not hits:
        text = t.html(
            'There is no guidance for "{question}" yet. Try other words, or choose a theme.',
            question=question[:120],
        )
        words = Button(t.gettext("Other words"), key("search"))
        return text, inline(words, Button(t.gettext("See themes"), key("themes")), *buttons)
    found = [hit.article for hit in hits]
    head = t.nhtml("{count} article fits:", "{count} articles fit:", len(found), count=len(found))
    ways = [Button(t.gettext("See themes"), key("themes")), *buttons]
    return (
        Markup("\n\n").join([head, *listed(found, t)]),
        rows(openers(found), *(ways[at : at + 2] for at in range(0, len(ways), 2))),
    )


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
