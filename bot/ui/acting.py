"""The screens of who leads in another's place."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from markupsafe import Markup

from bot.actions.acting import StandIn, StandIns, Term
from bot.actions.staff import Match
from bot.i18n import Translator
from bot.skp.nip import mask
from bot.skp.people import ActingKind
from bot.skp.workdays import ONE_DAY
from bot.ui.keyboards import Button, inline
from bot.ui.keys import key
from bot.ui.receipts import cut

Screen = tuple[Markup, dict[str, Any]]

KINDS = tuple(ActingKind)
OPEN_END = 0
SHOWN = 8


def stand_ins(t: Translator, found: StandIns) -> Screen:
    """List who stands in for a leader, and ask for another one."""
    lines = [t.html("<b>Who stands in for {leader}</b>", leader=found.leader)]
    lines += [one_line(t, one) for one in found.people]
    if not found.people:
        lines.append(t.html("Nobody now."))
    lines.append(
        t.html(
            "Write who leads in this place, and until when: <i>Plh Sari Contoh sampai 5 Des</i>,"
            " or <i>Plt</i> and a NIP. Without a day it lasts until you end it."
        )
    )
    buttons = [
        Button(cut(t.gettext("End {name}", name=one.name), 22), key("acting-end", one.id))
        for one in found.people[:SHOWN]
    ]
    buttons.append(Button(t.gettext("Back"), key("staff", found.leader_id)))
    return Markup("\n").join(lines), inline(*buttons)


def one_line(t: Translator, one: StandIn) -> Markup:
    """Write who stands in, as what and until when."""
    values = {"kind": one.kind.value.capitalize(), "name": one.name, "since": t.day(one.since)}
    if one.until is None:
        return t.html("• {kind} {name}, since {since}", **values)
    last = t.day(one.until - ONE_DAY)
    return t.html("• {kind} {name}, {since} to {last}", last=last, **values)


def choose(t: Translator, leader_id: int, found: Sequence[Match], term: Term) -> Screen:
    """Let the admin choose who is meant, and confirm it by that tap."""
    if not found or len(found) > SHOWN:
        text = t.html("Nobody, or too many, fit this name. Write more of it, or the NIP.")
        return text, inline(Button(t.gettext("Back"), key("acting", leader_id)))
    until = OPEN_END if term.until is None else term.until.toordinal()
    kind = KINDS.index(term.kind)
    lines = [t.html("{name}, NIP {nip}", name=one.name, nip=mask(one.nip)) for one in found]
    if term.until is None:
        head = t.html("Who becomes {kind}, until you end it?", kind=term.kind.value.capitalize())
    else:
        last = t.day(term.until - ONE_DAY)
        head = t.html(
            "Who becomes {kind} until {last}?", kind=term.kind.value.capitalize(), last=last
        )
    buttons = [
        Button(cut(one.name, 22), key("acting-pick", leader_id, one.id, kind, until), "success")
        for one in found
    ]
    buttons.append(Button(t.gettext("Back"), key("acting", leader_id)))
    return Markup("\n").join([head, *lines]), inline(*buttons)


def unread_day(t: Translator, leader_id: int) -> Screen:
    """Say that the last day could not be read."""
    text = t.html("The date could not be read. Example: 24 Nov")
    return text, inline(Button(t.gettext("Back"), key("acting", leader_id)))


def last_day(until: int) -> dt.date | None:
    """Read the end that a button carries."""
    return None if until == OPEN_END else dt.date.fromordinal(until)
