import datetime as dt
import itertools

import pytest

from bot.post.pace import Holds, Pace

NOW = dt.datetime(2026, 11, 24, 8, 0, tzinfo=dt.UTC)
SECOND = dt.timedelta(seconds=1)


def sent(pace: Pace, chats, *, until: float, answers=()) -> list[float]:
    """Let as many pushes go as the pace allows, each a hundredth of a millisecond late."""
    times, at, waiting, asked = [], 0.0, list(chats), list(answers)
    while waiting and at < until:
        while asked and asked[0][1] <= at:
            pace.note_answer(*asked.pop(0))
        place, pause = pace.next(waiting, at)
        if pause > 0:
            at += pause + 0.00001
            continue
        pace.note_push(waiting.pop(place), at)
        times.append(at)
    return times


def busiest(times) -> int:
    return max(sum(start <= one < start + 1 for one in times) for start in times)


@pytest.mark.parametrize("per_second", [29, 290])
def test_a_fan_out_keeps_the_rate_and_never_passes_it(per_second):
    times = sent(Pace(per_second), range(1, per_second * 10), until=8)

    assert len(times) >= per_second * 8 * 0.95
    assert busiest(times) <= per_second


def test_what_a_slow_claim_cost_is_caught_up_but_not_a_whole_pause():
    pace = Pace()
    for n in range(1, 30):
        pace.note_push(n, n / 29)
    waits = []
    at = 2.0
    for n in range(100, 130):
        waits.append(pace.wait(at))
        at += waits[-1]
        pace.note_push(n, at)

    assert waits[0] == 0
    assert at - 2.0 > 29 / 29 - 0.15


@pytest.mark.parametrize(
    ("answers", "pushes"), [(0, (28, 30)), (10, (17, 20)), (28, (1, 2)), (60, (1, 2))]
)
def test_pushes_take_what_answers_leave_and_at_least_one(answers, pushes):
    pace = Pace()
    for n in range(answers):
        pace.note_answer(10_000 + n, 0.0)
    times = sent(pace, range(1, 100), until=0.99)

    least, most = pushes
    assert least <= len(times) <= most


def test_one_person_gets_a_message_a_second_and_others_do_not_wait_for_it():
    pace = Pace()
    pace.note_answer(7, 0.0)

    assert pace.wait_for(7, 0.4) == pytest.approx(0.6)
    assert pace.next([7, 8], 0.4)[0] == 1
    assert pace.wait_for(7, 1.0) == 0


def test_a_group_gets_twenty_a_minute():
    times = sent(Pace(), [-5] * 25, until=70)

    assert sum(one < 60 for one in times) == 20
    assert all(late - early >= 1 for early, late in itertools.pairwise(times))


def test_a_single_refusal_holds_nobody_else_and_a_second_one_holds_all():
    holds = Holds()

    assert holds.refuse(NOW, 40 * SECOND) == NOW + 40 * SECOND
    assert not holds.holds(NOW)
    holds.refuse(NOW + SECOND, 5 * SECOND)
    assert holds.holds(NOW + 39 * SECOND)
    assert not holds.holds(NOW + 40 * SECOND)


def test_two_refusals_far_apart_hold_nobody_else():
    holds = Holds()
    holds.refuse(NOW, SECOND)
    holds.refuse(NOW + 10 * SECOND, 30 * SECOND)

    assert not holds.holds(NOW + 10 * SECOND)


def test_an_outage_lets_all_rest_for_longer_and_longer_until_something_is_heard():
    holds = Holds()
    for _ in range(3):
        holds.miss(NOW)
    assert holds.holds(NOW)
    assert not holds.holds(NOW + SECOND)
    for _ in range(20):
        holds.miss(NOW)
    assert holds.holds(NOW + 59 * SECOND)
    assert not holds.holds(NOW + 60 * SECOND)
    holds.hear()
    holds.miss(NOW + 120 * SECOND)
    assert not holds.holds(NOW + 120 * SECOND)


def test_a_clock_that_is_put_back_does_not_hold_for_ever():
    holds = Holds()
    holds.refuse(NOW, 5 * SECOND)
    holds.refuse(NOW, 5 * SECOND)

    assert not holds.holds(NOW - dt.timedelta(hours=1))
