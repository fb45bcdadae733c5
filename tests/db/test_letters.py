import datetime as dt

from sqlmodel import select

from db import letters
from db.engine import Database
from db.models.messages import Letter
from db.models.people import Employee
from db.settling import Fate, settle
from db.states import LetterState, Priority
from tests.factories import employee

DAY = dt.date(2026, 11, 24)
NOW = dt.datetime(2026, 11, 24, 7, 50, tzinfo=dt.UTC)


async def add(database: Database, *rows) -> None:
    async with database.writing() as session:
        session.add_all(rows)


async def one(database: Database, **more) -> int:
    person = employee(1, **more)
    await add(database, person)
    return person.id


def letter(person: int, due=NOW, period="2026-11-24", **more) -> Letter:
    return Letter(employee_id=person, kind="prompt", period=period, due_at=due, **more)


async def all_letters(database: Database) -> list[Letter]:
    async with database.reading() as session:
        return list(await session.exec(select(Letter).order_by(Letter.id)))


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
            await letters.put(
                session, [letters.Written(one.id, "prompt", "2026-11-24", NOW) for one in people]
            )

    assert len(await all_letters(database)) == 2500
