import datetime as dt
import functools
import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Protocol, overload

from bot.skp.periods import Period
from bot.skp.plans import Aggregation, Direction
from bot.skp.workdays import ONE_DAY, WorkCalendar


class Pace(StrEnum):
    """Tell how what is done compares with what could be expected by now."""

    AHEAD = "ahead"
    ON = "on"
    BEHIND = "behind"


# From which part of the expected share on a pace holds, the best first; below them all one is
# behind. They draw attention and rate nobody.
THRESHOLDS = ((Decimal("1.10"), Pace.AHEAD), (Decimal("0.85"), Pace.ON))

UNIT_SYNONYMS = {
    "%": "persen",
    "prosen": "persen",
    "org": "orang",
    "dok": "dokumen",
    "lap": "laporan",
    "keg": "kegiatan",
    "lbr": "lembar",
    "bumil": "ibu hamil",
    "kk": "keluarga",
    "opd": "perangkat daerah",
    "pd": "perangkat daerah",
    "skpd": "perangkat daerah",
}
# Who is told of by these names is a person, so that a figure in persons counts them, too.
PERSON = "orang"
PERSONS = frozenset(
    {
        "anak", "asn", "balita", "bayi", "guru", "ibu", "ibu balita", "ibu bersalin", "ibu hamil",
        "ibu menyusui", "ibu nifas", "jiwa", "kader", "klien", "lansia", "mahasiswa", "murid",
        "orang tua", "pasien", "pegawai", "pemohon", "penduduk", "pengunjung", "perawat", "bidan",
        "peserta", "petani", "petugas", "pns", "pppk", "remaja", "santri", "sasaran", "siswa",
        "siswi", "warga", "busui", "bufas",
    }
)  # fmt: skip


@dataclass(frozen=True)
class Standing:
    """Hold what is done of a target; without a share nothing can be said, which is not zero."""

    done: Decimal
    target: Decimal | None
    share: Decimal | None


def standing(
    aggregation: Aggregation,
    values: Sequence[Decimal],
    target: Decimal | None,
    direction: Direction = Direction.UP,
) -> Standing:
    """Bring the values of the entries, the oldest first, together as the indicator wants it.

    The values are of one unit: quantities, or percents of a target in percent. What is to fall
    has not reached its target before anybody has said where it stands.
    """
    summed = aggregation is Aggregation.SUM
    done = sum(values, Decimal(0)) if summed or not values else values[-1]
    known = bool(values) or (summed and direction is Direction.UP)
    share = share_of(done, target, direction) if known and target is not None else None
    return Standing(done, target, share)


def share_of(done: Decimal, target: Decimal, direction: Direction) -> Decimal | None:
    """Tell which share of its target is reached; what is to rise to nothing has no share.

    What is to fall has reached it as soon as it is not above the target, and else the part that
    the target is of the figure: 20 of at most 10 is half of the way, wherever it began.
    """
    if direction is Direction.UP:
        return done / target if target else None
    return Decimal(1) if done <= target else target / done


class Measured(Protocol):
    """Anything that tells how an indicator measures."""

    @property
    def aggregation(self) -> Aggregation:
        """Tell how its entries add up."""

    @property
    def direction(self) -> Direction:
        """Tell whether it is to rise or to fall."""


def expected_share(today: dt.date, period: Period, calendar: WorkCalendar) -> Decimal:
    """Tell which share of the period's working days is gone, today included."""
    total = calendar.working_days(period.start, period.end)
    if not total:
        return Decimal(0)
    gone = calendar.working_days(period.start, min(today + ONE_DAY, period.end))
    return Decimal(gone) / Decimal(total)


def expectation(
    gauge: Measured, today: dt.date, period: Period, calendar: WorkCalendar
) -> Decimal | None:
    """Tell which share of its target an indicator could have reached by now.

    A released figure comes once, from somebody else, so nothing can be expected month by month.
    A sum that is not to pass its target must keep to it on every day.
    """
    if gauge.aggregation is Aggregation.RELEASE:
        return None
    if gauge.aggregation is Aggregation.SUM and gauge.direction is Direction.DOWN:
        return Decimal(1)
    return expected_share(today, period, calendar)


@overload
def pace(done_share: Decimal, expected: Decimal, direction: Direction = ...) -> Pace: ...
@overload
def pace(
    done_share: Decimal | None, expected: Decimal | None, direction: Direction = ...
) -> Pace | None: ...
def pace(
    done_share: Decimal | None, expected: Decimal | None, direction: Direction = Direction.UP
) -> Pace | None:
    """Compare what is done with what could be expected; nothing known or expected has no pace.

    What is to fall is never ahead: nobody has said where it began, and it may rise again.
    """
    if done_share is None or expected is None:
        return None
    found = risen(done_share, expected)
    return Pace.ON if direction is Direction.DOWN and found is Pace.AHEAD else found


def risen(done_share: Decimal, expected: Decimal) -> Pace:
    """Compare what is done with what could be expected of something that rises."""
    if not expected:
        return Pace.AHEAD if done_share > 0 else Pace.ON
    part = done_share / expected
    return next((found for floor, found in THRESHOLDS if part >= floor), Pace.BEHIND)


@functools.lru_cache(maxsize=4096)
def same_unit(first: str | None, second: str | None) -> bool:
    """Tell whether two units (satuan) mean the same, so that their quantities can be summed.

    A missing unit agrees only with another missing one; whether it may count is the caller's.
    """
    one, other = _plain(first), _plain(second)
    # "kunjungan rumah" is a closer word for "kunjungan", not another unit.
    shared = min(len(one), len(other))
    return bool(one) == bool(other) and one[:shared] == other[:shared]


def names_amount(text: str, unit: str | None) -> bool:
    """Tell whether a sentence names a number of a unit, whether or not it can be taken."""
    first = next(iter(_plain(unit)), "")
    return bool(first) and re.search(rf"\d\s*{re.escape(first)}\b", text.casefold()) is not None


@functools.lru_cache(maxsize=4096)
def adds_to(unit: str | None, figure: str | None) -> bool:
    """Tell whether a quantity in a unit adds to a figure: in its own unit, or persons to persons.

    A figure of one kind of persons does not count persons of whom no more is said.
    """
    if same_unit(unit, figure):
        return True
    return _plain(figure) == [PERSON] and " ".join(_plain(unit)) in PERSONS


def _plain(unit: str | None) -> list[str]:
    words = (unit or "").casefold().replace(".", " ").split()
    return " ".join(UNIT_SYNONYMS.get(word, word) for word in words).split()
