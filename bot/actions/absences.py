"""Days away: noted by one tap or one sentence, and taken back as easily."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.refusal import Refusal
from bot.skp.people import AbsenceKind
from bot.skp.workdays import ONE_DAY
from db import absences, letters, people, rhythms, teams
from db.models.entries import Absence
from db.models.messages import AuditRecord, Letter
from db.models.people import Employee

LONGEST = dt.timedelta(days=366)
NOTED_BY_LEADER = "absence-noted"
NOTED = "absence.noted"
TAKEN_BACK = "absence.taken-back"

Span = tuple[AbsenceKind, dt.date, dt.date]


@dataclass(frozen=True)
class By:
    """Who notes something, and when."""

    actor: Employee
    now: dt.datetime


async def note(
    session: AsyncSession,
    employee: Employee,
    kind: AbsenceKind,
    days: tuple[dt.date, dt.date],
    by: By,
) -> Absence:
    """Note days away, both ends included; of earlier ones only the days beside them stay.

    What is cut out of earlier ones is kept, so that taking this one back brings it back.
    """
    first, last = days
    if last < first:
        raise Refusal("The last day lies before the first. Write both days again.")
    if last - first > LONGEST:
        raise Refusal("More than a year at once cannot be noted. Write a nearer last day.")
    cut: list[Span] = []
    for earlier in await absences.overlapping(session, employee, first, last):
        if earlier.kind is kind and earlier.first <= first and last <= earlier.last:
            return earlier
        cut.append((earlier.kind, max(first, earlier.first), min(last, earlier.last)))
        await make_room(session, earlier, first, last)
    absence = Absence(employee_id=employee.id or 0, kind=kind, first=first, last=last)
    session.add(absence)
    await session.flush()
    session.add(record(by, NOTED, absence, cut=[kept(span) for span in cut]))
    await rhythms.look_again(session, [absence.employee_id])
    return absence


async def make_room(session: AsyncSession, earlier: Absence, first: dt.date, last: dt.date) -> None:
    """Cut days out of an earlier absence; what lies before and after them stays noted."""
    left = [(earlier.first, first - ONE_DAY), (last + ONE_DAY, earlier.last)]
    await session.delete(earlier)
    await session.flush()
    session.add_all(
        Absence(employee_id=earlier.employee_id, kind=earlier.kind, first=start, last=end)
        for start, end in left
        if start <= end
    )
    await session.flush()


async def take_back(
    session: AsyncSession, employee: Employee, absence_id: int, by: By
) -> Absence | None:
    """Take one of a person's own absences back; nothing comes back when there is none.

    What it had cut out of earlier ones is noted again, unless something newer stands there.
    """
    absence = await absences.own(session, employee, absence_id)
    if absence is None:
        return None
    await session.delete(absence)
    await session.flush()
    for span in await absences.cut_by(session, absence, action=NOTED):
        await restore(session, employee, read(span))
    session.add(record(by, TAKEN_BACK, absence))
    await rhythms.look_again(session, [absence.employee_id])
    return absence


async def restore(session: AsyncSession, employee: Employee, span: Span) -> None:
    """Note cut days again where they are free, and join them to what lies beside them."""
    kind, first, last = span
    taken = await absences.overlapping(session, employee, first - ONE_DAY, last + ONE_DAY)
    held = {day for one in taken for day in days_of(one.first, one.last)}
    alike = [one for one in taken if one.kind is kind]
    for start, end in runs(day for day in days_of(first, last) if day not in held):
        before = [one for one in alike if one.last == start - ONE_DAY]
        after = [one for one in alike if one.first == end + ONE_DAY]
        for beside in (*before, *after):
            await session.delete(beside)
        await session.flush()
        joined = Absence(
            employee_id=employee.id or 0,
            kind=kind,
            first=before[0].first if before else start,
            last=after[0].last if after else end,
        )
        session.add(joined)
        await session.flush()
        alike = [one for one in alike if one not in (*before, *after)] + [joined]


async def note_for(
    session: AsyncSession,
    by: By,
    employee_id: int,
    kind: AbsenceKind,
    days: tuple[dt.date, dt.date],
) -> tuple[Employee, Absence]:
    """Note days away of a direct report, who is told at once and can take it back."""
    person = await reporting(session, by, employee_id)
    absence = await note(session, person, kind, days, by)
    await tell(session, by, absence, taken_back=False)
    return person, absence


async def tell(session: AsyncSession, by: By, absence: Absence, *, taken_back: bool) -> None:
    """Tell somebody what their leader has noted or taken back."""
    told = {
        "leader": by.actor.name,
        "absence": absence.id,
        "taken_back": taken_back,
        **kept_by_name((absence.kind, absence.first, absence.last)),
    }
    letter = Letter(
        employee_id=absence.employee_id,
        kind=NOTED_BY_LEADER,
        period=f"{absence.id} {by.now:%Y-%m-%d %H:%M:%S}",
        data=told,
        due_at=by.now,
    )
    await letters.put(session, [letter])


async def take_back_for(
    session: AsyncSession, by: By, employee_id: int, absence_id: int
) -> tuple[Employee, Absence | None]:
    """Take an absence of a direct report back."""
    person = await reporting(session, by, employee_id)
    absence = await take_back(session, person, absence_id, by)
    if absence is not None:
        await tell(session, by, absence, taken_back=True)
    return person, absence


async def reporting(session: AsyncSession, by: By, employee_id: int) -> Employee:
    """Load one of a leader's direct reports, or refuse."""
    today = by.now.astimezone(ZoneInfo(by.actor.zone)).date()
    found = await teams.member(session, by.actor, employee_id, on=today)
    person = await people.by_id(session, employee_id) if found else None
    if person is None:
        raise Refusal("This person is not in your team.")
    return person


def record(by: By, action: str, absence: Absence, **more: Any) -> AuditRecord:
    """Keep who noted or took back which days."""
    return AuditRecord(
        at=by.now,
        actor_id=by.actor.id,
        action=action,
        subject_id=absence.employee_id,
        details={
            "absence": absence.id,
            **kept_by_name((absence.kind, absence.first, absence.last)),
            **more,
        },
    )


def kept_by_name(span: Span) -> dict[str, str]:
    """Write a span as it is kept with names."""
    kind, first, last = span
    return {"kind": kind.value, "first": first.isoformat(), "last": last.isoformat()}


def kept(span: Span) -> list[str]:
    """Write a span as it is kept among others."""
    return list(kept_by_name(span).values())


def read(span: Iterable[str]) -> Span:
    """Read a kept span."""
    kind, first, last = span
    return AbsenceKind(kind), dt.date.fromisoformat(first), dt.date.fromisoformat(last)


def days_of(first: dt.date, last: dt.date) -> list[dt.date]:
    """List days, both ends included."""
    return [first + n * ONE_DAY for n in range((last - first).days + 1)]


def runs(days: Iterable[dt.date]) -> list[tuple[dt.date, dt.date]]:
    """Put days that follow each other together."""
    found: list[tuple[dt.date, dt.date]] = []
    for day in days:
        if found and found[-1][1] == day - ONE_DAY:
            found[-1] = (found[-1][0], day)
        else:
            found.append((day, day))
    return found
