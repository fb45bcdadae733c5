"""The screens of an admin who says something to many at once."""

from collections.abc import Sequence
from typing import Any

from markupsafe import Markup

from bot.actions.broadcasts import Place, Preview, Standing
from bot.i18n import Translator
from bot.ui.keyboards import Button, inline
from bot.ui.keys import key
from bot.ui.registration import short

Screen = tuple[Markup, dict[str, Any] | None]

SHOWN = 10
FEW = 4
MINUTE = 60


def plain(text: str) -> Markup:
    """Show what was written as it was written."""
    return Markup("{}").format(text)


def ask_text(t: Translator) -> Markup:
    """Ask what is to be said."""
    return t.html(
        "Write the text as it should arrive, at most {limit} characters. Nothing is sent yet."
        " /batal leaves it.",
        limit=t.number(3500),
    )


def ask_addressees(t: Translator, broadcast_id: int, units: Sequence[Place]) -> Screen:
    """Ask whom it goes to; many units are searched by name."""
    if len(units) > FEW:
        text = t.html(
            "To whom? Choose everyone, or write part of the name of one of {n} units; the units"
            " below it belong to it.",
            n=t.number(len(units)),
        )
        units = ()
    else:
        text = t.html("To whom? A unit means the units below it, too.")
    return text, inline(everyone(t, broadcast_id), *buttons(broadcast_id, units), wide=1)


def found(t: Translator, broadcast_id: int, units: Sequence[Place], text: str) -> Screen:
    """Let the admin choose among the units that fit."""
    if not units:
        said = t.html("No unit fits “{text}”. Write another part of its name.", text=text[:60])
        return said, inline(everyone(t, broadcast_id))
    if len(units) > SHOWN:
        said = t.html(
            "{n} units fit “{text}”. Please write more of the name.",
            n=t.number(len(units)),
            text=text[:60],
        )
        return said, inline(everyone(t, broadcast_id))
    said = t.html("Which unit is meant by “{text}”?", text=text[:60])
    return said, inline(*buttons(broadcast_id, units), wide=1)


def everyone(t: Translator, broadcast_id: int) -> Button:
    """Give the button for all."""
    return Button(t.gettext("Everyone"), key("broadcast-to", broadcast_id, 0))


def buttons(broadcast_id: int, units: Sequence[Place]) -> list[Button]:
    """Give a button a unit."""
    return [Button(short(unit.name), key("broadcast-to", broadcast_id, unit.id)) for unit in units]


def whom(t: Translator, unit: str | None) -> str:
    """Name the addressees."""
    return t.gettext("everyone") if unit is None else unit


def lasting(t: Translator, seconds: int) -> str:
    """Say about how long something takes."""
    if seconds <= MINUTE:
        rounded = max(1, -(-seconds // 5)) * 5
        return t.ngettext("about {n} second", "about {n} seconds", rounded, n=rounded)
    minutes = -(-seconds // MINUTE)
    return t.ngettext("about {n} minute", "about {n} minutes", minutes, n=t.number(minutes))


def preview(t: Translator, shown: Preview) -> Screen:
    """Show a broadcast exactly as it will arrive, and to how many."""
    head = t.nhtml(
        "Preview for <b>{whom}, {n} person</b>, {lasting}.",
        "Preview for <b>{whom}, {n} people</b>, {lasting}.",
        shown.people,
        whom=whom(t, shown.unit),
        n=t.number(shown.people),
        lasting=lasting(t, shown.seconds),
    )
    lines = [head]
    keys = [Button(t.gettext("Send"), key("broadcast-send", shown.id), style="success")]
    if shown.quiet:
        lines.append(
            t.html(
                "Quiet hours for {n} of them: [Send] lets it arrive there at 07.00 local time.",
                n=t.number(shown.quiet),
            )
        )
        keys.append(Button(t.gettext("Send now"), key("broadcast-now", shown.id)))
    lines += [Markup(), plain(shown.text)]
    keys += [
        Button(t.gettext("Change"), key("broadcast-edit", shown.id)),
        Button(t.gettext("Other addressees"), key("broadcast-whom", shown.id)),
        Button(t.gettext("Cancel"), key("broadcast-drop", shown.id)),
    ]
    return Markup("\n").join(lines), inline(*keys)


def receipt(t: Translator, standing: Standing) -> Screen:
    """Show how far a broadcast is."""
    if standing.state == "sending":
        head = t.html(
            "Being sent to <b>{whom}</b>: {waiting} of {n} still wait.",
            whom=whom(t, standing.unit),
            waiting=t.number(standing.waiting),
            n=t.number(standing.people),
        )
        keys = [
            Button(t.gettext("Stop"), key("broadcast-stop", standing.id)),
            Button(t.gettext("Refresh"), key("broadcast-view", standing.id)),
        ]
        return Markup("\n").join([head, counts(t, standing)]), inline(*keys)
    return report(t, standing), None


def report(t: Translator, standing: Standing) -> Markup:
    """Tell what became of a broadcast."""
    name = whom(t, standing.unit)
    head = (
        t.html("The broadcast to <b>{whom}</b> is stopped.", whom=name)
        if standing.state == "stopped"
        else t.html("The broadcast to <b>{whom}</b> is out.", whom=name)
    )
    return Markup("\n").join([head, counts(t, standing)])


def counts(t: Translator, standing: Standing) -> Markup:
    """Count what arrived and what did not; what is zero is not said."""
    n = t.number
    said = [t.html("{n} arrived", n=n(standing.sent))]
    if standing.blocked:
        said.append(t.html("{n} blocked the bot", n=n(standing.blocked)))
    if standing.uncertain:
        said.append(t.html("{n} uncertain", n=n(standing.uncertain)))
    if standing.other:
        said.append(t.html("{n} not delivered", n=n(standing.other)))
    if standing.stopped:
        said.append(t.html("{n} stopped before sending", n=n(standing.stopped)))
    return Markup(", ").join(said) + "."
