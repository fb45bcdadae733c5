"""The screen of changes."""

import datetime as dt
from typing import Any

from markupsafe import Markup

from bot.actions.audit import ChangeLine, Changes
from bot.i18n import Translator
from bot.ui.keyboards import Button, inline
from bot.ui.keys import key
from bot.ui.receipts import cut

Screen = tuple[Markup, dict[str, Any]]

NAME = 40


def changes(t: Translator, found: Changes, zone: dt.tzinfo) -> Screen:
    """List a page of changes, the newest first."""
    if not found.lines:
        text = t.html("No changes are recorded here.")
        return text, inline(Button(t.gettext("Menu"), key("menu")))
    lines = [t.html("<b>Changes</b>"), *(change(t, one, zone) for one in found.lines)]
    buttons = []
    if found.page:
        buttons.append(Button(t.gettext("Newer"), key("audit", found.about, found.page - 1)))
    if found.older:
        buttons.append(Button(t.gettext("Older"), key("audit", found.about, found.page + 1)))
    if found.about:
        buttons.append(Button(t.gettext("All changes"), key("audit", 0, 0)))
    return Markup("\n").join(lines), inline(*buttons)


def change(t: Translator, one: ChangeLine, zone: dt.tzinfo) -> Markup:
    """Write one change: when, who, what, about whom."""
    local = one.at.astimezone(zone)
    values = {
        "day": t.day_of_month(local.date()),
        "hour": t.hour(local.time()),
        "actor": cut(one.actor, NAME) if one.actor else t.gettext("the system"),
        "what": what(t, one),
    }
    if one.subject is None or one.subject == one.actor:
        return t.html("• {day} {hour}, {actor}: {what}", **values)
    subject = cut(one.subject, NAME)
    return t.html("• {day} {hour}, {actor}: {what} – {subject}", subject=subject, **values)


def what(t: Translator, one: ChangeLine) -> str:
    """Say what was done; what has no words yet by its own name."""
    if one.action == "roster.applied":
        return t.gettext(
            "roster imported ({created} new, {updated} changed)",
            created=one.details.get("created", 0),
            updated=one.details.get("updated", 0),
        )
    words = {
        "account.released": t.gettext("account released"),
        "account.bound-again": t.gettext("account bound again"),
        "person.invited": t.gettext("invited"),
        "consent.given": t.gettext("came in and consented"),
        "identity.denied": t.gettext("said “this is not me”"),
        "supervisor.disputed": t.gettext("said that the supervisor is wrong"),
        "broadcast.sent": t.gettext("broadcast sent"),
        "broadcast.stopped": t.gettext("broadcast stopped"),
        "acting.set": t.gettext("stands in for a leader"),
        "acting.ended": t.gettext("stands in for a leader no longer"),
    }
    return words.get(one.action, one.action)
