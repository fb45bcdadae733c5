"""The screens from which entries are copied into e-Kinerja's daily form."""

import re
from collections.abc import Iterator
from pathlib import PurePath
from typing import Any

from markupsafe import Markup

from bot.actions.copying import EvidenceCopy, Pack
from bot.actions.exports import ExportedEntry
from bot.actions.team_views import Scale, View
from bot.documents.ekinerja import form_values, progress_plan
from bot.i18n import Translator
from bot.skp.plain_lines import clean
from bot.skp.progress_rows import TEXT_LIMIT, Gap
from bot.skp.workdays import ONE_DAY
from bot.ui.histories import stretch_words, where
from bot.ui.keyboards import MOST_BUTTONS, Button, inline, paged, rows
from bot.ui.keys import key
from bot.ui.receipts import EXCERPT, cut

Screen = tuple[Markup, dict[str, Any]]

# What a button copies, counted in UTF-16 units; the form's field for the activity takes less.
COPIED = 256
SHOWN = 200
TO_COPY = ("plan", "text", "evidence_url")
FORBIDDEN = re.compile(r"[\\/:*?\"<>|]+")
TITLE = 60


def copy_screen(t: Translator, pack: Pack, index: int, page: int = 0) -> Screen:
    """Show one entry field by field, as the form wants it, with what copies each long field."""
    if not pack.entries:
        return nothing_to_copy(t, pack.view)
    index = min(max(index, 0), len(pack.entries) - 1)
    shown = pack.entries[index]
    lines = [
        t.nhtml(
            "<b>Copy into e-Kinerja</b> · {stretch} · {n} entry",
            "<b>Copy into e-Kinerja</b> · {stretch} · {n} entries",
            len(pack.entries),
            stretch=stretch_words(t, pack.view),
            n=t.number(len(pack.entries)),
        ),
        *gap_line(t, pack),
        t.html("<b>Entry {place} of {n}</b>", place=index + 1, n=len(pack.entries)),
        *field_lines(t, shown),
        t.html(
            "Tap a value to copy it. More: <code>/salin kemarin</code>, <code>/salin 20 nov</code>,"
            " <code>/salin bulan</code>."
        ),
    ]
    return Markup("\n").join(lines), rows(*copy_keys(t, pack, index, page))


def nothing_to_copy(t: Translator, view: View) -> Screen:
    """Say that there is nothing yet, and offer other stretches."""
    text = t.html("No entries to copy: {stretch}.", stretch=stretch_words(t, view))
    others = (
        (View(Scale.DAY, view.day - ONE_DAY), t.day_short(view.day - ONE_DAY)),
        (View(Scale.WEEK, view.day), t.gettext("The whole week")),
        (View(Scale.MONTH, view.day), t.gettext("The whole month")),
    )
    return text, inline(
        *(Button(label, copy_key(one, "copy", 0)) for one, label in others if one != view),
        Button(t.gettext("Menu"), key("menu")),
    )


def copy_key(view: View, verb: str, *more: int) -> str:
    """Write a key that speaks of a day, a week or a month."""
    return key(verb, int(view.scale), view.day.toordinal(), *more)


def gap_line(t: Translator, pack: Pack) -> list[Markup]:
    """Count what stays empty because nobody said it."""
    names = {
        Gap.PLAN: t.gettext("rencana aksi"),
        Gap.HOURS: t.gettext("hours"),
        Gap.QUANTITY: t.gettext("whole number"),
        Gap.LINK: t.gettext("evidence link"),
    }
    counts = pack.gaps
    missing = " · ".join(
        f"{name} {t.number(counts[gap])}" for gap, name in names.items() if counts[gap]
    )
    if not missing:
        return []
    return [t.html("Left empty, because it was not named: {missing}.", missing=missing)]


def field_lines(t: Translator, shown: ExportedEntry) -> Iterator[Markup]:
    """Write the eight fields in the form's order; a value is copied by tapping it."""
    values = form_values(shown.row)
    for column in progress_plan().columns:
        value = cut(str(values[column.attribute]), SHOWN)
        note = note_on(t, shown, column.attribute)
        if value:
            yield t.html(
                "{field}: <code>{value}</code>{note}", field=column.heading, value=value, note=note
            )
        else:
            yield t.html("{field}: –{note}", field=column.heading, note=note)


def note_on(t: Translator, shown: ExportedEntry, field: str) -> str:
    """Say why a field holds less than was logged."""
    if field == "day" and shown.last_day is not None:
        last = t.day_of_month(shown.last_day)
        return " " + t.gettext("(until {day}; the form takes one date)", day=last)
    if field == "quantity" and shown.quantity is not None and shown.row.whole_quantity is None:
        number = t.number(shown.quantity)
        return " " + t.gettext("({number}; the form takes whole numbers)", number=number)
    return ""


def copy_keys(t: Translator, pack: Pack, index: int, page: int) -> list[list[Button]]:
    """Lay out what copies, completes, downloads and turns; what has no room is a tap away."""
    view = pack.view
    turning = []
    if index > 0:
        turning.append(Button(t.gettext("Previous"), copy_key(view, "copy", index - 1)))
    if index + 1 < len(pack.entries):
        turning.append(Button(t.gettext("Next"), copy_key(view, "copy", index + 1)))
    shown = paged(
        [*copy_buttons(t, pack.entries[index]), *completing(t, pack), xlsx_button(t, view)],
        page,
        lambda other: Button(t.gettext("Others"), copy_key(view, "copy-more", index, other)),
        room=MOST_BUTTONS - len(turning),
    )
    pairs = [shown[i : i + 2] for i in range(0, len(shown), 2)]
    return [line for line in (*pairs, turning) if line]


def completing(t: Translator, pack: Pack) -> Iterator[Button]:
    """Offer to fill in what nobody named, and the files that prove the entries."""
    if pack.timeless:
        label = t.gettext("Fill in hours ({n})", n=len(pack.timeless))
        yield Button(label, copy_key(pack.view, "hours", 0))
    if pack.copies:
        yield Button(t.gettext("Send evidence files"), copy_key(pack.view, "evidence-files", 0))


def xlsx_button(t: Translator, view: View) -> Button:
    """Offer the eight columns as a workbook."""
    return Button(t.gettext("Download XLSX"), copy_key(view, "copy-xlsx"))


def copy_buttons(t: Translator, shown: ExportedEntry) -> Iterator[Button]:
    """Copy the fields that are long to type, whole, in as many parts as it takes."""
    values = {**form_values(shown.row), "text": clean(shown.text)}
    for column in progress_plan().columns:
        if column.attribute not in TO_COPY:
            continue
        text = str(values[column.attribute])
        parts = list(in_parts(text, at_words=column.attribute != "evidence_url"))
        for number, part in enumerate(parts, start=1):
            label = (
                t.gettext("Copy {field}", field=column.heading)
                if len(parts) == 1
                else f"{column.heading} {number}/{len(parts)}"
            )
            yield Button(label, copy=part)


def in_parts(text: str, *, at_words: bool) -> Iterator[str]:
    """Cut a text into parts that a button copies and the form's field takes."""
    while text:
        part = fitting(text)
        if at_words and len(part) < len(text) and not text[len(part)].isspace():
            head, space, _ = part.rpartition(" ")
            part = head if space and head else part
        yield part.strip()
        text = text[len(part) :].strip() if at_words else text[len(part) :]


def fitting(text: str) -> str:
    """Give the longest beginning of a text that fits both the button and the field."""
    part = text[:TEXT_LIMIT]
    while len(part.encode("utf-16-le")) // 2 > COPIED:
        part = part[:-1]
    return part


def ask_hours(t: Translator, pack: Pack, entry: ExportedEntry) -> Screen:
    """Ask for the hours of one entry."""
    left = len(pack.timeless) - pack.timeless.index(entry.id)
    text = t.nhtml(
        "Hours of <b>{day}</b>: “{text}”\nFrom when until when? For example <i>09.00-11.00</i>."
        " {n} entry is left.",
        "Hours of <b>{day}</b>: “{text}”\nFrom when until when? For example <i>09.00-11.00</i>."
        " {n} entries are left.",
        left,
        day=t.day_short(entry.day),
        text=cut(entry.text, EXCERPT),
        n=left,
    )
    return text, inline(
        Button(t.gettext("Skip"), copy_key(pack.view, "hours", entry.id)),
        Button(t.gettext("Back"), copy_key(pack.view, "hours-end")),
    )


def file_name(t: Translator, copy: EvidenceCopy, seen: int) -> str:
    """Name a file by the day, the RHK and what it shows; `seen` tells apart what is named alike."""
    suffix = PurePath(copy.path).suffix
    day = copy.entry.day.isoformat()
    title = clean(FORBIDDEN.sub(" ", copy.title.removeprefix(day))).removesuffix(suffix)
    place = where(t, copy.entry.number, additional=copy.entry.additional)
    name = f"{day} {place} {cut(title, TITLE).rstrip('…')}".strip()
    return f"{name} ({seen + 1}){suffix}" if seen else f"{name}{suffix}"


def file_caption(t: Translator, copy: EvidenceCopy) -> Markup:
    """Say what a file proves."""
    return t.html(
        "{day} · {where} · {text}",
        day=t.day_short(copy.entry.day),
        where=where(t, copy.entry.number, additional=copy.entry.additional),
        text=cut(copy.entry.text, EXCERPT),
    )


def files_sent(t: Translator, view: View, sent: tuple[int, int, int]) -> Screen:
    """Say how many files were sent of how many, and how many are not here any more."""
    done, count, lost = sent
    lines = [t.html("{done} of {count} files sent.", done=done, count=count)]
    if lost:
        lines.append(
            t.nhtml(
                "{n} file is not in our store any more; please tell the operator.",
                "{n} files are not in our store any more; please tell the operator.",
                lost,
                n=lost,
            )
        )
    lines.append(
        t.html(
            "e-Kinerja takes one link: put the files where your supervisor can open them, and paste"
            " the link there."
        )
    )
    more = [Button(t.gettext("Send more"), copy_key(view, "evidence-files", done))]
    back = Button(t.gettext("Copy into e-Kinerja"), copy_key(view, "copy", 0))
    return Markup("\n").join(lines), inline(*(more if done < count else []), back)


def workbook_name(view: View) -> str:
    """Name the workbook by its days."""
    names = {
        Scale.DAY: f"{view.day}",
        Scale.WEEK: f"{view.whole.start}-{view.whole.end - ONE_DAY}",
        Scale.MONTH: f"{view.day:%Y-%m}",
    }
    return f"progres-harian-{names[view.scale]}.xlsx"


def workbook_caption(t: Translator, pack: Pack) -> Markup:
    """Say what the workbook holds, and that it may come back."""
    lines = [
        t.nhtml(
            "e-Kinerja's eight columns · {stretch} · {n} entry.",
            "e-Kinerja's eight columns · {stretch} · {n} entries.",
            len(pack.entries),
            stretch=stretch_words(t, pack.view),
            n=t.number(len(pack.entries)),
        ),
        *gap_line(t, pack),
        t.html(
            "Sent back to me, also with lines added, it is taken in; what is there already is not"
            " logged twice. Give a file with another name the caption <code>impor</code>."
        ),
    ]
    return Markup("\n").join(lines)
