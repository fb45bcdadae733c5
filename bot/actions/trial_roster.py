"""The roster of an invented regional agency, grown from a seed."""

import datetime as dt
import json
import random
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

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
# Nobody enters on a day as the nine-hundredth, so these numbers belong to no one.
FIRST_SERIAL = 901
# In the first months of a year the year before is still what there is to look back on.
LOOKING_BACK = 3


@dataclass(frozen=True)
class Post:
    """One invented person's post: the job, the leader's number, and whether to come in yet."""

    nip: str
    job: str
    leader: str | None
    outside: bool


@dataclass(frozen=True)
class Sample:
    """An invented agency: its roster and who holds which job."""

    roster: Roster
    posts: tuple[Post, ...]


def years_of(today: dt.date) -> tuple[int, ...]:
    """Choose the years of which the agency has plans and entries."""
    if today.month <= LOOKING_BACK:
        return today.year - 1, today.year
    return (today.year,)


def sample(seed: int, today: dt.date) -> Sample:
    """Invent an agency; the same seed gives the same one."""
    dice = random.Random(seed)  # noqa: S311  # Invention, not secrecy.
    names = [(name, sex) for sex in ("women", "men") for name in AGENCY[sex]]
    dice.shuffle(names)
    people: list[EmployeeRow] = []
    posts: list[Post] = []
    heads: dict[str, str] = {}
    for job, unit, leader, count in AGENCY["posts"]:
        for place in range(count):
            person = invented(dice, names.pop(), (job, unit, heads.get(leader)), len(people))
            heads.setdefault(job, person.nip)
            people.append(person)
            last = place == count - 1
            outside = last and job in AGENCY["newcomers"]
            posts.append(Post(person.nip, job, person.supervisor, outside=outside))
    results, indicators = planned(posts, heads, years_of(today))
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


def invented(
    dice: random.Random, called: tuple[str, str], post: tuple[str, str, str | None], number: int
) -> EmployeeRow:
    """Invent one person on a post (job, unit, leader); name and NIP are plainly made up."""
    job, unit, leader = post
    about = AGENCY["jobs"][job]
    first, woman = called[0], called[1] == "women"
    born = dt.date(1968, 1, 1) + dt.timedelta(days=dice.randrange(11000))
    entered = min(born.year + dice.randrange(23, 30), 2024)
    pppk = number % PPPK_EVERY == PPPK_EVERY - 1
    month = "21" if pppk else f"{dice.randrange(1, 13):02}"
    return EmployeeRow(
        row=number + 2,
        nip=f"{born:%Y%m%d}{entered}{month}{2 if woman else 1}{FIRST_SERIAL + number}",
        name=f"{first} {dice.choice(AGENCY['surnames'])}",
        position=about["position"],
        unit=unit,
        supervisor=leader,
        kind=EmploymentKind.PPPK if pppk else EmploymentKind.PNS,
        address=f"{'Bu' if woman else 'Pak'} {first}",
        rank="IX" if pppk else about["rank"],
        phone=f"+6281100{number:05}",
        roles=(Role.EMPLOYEE, *map(Role, about.get("roles", []))),
        themes=tuple(about.get("themes", [])),
    )


def planned(
    posts: list[Post], heads: dict[str, str], years: tuple[int, ...]
) -> tuple[list[WorkResultRow], list[IndicatorRow]]:
    """Give everyone the RHK and IKI of their job, tied to their leader's."""
    results: list[WorkResultRow] = []
    indicators: list[IndicatorRow] = []
    lines = [
        (year, post.nip, number, line)
        for year in years
        for post in posts
        for number, line in enumerate(AGENCY["jobs"][post.job]["results"], start=1)
    ]
    for row, (year, nip, number, line) in enumerate(lines, start=2):
        text, indicator, target, unit, aggregation, themes, parent = line
        leader, _, place = (parent or "").partition("/")
        above = ResultRef(heads[leader], int(place)) if parent else None
        results.append(
            WorkResultRow(row, nip, year, number, text, parent=above, themes=tuple(themes))
        )
        counted = AGGREGATIONS[aggregation]
        indicators.append(
            IndicatorRow(
                row, nip, year, number, indicator, Decimal(target), unit, aggregation=counted
            )
        )
    return results, indicators
