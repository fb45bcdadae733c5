import datetime as dt
from dataclasses import replace
from decimal import Decimal

import pytest
from sqlmodel import select

from bot.actions import rosters
from bot.actions.rosters import Occasion, RosterMoved
from bot.skp.people import EmploymentKind
from bot.skp.plans import PlanState
from bot.skp.roster_rows import EmployeeRow, Roster, UnitRow
from db.models.entries import Absence
from db.models.messages import AuditRecord
from db.models.people import Employee, Placement, Shift, Unit
from db.models.plans import ActionPlan, Holiday, Indicator, Plan, Theme, WorkResult
from tests.rosters import (
    ALL_COLUMNS,
    HEAD,
    MADE,
    PEOPLE,
    RESULTS,
    SARI,
    TODAY,
    TOMORROW,
    UNITS,
    only,
    person,
    roster,
)

NOW = dt.datetime(2026, 11, 24, 2, tzinfo=dt.UTC)


async def take_in(database, wanted: Roster, *, today: dt.date = TODAY):
    return await rosters.take_in(database, wanted, Occasion(NOW, today, "Asia/Jakarta"))


async def compared(database, wanted: Roster):
    async with database.reading() as session:
        return await rosters.compare(session, wanted, today=TODAY, agency_zone="Asia/Jakarta")


async def everything(database, model) -> list:
    async with database.reading() as session:
        return list(await session.exec(select(model).order_by(model.id)))


async def by_nip(database, nip: str) -> Employee:
    async with database.reading() as session:
        return (await session.exec(select(Employee).where(Employee.nip == nip))).one()


def counts(found) -> tuple[int, int, int, int]:
    return found.rows, found.created, found.updated, found.unchanged


async def test_a_dry_run_counts_and_writes_nothing(database):
    found = await compared(database, roster())

    assert counts(found) == (13, 13, 0, 0)
    assert found.problems == ()
    assert await everything(database, Employee) == []


async def test_everything_of_a_workbook_is_written_and_joined(database):
    await take_in(database, roster())

    dinas, gizi = await everything(database, Unit)
    assert (gizi.parent_id, gizi.week) == (dinas.id, 6)
    sari, head = await by_nip(database, SARI), await by_nip(database, HEAD)
    assert (sari.address, sari.roster_address, sari.phone) == (
        "Bu Sari",
        "Bu Sari",
        "+628111111111",
    )
    assert head.roles == ["admin"]
    placements = {one.employee_id: one for one in await everything(database, Placement)}
    seat = placements[sari.id]
    assert (seat.unit_id, seat.supervisor_id, seat.since) == (
        gizi.id, head.id, dt.date(2026, 1, 1),
    )  # fmt: skip
    plans = {one.employee_id: one for one in await everything(database, Plan)}
    assert (plans[sari.id].rater_id, plans[sari.id].state) == (head.id, PlanState.APPROVED)
    assert plans[head.id].rater_id is None
    leading, own = sorted(await everything(database, WorkResult), key=lambda one: one.text)[::-1]
    assert (own.parent_id, own.plan_id, own.themes) == (
        leading.id, plans[sari.id].id, ["stunting"],
    )  # fmt: skip
    (indicator,) = await everything(database, Indicator)
    assert (indicator.work_result_id, indicator.target) == (own.id, Decimal("12.5"))
    (step,) = await everything(database, ActionPlan)
    assert (step.period, step.target, step.unit) == ("2026-11", Decimal(4), "kali")
    assert [one.unit_id for one in await everything(database, Holiday)] == [None, gizi.id]
    (absence,) = await everything(database, Absence)
    assert (absence.employee_id, absence.last) == (sari.id, TOMORROW)
    (shift,) = await everything(database, Shift)
    assert (shift.start, shift.end) == (dt.time(20), dt.time(4))


async def test_hours_come_from_oneself_the_unit_and_those_above(database):
    await take_in(database, roster())

    async def hours(nip: str) -> tuple[str, int, dt.time | None]:
        found = await by_nip(database, nip)
        return found.zone, found.week, found.leave_at

    assert await hours(SARI) == ("Asia/Makassar", 6, dt.time(15, 30))
    assert await hours(MADE) == ("Asia/Makassar", 5, dt.time(15, 30))
    assert await hours(HEAD) == ("Asia/Makassar", 5, dt.time(15, 30))
    await take_in(database, only(units=(replace(UNITS[0], zone="Asia/Jayapura", leave_at=None),)))
    assert await hours(SARI) == ("Asia/Jayapura", 6, None)


async def test_without_a_zone_the_agencys_holds(database):
    await take_in(database, only(units=(UnitRow(2, "GIZI", "Seksi Gizi"),), employees=(
        person(2, SARI, "Sari Contoh"),
    )))  # fmt: skip

    assert (await by_nip(database, SARI)).zone == "Asia/Jakarta"


async def test_the_same_file_again_changes_nothing(database):
    await take_in(database, roster())
    records = len(await everything(database, AuditRecord))

    found = await take_in(database, roster())

    assert counts(found) == (13, 0, 0, 13)
    assert found.empty
    assert len(await everything(database, AuditRecord)) == records


async def test_a_changed_file_updates_only_what_changed(database):
    await take_in(database, roster())

    found = await take_in(
        database,
        roster(
            employees=(replace(PEOPLE[0], rank="Penata", phone=None), *PEOPLE[1:]),
            work_results=(replace(RESULTS[0], keywords=("posyandu",)), RESULTS[1]),
        ),
    )

    assert counts(found) == (13, 0, 2, 11)
    sari = await by_nip(database, SARI)
    assert (sari.rank, sari.phone) == ("Penata", None)


async def test_rows_missing_later_stay(database):
    await take_in(database, roster())

    found = await take_in(database, only(employees=PEOPLE[1:2]))

    assert counts(found) == (1, 0, 0, 1)
    assert len(await everything(database, Employee)) == 3


async def test_a_column_that_is_not_there_leaves_what_is_known(database):
    await take_in(database, roster())
    few = {"nip", "name", "position", "unit"}
    headings = ALL_COLUMNS | {"Pegawai": {name: name for name in few}}

    found = await take_in(
        database,
        only(
            employees=(EmployeeRow(2, SARI, "Sari C.", "Nutrisionis", "GIZI", EmploymentKind.PNS),),
            headings=headings,
        ),
    )

    assert counts(found) == (1, 0, 1, 0)
    sari = await by_nip(database, SARI)
    assert (sari.name, sari.phone, sari.address) == ("Sari C.", "+628111111111", "Bu Sari")
    assert len(await everything(database, Placement)) == 3


async def test_a_chosen_form_of_address_outlives_the_roster(database):
    await take_in(database, roster())
    async with database.writing() as session:
        chosen = (await session.exec(select(Employee).where(Employee.nip == SARI))).one()
        chosen.address = "Sari Contoh"
        session.add(chosen)

    assert (await take_in(database, roster())).empty
    await take_in(database, only(employees=(replace(PEOPLE[0], address="Ibu Sari"),)))

    sari = await by_nip(database, SARI)
    assert (sari.address, sari.roster_address) == ("Sari Contoh", "Ibu Sari")


@pytest.mark.parametrize(
    "change",
    [{"unit": "DINKES"}, {"supervisor": MADE}, {"position": "Kepala Seksi"}],
    ids=["unit", "supervisor", "position"],
)
async def test_who_moves_leaves_the_old_place_today_and_takes_the_new_one(database, change):
    await take_in(database, roster())

    found = await take_in(database, only(employees=(replace(PEOPLE[0], **change),)), today=TOMORROW)

    assert counts(found) == (1, 0, 1, 0)
    sari = await by_nip(database, SARI)
    old, new = [one for one in await everything(database, Placement) if one.employee_id == sari.id]
    assert (old.until, new.since, new.until) == (TOMORROW, TOMORROW, None)
    (plan,) = [one for one in await everything(database, Plan) if one.employee_id == sari.id]
    assert plan.rater_id == (await by_nip(database, HEAD)).id


async def test_a_slip_put_right_on_the_same_day_leaves_no_trace(database):
    await take_in(database, roster(employees=(replace(PEOPLE[0], supervisor=MADE), *PEOPLE[1:])))

    await take_in(database, roster())

    sari, head = await by_nip(database, SARI), await by_nip(database, HEAD)
    (seat,) = [one for one in await everything(database, Placement) if one.employee_id == sari.id]
    assert (seat.supervisor_id, seat.until) == (head.id, None)
    (plan,) = [one for one in await everything(database, Plan) if one.employee_id == sari.id]
    assert plan.rater_id == head.id


async def test_an_unknown_theme_and_a_shared_number_are_only_notes(database):
    await take_in(database, roster())

    found = await take_in(
        database,
        only(
            employees=(replace(PEOPLE[2], phone="+628111111111", themes=("kopi",)),),
            work_results=(replace(RESULTS[0], themes=("kopi", "stunting")),),
        ),
    )

    assert [(one.sheet, one.column) for one in found.notes] == [
        ("Pegawai", "themes"), ("Pegawai", "phone"),
    ]  # fmt: skip
    assert (await by_nip(database, MADE)).themes == ["kopi"]


async def test_the_shipped_themes_are_made_once(database):
    for _ in range(2):
        async with database.writing() as session:
            await rosters.ensure_themes(session)

    async with database.reading() as session:
        themes = {one.code: one for one in await session.exec(select(Theme))}
    assert set(themes) == {"stunting", "gizi-buruk", "kemiskinan-ekstrem", "inflasi", "p3dn"}
    assert {"pdn", "bbi", "tkdn"} <= set(themes["p3dn"].aliases)


async def test_what_was_compared_before_another_import_is_not_written(database):
    old = await compared(database, roster())
    await take_in(database, only(units=UNITS))

    with pytest.raises(RosterMoved):
        async with database.writing() as session:
            await rosters.apply(session, old, Occasion(NOW, TODAY, "Asia/Jakarta"))

    assert await everything(database, Employee) == []
    assert counts(await take_in(database, roster())) == (13, 11, 0, 2)


async def test_markup_and_emoji_in_a_roster_stay_as_they_are(database):
    name = "Sari <b>& 🌸</b>"

    await take_in(database, only(units=UNITS, employees=(person(2, SARI, name),)))

    assert (await by_nip(database, SARI)).name == name


async def test_an_rhk_of_the_roster_takes_the_place_of_a_draft(database):
    await take_in(database, roster())
    async with database.writing() as session:
        for model in (Plan, WorkResult):
            for one in await session.exec(select(model)):
                one.state = PlanState.DRAFT

    found = await take_in(database, roster())
    assert found.updated > 0
    states = {
        one.state for model in (Plan, WorkResult) for one in await everything(database, model)
    }
    assert states == {PlanState.APPROVED}
    assert (await take_in(database, roster())).updated == 0
