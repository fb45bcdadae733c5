"""The screens of what a team shares: papers, and totals in the unit's group."""

import datetime as dt
from typing import Any

from markupsafe import Markup

from bot.actions.team_groups import Post, Totals
from bot.actions.team_views import Scale, View
from bot.i18n import Translator
from bot.ui.keyboards import Button, inline
from bot.ui.keys import key
from bot.ui.receipts import cut
from bot.ui.team_words import UNIT, Screen, grip, stretch

PDF, XLSX = 0, 1
THEMES_SHOWN = 5
THEME = 60


def share(t: Translator, view: View, offered: tuple[str, Totals | None] | None) -> Screen:
    """Offer the papers, and show what the unit's group would read before it does."""
    at = grip(view)
    lines = [t.html("<b>Send on</b>, {when}", when=stretch(t, view))]
    buttons = []
    if offered is None:
        lines.append(
            t.html("Bring me into your unit's group, and I can tell totals there, never a name.")
        )
    else:
        name, found = cut(offered[0], UNIT), offered[1]
        if found is None:
            lines.append(
                t.html("Totals of fewer than three people would tell of persons; they stay here.")
            )
        else:
            lines.append(t.html("The group “{group}” would read:", group=name))
            lines.append(Markup("<blockquote>{}</blockquote>").format(totals(t, found)))
            label = t.gettext("Send to the group")
            buttons.append(Button(label, key("team-tell", *at), "success"))
    buttons += [
        Button(t.gettext("Download PDF"), key("team-file", *at, PDF)),
        Button(t.gettext("Download Excel"), key("team-file", *at, XLSX)),
        Button(t.gettext("Back"), key("team-all", *at)),
    ]
    return Markup("\n").join(lines), inline(*buttons)


def totals(t: Translator, found: Totals) -> Markup:
    """Tell a team's totals where others read along."""
    lines = [
        t.nhtml(
            "<b>{unit}</b>, {when}: {logged} of {people} people logged, {count} entry.",
            "<b>{unit}</b>, {when}: {logged} of {people} people logged, {count} entries.",
            found.entries,
            unit=cut(found.unit, UNIT),
            when=stretch(t, found.view),
            logged=found.logged,
            people=found.people,
            count=found.entries,
        )
    ]
    if found.themes:
        names = ", ".join(cut(one, THEME) for one in found.themes[:THEMES_SHOWN])
        lines.append(t.html("Themes: {themes}.", themes=names))
    return Markup("\n").join(lines)


def told(t: Translator, data: dict[str, Any]) -> Markup:
    """Tell totals as they were when the leader sent them."""
    view = View(Scale(data["scale"]), dt.date.fromisoformat(data["day"]))
    sums = (data["people"], data["logged"], data["entries"])
    return totals(t, Totals(data["unit"], view, *sums, tuple(data["themes"])))


def posted(t: Translator, done: Post, view: View) -> Screen:
    """Say that something is on its way into the group, or went there before."""
    name = cut(done.group, UNIT)
    if done.before:
        text = t.html("This was told in the group “{group}” already.", group=name)
    else:
        text = t.html("✓ On its way into the group “{group}”.", group=name)
    return text, inline(Button(t.gettext("Back"), key("team-all", *grip(view))))
