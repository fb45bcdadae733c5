"""What a person is shown of an entry: the receipt, as plain values."""

import datetime as dt
from collections import Counter
from dataclasses import dataclass
from decimal import Decimal
from zoneinfo import ZoneInfo

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.actions.evidence import name_of
from bot.actions.standings import Stand, gathered, measure_for, stand
from bot.skp.entries import EntryState, EvidenceKind
from bot.skp.periods import edit_until
from bot.skp.plausible import Oddity
from bot.understanding.sensitive import Mark, marks_of
from db import calendars, cascades, plans, teams
from db import evidence as proofs
from db.models.entries import Entry
from db.models.people import Employee
from db.plans import Outcome, Outlook


@dataclass(frozen=True)
class ResultLine:
    """One RHK as a button or a line names it."""

    id: int
    number: int
    text: str


@dataclass(frozen=True)
class Receipt:
    """One entry with its RHK's new standing; `closes` is the first day on which it is fixed."""

    entry_id: int
    version: int
    state: EntryState
    text: str
    day: dt.date
    last_day: dt.date | None
    start: dt.time | None
    end: dt.time | None
    quantity: Decimal | None
    unit: str | None
    percent: Decimal | None
    result: ResultLine | None
    stand: Stand | None
    additional: bool
    late: bool
    nearest: tuple[ResultLine, ...]
    planned: bool
    evidence: tuple[tuple[EvidenceKind, int], ...]
    closes: dt.date
    zone: str
    today: dt.date
    minutes: int | None = None
    arrival_id: int | None = None
    part: int = 0
    marks: tuple[Mark, ...] = ()
    # A date in the words that no work can have; told once, when the entry is made.
    misdated: str | None = None
    stale: bool = False
    # Others' RHK stand on it, so that the figure is the person's own alone.
    stood_on: bool = False
    # What is odd about the figure, and how it was said where it was not taken; asked once, when
    # the entry is made.
    odd: Oddity | None = None
    odd_words: str | None = None
    # Its figure was taken over from another day; told once, too.
    copied: bool = False

    @property
    def undone(self) -> bool:
        """Tell whether the entry was taken back."""
        return self.state is EntryState.UNDONE

    @property
    def changeable(self) -> bool:
        """Tell whether the entry may still change."""
        return self.today < self.closes

    @property
    def asks(self) -> bool:
        """Tell whether it asks about its figure; what had better be left out comes first."""
        return self.odd is not None and not self.marks and self.changeable and not self.undone


@dataclass(frozen=True)
class Told:
    """The receipts of what one message told of: mostly one, else an entry for each activity."""

    receipts: tuple[Receipt, ...]
    stale: bool = False

    @property
    def only(self) -> Receipt | None:
        """Give the receipt when there is one alone."""
        return self.receipts[0] if len(self.receipts) == 1 else None

    @property
    def arrival_id(self) -> int:
        """Give the arrival that made the entries."""
        return self.receipts[0].arrival_id or 0

    @property
    def version(self) -> int:
        """Count the changes of several entries together; one that holds everything has none."""
        return sum(one.version for one in self.receipts if one.part)

    @property
    def undone(self) -> bool:
        """Tell whether every entry was taken back."""
        return all(one.undone for one in self.receipts)

    @property
    def changeable(self) -> bool:
        """Tell whether every entry may still change."""
        return all(one.changeable for one in self.receipts)


async def receipt_of(
    session: AsyncSession,
    employee: Employee,
    entry: Entry,
    *,
    today: dt.date,
    edit_days: int,
) -> Receipt:
    """Put an entry's receipt together, whatever is known of it by now."""
    outlook = await plans.outlook(session, employee, on=entry.day)
    found = await proofs.of_entries(session, [entry.id or 0])
    proof = found.get(entry.id or 0, [])
    around = Surroundings(
        outlook,
        Counter(one.kind for one in proof),
        Window(today, edit_days),
        tuple(name_of(one) for one in proof),
    )
    return await written(session, employee, entry, around)


@dataclass(frozen=True)
class Window:
    """The person's day, and how many working days an entry stays open at least."""

    today: dt.date
    edit_days: int


@dataclass(frozen=True)
class Surroundings:
    """What is known around an entry when its receipt is written."""

    outlook: Outlook
    kinds: Counter[EvidenceKind]
    window: Window
    names: tuple[str, ...] = ()
    misdated: str | None = None


async def written(
    session: AsyncSession, employee: Employee, entry: Entry, around: Surroundings
) -> Receipt:
    """Write the receipt of an entry from what is already at hand."""
    result = around.outlook.known(entry.work_result_id)
    known = [around.outlook.known(key) for key in entry.nearest]
    return Receipt(
        entry_id=entry.id or 0,
        version=entry.version,
        state=entry.state,
        text=entry.text,
        day=entry.day,
        last_day=entry.last_day,
        start=entry.start,
        end=entry.end,
        minutes=entry.minutes,
        arrival_id=entry.arrival_id,
        part=entry.part,
        marks=marks_of(entry.text, *around.names),
        misdated=around.misdated,
        quantity=entry.quantity,
        unit=entry.unit,
        percent=entry.percent,
        result=line(result) if result else None,
        stand=await standing_after(session, result, entry),
        additional=entry.additional,
        late=entry.late,
        nearest=tuple(line(one) for one in known if one),
        planned=bool(around.outlook.results),
        evidence=tuple(sorted(around.kinds.items())),
        closes=await closing_day(session, employee, entry, around.window.edit_days),
        zone=employee.zone,
        today=around.window.today,
        stood_on=await is_stood_on(session, employee, result, around.window.today),
    )


async def is_stood_on(
    session: AsyncSession, employee: Employee, result: Outcome | None, today: dt.date
) -> bool:
    """Tell whether /skp shows an RHK with more than the person's own entries."""
    if result is None or not await cascades.is_stood_on(session, employee, result.id):
        return False
    return await teams.leads(session, employee, on=today)


async def standing_after(
    session: AsyncSession, result: Outcome | None, entry: Entry
) -> Stand | None:
    """Tell where the entry's RHK stands now."""
    measure = measure_for(result, entry.unit, entry.percent) if result else None
    if result is None or measure is None:
        return None
    return stand(measure, (await gathered(session, [result]))[result.id])


async def closing_day(
    session: AsyncSession, employee: Employee, entry: Entry, edit_days: int
) -> dt.date:
    """Tell the first day on which an entry can no longer change."""
    written_on = entry.created_at.astimezone(ZoneInfo(employee.zone)).date()
    calendar = await calendars.calendar_of(session, employee, on=written_on)
    return edit_until(entry.last_day or entry.day, calendar, edit_days, written_on=written_on)


def line(result: Outcome) -> ResultLine:
    """Take what a button needs of an RHK."""
    return ResultLine(result.id, result.number, result.text)


async def results_to_choose(
    session: AsyncSession, employee: Employee, day: dt.date
) -> tuple[ResultLine, ...]:
    """List the RHK of a day's year that one of the person's entries may belong to."""
    outlook = await plans.outlook(session, employee, on=day)
    return tuple(line(one) for one in outlook.results)
