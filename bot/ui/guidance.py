"""The screens of the guidance: themes, shelves, articles, what a search found."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from markupsafe import Markup

from bot.guidance.article import Article, Source
from bot.guidance.library import Theme
from bot.guidance.pieces import pack
from bot.guidance.rendering import blocks, render
from bot.guidance.search import Hit
from bot.i18n import Translator
from bot.ui.keyboards import MOST_BUTTONS, Button, inline, paged, rows
from bot.ui.keys import key

Screen = tuple[Markup, dict[str, Any]]

NUMBERS = "①②③④⑤"
# About one screen of a telephone.
PAGE = 1000


def themes_screen(t: Translator, themes: Sequence[Theme], page: int) -> Screen:
    """Offer the themes that have guidance, a handful at a time."""
    text = t.html(
        "<b>Guidance</b>\nChoose a theme, or write /panduan and your question, for example"
        " <code>/panduan weighing day at the posyandu</code>."
    )
    choices = [
        Button(f"{theme.label_in(t.language)} ({theme.articles})", key("theme", theme.code, 0))
        for theme in themes
    ]
    impact = Button(t.gettext("My SKP's impact"), key("impact"))
    shown = paged(
        choices,
        page,
        lambda following: Button(t.gettext("Other themes"), key("themes", following)),
        room=MOST_BUTTONS - 1,
    )
    return text, inline(*shown, impact)


def shelf(t: Translator, theme: Theme, articles: Sequence[Article], page: int) -> Screen:
    """Show one theme's articles, a handful at a time; behind the last page is the first."""
    room = MOST_BUTTONS - 1
    size = room if len(articles) <= room else room - 1
    pages = -(-len(articles) // size)
    page %= pages
    shown = articles[page * size :][:size]
    head = t.html("<b>{theme}</b>", theme=theme.name_in(t.language))
    parts = [head, *listed(shown, t)]
    ways = [Button(t.gettext("See themes"), key("themes"))]
    if pages > 1:
        parts.append(t.html("Page {page} of {pages}", page=page + 1, pages=pages))
        following = key("theme", theme.code, (page + 1) % pages)
        ways.append(Button(t.gettext("Other articles"), following))
    return Markup("\n\n").join(parts), rows(openers(shown), ways)


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


def judging(found: Article, page: int, t: Translator) -> list[Button]:
    """Ask whether an article helped; it is counted and nobody is named."""
    return [
        Button(t.gettext("Helpful"), key("helpful", 1, found.id, page)),
        Button(t.gettext("Not helpful"), key("helpful", 0, found.id, page)),
    ]


def pages_of(found: Article, t: Translator, today: dt.date) -> list[Markup]:
    """Write an article: the first screen, then its details."""
    title = t.html("<b>{title}</b>", title=found.title_in(t.language))
    note = [] if t.language == "id" else [t.html("<i>The text is in Indonesian.</i>")]
    first = Markup("\n\n").join([title, *note, *render(found.first), footer(found, t, today)])
    following: list[Markup] = []
    for one in found.details:
        following += led(Markup("<b>%s</b>") % one.heading, blocks(one.text), Markup("\n\n"))
    if found.sources:
        head = t.html("<b>Sources</b>")
        following += led(head, list(map(cited, found.sources)), Markup("\n"))
    return [first, *pack(following, PAGE)]


def led(head: Markup, under: Sequence[Markup], gap: Markup) -> list[Markup]:
    """Keep a heading on the page of what it announces, where both fit on one."""
    if under and len(head + under[0]) <= PAGE:
        return [head + gap + under[0], *under[1:]]
    return [head, *under]


def cited(source: Source) -> Markup:
    """Write a source, with its address when it has one."""
    if not source.url:
        return Markup("• %s") % source.name
    return Markup('• <a href="%s">%s</a>') % (source.url, source.name)


def footer(found: Article, t: Translator, today: dt.date) -> Markup:
    """Say how old the data is, when the text was last reviewed, and whether that is overdue."""
    reviewed = t.month(found.reviewed)
    if found.data_year:
        said = t.html(
            "<i>Data of {year} · reviewed {month}</i>", year=found.data_year, month=reviewed
        )
    else:
        said = t.html("<i>Reviewed {month}</i>", month=reviewed)
    if not found.stale(today):
        return said
    overdue = t.html(
        "<i>It was to be reviewed by {day} and may be out of date.</i>", day=t.day(found.review_due)
    )
    return said + Markup("\n") + overdue


def article_keys(found: Article, page: int, pages: int, t: Translator) -> list[Button]:
    """Lay out an article's buttons."""
    buttons = []
    if page + 1 < pages:
        label = t.gettext("Details") if page == 0 else t.gettext("Next page")
        buttons.append(Button(label, key("article", found.id, page + 1), style="success"))
    if page > 0:
        buttons.append(Button(t.gettext("Previous page"), key("article", found.id, page - 1)))
    return [*buttons, Button(t.gettext("Other articles"), key("theme", found.theme, 0))]


def answer_screen(
    t: Translator, found: Sequence[Article], buttons: Sequence[Button], today: dt.date
) -> Screen:
    """Show the first screen of the article that answers, and what else fits."""
    first, *others = found
    pages = pages_of(first, t, today)
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
    room = max(1, MOST_BUTTONS - len(found))
    ways = [Button(t.gettext("See themes"), key("themes")), *buttons][:room]
    return (
        Markup("\n\n").join([head, *listed(found, t)]),
        rows(openers(found), *(ways[at : at + 2] for at in range(0, len(ways), 2))),
    )
