import datetime as dt

import pytest
from sqlmodel import select

from bot.skp.entries import EntryState
from bot.skp.people import AbsenceKind
from db import letters
from db.engine import Database
from db.letters import Moment
from db.models.entries import Absence, Entry
from db.models.messages import Letter
from db.models.people import Employee, Placement, Unit
from db.settling import Fate, settle
from db.states import LetterState, Priority
from tests.factories import employee

DAY = dt.date(2026, 11, 24)
NOW = dt.datetime(2026, 11, 24, 7, 50, tzinfo=dt.UTC)
AFTERNOON = Moment("Asia/Makassar", DAY, dt.time(15, 50))
USUAL = [(5, None)]


async def add(database: Database, *rows) -> None:
    async with database.writing() as session:
        session.add_all(rows)


async def one(database: Database, **more) -> int:
    person = employee(1, **more)
    await add(database, person)
    return person.id


async def silent(database: Database, moment=AFTERNOON, hours=USUAL, *, but_not_in=()) -> list[int]:
    async with database.reading() as session:
        return list(
            await letters.silent(session, moment, hours, kind="prompt", but_not_in=set(but_not_in))
        )


def letter(person: int, due=NOW, period="2026-11-24", **more) -> Letter:
    return Letter(employee_id=person, kind="prompt", period=period, due_at=due, **more)


def entry(person: int, **more) -> Entry:
    settings = {"day": DAY, "text": "x", "created_at": NOW, "changed_at": NOW, **more}
    return Entry(employee_id=person, **settings)


async def all_letters(database: Database) -> list[Letter]:
    async with database.reading() as session:
        return list(await session.exec(select(Letter).order_by(Letter.id)))


async def test_who_is_silent_at_the_usual_hour_is_asked(database):
    person = await one(database)

    assert await silent(database) == [person]


@pytest.mark.parametrize(
    "settings",
    [
        {"telegram_id": None},
        {"consented_at": None},
        {"prompts_on": False},
        {"unreachable_since": NOW},
        {"zone": "Asia/Jakarta"},
        {"prompt_at": dt.time(16, 30)},
        {"week": 6},
        {"leave_at": dt.time(17, 0)},
    ],
)
async def test_who_is_not_to_be_asked_is_not(database, settings):
    await one(database, **settings)

    assert await silent(database) == []


async def test_the_own_hour_counts_before_the_usual_one(database):
    person = await one(database, prompt_at=dt.time(14, 0))

    assert await silent(database, Moment("Asia/Makassar", DAY, dt.time(14, 0)), []) == [person]


async def test_nobody_is_asked_on_a_day_outside_the_own_week(database):
    five = await one(database)
    six = employee(2, week=6)
    await add(database, six)
    saturday = Moment("Asia/Makassar", dt.date(2026, 11, 28), dt.time(15, 50))

    assert await silent(database, saturday, [(5, None), (6, None)]) == [six.id]
    assert five != six.id


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
async def test_an_entry_on_the_day_keeps_the_prompt_away(database, more, asked):
    person = await one(database)
    await add(database, entry(person, **more))

    assert await silent(database) == ([person] if asked else [])
    async with database.reading() as session:
        known = await session.get(Employee, person)
        assert await letters.has_logged(session, known, DAY) is not asked
        still = await letters.still_silent(session, DAY, [person], but_not_in=set())
        assert still == ({person} if asked else set())


@pytest.mark.parametrize(
    ("first", "last", "asked"),
    [
        ("2026-11-24", "2026-11-24", False),
        ("2026-11-20", "2026-11-30", False),
        ("2026-11-20", "2026-11-23", True),
        ("2026-11-25", "2026-11-26", True),
    ],
)
async def test_days_away_keep_the_prompt_away(database, first, last, asked):
    person = await one(database)
    days = map(dt.date.fromisoformat, (first, last))
    absence = dict(zip(("first", "last"), days, strict=True))
    await add(database, Absence(employee_id=person, kind=AbsenceKind.DUTY, **absence))

    assert await silent(database) == ([person] if asked else [])


async def test_who_has_had_the_letter_is_not_asked_again(database):
    person = await one(database)
    await add(database, letter(person))

    assert await silent(database) == []


async def test_people_of_a_unit_that_is_free_are_not_asked(database):
    person = await one(database)
    unit = Unit(code="A", name="A")
    await add(database, unit)
    await add(
        database,
        Placement(employee_id=person, unit_id=unit.id, position="x", since=dt.date(2020, 1, 1)),
    )

    assert await silent(database, but_not_in=[unit.id]) == []
    assert await silent(database, but_not_in=[unit.id + 1]) == [person]


async def test_the_same_letter_put_twice_is_there_once(database):
    person = await one(database)
    for _ in range(2):
        async with database.writing() as session:
            await letters.put(session, [letter(person)])

    assert [one.period for one in await all_letters(database)] == ["2026-11-24"]


async def test_a_letter_is_claimed_by_one_carrier_alone(database):
    person = await one(database)
    await add(database, letter(person))
    async with database.writing() as session:
        (mine,) = await letters.claim(session, now=NOW, most=10)
    async with database.writing() as session:
        others = await letters.claim(session, now=NOW, most=10)

    assert (mine.state, mine.attempts, others) == (LetterState.CLAIMED, 1, [])


async def test_a_claim_runs_out_with_its_carrier(database):
    person = await one(database)
    await add(database, letter(person))
    async with database.writing() as session:
        await letters.claim(session, now=NOW, most=10)
    async with database.writing() as session:
        (again,) = await letters.claim(session, now=NOW + letters.LEASE, most=10)

    assert again.attempts == 2


async def test_what_is_not_due_is_not_claimed(database):
    person = await one(database)
    await add(database, letter(person, due=NOW + dt.timedelta(minutes=1)))
    async with database.writing() as session:
        assert await letters.claim(session, now=NOW, most=10) == []


async def test_no_more_are_claimed_than_asked_for_and_the_oldest_first(database):
    person = await one(database)
    await add(
        database,
        *(letter(person, NOW - dt.timedelta(minutes=n), f"2026-11-{n:02}") for n in range(1, 6)),
    )
    async with database.writing() as session:
        claimed = await letters.claim(session, now=NOW, most=2)

    assert {one.period for one in claimed} == {"2026-11-05", "2026-11-04"}


async def test_a_settled_letter_keeps_what_became_of_it(database):
    person = await one(database)
    await add(database, letter(person))
    async with database.writing() as session:
        (mine,) = await letters.claim(session, now=NOW, most=10)
        fate = Fate(LetterState.SENT, sent_at=NOW, message_id=77)
        await settle(session, [(mine, fate)])
    (kept,) = await all_letters(database)

    assert (kept.state, kept.sent_at, kept.message_id) == (LetterState.SENT, NOW, 77)
    assert kept.lease_until is None


async def test_a_letter_that_still_waits_is_found(database):
    person = await one(database)
    await add(database, letter(person, period="2026-11-24 08:50"))
    async with database.reading() as session:
        known = await session.get(Employee, person)
        found = await letters.waiting(session, known, "prompt", DAY)
        other = await letters.waiting(session, known, "prompt", dt.date(2026, 11, 25))

    assert found.period == "2026-11-24 08:50"
    assert other is None


async def test_the_most_urgent_are_claimed_first_and_of_these_the_oldest(database):
    person = await one(database)
    minutes = [dt.timedelta(minutes=n) for n in range(4)]
    await add(
        database,
        letter(person, NOW - minutes[3], "a", priority=Priority.BROADCAST),
        letter(person, NOW - minutes[1], "b"),
        letter(person, NOW - minutes[2], "c"),
        letter(person, NOW - minutes[3], "d", priority=Priority.DIGEST),
    )
    async with database.writing() as session:
        claimed = await letters.claim(session, now=NOW, most=3)

    assert [one.period for one in claimed] == ["c", "b", "d"]


async def test_what_was_put_off_unasked_does_not_count_as_a_try(database):
    person = await one(database)
    await add(database, letter(person))
    later = NOW + dt.timedelta(seconds=40)
    async with database.writing() as session:
        claimed = await letters.claim(session, now=NOW, most=1)
        await settle(
            session, [(claimed[0], Fate(LetterState.DUE, "x", due_at=later, counted=False))]
        )
    (kept,) = await all_letters(database)

    assert (kept.state, kept.due_at, kept.attempts) == (LetterState.DUE, later, 0)


async def test_a_late_carrier_cannot_put_back_what_another_has_sent(database):
    person = await one(database)
    await add(database, letter(person))
    async with database.writing() as session:
        (first,) = await letters.claim(session, now=NOW, most=1)
    async with database.writing() as session:
        (second,) = await letters.claim(session, now=NOW + letters.LEASE, most=1)
        await settle(session, [(second, Fate(LetterState.SENT, sent_at=NOW, message_id=7))])
        await settle(session, [(first, Fate(LetterState.DUE, "TimedOut", due_at=NOW))])

    assert [one.state for one in await all_letters(database)] == [LetterState.SENT]


async def test_what_must_not_repeat_is_given_up_when_its_carrier_died(database):
    person = await one(database)
    await add(database, letter(person), letter(person, period="x"))
    async with database.writing() as session:
        await letters.claim(session, now=NOW, most=2)
        assert await letters.give_up(session, ["prompt"], now=NOW) == 0
        assert await letters.give_up(session, ["other"], now=NOW + letters.LEASE) == 0
        assert await letters.give_up(session, ["prompt"], now=NOW + letters.LEASE) == 2

    assert {one.error for one in await all_letters(database)} == {letters.UNCERTAIN}


async def test_thousands_are_put_in_chunks_and_each_once(database):
    people = [employee(n, nip=f"1990{n:014}") for n in range(2500)]
    await add(database, *people)
    for _ in range(2):
        async with database.writing() as session:
            await letters.put_for(session, [one.id for one in people], letter(0))

    assert len(await all_letters(database)) == 2500
