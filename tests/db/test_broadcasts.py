import datetime as dt

from db import broadcasts
from db.models.messages import Broadcast
from db.models.people import Employee, Placement, Unit
from db.states import BroadcastState, LetterState
from tests.factories import LONG_AGO, employee

DAY = dt.date(2026, 11, 24)
NOW = dt.datetime(2026, 11, 24, 7, 50, tzinfo=dt.UTC)


async def some_people(database) -> tuple[int, int]:
    """Make a unit, one below it, and somebody in each; give the units' keys."""
    async with database.writing() as session:
        above = Unit(code="A", name="Dinas 100%")
        session.add(above)
        await session.flush()
        below = Unit(code="B", name="Seksi", parent_id=above.id)
        session.add(below)
        await session.flush()
        for n, unit in enumerate((above, below, above, above, above)):
            more = ({}, {}, {"consented_at": None}, {"unreachable_since": NOW}, {})[n]
            person = employee(n, roles=["admin"], **more)
            session.add(person)
            await session.flush()
            until = DAY if n == 4 else None
            session.add(
                Placement(
                    employee_id=person.id,
                    unit_id=unit.id,
                    position="x",
                    since=LONG_AGO,
                    until=until,
                )
            )
    return above.id, below.id


async def test_it_reaches_who_is_in_agreed_reachable_and_there_today(database):
    above, below = await some_people(database)
    async with database.reading() as session:
        found = [
            await broadcasts.reach(session, unit, on=DAY) for unit in (None, above, below, 999)
        ]

    zone = "Asia/Makassar"
    assert found == [{zone: 3}, {zone: 2}, {zone: 1}, {}]


async def test_of_two_that_send_one_does_and_each_letter_is_there_once(database):
    await some_people(database)
    async with database.writing() as session:
        draft = Broadcast(author_id=1, text="x", created_at=NOW)
        session.add(draft)
        await session.flush()
        assert await broadcasts.take_draft(session, draft, sent_at=NOW)
        assert not await broadcasts.take_draft(session, draft, sent_at=NOW)
        for _ in range(2):
            await broadcasts.put_letters(session, draft, {"Asia/Makassar": NOW}, on=DAY)
        assert await broadcasts.tally(session, draft) == [(LetterState.DUE, None, 3)]


async def test_a_broadcast_is_settled_once_nothing_waits(database):
    await some_people(database)
    async with database.writing() as session:
        said = Broadcast(
            author_id=1, text="x", created_at=NOW, state=BroadcastState.SENDING, sent_at=NOW
        )
        session.add(said)
        await session.flush()
        await broadcasts.put_letters(session, said, {"Asia/Makassar": NOW}, on=DAY)
        assert await broadcasts.settled(session) == []
        await broadcasts.stop(session, said, error="stopped")
        assert await broadcasts.settled(session) == [said]
        assert await broadcasts.tally(session, said) == [(LetterState.DROPPED, "stopped", 3)]


async def test_whoever_is_no_admin_finds_nothing(database):
    above, _ = await some_people(database)
    async with database.writing() as session:
        session.add(Broadcast(author_id=1, text="x", created_at=NOW))
    async with database.reading() as session:
        author = await session.get(Employee, 1)
        plain = Employee(id=1, nip="1", name="x", roles=["pegawai"])
        assert await broadcasts.own(session, author, 1) is not None
        assert await broadcasts.own(session, await session.get(Employee, 2), 1) is None
        assert await broadcasts.own(session, plain, 1) is None
        assert await broadcasts.units_named(session, plain, "") == []
        assert await broadcasts.unit_of(session, plain, above) is None
        assert [one.code for one in await broadcasts.units_named(session, author, "100%")] == ["A"]


async def test_the_key_of_a_deleted_draft_is_never_given_again(database):
    await some_people(database)
    keys = []
    for _ in range(2):
        async with database.writing() as session:
            author = await session.get(Employee, 1)
            await broadcasts.forget_drafts(session, author)
            draft = Broadcast(author_id=1, text="x", created_at=NOW)
            session.add(draft)
            await session.flush()
            keys.append(draft.id)

    assert keys[0] != keys[1]
