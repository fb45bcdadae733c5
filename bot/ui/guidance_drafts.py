"""The screens of a widyaiswara's own articles: written, checked, published, withdrawn."""

from collections.abc import Sequence
from typing import Any

from markupsafe import Markup

from bot.actions.guidance import Version
from bot.actions.guidance_uses import DAYS, ArticleUse, LibraryUse
from bot.guidance.article import Article, Flaw
from bot.guidance.library import Theme
from bot.guidance.writing import PARTS
from bot.i18n import Translator
from bot.skp.manuscripts import VersionState
from bot.ui.keyboards import Button, inline, paged, rows
from bot.ui.keys import key
from bot.ui.receipts import cut

Screen = tuple[Markup, dict[str, Any]]

LABEL = 20
SHOWN = 8
LIVE_PAGE = 2
FLAWS = 6


def title_of(t: Translator, version: Version) -> str:
    """Name a version, also one that has no title yet."""
    return version.title or t.gettext("Untitled")


def home(t: Translator, versions: Sequence[Version]) -> Screen:
    """Show what a person writes, and how to begin."""
    parts = [
        t.html(
            "<b>Write guidance</b>\nAnswer step by step (a Word file may come with the first step),"
            " or send a file <code>.md</code> with the same head as the library's. A second"
            " widyaiswara reads it before anybody else does."
        )
    ]
    lines = [
        t.html("{title} – {state}", title=title_of(t, one), state=state_words(t, one))
        for one in versions[:SHOWN]
    ]
    if lines:
        parts.append(Markup("\n").join([t.html("<b>Not published yet</b>"), *lines]))
    opening = [
        Button(cut(title_of(t, one), LABEL), key("desk-open", one.id)) for one in versions[:SHOWN]
    ]
    ways = [
        Button(t.gettext("Write a new one"), key("desk-new"), "success"),
        Button(t.gettext("Published"), key("desk-live", 0)),
        Button(t.gettext("What is read"), key("desk-used")),
        Button(t.gettext("For review"), key("review")),
    ]
    pairs = [opening[at : at + 2] for at in range(0, len(opening), 2)]
    return Markup("\n\n").join(parts), rows(*pairs, ways[:2], ways[2:])


def state_words(t: Translator, version: Version) -> str:
    """Say how far a version is."""
    match version.state:
        case VersionState.SUBMITTED:
            return t.gettext("waits for review")
        case VersionState.RETURNED:
            return t.gettext("returned")
        case VersionState.PUBLISHED:
            return t.gettext("in the library")
        case VersionState.WITHDRAWN:
            return t.gettext("withdrawn")
        case VersionState.REPLACED:
            return t.gettext("replaced")
        case _:
            return t.gettext("draft")


def choose_theme(t: Translator, themes: Sequence[Theme], page: int) -> Screen:
    """Ask for the theme of a new article, a handful at a time."""
    buttons = [Button(one.label_in(t.language), key("desk-theme", one.code)) for one in themes]

    def more(following: int) -> Button:
        return Button(t.gettext("Other themes"), key("desk-new", following))

    return t.html("Which theme is the article for?"), inline(*paged(buttons, page, more))


def part_name(t: Translator, part: str) -> str:
    """Name a part of an article."""
    return {
        "title": t.gettext("Title"),
        "title_en": t.gettext("English title"),
        "summary": t.gettext("Summary"),
        "summary_en": t.gettext("English summary"),
        "first": t.gettext("First screen"),
        "details": t.gettext("Details"),
        "sources": t.gettext("Sources"),
    }[part]


def ask(t: Translator, part: str) -> Markup:
    """Ask for one part of an article."""
    question = {
        "title": t.html(
            "What is the title? At most 70 characters, as people would ask for it. Or send the"
            " whole article as a Word file (<code>.docx</code>)."
        ),
        "title_en": t.html("And the title in English?"),
        "summary": t.html("Say in one sentence what the reader gets. At most 140 characters."),
        "summary_en": t.html("And the same sentence in English?"),
        "first": t.html(
            "Now the first screen, at most 900 characters: what it is, why it matters, what one can"
            " do this week. Two stars make words <b>bold</b>, a hyphen begins a line of a list."
        ),
        "details": t.html(
            "Now the details. A line that begins with <code>##</code> is a heading. Every figure"
            " needs its year and its source beside it."
        ),
        "sources": t.html(
            "Which sources? One a line: a name and a web address, or a regulation, for example"
            " <code>Perpres 72/2021</code>."
        ),
    }[part]
    at = PARTS.index(part) + 1
    step = t.html("<i>{name} ({at} of {all})</i>", name=part_name(t, part), at=at, all=len(PARTS))
    return Markup("\n").join([step, question])


def overview(
    t: Translator, version: Version, article: Article | None, flaws: Sequence[Flaw]
) -> Screen:
    """Show where an own article stands, what is to be mended, and what can be done."""
    head = t.html(
        "<b>{title}</b> – {state}", title=title_of(t, version), state=state_words(t, version)
    )
    parts = [head]
    if version.reason:
        parts.append(t.html("The reviewer says: “{words}”.", words=version.reason))
    if version.state is VersionState.SUBMITTED:
        parts.append(t.html("A second widyaiswara reads it now. You hear from me."))
    elif flaws:
        parts.append(mend(t, flaws))
    else:
        parts.append(t.html("Nothing is to be mended. Look at it as readers will, then send it."))
    return Markup("\n\n").join(parts), inline(*ways(t, version, article, flaws))


def ways(
    t: Translator, version: Version, article: Article | None, flaws: Sequence[Flaw]
) -> list[Button]:
    """Offer what can be done with an own article."""
    look = [Button(t.gettext("Preview"), key("desk-page", version.id, 0))] if article else []
    if version.state is VersionState.SUBMITTED:
        return [*look, Button(t.gettext("Take it back"), key("desk-back", version.id))]
    if not flaws:
        send = Button(t.gettext("Send to review"), key("desk-send", version.id), "success")
        look.insert(0, send)
    return [
        *look,
        Button(t.gettext("Change a part"), key("desk-parts", version.id)),
        Button(t.gettext("Delete"), key("desk-drop", version.id), "danger"),
    ]


def mend(t: Translator, flaws: Sequence[Flaw]) -> Markup:
    """List what is to be mended."""
    head = t.nhtml(
        "<b>{count} thing to mend</b>", "<b>{count} things to mend</b>", len(flaws),
        count=len(flaws),
    )  # fmt: skip
    lines = [Markup("• %s") % flaw_words(t, one) for one in flaws[:FLAWS]]
    return Markup("\n").join([head, *lines])


def flaw_words(t: Translator, flaw: Flaw) -> Markup:
    """Say what is to be mended, with the parts named as they were asked for."""
    values = dict(flaw.values)
    for name in {"name", "names"} & values.keys():
        parts = str(values[name]).split(", ")
        values[name] = ", ".join(part_name(t, one) if one in PARTS else one for one in parts)
    return t.html(flaw.message, **values)


def parts_screen(t: Translator, version: Version) -> Screen:
    """Ask which part is to be written anew."""
    buttons = [
        Button(part_name(t, part), key("desk-part", version.id, at))
        for at, part in enumerate(PARTS)
    ]
    back = Button(t.gettext("Back"), key("desk-open", version.id))
    return t.html("Which part do you want to write anew?"), inline(*buttons, back)


def page_keys(t: Translator, version: Version, page: int, pages: int) -> list[Button]:
    """Lead through the preview of an own article."""
    buttons = []
    if page + 1 < pages:
        label = t.gettext("Details") if page == 0 else t.gettext("Next page")
        buttons.append(Button(label, key("desk-page", version.id, page + 1)))
    if page > 0:
        buttons.append(Button(t.gettext("Previous page"), key("desk-page", version.id, page - 1)))
    return [*buttons, Button(t.gettext("Back"), key("desk-open", version.id))]


def confirm_delete(t: Translator, version: Version) -> Screen:
    """Ask before a draft is deleted for good."""
    return t.html(
        "Delete “{title}” for good? What stands in the library stays.", title=title_of(t, version)
    ), inline(
        Button(t.gettext("Delete"), key("desk-drop-now", version.id), "danger"),
        Button(t.gettext("Back"), key("desk-open", version.id)),
    )


def handed_in(t: Translator, version: Version, told: Sequence[str]) -> Screen:
    """Confirm that an article waits for review, and say who has been told."""
    if told:
        text = t.html(
            "“{title}” waits for review; {names} have been told. It reaches readers when one of"
            " them publishes it.", title=version.title, names=", ".join(told),
        )  # fmt: skip
    else:
        text = t.html(
            "“{title}” waits for review, but the roster names no second widyaiswara who is here"
            " yet. Nobody publishes the own article.",
            title=version.title,
        )
    return text, inline(
        Button(t.gettext("Take it back"), key("desk-back", version.id)),
        Button(t.gettext("My articles"), key("desk")),
    )


def live(t: Translator, versions: Sequence[Version], page: int) -> Screen:
    """List the agency's published articles, those due for review first."""
    back = Button(t.gettext("My articles"), key("desk"))
    if not versions:
        return t.html("No article of the agency's own is in the library yet."), inline(back)
    shown = versions[page * LIVE_PAGE :][:LIVE_PAGE]
    lines = [
        t.html(
            "{title} – version {number}, review until {day}", title=one.title, number=one.number,
            day=t.day_short(one.review_due) if one.review_due else "–",
        )
        for one in shown
    ]  # fmt: skip
    opening = [Button(cut(one.title, LABEL), key("desk-live-open", one.id)) for one in shown]
    turns = []
    if page > 0:
        turns.append(Button(t.gettext("Previous page"), key("desk-live", page - 1)))
    if versions[(page + 1) * LIVE_PAGE :]:
        turns.append(Button(t.gettext("Next page"), key("desk-live", page + 1)))
    pairs = [opening[at : at + 2] for at in range(0, len(opening), 2)]
    head = t.html("<b>The agency's own articles</b>")
    return Markup("\n").join([head, *lines]), rows(*pairs, [*turns, back])


def standing(t: Translator, version: Version, past: Sequence[Version], used: ArticleUse) -> Screen:
    """Show a published article: its versions, how it is used, what can be done."""
    parts = [
        t.html(
            "<b>{title}</b> – {state}", title=version.title, state=state_words(t, version)
        ),
        use_line(t, used),
        Markup("\n").join(
            t.html(
                "Version {number} by {author}: {state}",
                number=one.number, author=one.author, state=state_words(t, one),
            )
            for one in past[:SHOWN]
        ),
    ]  # fmt: skip
    buttons = [Button(t.gettext("Revise"), key("desk-revise", version.id))]
    if version.state is VersionState.PUBLISHED:
        buttons.insert(0, Button(t.gettext("Read"), key("article", version.slug, 0)))
        buttons.append(Button(t.gettext("Withdraw"), key("desk-withdraw", version.id), "danger"))
    elif version.state is VersionState.WITHDRAWN:
        buttons.append(Button(t.gettext("Bring back"), key("desk-restore", version.id)))
    buttons.append(Button(t.gettext("Back"), key("desk-live", 0)))
    return Markup("\n\n").join(parts), inline(*buttons)


def use_line(t: Translator, used: ArticleUse) -> Markup:
    """Say how often an article was read and judged."""
    return t.html(
        "In {days} days read {read} times, found helpful {helpful} times, not helpful {unhelpful}"
        " times.",
        days=DAYS, read=used.read, helpful=used.helpful, unhelpful=used.unhelpful,
    )  # fmt: skip


def withdrawn(t: Translator, version: Version) -> Screen:
    """Confirm that an article is out of the library."""
    return t.html(
        "“{title}” is withdrawn: nobody finds it any more. Its versions are kept.",
        title=version.title,
    ), inline(
        Button(t.gettext("Bring back"), key("desk-restore", version.id)),
        Button(t.gettext("Published"), key("desk-live", 0)),
    )


def used_screen(t: Translator, used: LibraryUse, titles: Sequence[str]) -> Screen:
    """Show how the library is used, never by whom."""
    parts = [
        t.html(
            "<b>What is read, {days} days</b>\n{found} searches found something, {missed} found"
            " nothing. Nobody is named, and what was typed is not kept.",
            days=DAYS, found=used.found, missed=used.missed,
        )
    ]  # fmt: skip
    parts.extend(
        t.html(
            "<b>{title}</b>\n{read} times read, {helpful} helpful, {unhelpful} not helpful",
            title=title, read=one.read, helpful=one.helpful, unhelpful=one.unhelpful,
        )
        for one, title in zip(used.articles, titles, strict=True)
    )  # fmt: skip
    return Markup("\n\n").join(parts), inline(Button(t.gettext("My articles"), key("desk")))
