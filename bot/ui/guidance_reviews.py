"""The screens of review: what waits, its pages, what was decided."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from bot.actions.guidance import Version
from bot.guidance.article import Article
from bot.guidance.library import Theme
from bot.i18n import Translator
from bot.ui.guidance_drafts import LABEL, SHOWN
from bot.ui.keyboards import MOST_BUTTONS, Button, inline, paged
from bot.ui.keys import key
from bot.ui.receipts import cut

Screen = tuple[Markup, dict[str, Any]]

TITLES = 5


@dataclass(frozen=True)
class Overdue:
    """Articles of one theme that came with the bot and are past one review date."""

    theme: Theme
    articles: tuple[Article, ...]
    day: dt.date
    # Whether the reader may review them.
    can_write: bool


def queue(t: Translator, versions: Sequence[Version], page: int) -> Screen:
    """List what waits for this person's review."""
    own = Button(t.gettext("My articles"), key("desk"))
    if not versions:
        return t.html("Nothing waits for your review."), inline(own)
    head = t.nhtml(
        "<b>{count} article waits for your review</b>",
        "<b>{count} articles wait for your review</b>",
        len(versions),
        count=len(versions),
    )
    lines = [Markup("• %s") % one.title for one in versions[:SHOWN]]
    opening = [Button(cut(one.title, LABEL), key("review-open", one.id, 0)) for one in versions]

    def more(following: int) -> Button:
        return Button(t.gettext("Others"), key("review", following))

    shown = paged(opening, page, more, room=MOST_BUTTONS - 1)
    return Markup("\n").join([head, *lines]), inline(*shown, own)


def page_keys(t: Translator, version: Version, page: int, pages: int) -> dict[str, Any]:
    """Lead through an article; what was read to its end can be decided."""
    buttons = []
    if page + 1 < pages:
        label = t.gettext("Details") if page == 0 else t.gettext("Next page")
        buttons.append(Button(label, key("review-open", version.id, page + 1)))
    if page > 0:
        label = t.gettext("Previous page")
        buttons.append(Button(label, key("review-open", version.id, page - 1)))
    if page + 1 >= pages:
        yes = key("review-yes", version.id, version.handed_in)
        buttons.append(Button(t.gettext("Publish"), yes, "success"))
    buttons.append(Button(t.gettext("Return"), key("review-no", version.id)))
    buttons.append(Button(t.gettext("For review"), key("review")))
    return inline(*buttons)


def published(t: Translator, version: Version) -> Screen:
    """Confirm a publication."""
    return t.html(
        "✓ “{title}” by {author} is in the library, version {number}. Search and inline mode find"
        " it from now on.",
        title=version.title,
        author=version.author,
        number=version.number,
    ), inline(
        Button(t.gettext("Read"), key("article", version.slug, 0)),
        Button(t.gettext("For review"), key("review")),
    )


def ask_reason(t: Translator, version: Version) -> Markup:
    """Ask what is to be mended."""
    return t.html(
        "What is {author} to mend in “{title}”? Write it in a sentence or two.",
        author=version.author,
        title=version.title,
    )


def returned(t: Translator, version: Version) -> Screen:
    """Confirm a return."""
    return t.html(
        "“{title}” is back with {author}, with your words.",
        title=version.title,
        author=version.author,
    ), inline(Button(t.gettext("For review"), key("review")))


def told_of_review(t: Translator, version: Version) -> Screen:
    """Tell a widyaiswara that an article waits."""
    return t.html(
        "{author} asks for a review of “{title}”.", author=version.author, title=version.title
    ), inline(Button(t.gettext("Read"), key("review-open", version.id, 0), "success"))


def told_decision(t: Translator, version: Version) -> Screen:
    """Tell an author what was decided."""
    if version.reason:
        return t.html(
            "“{title}” came back: “{words}”.", title=version.title, words=version.reason
        ), inline(Button(t.gettext("Open"), key("desk-open", version.id), "success"))
    return t.html(
        "“{title}” is published. Readers find it from now on.", title=version.title
    ), inline(Button(t.gettext("Open"), key("desk-live-open", version.id)))


def told_withdrawal(t: Translator, version: Version) -> Screen:
    """Tell an author that an article was withdrawn."""
    return t.html(
        "“{title}” was withdrawn from the library by another widyaiswara.", title=version.title
    ), inline(Button(t.gettext("Open"), key("desk-live-open", version.id)))


def told_due(t: Translator, version: Version) -> Screen:
    """Remind of a review that is due."""
    return t.html(
        "“{title}” is to be reviewed by {day}. Is it still true?",
        title=version.title,
        day=t.day_short(version.review_due) if version.review_due else "–",
    ), inline(
        Button(t.gettext("Revise"), key("desk-revise", version.id), "success"),
        Button(t.gettext("Open"), key("desk-live-open", version.id)),
    )


def told_overdue(t: Translator, overdue: Overdue) -> Screen:
    """Tell that articles which came with the bot are past their review date."""
    head = t.nhtml(
        "<b>{theme}: {count} article was to be reviewed by {day}</b>",
        "<b>{theme}: {count} articles were to be reviewed by {day}</b>",
        len(overdue.articles),
        theme=overdue.theme.name_in(t.language),
        count=len(overdue.articles),
        day=t.day(overdue.day),
    )
    form = Markup("• %s (<code>%s</code>)") if overdue.can_write else Markup("• %s")
    named = [(one.title_in(t.language), one.id) for one in overdue.articles[:TITLES]]
    lines = [form % (one if overdue.can_write else one[:1]) for one in named]
    if more := len(overdue.articles) - len(lines):
        lines.append(t.nhtml("and {count} more", "and {count} more", more, count=more))
    if overdue.can_write:
        todo = t.html(
            "Readers see that it is overdue. Is it still true? Send a new version as a file"
            " <code>.md</code> with the same id, and a second widyaiswara reviews it."
        )
    else:
        todo = t.html(
            "Readers see that it is overdue. Nobody here is a widyaiswara yet: please give somebody"
            " that role, who can then write a new version."
        )
    return Markup("\n").join([head, *lines, todo]), inline(
        Button(t.gettext("Read"), key("theme", overdue.theme.code, 0), "success")
    )
