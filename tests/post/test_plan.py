"""Whom the clock looks at, and what it puts into the post."""

import datetime as dt

import pytest

from bot.skp.entries import EntryState
from bot.skp.people import AbsenceKind
from bot.skp.reminders import Habits, Kind
from db.models.entries import Absence, Entry
from db.models.messages import Letter
from db.models.people import Placement, Shift, Unit
from db.models.plans import Holiday
from db.rhythms import look_again
from db.states import LetterState
from tests.factories import employee
from tests.post.planning import TUESDAY, Desk

LONG_AGO = dt.date(2020, 1, 1)
THEN = dt.datetime(2026, 11, 24, 7, 0, tzinfo=dt.UTC)


@pytest.fixture
def desk(database) -> Desk:
    return Desk(database)


def entry(person: int, day: dt.date = TUESDAY, **more) -> Entry:
    settings = {"day": day, "text": "x", "created_at": THEN, "changed_at": THEN, **more}
    return Entry(employee_id=person, **settings)


async def test_who_is_silent_is_asked_as_work_ends_and_once_more_an_hour_later(desk):
    person = await desk.one()

    assert await desk.tick("07:00", "15:44") == []
    assert await desk.tick("15:45", "15:46", "16:44") == [f"{person} prompt 24"]
    assert await desk.tick("16:45", "17:50", "21:00") == [f"{person} follow-up 24"]


@pytest.mark.parametrize(
    "settings",
    [
        {"telegram_id": None},
        {"consented_at": None},
        {"prompts_on": False},
        {"unreachable_since": THEN},
        {"paused_until": dt.date(2026, 11, 25)},
        {"still_since": dt.date(2026, 11, 20)},
        {"zone": "Asia/Jakarta"},
        {"prompt_at": dt.time(16, 30)},
        {"leave_at": dt.time(17, 0)},
    ],
)
async def test_who_is_not_to_be_asked_now_is_not(desk, settings):
    await desk.one(**settings)

    assert await desk.tick("15:50") == []


@pytest.mark.parametrize(
    ("settings", "time"),
    [
        ({"prompt_at": dt.time(14, 0)}, "14:00"),
        ({"week": 6}, "14:30"),
        ({"week": 6}, "28T14:30"),
        ({"leave_at": dt.time(14, 0)}, "13:45"),
        ({"learned_at": dt.time(17, 5)}, "17:00"),
        ({"zone": "Asia/Jayapura"}, "14:45"),
        ({"paused_until": TUESDAY}, "15:45"),
    ],
)
async def test_everybody_is_asked_at_their_own_hour(desk, settings, time):
    person = await desk.one(**settings)
    day, _, hour = time.rpartition("T")
    before = (dt.datetime.fromisoformat(f"2026-11-24T{hour}") - dt.timedelta(minutes=1)).time()

    assert await desk.tick(f"{day or 24}T{before:%H:%M}") == []
    assert await desk.tick(time) == [f"{person} prompt {day or 24}"]


@pytest.mark.parametrize(
    ("more", "asked"),
    [
        ({}, False),
        ({"state": EntryState.UNDONE}, True),
        ({"day": dt.date(2026, 11, 23)}, True),
        ({"day": dt.date(2026, 11, 20), "last_day": dt.date(2026, 11, 26)}, False),
        ({"day": dt.date(2026, 11, 20), "last_day": dt.date(2026, 11, 23)}, True),
    ],
)
async def test_an_entry_on_the_day_keeps_the_prompt_away(desk, more, asked):
    person = await desk.one()
    await desk.add(entry(person, **more))

    assert bool(await desk.tick("15:50")) is asked


@pytest.mark.parametrize(
    ("first", "last", "asked"),
    [("24", "24", False), ("20", "30", False), ("20", "23", True), ("25", "26", True)],
)
async def test_days_away_keep_the_prompt_away(desk, first, last, asked):
    person = await desk.one()
    days = [dt.date.fromisoformat(f"2026-11-{one}") for one in (first, last)]
    kind = AbsenceKind.DUTY
    await desk.add(Absence(employee_id=person, kind=kind, first=days[0], last=days[1]))

    assert bool(await desk.tick("15:50")) is asked


@pytest.mark.parametrize(("until", "asked"), [(None, True), ("24", False), ("25", True)])
async def test_who_has_left_every_place_is_not_asked(desk, until, asked):
    person = await desk.one()
    unit = Unit(code="A", name="A")
    await desk.add(unit)
    end = until and dt.date.fromisoformat(f"2026-11-{until}")
    place = {"employee_id": person, "unit_id": unit.id, "position": "x", "since": LONG_AGO}
    await desk.add(Placement(**place, until=end))

    assert bool(await desk.tick("15:50")) is asked


@pytest.mark.parametrize(("whose", "asked"), [("own", False), ("above", False), ("other", True)])
async def test_a_unit_that_is_free_is_not_asked_however_late_that_is_known(desk, whose, asked):
    above, other = Unit(code="A", name="A"), Unit(code="C", name="C")
    await desk.add(above, other)
    own = Unit(code="B", name="B", parent_id=above.id)
    await desk.add(own)
    person = await desk.one()
    await desk.add(Placement(employee_id=person, unit_id=own.id, position="x", since=LONG_AGO))
    assert await desk.tick("07:00", "14:00") == []
    unit = {"own": own, "above": above, "other": other}[whose]
    await desk.add(Holiday(day=TUESDAY, name="Hari jadi contoh", unit_id=unit.id))

    assert bool(await desk.tick("15:50")) is asked


async def test_whoever_works_in_shifts_is_asked_as_a_shift_ends_and_on_no_other_day(desk):
    night = await desk.one(1)
    day = await desk.one(2)
    await desk.add(
        Shift(employee_id=night, day=TUESDAY, start=dt.time(21), end=dt.time(7)),
        Shift(employee_id=day, day=dt.date(2026, 11, 29), start=dt.time(7), end=dt.time(14)),
    )

    assert await desk.tick("15:50", "17:50", "23:00") == []
    assert await desk.tick("25T07:00", "25T15:50") == [f"{night} prompt 24"]
    assert await desk.tick("29T13:45") == [f"{day} prompt 29"]


async def test_a_person_who_moves_to_another_zone_at_noon_is_asked_there(desk):
    east = await desk.one(1, zone="Asia/Jayapura")
    west = await desk.one(2, zone="Asia/Jakarta")
    assert await desk.tick("07:00", "12:00") == []
    await desk.change(east, zone="Asia/Jakarta")
    await desk.change(west, zone="Asia/Jayapura")

    assert await desk.tick("14:44") == []
    assert await desk.tick("14:45") == [f"{west} prompt 24"]
    assert await desk.tick("15:45", "16:44") == [f"{west} follow-up 24"]
    assert await desk.tick("16:45") == [f"{east} prompt 24"]


async def test_after_a_long_sleep_only_today_is_asked_for(desk):
    person = await desk.one()
    await desk.tick("07:00")

    assert await desk.tick("27T16:20") == [f"{person} prompt 27"]


@pytest.mark.parametrize("back", ["24T14:00", "20T14:00", "03T07:30"])
async def test_a_clock_that_was_put_back_asks_again_in_time(desk, back):
    person = await desk.one()
    await desk.tick("24T15:50", "27T16:20")
    await desk.tick(back)

    day = back[:2]
    asked = await desk.tick(f"{day}T16:16")
    assert asked == ([] if day == "24" else [f"{person} prompt {day}"])


async def test_another_process_after_a_clock_far_ahead_asks_in_time(desk):
    person = await desk.one(look_at="2030-01-01T15:45")

    assert await desk.tick("15:50") == [f"{person} prompt 24"]


async def test_a_holiday_that_is_taken_off_the_list_is_worked_at_once(desk):
    person = await desk.one()
    holiday = Holiday(day=TUESDAY, name="Hari contoh")
    await desk.add(holiday)
    assert await desk.tick("07:00", "15:50") == []
    async with desk.database.writing() as session:
        await session.delete(await session.merge(holiday))
        await look_again(session)

    assert await desk.tick("15:51") == [f"{person} prompt 24"]


async def two_days_off(desk) -> None:
    """Let Tuesday be the third working day before November ends, by a change."""
    days = [Holiday(day=dt.date(2026, 11, n), name="Hari contoh") for n in (25, 26)]
    await desk.add(*days)
    async with desk.database.writing() as session:
        await look_again(session)


async def test_what_a_change_makes_due_long_after_its_hour_does_not_come_that_day(desk):
    person = await desk.one()
    assert await desk.tick("07:00", "08:00", "11:00") == []
    await two_days_off(desk)

    await desk.tick("11:09", "15:45")

    due = [one.kind for one in await desk.letters() if one.state is not LetterState.DROPPED]
    assert due == [Kind.PROMPT]
    assert f"{person} closing 30" in await desk.tick("30T08:00")


async def test_what_a_change_makes_due_soon_after_its_hour_still_comes(desk):
    person = await desk.one()
    assert await desk.tick("07:00", "08:00") == []
    await two_days_off(desk)

    assert await desk.tick("08:40") == [f"{person} closing 24"]


async def test_a_process_that_has_slept_still_says_what_was_due(desk):
    person = await desk.one()
    await two_days_off(desk)

    assert await desk.tick("07:00", "11:09") == [f"{person} closing 24"]


async def test_with_a_new_year_its_holidays_are_known_also_to_a_process_that_ran_on(desk):
    person = await desk.one()
    desk.now = dt.datetime(2027, 12, 30, 0, tzinfo=dt.UTC)
    await desk.planner.plan()
    for moment in ((2028, 8, 16), (2028, 8, 17)):
        desk.now = dt.datetime(*moment, 8, tzinfo=dt.UTC)
        await desk.planner.plan()

    periods = [one.period for one in await desk.letters() if one.employee_id == person]
    assert "2028-08-16" in periods
    assert "2028-08-17" not in periods


async def test_a_log_keeps_the_follow_up_away(desk):
    person = await desk.one()
    await desk.tick("15:45")
    await desk.add(entry(person))

    assert await desk.tick("16:45", "17:50") == []


async def test_a_prompt_that_was_put_off_is_not_followed_by_another(desk):
    person = await desk.one()
    await desk.tick("15:45")
    await desk.add(
        Letter(employee_id=person, kind="snooze", period="2026-11-24 16:50", due_at=desk.now)
    )

    assert await desk.tick("16:45", "17:45") == []


async def test_a_follow_up_waits_until_the_prompt_was_there_for_a_while(desk):
    person = await desk.one()
    desk.at("15:45")
    await desk.planner.plan()

    assert await desk.tick("16:45") == []
    assert await desk.tick("17:00") == []
    assert await desk.tick("17:15") == [f"{person} follow-up 24"]


async def test_many_letters_fall_due_minute_by_minute(database):
    desk = Desk(database, per_minute=10)
    await desk.add(*(employee(n, nip=f"1990{n:014}") for n in range(25)))
    desk.at("15:45")
    await desk.planner.plan()
    minutes = [int((one.due_at - desk.now).total_seconds() // 60) for one in await desk.letters()]

    assert sorted(minutes) == [0] * 10 + [1] * 10 + [2] * 5


async def test_thousands_are_planned_in_handfuls_and_nobody_twice(database):
    desk = Desk(database, per_minute=100_000)
    await desk.add(*(employee(n, nip=f"1990{n:014}") for n in range(1203)))

    assert len(await desk.tick("15:45")) == 1203
    assert await desk.tick("15:46") == []


async def test_what_meets_is_one_message_and_no_more_than_two_come_a_day(desk):
    choices = {
        "plan": {"on": True},
        "guidance": {"on": True, "days": "2"},
        "recap": {"on": True, "at": "09:00", "days": "2"},
    }
    person = await desk.one(reminders=choices)
    await desk.add(entry(person, dt.date(2026, 11, 18)))

    assert await desk.tick("08:00") == [f"{person} plan 24", f"{person} guidance 24"]
    first, second = await desk.letters()
    assert first.data == {"with": [["guidance", "2026-11-24"]]}
    assert (first.state, second.state, second.error) == ("sent", LetterState.DROPPED, "bundled")
    # The last message of the day is kept for the evening, and what waits joins it.
    assert await desk.tick("09:00", "15:44") == []
    assert await desk.tick("15:45") == [f"{person} prompt 24", f"{person} recap 24"]
    assert await desk.tick("16:45", "17:45") == []


async def test_what_waited_for_a_prompt_that_is_not_wanted_comes_alone(desk):
    choices = {"plan": {"on": True}, "recap": {"on": True, "at": "09:00", "days": "2"}}
    person = await desk.one(reminders=choices)
    await desk.add(entry(person, dt.date(2026, 11, 18)))
    await desk.tick("08:00", "09:00")
    await desk.add(entry(person))

    assert await desk.tick("15:45") == [f"{person} recap 24"]


async def test_an_agency_may_allow_one_message_a_day_or_switch_everything_off(database):
    desk = Desk(database, habits=Habits(frozenset({Kind.PROMPT, Kind.FOLLOW_UP, Kind.PLAN}), 1))
    person = await desk.one()

    asked = await desk.tick("08:00", "15:45", "16:45")
    assert asked == [f"{person} prompt 24", f"{person} plan 24"]
    quiet = Desk(database, habits=Habits(frozenset()))
    await desk.one(2)
    assert await quiet.tick("15:50", "25T15:50") == []
