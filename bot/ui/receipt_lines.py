"""The single lines of a receipt: what was not counted, what proves it, until when it may change."""

import datetime as dt

from markupsafe import Markup

from bot.actions.receipts import Receipt
from bot.i18n import Translator
from bot.skp.entries import EvidenceKind
from bot.skp.pace import adds_to, names_amount
from bot.skp.workdays import ONE_DAY
from bot.skp.zones import abbreviation

LAST_MINUTE = dt.time(23, 59)


def not_added(t: Translator, shown: Receipt, unit: str) -> Markup:
    """Say why the figure stays: its unit is another one, or the number could not be taken."""
    counted = shown.stand.unit if shown.stand else None
    if shown.quantity is not None or not names_amount(shown.text, counted):
        return t.html("Not added to this figure, whose unit is “{unit}”.", unit=unit)
    if shown.changeable:
        return t.html(
            "The number was not understood. Give it with [Change]; the unit is “{unit}”.", unit=unit
        )
    return t.html("The number was not understood.")


def uncounted(shown: Receipt) -> bool:
    """Tell whether an entry leaves the figure of its RHK as it was."""
    standing = shown.stand
    if standing is None or not standing.known or standing.in_percent:
        return False
    if shown.percent is not None:
        return False
    return shown.quantity is None or not adds_to(shown.unit, standing.unit)


def not_linked(t: Translator, shown: Receipt) -> Markup:
    """Say that no RHK is linked, and what that means."""
    if not shown.planned:
        return t.html("There is no SKP for this year yet; the entry can be linked later.")
    return t.html("Not linked to an RHK yet.")


def misdated(t: Translator, shown: Receipt) -> list[Markup]:
    """Say that a date in the words cannot be the day of the entry."""
    if shown.misdated is None:
        return []
    return [
        t.html(
            "The date {date} is in the future or does not exist; the entry is kept under the day"
            " above.",
            date=shown.misdated,
        )
    ]


def window(t: Translator, shown: Receipt) -> Markup:
    """Tell until when the entry may change."""
    if not shown.changeable:
        return t.html("It can no longer be changed.")
    return t.html(
        "Can be changed until {day}, {hour} {zone}.",
        day=t.day_of_month(shown.closes - ONE_DAY),
        hour=t.hour(LAST_MINUTE),
        zone=abbreviation(shown.zone),
    )


def evidence_words(t: Translator, shown: Receipt) -> str:
    """Count what proves the entry, kind by kind."""
    return ", ".join(counted(t, kind, count) for kind, count in shown.evidence)


def counted(t: Translator, kind: EvidenceKind, count: int) -> str:
    """Count one kind of proof."""
    if kind is EvidenceKind.PHOTO:
        return t.ngettext("{n} photo", "{n} photos", count, n=count)
    if kind is EvidenceKind.FILE:
        return t.ngettext("{n} file", "{n} files", count, n=count)
    if kind is EvidenceKind.LINK:
        return t.ngettext("{n} link", "{n} links", count, n=count)
    return t.ngettext("{n} recording", "{n} recordings", count, n=count)
