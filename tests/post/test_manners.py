"""How the clock treats people: it learns their hour, and leaves in peace whoever is silent."""

import datetime as dt

import pytest

from bot.skp.people import AbsenceKind
from bot.skp.reminders import Habits, Kind
from db.models.entries import Absence, Entry
from db.models.messages import Letter
from db.states import LetterState
from tests.post.planning import TUESDAY, Desk

DAYS = ("17", "18", "19", "20", "23")


@pytest.fixture
def desk(database) -> Desk:
    return Desk(database)


def logged(person: int, at: str, hour: str, **more) -> Entry:
    """Log something on a day of November at an hour in Makassar."""
    moment = dt.datetime.fromisoformat(f"2026-11-{at}T{hour}+08:00").astimezone(dt.UTC)
    own_day = dt.date.fromisoformat(f"2026-11-{at}")
    values = {"day": own_day, "text": "x", "created_at": moment, "changed_at": moment, **more}
    return Entry(employee_id=person, **values)


def asked(person: int, day: str, hour: str = "15:45") -> Letter:
    moment = dt.datetime.fromisoformat(f"2026-11-{day}T{hour}+08:00").astimezone(dt.UTC)
    return Letter(
        employee_id=person,
        kind="prompt",
        period=f"2026-11-{day}",
        due_at=moment,
        sent_at=moment,
        state=LetterState.SENT,
    )


async def week(desk: Desk) -> None:
    """Let every morning of a week pass, one of which is the person's own."""
    await desk.tick(*(f"{day}T07:00" for day in range(24, 31)))


async def test_the_hour_at_which_somebody_usually_logs_becomes_the_hour_of_the_prompt(desk):
    person = await desk.one()
    await desk.add(*(logged(person, day, "16:35") for day in DAYS))
    await week(desk)

    assert (await desk.person(person)).learned_at == dt.time(16, 35)
    assert await desk.tick("25T16:29") == []


@pytest.mark.parametrize(
    ("hours", "prompted"),
    [
        (["16:35"] * 4, None),
        # Logged because of the prompt: that tells nothing of a habit.
        (["16:00"] * 5, "15:45"),
        # Logged long after it: this is when the person logs.
        (["17:05"] * 5, "15:45"),
    ],
)
async def test_nothing_is_learned_of_few_days_or_of_answers_to_a_prompt(desk, hours, prompted):
    person = await desk.one()
    days = DAYS[: len(hours)]
    await desk.add(*(logged(person, day, hour) for day, hour in zip(days, hours, strict=True)))
    if prompted:
        await desk.add(*(asked(person, day, prompted) for day in days))
    await week(desk)

    learned = (await desk.person(person)).learned_at
    assert learned == (dt.time(17, 5) if hours[0] == "17:05" else None)


async def test_what_was_learned_stays_while_nothing_new_is_known(desk):
    person = await desk.one(learned_at=dt.time(16, 20))
    await week(desk)

    assert (await desk.person(person)).learned_at == dt.time(16, 20)


async def test_after_three_unanswered_days_help_is_offered_once_and_then_it_is_still(desk):
    person = await desk.one()
    days = [f"{day}T15:50" for day in (17, 18, 19)]
    assert await desk.tick(*days) == [f"{person} prompt {day}" for day in (17, 18, 19)]

    assert await desk.tick("20T15:50", "20T16:50") == [f"{person} help 20"]
    assert (await desk.person(person)).still_since == dt.date(2026, 11, 20)
    assert await desk.tick("23T08:00", "23T15:50", "24T15:50", "30T15:50") == []


async def test_whoever_is_heard_of_again_is_asked_again(desk):
    person = await desk.one(still_since=dt.date(2026, 11, 20))
    assert await desk.tick("23T15:50") == []
    await desk.add(logged(person, "23", "17:00"))

    assert await desk.tick("24T15:50") == [f"{person} prompt 24"]
    assert (await desk.person(person)).still_since is None


@pytest.mark.parametrize(
    "answer",
    [
        logged(0, "19", "17:00"),
        # Late, but an answer.
        logged(0, "20", "09:00", day=dt.date(2026, 11, 16), late=True),
        Absence(
            employee_id=0,
            kind=AbsenceKind.LEAVE,
            first=dt.date(2026, 11, 18),
            last=dt.date(2026, 11, 18),
        ),
        Letter(
            employee_id=0,
            kind="snooze",
            period="2026-11-18 16:50",
            due_at=dt.datetime(2026, 11, 18, 9, tzinfo=dt.UTC),
        ),
    ],
    ids=["a log", "a late log", "leave", "a snooze"],
)
async def test_any_answer_keeps_the_offer_of_help_away(desk, answer):
    person = await desk.one()
    await desk.add(*(asked(person, day) for day in ("17", "18", "19")))
    values = answer.model_dump() | {"employee_id": person, "id": None}
    await desk.add(type(answer)(**values))

    assert await desk.tick("20T16:20") == [f"{person} prompt 20"]


async def test_help_is_offered_again_only_after_three_new_days(desk):
    person = await desk.one()
    await desk.tick(*(f"{day}T16:20" for day in (16, 17, 18, 19)))
    await desk.change(person, still_since=None, look_at="")

    assert await desk.tick("20T16:20", "24T16:20") == [
        f"{person} prompt 20",
        f"{person} prompt 24",
    ]
    assert await desk.tick("25T16:20", "26T16:20") == [f"{person} prompt 25", f"{person} help 26"]


@pytest.mark.parametrize(
    ("values", "still"),
    [
        ({"paused_until": dt.date(2026, 12, 1)}, True),
        ({"paused_until": TUESDAY}, False),
    ],
)
async def test_a_pause_is_silent_and_ends_by_itself(desk, values, still):
    person = await desk.one(**values)

    assert (await desk.tick("15:50") == []) is still
    assert (await desk.person(person)).paused_until == values["paused_until"]


@pytest.mark.parametrize(("required", "comes"), [(set(), False), ({Kind.CLOSING}, True)])
async def test_what_the_agency_requires_comes_also_into_a_silence(database, required, comes):
    desk = Desk(database, habits=Habits(required=frozenset(required)))
    await desk.one(
        paused_until=dt.date(2026, 12, 15), reminders={"closing": {"on": False}}, prompts_on=False
    )
    said = await desk.tick("25T08:30", "26T08:30", "27T08:30", "30T08:30")

    assert any(" closing " in one for one in said) is comes
    assert all(" closing " in one for one in said)
