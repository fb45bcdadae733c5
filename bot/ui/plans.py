"""The screens of a person's SKP: bars, paces and details."""

from typing import Any

from markupsafe import Markup

from bot.actions.plan_views import Line, Progress, ResultView
from bot.i18n import Translator
from bot.skp.plans import Aspect, ResultKind
from bot.ui.bars import bar, done_of_target, pace_words
from bot.ui.keyboards import Button, rows
from bot.ui.keys import key
from bot.ui.receipts import cut

Screen = tuple[Markup, dict[str, Any]]

# With all five buttons a screen holds five RHK; with two for turning pages it holds three.
WHOLE, PART = 5, 3
SHORT_LINES = 4


def page_size(count: int) -> int:
    """Tell how many RHK stand on one screen."""
    return WHOLE if count <= WHOLE else PART


def plan_screen(t: Translator, results: list[ResultView], year: int, page: int) -> Screen:
    """Show one page of RHK with their bars."""
    size = page_size(len(results))
    page = min(max(page, 0), (len(results) - 1) // size)
    shown = results[page * size : (page + 1) * size]
    head = t.html("<b>SKP {year}</b> – {count} RHK", year=year, count=len(results))
    details = [
        Button(t.gettext("Details {number}", number=one.number), key("skp-result", one.id, page))
        for one in shown
    ]
    turning = []
    if page > 0:
        turning.append(Button(t.gettext("Previous"), key("skp", page - 1)))
    if (page + 1) * size < len(results):
        turning.append(Button(t.gettext("Next"), key("skp", page + 1)))
    pairs = [details[i : i + 2] for i in range(0, len(details), 2)]
    lines = [head, *(summary(t, one) for one in shown)]
    return Markup("\n\n").join(lines), rows(*pairs, *([turning] if turning else []))


def summary(t: Translator, result: ResultView) -> Markup:
    """Write an RHK in two lines: what it is, and where it stands."""
    name = t.html("<b>{number}.</b> {text}", number=result.number, text=cut(result.text))
    if result.kind is ResultKind.ADDITIONAL:
        name = t.html(
            "<b>{number}.</b> {text} <i>(additional)</i>",
            number=result.number,
            text=cut(result.text),
        )
    if result.leading is None:
        return Markup("\n").join([name, t.html("No indicator yet.")])
    return Markup("\n").join([name, standing(t, result.leading)])


def standing(t: Translator, progress: Progress) -> Markup:
    """Write an IKI's bar with percent, done of target, unit and pace."""
    now = progress.stand
    if now.share is None:
        return t.html(
            "{bar} no figure yet · target {target} {unit}",
            bar=bar(None),
            target=t.number(now.target) if now.target is not None else "–",
            unit=now.unit,
        )
    values = {
        "bar": bar(now.share),
        "percent": t.whole_percent(now.share),
        "standing": done_of_target(t, now, named=True),
    }
    if progress.pace is None:
        return t.html("{bar} {percent} · {standing}", **values)
    return t.html(
        "{bar} {percent} · {standing} · {pace}", pace=pace_words(t, progress.pace), **values
    )


def result_screen(t: Translator, result: ResultView, lines: list[Line], page: int) -> Screen:
    """Show one RHK with every IKI and its newest entries."""
    parts = [t.html("<b>RHK {number}</b>\n{text}", number=result.number, text=result.text)]
    parts += [
        t.html(
            "<i>{aspect}</i>: {text}\n{standing}",
            aspect=aspect_name(t, one.stand.aspect),
            text=cut(one.stand.text),
            standing=standing(t, one),
        )
        for one in result.progress
    ]
    if lines:
        newest = [t.html("<b>Newest entries</b>"), *(entry_line(t, one) for one in lines)]
        parts.append(Markup("\n").join(newest))
    else:
        parts.append(t.html("No entries under this RHK yet."))
    back = [Button(t.gettext("Back"), key("skp", page))]
    return Markup("\n\n").join(parts), rows(back)


def entry_line(t: Translator, one: Line) -> Markup:
    """Write an entry in one line."""
    day = t.day_short(one.day)
    if one.quantity is None:
        return t.html("• {day}: {text}", day=day, text=cut(one.text, 70))
    amount = f"{t.number(one.quantity)} {one.unit or ''}".strip()
    return t.html(
        "• {day}: <b>{amount}</b>, {text}", day=day, amount=amount, text=cut(one.text, 70)
    )


def aspect_name(t: Translator, aspect: Aspect) -> str:
    """Name the side of a work result that an IKI measures."""
    names = {
        Aspect.QUANTITY: t.gettext("Quantity"),
        Aspect.QUALITY: t.gettext("Quality"),
        Aspect.TIME: t.gettext("Time"),
        Aspect.COST: t.gettext("Cost"),
    }
    return names[aspect]


def short_lines(t: Translator, results: list[ResultView]) -> Markup:
    """Write where the first RHK stand, a line each."""
    head = t.html("<b>Where your SKP stands</b>")
    lines = [
        t.html(
            "{number}. {text}: <b>{standing}</b>",
            number=one.number,
            text=cut(one.text, 60),
            standing=done_of_target(t, one.leading.stand, named=True),
        )
        for one in results[:SHORT_LINES]
        if one.leading is not None and one.leading.stand.known
    ]
    return Markup("\n").join([head, *(lines or [t.html("No figures yet this year.")])])
