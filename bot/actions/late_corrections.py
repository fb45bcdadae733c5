"""Put an entry right after its window: never without a reason, which stays in the record."""

import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from enum import IntEnum
from functools import partial
from typing import Any
from zoneinfo import ZoneInfo

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.actions import corrections
from bot.actions.corrections import Grip
from bot.actions.entries import Typed
from bot.actions.receipts import Receipt, results_to_choose
from bot.actions.typed_values import read_amount, read_days
from bot.refusal import Refusal
from bot.skp.plain_lines import one_line
from db import entries
from db.models.entries import Entry
from db.models.messages import AuditRecord
from db.models.people import Employee

CORRECTED = "entry.corrected"
REASON_LIMIT = 300
SHORTEST_REASON = 5
# More working days than lie between any entry that may still be moved and today.
ALWAYS = 1500
RESULT_NUMBER = re.compile(r"(?:rhk )?([0-9]{1,3})", re.IGNORECASE)
NO_RESULT = {"0", "tambahan", "tugas tambahan", "additional", "additional task"}

# A deed of `corrections` whose value is already given: session, person and grip are left.
Deed = Callable[[AsyncSession, Employee, Grip], Awaitable[Receipt]]


class Field(IntEnum):
    """Name what of an entry can be put right; a button carries the number."""

    AMOUNT = 0
    DAY = 1
    SENTENCE = 2
    RESULT = 3


@dataclass(frozen=True)
class Correction:
    """What somebody puts right, as it was typed, and why."""

    entry_id: int
    field: Field
    reason: str
    typed: Typed


def read_reason(text: str) -> str:
    """Read why something is corrected; a word or two explain nothing."""
    reason = one_line(text, REASON_LIMIT)
    if len(reason) < SHORTEST_REASON:
        raise Refusal("Please write the reason in a few words; it stays in the record.")
    return reason


async def correct(session: AsyncSession, employee: Employee, asked: Correction) -> bool:
    """Put one thing of a closed entry right, and keep what it was, what it became and why.

    Nothing happens when what was typed cannot be read.
    """
    entry = await entries.own(session, employee, asked.entry_id, change=True)
    if entry is None:
        raise Refusal("This button no longer works.")
    deed = await read_deed(session, employee, entry, asked)
    if deed is None:
        return False
    before = values(entry)
    await deed(session, employee, Grip(asked.entry_id, None, asked.typed.sent_at, ALWAYS))
    session.add(record(employee, asked, before, values(entry)))
    await session.flush()
    return True


async def read_deed(
    session: AsyncSession, employee: Employee, entry: Entry, asked: Correction
) -> Deed | None:
    """Read the value that was typed, and give the deed that puts it in."""
    text = asked.typed.text
    if asked.field is Field.SENTENCE:
        return partial(corrections.set_text, typed=asked.typed)
    if asked.field is Field.AMOUNT:
        amount = read_amount(text)
        return partial(corrections.set_amount, amount=amount) if amount else None
    if asked.field is Field.DAY:
        days = read_days(text, asked.typed.sent_at.astimezone(ZoneInfo(employee.zone)))
        return partial(corrections.set_days, days=days) if days else None
    result_id = await read_result(session, employee, entry, text)
    return None if result_id is None else partial(corrections.relink, work_result_id=result_id)


async def read_result(
    session: AsyncSession, employee: Employee, entry: Entry, text: str
) -> int | None:
    """Read the number of one of the person's own RHK as its key; 0 is an additional task."""
    words = " ".join(text.lower().split())
    if words in NO_RESULT:
        return 0
    match = RESULT_NUMBER.fullmatch(words)
    results = await results_to_choose(session, employee, entry.day)
    return next((one.id for one in results if match and one.number == int(match[1])), None)


def values(entry: Entry) -> dict[str, Any]:
    """Give what of an entry can be put right, as JSON keeps it."""
    return {
        "day": entry.day.isoformat(),
        "last_day": entry.last_day.isoformat() if entry.last_day else None,
        "text": entry.text,
        "quantity": None if entry.quantity is None else str(entry.quantity),
        "unit": entry.unit,
        "percent": None if entry.percent is None else str(entry.percent),
        "result": entry.work_result_id,
        "additional": entry.additional,
    }


def record(
    employee: Employee, asked: Correction, before: dict[str, Any], after: dict[str, Any]
) -> AuditRecord:
    """Write down who changed what of an entry, and why."""
    changed = [key for key in before if before[key] != after[key]]
    return AuditRecord(
        at=asked.typed.sent_at,
        actor_id=employee.id,
        action=CORRECTED,
        subject_id=employee.id,
        details={
            "entry": asked.entry_id,
            "reason": asked.reason,
            "before": {key: before[key] for key in changed},
            "after": {key: after[key] for key in changed},
        },
    )
