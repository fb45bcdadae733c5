import datetime as dt

import pytest

from bot.actions.cascade_views import Cascade, Node
from bot.i18n import translator
from bot.ui.cascade_papers import MOST_LINES, tree

LONG = "Ni Luh Putu Sri Wahyuningtyas Kusumaningrum Contoh, S.Tr.Keb."


def goal(number: int, *below: Node, whose: str = "") -> Node:
    return Node(number, number, "Terlaksananya pendampingan", whose, 1, None, below)


def drawn(*goals: Node):
    return tree(translator("id"), Cascade("Seksi Gizi", dt.date(2026, 11, 24), goals))


@pytest.mark.parametrize("people", [1, 7, 8, 40])
def test_every_goal_is_seen_however_many_stand_on_it(people):
    below = tuple(goal(n, whose=LONG) for n in range(people))

    chart = drawn(*(goal(n, *below) for n in (1, 2, 3)))

    shown = min(people, (MOST_LINES - 3) // 3)
    assert [one.depth for one in chart.lines] == [0, *[1] * shown] * 3
    assert (f"{3 * (people - shown)} baris lagi" in chart.footer) == (people > shown)


def test_a_long_name_leaves_room_for_the_goal():
    chart = drawn(goal(1, goal(2, whose=LONG)))

    assert chart.lines[1].label == "Ni Luh Putu Sri… · 2. Terlaksananya pendampingan"


def test_so_many_goals_that_nothing_below_them_has_room():
    chart = drawn(*(goal(n, goal(0, whose="Sari")) for n in range(MOST_LINES + 1)))

    assert [one.depth for one in chart.lines] == [0] * MOST_LINES
