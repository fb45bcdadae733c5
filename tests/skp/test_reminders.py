import datetime as dt

import pytest

from bot.config import REMINDERS, USUAL_REMINDERS
from bot.skp.reminders import (
    GROUPS,
    SET,
    USUALLY_ON,
    Choice,
    Habits,
    Kind,
    Wishes,
    choices_of,
    group_of,
    learned_prompt,
    usual_hour,
)


def time(text: str) -> dt.time:
    return dt.time.fromisoformat(text)


def test_what_an_operator_may_name_is_what_the_rules_know():
    assert tuple(SET) == REMINDERS
    assert frozenset(map(Kind, USUAL_REMINDERS)) == USUALLY_ON == Habits().on


def test_every_kind_is_found_in_one_place():
    assert sorted(kind for kinds in GROUPS.values() for kind in kinds) == sorted(SET)
    assert all(kind in GROUPS[group_of(kind)] for kind in SET)


def test_what_is_required_comes_whatever_was_chosen():
    habits = Habits(on=frozenset(), required=frozenset({Kind.CLOSING}))
    wishes = Wishes(prompts_on=False, choices={Kind.CLOSING: Choice(on=False)})

    assert wishes.is_on(Kind.CLOSING, habits)
    assert not wishes.is_on(Kind.CLOSING, Habits())
    assert not wishes.is_on(Kind.CATCH_UP, habits)


@pytest.mark.parametrize(
    ("hours", "usual"),
    [
        (["16:00"] * 4, None),
        (["16:00"] * 5, "16:00"),
        (["09:00", "16:40", "16:30", "16:20", "17:30"], "16:30"),
        (["16:30", "16:31", "16:40", "17:00", "17:10", "17:20"], "16:40"),
    ],
)
def test_the_usual_hour_is_the_middle_of_enough_days(hours, usual):
    assert usual_hour([time(one) for one in hours]) == (usual and time(usual))


@pytest.mark.parametrize(
    ("usual", "prompt"),
    [
        ("16:40", "16:30"),
        ("16:30", "16:30"),
        ("16:29:59", "16:15"),
        ("08:10", "12:00"),
        ("21:00", "17:45"),
    ],
)
def test_somebody_is_asked_at_the_quarter_before_but_neither_before_noon_nor_late(usual, prompt):
    assert learned_prompt(time(usual)) == time(prompt)


@pytest.mark.parametrize(
    ("wishes", "kind", "on"),
    [
        (Wishes(), Kind.PROMPT, True),
        (Wishes(), Kind.FOLLOW_UP, True),
        (Wishes(), Kind.PLAN, False),
        (Wishes(prompts_on=False), Kind.PROMPT, False),
        (Wishes(prompts_on=False), Kind.FOLLOW_UP, False),
        (Wishes(prompts_on=False), Kind.HELP, False),
        (Wishes(prompts_on=False), Kind.DIGEST, True),
        (Wishes(choices={Kind.PLAN: Choice(on=True)}), Kind.PLAN, True),
        (Wishes(choices={Kind.DIGEST: Choice(on=False)}), Kind.DIGEST, False),
        (Wishes(choices={Kind.DIGEST: Choice(at=time("09:00"))}), Kind.DIGEST, True),
    ],
)
def test_a_person_decides_and_the_agency_where_nothing_is_decided(wishes, kind, on):
    assert wishes.is_on(kind, Habits()) is on


def test_an_agency_may_leave_even_the_prompt_to_the_people():
    quiet = Habits(on=frozenset())

    assert not Wishes().is_on(Kind.PROMPT, quiet)
    assert Wishes(choices={Kind.PROMPT: Choice(on=True)}).is_on(Kind.PROMPT, quiet)


def test_a_choice_is_kept_and_read_again():
    choice = Choice(on=False, at=time("09:00"), days="135")
    kept = {"digest": choice.kept(), "of-a-later-version": {"on": True}, "plan": {}}

    assert choice.kept() == {"on": False, "at": "09:00", "days": "135"}
    assert choices_of(kept) == {Kind.DIGEST: choice, Kind.PLAN: Choice()}
    assert Choice().kept() == {}
