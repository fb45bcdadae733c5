"""The screens of an admin who looks people up."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from markupsafe import Markup

from bot.actions.invitations import Invited
from bot.actions.staff import Match, StaffCard
from bot.i18n import Translator
from bot.skp.nip import mask
from bot.ui.keyboards import Button, inline, rows
from bot.ui.keys import key
from bot.ui.registration import short

Screen = tuple[Markup, dict[str, Any] | None]

SHOWN = 10


def how_to_search(t: Translator, command: str) -> Markup:
    """Say what the command wants."""
    return t.html(
        "Write a NIP or part of a name after the command, for example <code>/{command}"
        " Sari</code>.",
        command=command,
    )


def matches(t: Translator, found: Sequence[Match], text: str, verb: str) -> Screen:
    """Let the admin choose among several people."""
    if len(found) > SHOWN:
        return (
            t.html(
                "{n} people fit “{text}”. Please write more of the name, or the NIP.",
                n=t.number(len(found)),
                text=text,
            ),
            None,
        )
    lines = [t.html("{name}, NIP {nip}", name=one.name, nip=mask(one.nip)) for one in found]
    head = t.html("Who is meant by “{text}”?", text=text)
    buttons = [
        Button(short(f"{place}. {one.name}"), key(verb, one.id))
        for place, one in enumerate(found, start=1)
    ]
    return Markup("\n").join([head, *lines]), inline(*buttons)


def nobody(t: Translator, text: str) -> Markup:
    """Say that nobody fits."""
    return t.html(
        "Nobody in the roster fits “{text}”. Try part of the name, or the 18 digits of the NIP.",
        text=text[:60],
    )


def card(t: Translator, person: StaffCard, zone: dt.tzinfo) -> Screen:
    """Show a person's card."""
    known = person.identity
    lines = [t.html("<b>{name}</b>, NIP {nip}", name=known.name, nip=mask(known.nip))]
    if known.unit is not None:
        lines.append(t.html("{position}, {unit}", position=known.position, unit=known.unit))
    if known.supervisor is not None:
        lines.append(t.html("Supervisor: {name}", name=known.supervisor))
    facts = [person.kind, person.rank, ", ".join(person.roles), person.phone]
    lines.append(Markup(" · ").join(fact for fact in facts if fact))
    if person.disputed_at is not None:
        day = t.day(person.disputed_at.astimezone(zone).date())
        lines.append(t.html("Says that the supervisor is wrong: {day}", day=day))
    lines.append(door(t, person, zone))
    if person.inside:
        button = Button(t.gettext("Release account"), key("staff-release", person.id))
    else:
        button = Button(t.gettext("Invite"), key("staff-invite", person.id), style="success")
    stand_in = Button(t.gettext("Plt/Plh"), key("acting", person.id))
    return Markup("\n").join(lines), rows([button, stand_in])


def door(t: Translator, person: StaffCard, zone: dt.tzinfo) -> Markup:
    """Say whether a person is in, invited, or neither."""
    if person.inside and person.consented_at is not None:
        day = t.day(person.consented_at.astimezone(zone).date())
        return t.html("In since {day}; one Telegram account is bound.", day=day)
    if person.inside:
        return t.html("In; one Telegram account is bound.")
    if person.invited_until is not None:
        day = t.day(person.invited_until.astimezone(zone).date())
        return t.html("Not yet in; the code is valid until {day}.", day=day)
    return t.html("Not yet in, and without a code.")


def released(t: Translator, name: str, employee_id: int) -> Screen:
    """Say that an account is released."""
    text = t.html(
        "The Telegram account of <b>{name}</b> is released. The entries stay. To come in with"
        " another account, {name} needs a new code.",
        name=name,
    )
    return text, inline(
        Button(t.gettext("Invite"), key("staff-invite", employee_id), style="success"),
        Button(t.gettext("Undo"), key("staff-rebind", employee_id)),
    )


def invitation(t: Translator, made: Invited, bot: str | None, zone: dt.tzinfo) -> Screen:
    """Hand an admin a fresh code to pass on."""
    link = f"https://t.me/{bot}?start={made.code}" if bot else f"/start {made.code}"
    text = t.html(
        "Invitation for <b>{name}</b>, valid until {day}, usable once. Pass it on to nobody else:\n"
        "{link}\n\nCode: <code>{code}</code>",
        name=made.name,
        day=t.day(made.expires_at.astimezone(zone).date()),
        link=link,
        code=made.code,
    )
    return text, inline(Button(t.gettext("Copy link"), copy=link))
