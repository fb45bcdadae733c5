import datetime as dt

import pytest
from sqlalchemy import event, text

from bot.skp.entries import EvidenceKind, EvidenceState
from db import arrivals, health
from db.models.entries import Entry, Evidence
from db.models.messages import Answer, Letter
from db.states import AnswerState, ArrivalState, LetterState
from tests.factories import a_team

NOW = dt.datetime(2026, 11, 24, 8, tzinfo=dt.UTC)
NOTHING = health.Queue(0, None)


def ago(minutes: float) -> dt.datetime:
    return NOW - dt.timedelta(minutes=minutes)


async def told(database) -> health.Backlog:
    async with database.reading() as session:
        return await health.backlog(session, now=NOW)


async def arrived(session, number: int, minutes: float, state: ArrivalState) -> int:
    incoming = arrivals.Incoming(number, 5, '{"text": "rahasia"}')
    (kept,) = await arrivals.keep(session, [incoming], now=ago(minutes))
    if state is ArrivalState.ASIDE:
        await arrivals.mark_failed(session, kept.id, f"ValueError: {number}", limit=1)
    elif state is ArrivalState.DONE:
        await arrivals.mark_done(session, [kept.id], now=NOW)
    return kept.id


def answer(arrival: int, minutes: float, state: AnswerState) -> Answer:
    return Answer(
        arrival_id=arrival, chat_id=5, method="x", params={}, state=state, created_at=ago(minutes)
    )


def evidence(entry: int, person: int, minutes: float, state: EvidenceState, **more) -> Evidence:
    return Evidence(
        entry_id=entry,
        employee_id=person,
        kind=EvidenceKind.PHOTO,
        state=state,
        title="foto",
        created_at=ago(minutes),
        **more,
    )


async def an_entry(session, person: int) -> int:
    entry = Entry(
        employee_id=person, day=NOW.date(), text="rahasia", created_at=NOW, changed_at=NOW
    )
    session.add(entry)
    await session.flush()
    return entry.id


async def test_nothing_waits_in_a_fresh_database(database):
    assert await told(database) == health.Backlog(*[NOTHING] * 5)


async def test_what_is_done_does_not_wait(database):
    _, (person, *_) = await a_team(database)
    async with database.writing() as session:
        done = await arrived(session, 1, 60, ArrivalState.DONE)
        await arrived(session, 2, 40, ArrivalState.NEW)
        await arrived(session, 3, 20, ArrivalState.NEW)
        await arrived(session, 4, 10, ArrivalState.ASIDE)
        session.add_all(
            [
                answer(done, 50, AnswerState.SENT),
                answer(done, 45, AnswerState.DROPPED),
                answer(done, 8, AnswerState.NEW),
            ]
        )
        entry = await an_entry(session, person)
        session.add_all(
            [
                evidence(entry, person, 90, EvidenceState.STORED),
                evidence(entry, person, 80, EvidenceState.REFUSED),
                evidence(entry, person, 7, EvidenceState.PENDING),
            ]
        )

    found = await told(database)
    assert found.arrivals == health.Queue(2, ago(40))
    assert found.aside == health.Queue(1, ago(10))
    assert found.answers == health.Queue(1, ago(8))
    assert found.evidence == health.Queue(1, ago(7))


async def test_a_letter_waits_from_the_moment_it_is_due(database):
    _, (person, *_) = await a_team(database)
    waits = {
        "tomorrow": (LetterState.DUE, -600),
        "now": (LetterState.DUE, 0),
        "late": (LetterState.DUE, 9),
        "in the bag": (LetterState.CLAIMED, 12),
        "sent": (LetterState.SENT, 30),
        "dropped": (LetterState.DROPPED, 40),
    }
    async with database.writing() as session:
        for period, (state, minutes) in waits.items():
            session.add(
                Letter(
                    employee_id=person,
                    kind="prompt",
                    period=period,
                    due_at=ago(minutes),
                    state=state,
                )
            )

    assert (await told(database)).letters == health.Queue(3, ago(12))


@pytest.mark.parametrize(("minutes", "age"), [(5, 300), (-5, 0)])
def test_an_age_is_never_less_than_nothing(minutes, age):
    assert health.Queue(1, ago(minutes)).age(NOW).total_seconds() == age
    assert NOTHING.age(NOW).total_seconds() == 0


async def test_what_lies_aside_is_listed_newest_first_without_what_it_holds(database):
    async with database.writing() as session:
        keys = [
            await arrived(session, number, 60 - number, ArrivalState.ASIDE) for number in (1, 2, 3)
        ]
        await arrived(session, 4, 1, ArrivalState.NEW)
    async with database.reading() as session:
        found = await health.lying_aside(session, limit=2)

    assert found == [
        health.Aside(keys[2], ago(57), "ValueError: 3"),
        health.Aside(keys[1], ago(58), "ValueError: 2"),
    ]
    assert "rahasia" not in repr(found)


async def test_the_newest_stored_evidence_is_named_with_its_size(database):
    _, (person, *_) = await a_team(database)
    async with database.writing() as session:
        entry = await an_entry(session, person)
        for number in (1, 2, 3):
            stored = {"path": f"evidence/{number}.jpg", "size": number}
            session.add(evidence(entry, person, 1, EvidenceState.STORED, **stored))
            await session.flush()
        session.add(evidence(entry, person, 1, EvidenceState.STORED))
        session.add(evidence(entry, person, 1, EvidenceState.PENDING))
    async with database.reading() as session:
        found = await health.stored_paths(session, limit=2)

    assert found == [("evidence/3.jpg", 3), ("evidence/2.jpg", 2)]


async def test_the_schema_is_told_from_another_ones(database):
    async with database.reading() as session:
        assert await health.schema_is_current(session)
    async with database.engine.begin() as connection:
        await connection.execute(text("UPDATE alembic_version SET version_num = '0000'"))
    async with database.reading() as session:
        assert not await health.schema_is_current(session)


async def test_no_question_walks_through_a_whole_table(database):
    asked: list[tuple[str, object]] = []

    def note(_connection, _cursor, statement, parameters, *_) -> None:
        asked.append((statement, parameters))

    event.listen(database.engine.sync_engine, "before_cursor_execute", note)
    async with database.reading() as session:
        await health.backlog(session, now=NOW)
        await health.lying_aside(session, limit=5)
        await health.stored_paths(session, limit=50)
    event.remove(database.engine.sync_engine, "before_cursor_execute", note)
    questions = [one for one in asked if one[0].startswith("SELECT")]

    assert len(questions) == 7
    explain = "EXPLAIN QUERY PLAN " if database.sqlite else "EXPLAIN "
    async with database.engine.connect() as connection:
        if not database.sqlite:
            # Of tables as small as these PostgreSQL would rather read all.
            await connection.exec_driver_sql("SET enable_seqscan = off")
        for statement, parameters in questions:
            plan = await connection.exec_driver_sql(explain + statement, parameters)
            steps = " ".join(str(row) for row in plan)
            assert "INDEX" in steps.upper(), steps
            assert "SCAN " not in steps if database.sqlite else "Seq Scan" not in steps, steps
