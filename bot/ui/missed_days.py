"""The screens of working days without an entry."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from markupsafe import Markup

from bot.actions.missed_days import MissedDay, Source, Suggestion, mark
from bot.i18n import Translator
from bot.ui.keyboards import MOST_BUTTONS, Button, inline
from bot.ui.keys import key
from bot.ui.receipts import cut

Screen = tuple[Markup, dict[str, Any]]

TEXT = 90
FEWEST_TO_SAVE_AT_ONCE = 2


def missed_screen(
    t: Translator, days: Sequence[MissedDay], saved: Sequence[dt.date] = (), undo: int = 0
) -> Screen:
    """List the missed days with one suggestion each; `undo` is the arrival that saved some."""
    lines = [saved_line(t, saved)] if saved else []
    if not days:
        lines.append(
            t.html("Nothing is missing: each of the last ten working days is logged or excused.")
        )
        ways = [
            Button(t.gettext("History"), key("history", 0)),
            Button(t.gettext("Menu"), key("menu")),
        ]
        return Markup("\n").join(lines), inline(*undo_button(t, undo), *ways)
    lines.append(
        t.nhtml(
            "<b>{n} working day without an entry.</b>",
            "<b>{n} working days without an entry.</b>",
            len(days),
            n=len(days),
        )
    )
    lines += [day_line(t, one) for one in days]
    lines.append(
        t.html(
            "What is saved here is marked <i>late entry</i> and has no figures. Or write it"
            " yourself, for example <i>18 nov dampingi 4 balita</i>."
        )
    )
    return Markup("\n").join(lines), inline(*buttons(t, days, undo))


def saved_line(t: Translator, saved: Sequence[dt.date]) -> Markup:
    """Say on which days something was saved."""
    return t.html(
        "Saved and marked <i>late entry</i>: <b>{days}</b>. Figures are not included; add them in"
        " /riwayat.",
        days=", ".join(t.day_short(day) for day in saved),
    )


def day_line(t: Translator, one: MissedDay) -> Markup:
    """Write one missed day with its suggestion."""
    values = {"day": t.day_short(one.day)}
    suggestion = one.suggestion
    if suggestion is None:
        return t.html("<b>{day}</b> – no hint yet.", **values)
    values["text"] = cut(suggestion.text, TEXT)
    if suggestion.source is Source.PLAN:
        return t.html("<b>{day}</b> – your plan: “{text}”", **values)
    return t.html("<b>{day}</b> – as on {like}: “{text}”", like=like(t, suggestion), **values)


def like(t: Translator, suggestion: Suggestion) -> str:
    """Name the day on which the same was done."""
    return t.day_short(suggestion.like) if suggestion.like else ""


def buttons(t: Translator, days: Sequence[MissedDay], undo: int) -> list[Button]:
    """Offer to save or write the first days; the next ones follow when these are done."""
    suggested = [one for one in days if one.suggestion]
    others = [*undo_button(t, undo), away_button(t, days)]
    if len(suggested) >= FEWEST_TO_SAVE_AT_ONCE:
        label = t.gettext("Save all {n}", n=len(suggested))
        others.insert(0, Button(label, key("missed-all", mark(days))))
    first = [day_button(t, one) for one in days[: MOST_BUTTONS - len(others)]]
    return [*first, *others]


def day_button(t: Translator, one: MissedDay) -> Button:
    """Offer to save the suggestion of a day, or to write a sentence for it."""
    day, ordinal = t.day_brief(one.day), one.day.toordinal()
    if one.suggestion is None:
        return Button(t.gettext("Write {day}", day=day), key("missed-write", ordinal))
    source, number = one.suggestion.source, one.suggestion.id
    label = t.gettext("Save {day}", day=day)
    return Button(label, key("missed-save", ordinal, source, number), "success")


def away_button(t: Translator, days: Sequence[MissedDay]) -> Button:
    """Offer to say that one was away; of several days it is asked which."""
    verb = away_key(days[0].day) if len(days) == 1 else key("missed-away")
    return Button(t.gettext("Leave/Trip"), verb)


def away_key(day: dt.date) -> str:
    """Write the key that asks why somebody was away on a day."""
    return key("away", f"{day:%Y%m%d}")


def undo_button(t: Translator, undo: int) -> list[Button]:
    """Offer to take back what was just saved."""
    return [Button(t.gettext("Undo"), key("missed-undo", undo))] if undo else []


def which_away(t: Translator, days: Sequence[MissedDay]) -> Screen:
    """Ask on which day the absence began."""
    choices = [Button(t.day_brief(one.day), away_key(one.day)) for one in days]
    text = t.html("From which day were you away? How long, I ask next.")
    return text, inline(*choices, Button(t.gettext("Back"), key("missed")), wide=3)


def ask_sentence(t: Translator, day: dt.date) -> Screen:
    """Ask what was done on a day."""
    text = t.html(
        "What was your work on <b>{day}</b>? One sentence is enough; it is marked <i>late"
        " entry</i>.",
        day=t.day(day),
    )
    return text, inline(Button(t.gettext("Back"), key("missed")))
