"""The screens of taking a roster in."""

from collections import Counter
from typing import Any

from markupsafe import Markup

from bot.actions.workbooks import Preview
from bot.i18n import Translator
from bot.refusal import Refusal
from bot.skp.complaints import Problem
from bot.ui.keyboards import Button, rows
from bot.ui.keys import key

Screen = tuple[Markup, dict[str, Any] | None]

PAGE = 8
# Longer sentences would push a page over what one message holds.
LONGEST = 300
PROBLEMS, NOTES = 0, 1


def preview(t: Translator, shown: Preview, version: int) -> Screen:
    """Say what a workbook would do; nothing is changed yet."""
    if shown.problem_count:
        text = problem_summary(t, shown)
    elif shown.changes:
        text = t.html(
            "<b>{name}</b>: {rows} rows: {created} new, {updated} changed, {unchanged} as they are."
            " Nothing has been changed yet.",
            name=shown.name,
            **counts(t, shown),
        )
    else:
        text = t.html(
            "<b>{name}</b>: {rows} rows, and all of them stand in the roster already. There is"
            " nothing to apply.",
            name=shown.name,
            **counts(t, shown),
        )
    return text, rows(*preview_buttons(t, shown, version))


def counts(t: Translator, shown: Preview) -> dict[str, str]:
    """Write a preview's counts."""
    names = ("rows", "created", "updated", "unchanged")
    return {name: t.number(getattr(shown, name)) for name in names}


def problem_summary(t: Translator, shown: Preview) -> Markup:
    """Say how many problems there are and on which sheets."""
    sheets = Counter(problem.sheet for problem in shown.problems)
    where = ", ".join(f"{sheet} {t.number(n)}" for sheet, n in sheets.most_common())
    return t.nhtml(
        "<b>{name}</b>: {rows} rows, {n} problem ({where}). Nothing was changed.",
        "<b>{name}</b>: {rows} rows, {n} problems ({where}). Nothing was changed.",
        shown.problem_count,
        name=shown.name,
        rows=t.number(shown.rows),
        n=t.number(shown.problem_count),
        where=where,
    )


def preview_buttons(t: Translator, shown: Preview, version: int) -> list[list[Button]]:
    """Offer what can be done with a preview."""
    lines: list[list[Button]] = []
    if shown.problem_count:
        label = t.ngettext(
            "See {n} problem", "See {n} problems", shown.problem_count, n=shown.problem_count
        )
        lines.append([Button(label, key("roster-list", version, PROBLEMS, 0))])
    elif shown.changes:
        label = t.gettext("Apply {n}", n=t.number(shown.rows))
        lines.append([Button(label, key("roster-apply", version), style="success")])
    if shown.note_count:
        label = t.ngettext("See {n} note", "See {n} notes", shown.note_count, n=shown.note_count)
        lines.append([Button(label, key("roster-list", version, NOTES, 0))])
    lines.append([Button(t.gettext("Cancel"), key("roster-drop", version))])
    return lines


def listing(t: Translator, shown: Preview, version: int, kind: int, page: int) -> Screen:
    """List problems or notes, a page at a time."""
    if kind not in {PROBLEMS, NOTES}:
        raise Refusal("This button no longer works.")
    found = shown.notes if kind == NOTES else shown.problems
    count = shown.note_count if kind == NOTES else shown.problem_count
    last = max(0, (len(found) - 1) // PAGE)
    page = min(max(page, 0), last)
    first = page * PAGE
    head = t.html(
        "<b>{name}</b>: {first}–{last} of {count}",
        name=shown.name,
        first=first + 1,
        last=min(first + PAGE, len(found)),
        count=t.number(count),
    )
    lines = [problem_line(t, one) for one in found[first : first + PAGE]]
    if page == last and count > len(found):
        lines.append(t.html("… and {n} more. Mend these first.", n=t.number(count - len(found))))
    steps = []
    if page > 0:
        steps.append(Button("‹", key("roster-list", version, kind, page - 1)))
    if page < last:
        steps.append(Button("›", key("roster-list", version, kind, page + 1)))
    back = Button(t.gettext("Back"), key("roster-back", version))
    return Markup("\n\n").join([head, *lines]), rows(*([steps] if steps else []), [back])


def problem_line(t: Translator, problem: Problem) -> Markup:
    """Write one problem with its place and its mend."""
    what = t.gettext(problem.problem, **problem.values)
    mend = t.gettext(problem.mend, **problem.values)
    sentence = f"{what} {mend}"
    place = f"{problem.sheet}, {problem.column}" if problem.column else problem.sheet
    return t.html(
        "<b>{place}, row {row}</b>: {sentence}",
        place=place,
        row=problem.row,
        sentence=sentence if len(sentence) <= LONGEST else sentence[: LONGEST - 1] + "…",
    )


def received(t: Translator, name: str) -> Markup:
    """Say that a workbook has come; reading it takes a moment."""
    return t.html("Received: <b>{name}</b>. I read it and compare; the result follows.", name=name)


def unreadable(t: Translator, name: str, refusal: Refusal) -> Markup:
    """Say why a file could not be read at all, and what to do."""
    return t.html(
        "<b>{name}</b> could not be taken in: {reason} Nothing was changed. If the file is evidence"
        " of your work, send it as a reply to its receipt.",
        name=name,
        reason=t.gettext(refusal.message, **refusal.values),
    )


def set_aside(t: Translator, name: str) -> Markup:
    """Say that a workbook was let go because something else was begun."""
    return t.html(
        "I let go of <b>{name}</b> because you began something else. Nothing was changed; send the"
        " file again when you are ready.",
        name=name,
    )


def not_fetched(t: Translator, name: str) -> Markup:
    """Say that Telegram did not hand a file over."""
    return t.html(
        "<b>{name}</b> could not be fetched from Telegram. Nothing was changed; please send the"
        " file again.",
        name=name,
    )


def applying(t: Translator, shown: Preview) -> Markup:
    """Say that it is being applied."""
    return t.html("<b>{name}</b> is being applied; the result follows.", name=shown.name)


def applied(t: Translator, shown: Preview) -> Markup:
    """Say what was done, and what comes next."""
    return t.html(
        "Applied <b>{name}</b>: {created} new, {updated} changed, {unchanged} as they were. Invite"
        " people with /undang and a name or NIP.",
        name=shown.name,
        **counts(t, shown),
    )


def explanation(t: Translator) -> Markup:
    """Explain how a roster gets in."""
    return t.html(
        "<b>Import the roster</b>\n"
        "1. Fill in the workbook below; only the sheets you need.\n"
        "2. Send it to me here as a file.\n"
        "3. I show what would change and every problem by sheet, row and column; nothing is written"
        " before you tap Apply.\n"
        "Sending the same file again changes nothing; rows that are missing later stay."
    )
