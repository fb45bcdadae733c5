"""The screens of a theme across units."""

import zlib
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from markupsafe import Markup

from bot.actions.sights import Span
from bot.actions.theme_views import GoalLine, ThemeView, UnitLine
from bot.actions.themes import ThemeName
from bot.documents.reports import Report, Table
from bot.i18n import Translator
from bot.skp.pace import Pace
from bot.ui.bars import pace_words
from bot.ui.figures import against, coverage, shares
from bot.ui.keyboards import Button, inline, paged
from bot.ui.keys import key
from bot.ui.receipts import cut

Screen = tuple[Markup, dict[str, Any]]

TEXT = 60
LABEL = 24
UNITS_SHOWN = 15
GOALS_SHOWN = 6
PDF, XLSX = 0, 1


def number_of(theme: ThemeName) -> int:
    """Give the number by which a button names a theme; a code may be too long for a button."""
    return zlib.crc32(theme.code.encode())


def grip(view: ThemeView, of: int, *, monthly: bool | None = None) -> tuple[int, int, int]:
    """Give what a button carries of a view; `of` is in whose place the reader looks."""
    longer = view.span.monthly if monthly is None else monthly
    return number_of(view.theme), of * 2 + longer, view.span.day.toordinal()


def which_theme(t: Translator, themes: Sequence[ThemeName], day: int, page: int = 0) -> Screen:
    """Ask which theme is meant."""
    text = t.html("Which theme? Tap one, or write it: <code>/tema inflasi</code>.")
    buttons = [
        Button(cut(one.name, LABEL), key("across", number_of(one), 0, day)) for one in themes
    ]
    shown = paged(
        buttons,
        page,
        lambda other: Button(t.gettext("Others"), key("across-themes", day, other)),
    )
    return text, inline(*shown)


def unknown_theme(t: Translator, words: str, themes: Sequence[ThemeName], day: int) -> Screen:
    """Say that there is no such theme, and which there are."""
    _, buttons = which_theme(t, themes, day)
    return t.html(
        "There is no theme “{words}” yet. These there are:", words=cut(words, 40)
    ), buttons


def overview(t: Translator, view: ThemeView, of: int) -> Screen:
    """Show a theme: what was done, its goals, its units, what holds it up."""
    lines = [
        t.html(
            "<b>{theme}, {when}</b> – {activities}",
            theme=view.theme.name,
            when=stretch(t, view.span),
            activities=activities(t, view),
        )
    ]
    if not view.people:
        lines.append(t.html("Nobody here has an RHK of this theme this year."))
        return Markup("\n").join(lines), inline(other_stretch(t, view, of))
    lines += [goal_text(t, one, view.span) for one in view.lines[:GOALS_SHOWN]]
    more = len(view.lines) - GOALS_SHOWN
    if more > 0:
        lines.append(t.nhtml("{count} more goal.", "{count} more goals.", more, count=more))
    lines += unit_summary(t, view)
    return Markup("\n").join(lines), inline(*buttons(t, view, of))


def buttons(t: Translator, view: ThemeView, of: int) -> list[Button]:
    """Offer the goals that are left, the units, the other stretch and the papers."""
    at = grip(view, of)
    found = [other_stretch(t, view, of)]
    if len(view.units) > 1:
        found.insert(0, Button(t.gettext("Units in detail"), key("across-units", *at)))
    if len(view.lines) > GOALS_SHOWN:
        found.insert(0, Button(t.gettext("Other goals"), key("across-goals", *at, 1)))
    return [
        *found,
        Button(t.gettext("Download PDF"), key("across-file", *at, PDF)),
        Button(t.gettext("Download Excel"), key("across-file", *at, XLSX)),
    ]


def goals(t: Translator, view: ThemeView, of: int, page: int) -> Screen:
    """Show a page of a theme's goals; those of the overview are the first page."""
    last = max(0, (len(view.lines) - 1) // GOALS_SHOWN)
    page = min(max(page, 0), last)
    start, at = page * GOALS_SHOWN, grip(view, of)
    shown = view.lines[start : start + GOALS_SHOWN]
    head = t.html(
        "<b>{theme}, {when}</b> – goals {first} to {last} of {count}",
        theme=view.theme.name,
        when=stretch(t, view.span),
        first=start + 1 if shown else 0,
        last=start + len(shown),
        count=len(view.lines),
    )
    turning = []
    if page > 0:
        turning.append(Button(t.gettext("Previous"), key("across-goals", *at, page - 1)))
    if page < last:
        turning.append(Button(t.gettext("Next"), key("across-goals", *at, page + 1)))
    back = Button(t.gettext("Back"), key("across", *at))
    lines = [head, *(goal_text(t, one, view.span) for one in shown)]
    return Markup("\n").join(lines), inline(*turning, back)


def other_stretch(t: Translator, view: ThemeView, of: int) -> Button:
    """Offer the month instead of the week, or the week instead of the month."""
    label = t.gettext("This week") if view.span.monthly else t.gettext("This month")
    return Button(label, key("across", *grip(view, of, monthly=not view.span.monthly)))


def stretch(t: Translator, span: Span) -> str:
    """Name the week or the month."""
    if span.monthly:
        return t.month(span.day)
    return t.gettext("week of {day}", day=t.day_short(span.now.start))


def earlier(t: Translator, span: Span) -> str:
    """Name the stretch before."""
    return t.gettext("last month") if span.monthly else t.gettext("last week")


def activities(t: Translator, view: ThemeView) -> str:
    """Count what was done, beside the stretch before, and by how many people."""
    units = len(view.units)
    return t.ngettext(
        "{count} activity ({when} {before}), {people} in {units}.",
        "{count} activities ({when} {before}), {people} in {units}.",
        view.now,
        count=view.now,
        when=earlier(t, view.span),
        before=view.before,
        people=t.ngettext("{count} person", "{count} people", view.people, count=view.people),
        units=t.ngettext("{count} unit", "{count} units", units, count=units),
    )


def goal_text(t: Translator, line: GoalLine, span: Span) -> Markup:
    """Write one goal with its figure; of few people only that they are few."""
    text = cut(line.text, TEXT)
    if not line.told:
        return t.html("• {text}: too few people to tell numbers", text=text)
    words = (
        against(t, line.gauge, line.done, line.target),
        shares(t, line.share, line.share_before, earlier(t, span)),
        coverage(t, line.known, line.people),
    )
    said = t.html("• {text}: {figures}", text=text, figures=" · ".join(filter(None, words)))
    if line.pace is Pace.BEHIND:
        return t.html("{line} – <b>{pace}</b>", line=said, pace=pace_words(t, line.pace))
    return said


def unit_summary(t: Translator, view: ThemeView) -> list[Markup]:
    """Say how many units did nothing, and how much holds people up."""
    idle = sum(one.now == 0 for one in view.units)
    held_up = view.obstacles
    lines = []
    if idle:
        lines.append(
            t.nhtml(
                "{count} unit without activity.",
                "{count} units without activity.",
                idle,
                count=idle,
            )
        )
    if held_up:
        lines.append(
            t.nhtml("{count} open obstacle.", "{count} open obstacles.", held_up, count=held_up)
        )
    return lines


def units(t: Translator, view: ThemeView, of: int) -> Screen:
    """Show the units by their sums; those without activity come first."""
    head = t.html(
        "<b>{theme}, {when}</b>, by unit", theme=view.theme.name, when=stretch(t, view.span)
    )
    ordered = sorted(view.units, key=lambda one: (one.now is None, one.now or 0))
    lines = [head, *(unit_text(t, one, view.span) for one in ordered[:UNITS_SHOWN])]
    more = len(ordered) - UNITS_SHOWN
    if more > 0:
        lines.append(t.nhtml("{count} more unit.", "{count} more units.", more, count=more))
    back = Button(t.gettext("Back"), key("across", *grip(view, of)))
    return Markup("\n").join(lines), inline(back)


def unit_text(t: Translator, unit: UnitLine, span: Span) -> Markup:
    """Write one unit."""
    name = cut(unit.name, TEXT)
    if unit.now is None:
        return t.nhtml(
            "• {name}: {count} person, no numbers (small groups are protected)",
            "• {name}: {count} people, no numbers (small groups are protected)",
            unit.people,
            name=name,
            count=unit.people,
        )
    return t.nhtml(
        "• {name}: {count} activity ({when} {before}), {people} people",
        "• {name}: {count} activities ({when} {before}), {people} people",
        unit.now,
        name=name,
        count=unit.now,
        when=earlier(t, span),
        before=unit.before,
        people=unit.people,
    )


def report(t: Translator, view: ThemeView) -> Report:
    """Put a theme on paper."""
    goals = Table(
        title=t.gettext("Goals"),
        columns=(
            t.gettext("RHK"),
            t.gettext("Unit of measure"),
            t.gettext("Target"),
            t.gettext("Done"),
            t.gettext("Share"),
            t.gettext("Coverage"),
        ),
        widths=(9, 3, 2, 2, 2, 4),
        rows=tuple(goal_row(t, line) for line in view.lines),
    )
    by_unit = Table(
        title=t.gettext("Units"),
        columns=(
            t.gettext("Unit"),
            t.gettext("People"),
            t.gettext("Activities"),
            t.gettext("Activities before"),
        ),
        widths=(9, 2, 3, 3),
        rows=tuple(unit_row(one) for one in view.units),
    )
    return Report(
        title=t.gettext("Theme: {theme}", theme=view.theme.name),
        subtitle=stretch(t, view.span),
        lead=(activities(t, view), *(line.striptags() for line in unit_summary(t, view))),
        tables=(goals, by_unit),
        footer=t.gettext(
            "Figures from entries; units of fewer than three people are left without numbers."
        ),
        language=t.language,
    )


def goal_row(t: Translator, line: GoalLine) -> tuple[str | Decimal | None, ...]:
    """Write one goal as a row."""
    if not line.told:
        return line.text, line.gauge.unit, line.target, None, None, t.gettext("too few people")
    share = None if line.share is None else t.whole_percent(line.share)
    done = t.gettext("no data") if line.done is None else round(line.done, 4)
    covered = coverage(t, line.known, line.people)
    return line.text, line.gauge.unit, line.target, done, share, covered


def unit_row(unit: UnitLine) -> tuple[str | Decimal | None, ...]:
    """Write one unit as a row."""
    if unit.now is None or unit.before is None:
        return unit.name, Decimal(unit.people), None, None
    return unit.name, Decimal(unit.people), Decimal(unit.now), Decimal(unit.before)
