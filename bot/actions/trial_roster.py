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
WOMEN_SHARE = 0.55
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
    names = Names(dice)
    people: list[EmployeeRow] = []
    posts: list[Post] = []
    heads: dict[str, str] = {}
    for job, unit, leader, count in AGENCY["posts"]:
        for place in range(count):
            person = invented(dice, names, (job, unit, heads.get(leader)), len(people))
            heads.setdefault(job, person.nip)
            people.append(person)
            last = place == count - 1
            outside = last and job in AGENCY["newcomers"]
            posts.append(Post(person.nip, job, person.supervisor, outside))
    plans = [planned(posts, heads, year) for year in years_of(today)]
    results = [row for rows, _ in plans for row in rows]
    indicators = [row for _, rows in plans for row in rows]
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


class Names:
    """First names and surnames in a shuffled order; nobody is called like another."""

    def __init__(self, dice: random.Random) -> None:
        self._first = {
            sex: dice.sample(AGENCY[sex], len(AGENCY[sex])) for sex in ("women", "men")
        }
        self._dice = dice

    def draw(self, *, woman: bool) -> tuple[str, str]:
        """Draw a first name that nobody bears yet, and a surname."""
        return self._first["women" if woman else "men"].pop(), self._dice.choice(AGENCY["surnames"])


def invented(
    dice: random.Random, names: Names, post: tuple[str, str, str | None], number: int
) -> EmployeeRow:
    """Invent one person on a post (job, unit, leader); names and NIP are plainly made up."""
    job, unit, leader = post
    about = AGENCY["jobs"][job]
    woman = dice.random() < WOMEN_SHARE
    first, surname = names.draw(woman=woman)
    born = dt.date(1968, 1, 1) + dt.timedelta(days=dice.randrange(11000))
    entered = min(born.year + dice.randrange(23, 30), 2024)
    pppk = number % PPPK_EVERY == PPPK_EVERY - 1
    month = "21" if pppk else f"{dice.randrange(1, 13):02}"
    return EmployeeRow(
        row=number + 2,
        nip=f"{born:%Y%m%d}{entered}{month}{2 if woman else 1}{FIRST_SERIAL + number}",
        name=f"{first} {surname}",
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
