"""What goals come to equals what plain Python counts, one entry after the other."""

import datetime as dt
import os
import random
from decimal import Decimal

import pytest

from bot.actions.cascades import Board, board_of
from bot.skp.cascade import Gauge, Rolled, adds_to
from bot.skp.pace import same_unit
from bot.skp.plans import Aggregation
from db import cascades
from db.models.people import Employee
from tests.cascade_agency import Agency, Deed, Result, invented, meddled_with, written

WHOLE = os.environ.get("PROOF") == "1"
SMALL = (200, (dt.date(2026, 9, 1), dt.date(2026, 12, 1)), 3)
LARGE = (2000, (dt.date(2025, 1, 1), dt.date(2027, 1, 1)), 4)


def gauge(one: Result) -> Gauge | None:
    return Gauge(one.aggregation, one.unit, one.direction) if one.aggregation else None


def figure(deed: Deed, unit: str) -> Decimal | None:
    """Tell what an entry says in a unit; a percentage says itself where percents are counted."""
    if same_unit(unit, "persen") and deed.percent is not None:
        return deed.percent
    return deed.quantity if same_unit(deed.unit, unit) else None


class Counting:
    """Count what goals of a year come to before a day, by looking at every entry."""

    def __init__(self, agency: Agency, year: int, before: dt.date, today: dt.date) -> None:
        self.results = agency.of_year(year)
        self.today = today
        self.deeds: dict[int, list[Deed]] = {}
        for deed in sorted(agency.deeds, key=lambda one: one.order):
            counts = deed.kept and deed.result in self.results and deed.day < before
            if counts and not (deed.quantity is None and deed.percent is None):
                self.deeds.setdefault(deed.result, []).append(deed)
        # Under every goal: which RHK brought which entries, each with the RHK above it that day.
        self.under: dict[int, dict[int, list[tuple[Deed | None, tuple[int, ...]]]]] = {}
        for key, one in self.results.items():
            for deed in [None, *self.deeds.get(key, [])]:
                way = self.way(key, deed.day if deed else today)
                for place, goal in enumerate(way):
                    # Every step on the way must measure what the goal measures.
                    steps = [self.results[step] for step in way[:place]] or [one]
                    upper = self.results[goal]
                    if not all(self.counts_for(s, upper, itself=place == 0) for s in steps):
                        continue
                    brought = self.under.setdefault(goal, {}).setdefault(key, [])
                    brought.append((deed, way[1 : place + 1]))

    def way(self, key: int, day: dt.date) -> tuple[int, ...]:
        found = [key]
        while (above := self.results[found[-1]].parent_on(day)) is not None:
            found.append(above)
        return tuple(found)

    @staticmethod
    def counts_for(lower: Result, upper: Result, *, itself: bool) -> bool:
        if lower.aggregation is None or upper.aggregation is None:
            return False
        return itself or adds_to(gauge(lower), gauge(upper))

    def goal(self, key: int) -> Rolled:
        goal = self.results[key]
        brought = self.under.get(key, {})
        if goal.aggregation is None:
            return Rolled(None, 0, 0)
        people = {self.results[one].owner for one in brought}
        figures = {
            one: [
                (value, way)
                for deed, way in lines
                if deed is not None and (value := figure(deed, goal.unit)) is not None
            ]
            for one, lines in brought.items()
        }
        figures = {one: lines for one, lines in figures.items() if lines}
        known = {self.results[one].owner for one in figures}
        if people != {goal.owner} and goal.owner not in known:
            people -= {goal.owner}
        if not figures:
            return Rolled(None, 0, len(people))
        percent = same_unit(goal.unit, "persen")
        if goal.aggregation is Aggregation.SUM and not percent:
            done = sum(value for lines in figures.values() for value, _ in lines)
            return Rolled(done, len(known), len(people))
        summed = goal.aggregation is Aggregation.SUM
        own = [
            sum(value for value, _ in lines) if summed else lines[-1][0]
            for lines in figures.values()
            # Whoever is above with a figure of the own speaks for all below.
            if not any(above in figures for above in lines[-1][1])
        ]
        done = sum(own, Decimal(0)) / (len(own) if percent else 1)
        return Rolled(done, len(known), len(people))


async def board(database, agency: Agency, person: int, year: int, cuts) -> Board:
    async with database.reading() as session:
        leader = await session.get(Employee, person)
        roots = await cascades.goals_of(session, leader, year=year)
        return await board_of(session, roots, cuts=cuts)


def differences(agency: Agency, board: Board, counted: list[Counting]) -> list[str]:
    return [
        f"{agency.results[key]}: {board.rolled(key, place)} is not {one.goal(key)}"
        for place, one in enumerate(counted)
        for key in board.forest.goals
        if board.rolled(key, place) != one.goal(key)
    ]


async def compare(database, agency: Agency, leaders: list[int]) -> int:
    """Compare all goals below some leaders, now and as they stood before; count them."""
    compared = 0
    for year in range(agency.begin.year, agency.end.year + 1):
        end = min(agency.end, dt.date(year + 1, 1, 1))
        cuts = [end, end - dt.timedelta(days=7), end - dt.timedelta(days=30)]
        today = end - dt.timedelta(days=1)
        counted = [Counting(agency, year, cut, today) for cut in cuts]
        for leader in leaders:
            found = await board(database, agency, leader, year, cuts)
            assert differences(agency, found, counted) == []
            compared += len(found.forest.goals)
    return compared


@pytest.mark.slow
async def test_every_goal_comes_to_what_is_counted_one_by_one(database):
    people, span, levels = LARGE if WHOLE else SMALL
    agency = invented(people, span, levels=levels)
    await written(database, agency)
    leaders = [1, 2, 3, 9]

    assert await compare(database, agency, leaders) > people

    await meddled_with(database, agency, random.Random(7), len(agency.deeds) // 20)
    assert await compare(database, agency, leaders) > people
