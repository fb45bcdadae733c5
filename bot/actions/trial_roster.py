"""The roster of an invented regional agency, grown from a seed."""

import datetime as dt
import json
import random
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from bot.skp.people import EmploymentKind, Role
from bot.skp.plans import Aggregation
from bot.skp.roster_rows import (
    ATTRIBUTES,
    EmployeeRow,
    IndicatorRow,
    ResultRef,
    Roster,
    UnitRow,
    WorkResultRow,
)

AGENCY = json.loads((Path(__file__).parent / "trial_agency.json").read_text(encoding="utf-8"))
AGGREGATIONS = {
    "jumlah": Aggregation.SUM,
    "terakhir": Aggregation.LATEST,
    "rilis": Aggregation.RELEASE,
}
PPPK_EVERY = 6


@dataclass(frozen=True)
class Post:
    """One invented person's post: whose job it is and who leads them."""

    nip: str
    job: str


@dataclass(frozen=True)
class Sample:
    """An invented agency: its roster and who holds which job."""

    roster: Roster
    posts: tuple[Post, ...]


def sample(seed: int, year: int) -> Sample:
    """Invent an agency; the same seed gives the same one."""
    dice = random.Random(seed)  # noqa: S311  # Invention, not secrecy.
    people: list[EmployeeRow] = []
    posts: list[Post] = []
    heads: dict[str, str] = {}
    for job, unit, leader, _, count in AGENCY["posts"]:
        for _ in range(count):
            person = invented(dice, AGENCY["jobs"][job], unit, len(people))
            person = EmployeeRow(**{**slots(person), "supervisor": heads.get(leader or "")})
            heads.setdefault(job, person.nip)
            people.append(person)
            posts.append(Post(person.nip, job))
    results, indicators = planned(posts, heads, year)
    roster = Roster(
        units=tuple(
            UnitRow(row, code, name, parent, zone="Asia/Makassar", week=5)
            for row, (code, name, parent) in enumerate(AGENCY["units"], start=2)
        ),
        employees=tuple(people),
        work_results=tuple(results),
        indicators=tuple(indicators),
        total=len(AGENCY["units"]) + len(people) + len(results) + len(indicators),
        headings=dict.fromkeys(ATTRIBUTES.values(), ALL),
    )
    return Sample(roster, tuple(posts))


class _All(dict[str, str]):
    """Headings of a roster that has every column."""

    def __contains__(self, key: object) -> bool:
        return True


ALL = _All()


def slots(row: EmployeeRow) -> dict[str, Any]:
    """Give a row's fields by name."""
    return {name: getattr(row, name) for name in row.__slots__}


def invented(dice: random.Random, job: dict[str, Any], unit: str, number: int) -> EmployeeRow:
    """Invent one person; every name and NIP is plainly made up."""
    woman = dice.random() < 0.55  # A little more than half.
    first = dice.choice(AGENCY["women" if woman else "men"])
    born = dt.date(1968, 1, 1) + dt.timedelta(days=dice.randrange(11000))
    entered = min(born.year + dice.randrange(23, 30), 2024)
    pppk = number % PPPK_EVERY == PPPK_EVERY - 1
    month = "21" if pppk else f"{dice.randrange(1, 13):02}"
    nip = f"{born:%Y%m%d}{entered}{month}{2 if woman else 1}{number + 1:03}"
    return EmployeeRow(
        row=number + 2,
        nip=nip,
        name=f"{first} {dice.choice(AGENCY['surnames'])}",
        position=job["position"],
        unit=unit,
        kind=EmploymentKind.PPPK if pppk else EmploymentKind.PNS,
        address=f"{'Bu' if woman else 'Pak'} {first}",
        rank="IX" if pppk else job["rank"],
        phone=f"+6281100{number:05}",
        roles=(Role.EMPLOYEE, *map(Role, job.get("roles", []))),
        themes=tuple(job.get("themes", [])),
    )


def planned(
    posts: list[Post], heads: dict[str, str], year: int
) -> tuple[list[WorkResultRow], list[IndicatorRow]]:
    """Give everyone the RHK and IKI of their job, tied to their leader's."""
    results: list[WorkResultRow] = []
    indicators: list[IndicatorRow] = []
    for post in posts:
        for number, line in enumerate(AGENCY["jobs"][post.job]["results"], start=1):
            text, indicator, target, unit, aggregation, themes, parent = line
            leader, _, place = (parent or "").partition("/")
            results.append(
                WorkResultRow(
                    row=len(results) + 2,
                    nip=post.nip,
                    year=year,
                    number=number,
                    text=text,
                    parent=ResultRef(heads[leader], int(place)) if parent else None,
                    themes=tuple(themes),
                )
            )
            indicators.append(
                IndicatorRow(
                    row=len(indicators) + 2,
                    nip=post.nip,
                    year=year,
                    number=number,
                    text=indicator,
                    target=Decimal(target),
                    unit=unit,
                    aggregation=AGGREGATIONS[aggregation],
                )
            )
    return results, indicators
