"""The screens of how one's own work reaches a theme."""

from collections.abc import Sequence
from typing import Any

from markupsafe import Markup

from bot.actions.impact import Standing
from bot.actions.receipts import ResultLine
from bot.guidance.chains import Chain
from bot.i18n import Translator
from bot.ui.keyboards import MOST_BUTTONS, Button, inline, paged, rows
from bot.ui.keys import key
from bot.ui.receipts import cut

# What Telegram lets a button copy.
LONGEST_COPY = 256
Screen = tuple[Markup, dict[str, Any]]


def themes_screen(
    t: Translator, themes: Sequence[tuple[str, str]], *others: Button, page: int = 0
) -> Screen:
    """Ask for which theme; each has its code and its name."""
    text = t.html(
        "<b>My SKP's impact</b>\nFor each theme I show the way from the region's figure to your"
        " own RHK, daily work and evidence. Which theme?"
    )
    buttons = [Button(name, key("impact", code)) for code, name in themes]
    ways = others or (Button(t.gettext("Guidance"), key("themes")),)

    def more(other: int) -> Button:
        # A page of its own holds more, so beside other buttons the choice begins anew.
        return Button(t.gettext("Others"), key("impact-themes", 0 if others else other))

    return text, inline(*paged(buttons, page, more, room=MOST_BUTTONS - len(ways)), *ways)


def jobs_screen(
    t: Translator,
    theme: str,
    chains: Sequence[Chain],
    *others: Button,
    job: str = "",
    page: int = 0,
) -> Screen:
    """Ask for which job; say so when one's own position has no example."""
    head = t.html("<b>{theme}: the way of your work</b>", theme=theme)
    ask = (
        t.html("There is no example for “{job}” yet. Which job is nearest?", job=cut(job, 60))
        if job
        else t.html("Which job?")
    )
    buttons = [Button(one.title, key("impact", one.theme, one.job)) for one in chains]
    ways = others or (Button(t.gettext("Other theme"), key("impact")),)

    def more(other: int) -> Button:
        place = 0 if others else other
        return Button(t.gettext("Others"), key("impact-jobs", chains[0].theme, place))

    shown = paged(buttons, page, more, room=MOST_BUTTONS - len(ways))
    return Markup("\n").join([head, ask]), inline(*shown, *ways)


def chain_screen(
    t: Translator, theme: str, chain: Chain, standing: Standing | None, *others: Button
) -> Screen:
    """Write the chain as one card, and where the person's own RHK stand."""
    head = t.html("<b>{job}: the way to {theme}</b>", job=chain.title, theme=theme)
    parts = [head, *here(t, standing), steps(t, chain), notes(t)]
    return Markup("\n\n").join(parts), keyboard(t, chain, standing, others)


def here(t: Translator, standing: Standing | None) -> list[Markup]:
    """Say which RHK of one's own is on the way already; nothing where no plan is known."""
    if standing is None or not standing.planned:
        return []
    if standing.number is None:
        return [t.html("None of your RHK is on this way yet: something to raise with your leader.")]
    return [
        t.html(
            "✓ Your RHK {number} is already on this way: <i>{text}</i>",
            number=standing.number,
            text=cut(standing.text, 100),
        )
    ]


def steps(t: Translator, chain: Chain) -> Markup:
    """Write the six steps, a line each."""
    lines = [
        t.html(
            "1. <b>Region's impact</b>: {text} (belongs to the {owner}, never your own target)",
            text=chain.impact,
            owner=chain.owner,
        ),
        t.html("2. <b>Unit's result</b>: {text}", text=chain.unit),
        t.html("3. <b>RHK</b>: {text}", text=chain.rhk),
        t.html("4. <b>IKI</b>: {text}", text="; ".join(chain.iki)),
        t.html("5. <b>Daily work</b>: {text}", text=chain.work),
        t.html("6. <b>Evidence</b>: {text}", text=chain.evidence),
    ]
    return Markup("\n").join(lines)


def notes(t: Translator) -> Markup:
    """Say what the figures are."""
    note = t.html("<i>Numbers are examples: take yours from the unit's Perjanjian Kinerja.</i>")
    if t.language == "id":
        return note
    return Markup("\n").join([note, t.html("<i>The text is in Indonesian.</i>")])


def keyboard(
    t: Translator, chain: Chain, standing: Standing | None, others: Sequence[Button]
) -> dict[str, Any]:
    """Lay out the buttons: take the RHK over, read on, another job or theme."""
    ways = [Button(t.gettext("Other job"), key("impact-jobs", chain.theme))]
    if not others:
        ways.append(Button(t.gettext("Other theme"), key("impact")))
    first = []
    if standing is not None and standing.number is None:
        place = key("impact-propose", chain.theme, chain.job)
        first.append(Button(t.gettext("Propose this RHK"), place, style="success"))
    if chain.article:
        first.append(Button(t.gettext("Read on"), key("article", chain.article, 0)))
    room = MOST_BUTTONS - len([*first, *ways, *others])
    if room > 0 and len(chain.rhk) <= LONGEST_COPY:
        first.insert(0, Button(t.gettext("Copy RHK"), copy=chain.rhk))
    lines = [first[at : at + 2] for at in range(0, len(first), 2)]
    return rows(*(line for line in (*lines, ways, others) if line))


def proposed(t: Translator, result: ResultLine) -> Screen:
    """Say that an RHK stands in the plan as a draft, and what it takes to hand it in."""
    text = t.html(
        "Saved as a draft: RHK {number} <i>{text}</i>\nGive it your own target, as your unit's"
        " Perjanjian Kinerja has it, then submit it to your superior.",
        number=result.number,
        text=cut(result.text, 160),
    )
    return text, inline(
        Button(t.gettext("Submit to superior"), key("plan-submit"), style="success"),
        Button(t.gettext("Target"), key("plan-target", result.id, 0)),
        Button(t.gettext("My SKP"), key("skp", 0)),
        Button(t.gettext("Undo"), key("plan-remove-now", result.id, 0)),
    )
