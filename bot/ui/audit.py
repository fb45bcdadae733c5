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
    """Say what was done."""
    if one.action == "roster.applied":
        return t.gettext(
            "roster imported ({created} new, {updated} changed)",
            created=one.details.get("created", 0),
            updated=one.details.get("updated", 0),
        )
    if one.action in ("holiday.added", "holiday.removed"):
        return holiday(t, one)
    words = {**of_people(t), **of_plans(t), **of_days(t), **of_sendings(t)}
    return words.get(one.action, one.action)


def holiday(t: Translator, one: ChangeLine) -> str:
    """Name the holiday that was entered or taken out."""
    day = t.day(dt.date.fromisoformat(one.details["day"]))
    name = cut(str(one.details["name"]), NAME)
    if one.action == "holiday.added":
        return t.gettext("holiday entered: {name}, {day}", name=name, day=day)
    return t.gettext("holiday taken out: {name}, {day}", name=name, day=day)


def of_people(t: Translator) -> dict[str, str]:
    """Say what was done to people and their accounts."""
    return {
        "account.released": t.gettext("account released"),
        "account.bound-again": t.gettext("account bound again"),
        "person.invited": t.gettext("invited"),
        "consent.given": t.gettext("came in and consented"),
        "identity.denied": t.gettext("said “this is not me”"),
        "supervisor.disputed": t.gettext("said that the supervisor is wrong"),
        "acting.set": t.gettext("stands in for a leader"),
        "acting.ended": t.gettext("stands in for a leader no longer"),
        "help-asked": t.gettext("asked for help"),
    }


def of_plans(t: Translator) -> dict[str, str]:
    """Say what was done in a plan."""
    return {
        "plan.added": t.gettext("RHK added"),
        "plan.changed": t.gettext("RHK changed"),
        "plan.removed": t.gettext("RHK removed"),
        "plan.linked": t.gettext("RHK linked to the leader's"),
        "plan.wish-dropped": t.gettext("wish for an RHK put aside"),
        "plan.submitted": t.gettext("SKP submitted"),
        "plan.withdrawn": t.gettext("SKP taken back"),
        "plan.approved": t.gettext("SKP approved"),
        "plan.returned": t.gettext("SKP returned"),
    }


def of_days(t: Translator) -> dict[str, str]:
    """Say what was done to days and entries."""
    return {
        "absence.noted": t.gettext("days away noted"),
        "absence.taken-back": t.gettext("days away taken back"),
        "entry.corrected": t.gettext("entry corrected after its time"),
        "ramadan.confirmed": t.gettext("dates of Ramadan confirmed"),
    }


def of_sendings(t: Translator) -> dict[str, str]:
    """Say what was sent or made public."""
    return {
        "broadcast.sent": t.gettext("broadcast sent"),
        "broadcast.stopped": t.gettext("broadcast stopped"),
        "group.linked": t.gettext("group of the unit linked"),
        "pact.published": t.gettext("pact published"),
        "quiz.sent": t.gettext("quiz sent"),
    }
