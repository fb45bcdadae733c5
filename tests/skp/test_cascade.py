import datetime as dt
from decimal import Decimal

import pytest

from bot.skp.cascade import (
    Gauge,
    Link,
    Piece,
    Rolled,
    adds_to,
    closes_circle,
    path,
    roll_up,
    turns,
)
from bot.skp.plans import Aggregation, Direction

DOWN = Direction.DOWN
SUM, LATEST, RELEASE = Aggregation.SUM, Aggregation.LATEST, Aggregation.RELEASE
JULY, NOVEMBER = dt.date(2026, 7, 1), dt.date(2026, 11, 1)
DAY = dt.date(2026, 11, 24)
# 3 supports 2, which supports 1; before July 2 supported 9, and 3 stood alone before November.
LINKS = {
    1: Link(None),
    2: Link(1, ((JULY, 9),)),
    3: Link(2, ((NOVEMBER, None),)),
    9: Link(None),
}


@pytest.mark.parametrize(
    ("start", "day", "expected"),
    [
        (3, DAY, (3, 2, 1)),
        (3, NOVEMBER, (3, 2, 1)),
        (3, NOVEMBER - dt.timedelta(days=1), (3,)),
        (2, JULY, (2, 1)),
        (2, JULY - dt.timedelta(days=1), (2, 9)),
        (1, DAY, (1,)),
        (7, DAY, (7,)),
    ],
)
def test_what_an_rhk_supports_depends_on_the_day(start, day, expected):
    assert path(LINKS, start, day) == expected


def test_a_goal_outside_what_is_looked_at_ends_the_path():
    assert path({2: Link(1)}, 2, DAY) == (2,)


def test_a_circle_ends_the_path():
    assert path({1: Link(2), 2: Link(1)}, 1, DAY) == (1, 2)


@pytest.mark.parametrize(("start", "days"), [(3, [JULY, NOVEMBER]), (2, [JULY]), (1, []), (7, [])])
def test_the_turns_of_an_rhk_are_those_of_all_it_ever_supported(start, days):
    assert turns(LINKS).get(start, []) == days


def test_turns_come_to_an_end_in_a_circle():
    assert turns({1: Link(2, ((JULY, None),)), 2: Link(1)}) == {1: [JULY], 2: [JULY]}


@pytest.mark.parametrize(
    ("child", "parent", "closes"),
    [(1, 3, True), (1, 1, True), (3, 1, False), (2, 9, False), (5, 6, False)],
)
def test_an_rhk_never_comes_to_support_itself(child, parent, closes):
    parents = {3: 2, 2: 1, 1: None, 6: 7, 7: 6}

    assert closes_circle(parents, child, parent) is closes


@pytest.mark.parametrize(
    ("lower", "upper", "adds"),
    [
        ((SUM, "balita"), (SUM, "Balita"), True),
        ((SUM, "kunjungan rumah"), (SUM, "kunjungan"), True),
        ((SUM, "balita"), (SUM, "kader"), False),
        ((LATEST, "balita"), (SUM, "balita"), False),
        ((LATEST, "%"), (LATEST, "persen"), True),
        ((RELEASE, "persen"), (RELEASE, "persen"), False),
        ((SUM, "persen"), (RELEASE, "persen"), False),
        ((SUM, "berkas", DOWN), (SUM, "berkas"), False),
        ((LATEST, "berkas", DOWN), (LATEST, "berkas", DOWN), True),
    ],
)
def test_only_what_is_measured_alike_is_brought_together(lower, upper, adds):
    assert adds_to(Gauge(*lower), Gauge(*upper)) is adds


def piece(owner: int, way: str, value: str | None, day: int = 24) -> Piece:
    number = None if value is None else Decimal(value)
    return Piece(owner, tuple(map(int, way.split())), dt.date(2026, 11, day), number)


@pytest.mark.parametrize(
    ("gauge", "pieces", "done", "known", "people"),
    [
        # Counts add up, the leader's own among them; who has no figure is still one of them.
        ((SUM, "balita"), [(1, "1", "2"), (2, "2 1", "3"), (3, "3 1", None)], "5", 2, 3),
        # A leader without entries of the own is not missing, unless there is nobody else.
        ((SUM, "balita"), [(1, "1", None), (2, "2 1", "3")], "3", 1, 1),
        ((SUM, "balita"), [(1, "1", None)], None, 0, 1),
        ((SUM, "balita"), [(1, "1", None), (2, "2 1", None)], None, 0, 1),
        ((SUM, "balita"), [], None, 0, 0),
        # Of one person's two RHK both count, and the person once.
        ((SUM, "balita"), [(2, "2 1", "3"), (2, "4 1", "1")], "4", 1, 1),
        # The latest values beside each other add up; the highest one stands for all below it.
        ((LATEST, "posyandu"), [(2, "2 1", "3"), (3, "3 1", "4")], "7", 2, 2),
        ((LATEST, "posyandu"), [(1, "1", "9"), (2, "2 1", "3")], "9", 2, 2),
        ((LATEST, "posyandu"), [(2, "2 1", "3"), (3, "3 2 1", "4")], "3", 2, 2),
        ((LATEST, "posyandu"), [(2, "2 1", None), (3, "3 2 1", "4")], "4", 1, 2),
        ((LATEST, "posyandu"), [(2, "2 1", "3", 20), (2, "2 1", "5", 21)], "5", 1, 1),
        # Percentages are averaged, whether the last one counts or all of one's own add up.
        ((LATEST, "persen"), [(2, "2 1", "80"), (3, "3 1", "90"), (4, "4 1", None)], "85", 2, 3),
        ((SUM, "%"), [(2, "2 1", "30", 2), (2, "2 1", "20", 1), (3, "3 1", "70")], "60", 2, 2),
        # What others release is the goal's own.
        ((RELEASE, "persen"), [(1, "1", "14"), (2, "2 1", "3")], "14", 1, 1),
    ],
)
def test_a_goal_comes_to_what_its_people_bring(gauge, pieces, done, known, people):
    found = roll_up(Gauge(*gauge), 1, 1, [piece(*one) for one in pieces])

    assert found == Rolled(None if done is None else Decimal(done), known, people)
