import datetime as dt
import random
from decimal import Decimal

from sqlmodel import select

from bot.actions.standings import stand
from bot.skp.entries import EntryState
from bot.skp.people import AbsenceKind
from bot.skp.periods import Period, day_of, month_of
from bot.skp.plans import Aggregation, Aspect
from db import cascade_sums, entries, people, team_standings, teams
from db.models.people import Employee, Placement
from db.models.plans import Holiday
from db.plans import Measure
from tests.factories import LONG_AGO, a_team
from tests.team_rows import TODAY, a_unit, change, is_away, joins, logs, moves

DAY = dt.timedelta(days=1)


async def members(database, leader_id, on=TODAY):
    async with database.reading() as session:
        leader = await session.get(Employee, leader_id)
        return await teams.members(session, leader, on=on)


async def test_a_leader_is_whoever_someone_works_under_on_the_day(database):
    leader_id, (first, *_) = await a_team(database)

    async with database.reading() as session:
        leader, member = await session.get(Employee, leader_id), await session.get(Employee, first)

        assert await teams.leads(session, leader, on=TODAY)
        assert not await teams.leads(session, leader, on=LONG_AGO - DAY)
        assert not await teams.leads(session, member, on=TODAY)


async def test_leaders_and_admins_get_menus_of_their_own(database):
    _, (first, second, _) = await a_team(database)
    await change(database, first, roles=["pegawai", "admin"], language="en")
    await joins(database, 7, second, telegram_id=None, roles=["admin"])

    async with database.reading() as session:
        assert await people.with_special_menus(session) == [
            (100, "id", ["leader"]),
            (101, "en", ["admin"]),
            (102, "id", ["leader"]),
        ]


async def test_who_moves_to_another_leader_belongs_there_from_that_day_on(database):
    leader_id, (first, second, third) = await a_team(database)
    await moves(database, first, second, on=TODAY)

    before = [one.id for one in await members(database, leader_id, TODAY - DAY)]
    after = [one.id for one in await members(database, leader_id)]

    assert (before, after) == ([first, second, third], [second, third])
    assert [one.since for one in await members(database, second)] == [TODAY]


async def test_a_newer_placement_counts_also_where_the_older_was_never_ended(database):
    leader_id, (first, second, third) = await a_team(database)
    async with database.writing() as session:
        old = (await session.get(Placement, 2)).unit_id
        session.add(
            Placement(
                employee_id=first, unit_id=old, supervisor_id=second, position="x", since=TODAY
            )
        )

    assert [one.id for one in await members(database, leader_id)] == [second, third]
    assert [one.id for one in await members(database, second)] == [first]


async def test_who_has_left_is_in_no_team(database):
    leader_id, (first, *rest) = await a_team(database)
    async with database.writing() as session:
        (placement,) = await session.exec(select(Placement).where(Placement.employee_id == first))
        placement.until = TODAY
        session.add(placement)

    assert [one.id for one in await members(database, leader_id)] == rest


async def test_a_member_is_found_only_by_the_own_leader(database):
    leader_id, (first, second, _) = await a_team(database)

    async with database.reading() as session:
        leader, other = await session.get(Employee, leader_id), await session.get(Employee, second)

        assert (await teams.member(session, leader, first, on=TODAY)).name == "Sari Contoh 1"
        assert await teams.member(session, other, first, on=TODAY) is None
        assert await teams.member(session, leader, leader_id, on=TODAY) is None


async def test_a_day_is_logged_by_an_entry_of_it_or_by_one_of_several_days(database):
    _, (first, second, third) = await a_team(database)
    monday = TODAY - DAY
    await logs(database, first, late=True)
    await logs(database, first)
    await logs(database, second, monday - 3 * DAY, last_day=TODAY)
    await logs(database, second, monday - 3 * DAY, last_day=monday)
    await logs(database, third, state=EntryState.UNDONE)
    await logs(database, third, monday)

    async with database.reading() as session:
        found = await teams.logged(session, [first, second, third], day_of(TODAY))

    assert sorted(found, key=lambda row: row.employee_id) == [
        teams.Logged(first, TODAY, TODAY, entries=2, late=False),
        teams.Logged(second, monday - 3 * DAY, TODAY, entries=1, late=False),
    ]


async def test_an_absence_is_found_by_any_of_its_days(database):
    _, (first, second, third) = await a_team(database)
    await is_away(database, first, AbsenceKind.LEAVE, first=TODAY - 3 * DAY, last=TODAY)
    await is_away(database, second, first=TODAY + DAY, last=TODAY + DAY)
    await is_away(database, third, first=TODAY - DAY, last=TODAY - DAY)

    async with database.reading() as session:
        found = await teams.away(session, [first, second, third], day_of(TODAY))

    assert found == [teams.Away(first, AbsenceKind.LEAVE, TODAY - 3 * DAY, TODAY)]


async def test_units_below_are_summed_without_the_direct_reports(database):
    leader_id, (first, second, _) = await a_team(database)
    await a_unit(database, "SUB", name="Subbagian Contoh", parent="GIZI")
    below = [await joins(database, n, first, unit="SUB") for n in (10, 11, 12)]
    deepest = await joins(database, 13, below[0], unit="SUB")
    await joins(database, 14, first, unit="SUB", until=TODAY)
    await logs(database, first)
    await logs(database, below[0])
    await logs(database, below[0])
    await logs(database, deepest, TODAY - DAY, last_day=TODAY)
    await is_away(database, below[1])
    await is_away(database, below[0])

    async with database.reading() as session:
        leader = await session.get(Employee, leader_id)
        found = await teams.units_below(session, leader, day_of(TODAY), on=TODAY)
        none = await teams.units_below(
            session, await session.get(Employee, second), day_of(TODAY), on=TODAY
        )

    assert found == [teams.UnitSum("Seksi Gizi", people=4, logged=2, away=1)]
    assert none == []


async def test_a_roster_that_leads_in_a_circle_comes_to_an_end(database):
    leader_id, (first, *_) = await a_team(database)
    other = await joins(database, 10, first)
    async with database.writing() as session:
        query = select(Placement).where(Placement.employee_id == leader_id)
        own = (await session.exec(query)).one()
        own.supervisor_id = other
        session.add(own)

    async with database.reading() as session:
        leader = await session.get(Employee, leader_id)
        found = await teams.units_below(session, leader, day_of(TODAY), on=TODAY)

    assert [(one.people, one.logged) for one in found] == [(1, 0)]


async def test_a_holiday_of_a_unit_is_one_of_the_units_below_it(database):
    await a_team(database)
    sub = await a_unit(database, "SUB", name="Subbagian", parent="GIZI")
    other = await a_unit(database, "LAIN", name="Unit Lain")
    async with database.writing() as session:
        gizi = (await session.exec(select(Placement.unit_id))).first()
        session.add_all(
            [
                Holiday(day=TODAY, name="Hari jadi", unit_id=gizi),
                Holiday(day=TODAY + DAY, name="Libur bersama"),
                Holiday(day=dt.date(2027, 1, 1), name="Tahun baru"),
            ]
        )

    async with database.reading() as session:
        found = await team_standings.free_days(
            session, {gizi, sub, other}, first=dt.date(2026, 1, 1), end=dt.date(2027, 1, 1)
        )

    shared = {TODAY + DAY: "Libur bersama"}
    assert found == {
        gizi: {TODAY: "Hari jadi"} | shared,
        sub: {TODAY: "Hari jadi"} | shared,
        other: shared,
    }


async def test_sums_of_the_database_equal_the_entries_added_up_one_by_one(database):
    _, ids = await a_team(database)
    chance = random.Random(7)
    for _ in range(60):
        await logs(
            database,
            chance.choice(ids),
            TODAY - chance.randrange(90) * DAY,
            number=chance.choice([1, 2, None]),
            **({"quantity": str(chance.randrange(1, 90) / 4)} if chance.random() < 0.7 else {}),
            unit=chance.choice(["balita", "Balita", "orang", None, "persen", "%"]),
            **({"percent": str(chance.randrange(100))} if chance.random() < 0.3 else {}),
            state=chance.choice([EntryState.KEPT] * 3 + [EntryState.UNDONE]),
        )

    async with database.reading() as session:
        found = await team_standings.outcomes(session, ids, year=2026)
        results = [one.id for own in found.values() for one in own]
        whole = await entries.amounts(session, results)
        sums = [row.amount for row in await team_standings.sums(session, results)]
        newest = await cascade_sums.newest(session, results, before=dt.date.max)
        latest = [one.amount for one in newest]

    assert len(results) == 9
    assert len(sums) < len(whole)
    for aggregation, brought in ((Aggregation.SUM, sums), (Aggregation.LATEST, latest)):
        for unit in ("balita", "orang", "persen"):
            measure = Measure("x", Aspect.QUANTITY, Decimal(40), unit, aggregation)
            for one in results:
                by_hand = stand(measure, [row for row in whole if row.work_result_id == one])
                summed = stand(measure, [row for row in brought if row.work_result_id == one])
                assert summed == by_hand


async def test_the_latest_value_is_that_of_the_work_that_ended_last(database):
    _, (first, *_) = await a_team(database)
    await logs(
        database, first, TODAY - 9 * DAY, last_day=TODAY - DAY, number=1, quantity=30, unit="balita"
    )
    await logs(database, first, TODAY - 5 * DAY, number=1, quantity=10, unit="balita")
    await logs(
        database,
        first,
        TODAY - 7 * DAY,
        last_day=TODAY - 6 * DAY,
        number=1,
        quantity=3,
        unit="orang",
    )

    async with database.reading() as session:
        found = await team_standings.outcomes(session, [first], year=2026)
        keys = [one.id for one in found[first]]
        newest = await cascade_sums.newest(session, keys, before=dt.date.max)

    brought = [one.amount for one in newest]
    assert [(one.quantity, one.unit) for one in brought] == [
        (3, "orang"),
        (30, "balita"),
    ]


async def test_the_last_day_of_activity_is_known_also_without_a_figure(database):
    _, (first, *_) = await a_team(database)
    await logs(database, first, TODAY - 9 * DAY, number=1)
    await logs(database, first, TODAY - 8 * DAY, last_day=TODAY - 5 * DAY, number=1)

    async with database.reading() as session:
        found = await team_standings.outcomes(session, [first], year=2026)
        (row,) = await team_standings.sums(session, [one.id for one in found[first]])

    assert (row.last, row.amount.quantity) == (TODAY - 5 * DAY, None)


async def test_entries_of_a_person_are_those_of_the_stretch_the_newest_first(database):
    leader_id, (first, second, _) = await a_team(database)
    old = await logs(database, first, TODAY - 30 * DAY)
    long = await logs(database, first, TODAY - 30 * DAY, last_day=TODAY - 20 * DAY)
    new = await logs(database, first, number=2)
    await logs(database, first, state=EntryState.DELETED)
    await logs(database, second)

    async with database.reading() as session:
        leader = await session.get(Employee, leader_id)
        member = await teams.member(session, leader, first, on=TODAY)
        month = await teams.entries_of(session, member, month_of(TODAY), limit=5)
        year = Period(dt.date(2026, 1, 1), TODAY + DAY)
        newest = await teams.entries_of(session, member, year, limit=2)

    assert [(entry.id, number) for entry, number in month] == [(new, 2), (long, None)]
    assert old not in [entry.id for entry, _ in newest]
