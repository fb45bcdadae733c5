import datetime as dt

import pytest

from bot.skp.quiz import PAUSES, Card, Offer, after, choose, next_day, spread, turned

TODAY = dt.date(2026, 11, 24)


def in_days(days: int) -> dt.date:
    return TODAY + dt.timedelta(days=days)


def offers(*names: str, theme: str = "stunting", **more) -> list[Offer]:
    return [Offer(name, theme, **more) for name in names]


@pytest.mark.parametrize(
    ("card", "right", "place", "days"),
    [
        (None, False, 0, 1),
        (None, True, 1, 3),
        (Card(0, TODAY), True, 1, 3),
        (Card(1, in_days(-2)), True, 2, 7),
        (Card(2, TODAY), True, 3, 21),
        (Card(4, TODAY), True, 4, 60),
        (Card(4, TODAY), False, 0, 1),
        (Card(2, in_days(5)), False, 0, 1),
    ],
)
def test_what_was_wrong_comes_tomorrow_and_what_was_right_ever_later(card, right, place, days):
    assert after(card, right=right, today=TODAY) == Card(place, in_days(days))


def test_right_before_its_day_moves_nothing():
    early = Card(2, in_days(5))

    assert after(early, right=True, today=TODAY) == early


def test_a_question_always_right_is_asked_ever_more_rarely():
    card, day = None, TODAY
    for pause in [*PAUSES[1:], PAUSES[-1]]:
        card = after(card, right=True, today=day)
        assert (card.due - day).days == pause
        day = card.due


@pytest.mark.parametrize(
    ("due", "fresh", "repeated", "new"),
    [
        (0, 9, 0, 5),
        (2, 9, 2, 3),
        (9, 9, 3, 2),
        (9, 1, 4, 1),
        (9, 0, 5, 0),
        (1, 1, 1, 1),
        (0, 0, 0, 0),
    ],
)
def test_a_round_balances_what_is_due_with_what_is_new(due, fresh, repeated, new):
    known, unknown = [f"d{n}" for n in range(due)], [f"n{n}" for n in range(fresh)]
    cards = dict.fromkeys(known, Card(0, TODAY))

    chosen = choose(offers(*known, *unknown), cards, person=1, today=TODAY)

    assert [sum(one in some for one in chosen) for some in (known, unknown)] == [repeated, new]


def test_what_has_waited_longest_comes_first_and_what_is_not_due_does_not():
    cards = {"a": Card(0, TODAY), "b": Card(3, in_days(-4)), "c": Card(1, in_days(1))}

    assert choose(offers("a", "b", "c"), cards, person=1, today=TODAY) == ["b", "a"]


def test_the_own_job_and_themes_come_first():
    far = offers("far", theme="inflasi")
    near = offers("theme", own_theme=True)
    nearest = offers("both", own_theme=True, own_job=True)

    assert spread([*far, *near, *nearest], 1) == ["both", "theme", "far"]


def test_themes_take_turns():
    some = [*offers("a1", "a2", "a3", theme="a"), *offers("b1", "b2", "b3", theme="b")]

    found = spread(some, 7)

    assert sorted(one[0] for one in found[:2]) == ["a", "b"]
    assert sorted(one[0] for one in found[2:4]) == ["a", "b"]


def test_two_people_meet_the_same_questions_in_another_order():
    some = offers(*(f"q{n}" for n in range(20)))

    assert spread(some, 1) != spread(some, 2)
    assert spread(some, 1) == spread(list(reversed(some)), 1)


def test_the_next_day_is_the_first_that_is_due():
    assert next_day([Card(1, in_days(3)), Card(0, in_days(1))]) == in_days(1)
    assert next_day([]) is None


@pytest.mark.parametrize("turn", range(5))
def test_turned_answers_keep_the_right_one(turn):
    shown = Offer("a", "stunting", options=3, right=1).shown_at(turn)

    options = turned(["a", "b", "c"], 1, shown)

    assert options[shown] == "b"
    assert sorted(options) == ["a", "b", "c"]
    assert (options == ["a", "b", "c"]) is (turn % 3 == 0)
