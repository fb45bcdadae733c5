import datetime as dt
from dataclasses import replace
from decimal import Decimal

import pytest
from sqlmodel import select

from bot.actions import rosters
from bot.actions.rosters import Occasion, RosterMoved
from bot.skp.people import AbsenceKind, EmploymentKind, Role
from bot.skp.plans import PlanState
from bot.skp.roster_rows import (
    SHEETS,
    AbsenceRow,
    ActionPlanRow,
    EmployeeRow,
    HolidayRow,
    IndicatorRow,
    Named,
    ResultRef,
    Roster,
    ShiftRow,
    UnitRow,
    WorkResultRow,
)
from db.models.entries import Absence
from db.models.messages import AuditRecord
from db.models.people import Employee, Placement, Shift, Unit
from db.models.plans import ActionPlan, Holiday, Indicator, Plan, Theme, WorkResult

TODAY = dt.date(2026, 11, 24)
TOMORROW = dt.date(2026, 11, 25)
NOW = dt.datetime(2026, 11, 24, 2, tzinfo=dt.UTC)
HEAD, SARI, MADE = "197001012000011001", "199001012015012002", "199001012015011003"
ALL_COLUMNS = {
    sheet: {name: name for name in kind.__dataclass_fields__} for kind, sheet in SHEETS.items()
}


def person(row: int, nip: str, name: str, **more) -> EmployeeRow:
    settings = {"position": "Nutrisionis", "unit": "GIZI", "kind": EmploymentKind.PNS, **more}
    return EmployeeRow(row, nip, name, **settings)


def result(row: int, nip: str, number: int, text: str, **more) -> WorkResultRow:
    return WorkResultRow(row, nip, 2026, number, text, **more)


UNITS = (
    UnitRow(2, "DINKES", "Dinas Kesehatan", zone="Asia/Makassar", leave_at=dt.time(15, 30)),
    UnitRow(3, "GIZI", "Seksi Gizi", parent="dinkes", week=6),
)
PEOPLE = (
    person(2, SARI, "Sari Contoh", supervisor=HEAD, phone="+62811", address="Bu Sari"),
    person(3, HEAD, "Hendra Contoh", unit="DINKES", position="Kepala", roles=(Role.ADMIN,)),
    person(4, MADE, "Made Contoh", supervisor=HEAD, week=5),
)
RESULTS = (
    result(2, SARI, 1, "Balita didampingi", parent=ResultRef(HEAD, 1), themes=("stunting",)),
    result(3, HEAD, 1, "Stunting turun", themes=("stunting",), keywords=("balita",)),
)
REST = {
    "indicators": (IndicatorRow(2, SARI, 2026, 1, "Jumlah balita", Decimal("12.5"), "balita"),),
    "action_plans": (ActionPlanRow(2, SARI, 2026, 1, "2026-11", "Kunjungan", Decimal(4), "kali"),),
    "holidays": (
        HolidayRow(2, dt.date(2026, 12, 25), "Natal"),
        HolidayRow(3, dt.date(2026, 12, 28), "Libur daerah", unit="gizi"),
    ),
    "absences": (AbsenceRow(2, SARI, TODAY, TOMORROW, AbsenceKind.DUTY),),
    "shifts": (ShiftRow(2, MADE, TODAY, dt.time(20), dt.time(4)),),
}


def roster(units=UNITS, employees=PEOPLE, work_results=RESULTS, **more) -> Roster:
    rows = {"units": units, "employees": employees, "work_results": work_results, **REST, **more}
    headings = rows.pop("headings", ALL_COLUMNS)
    named = rows.pop("named", Named())
    total = sum(len(one) for one in rows.values())
    return Roster(**rows, total=total, headings=headings, named=named)


def only(**rows) -> Roster:
    empty = dict.fromkeys(("units", "employees", "work_results", *REST), ())
    return roster(**(empty | rows))


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


def said(found) -> list[tuple[str, int, str, str]]:
    return [
        (one.sheet, one.row, one.column, one.problem.format(**one.values)) for one in found.problems
    ]


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
    assert (sari.address, sari.roster_address, sari.phone) == ("Bu Sari", "Bu Sari", "+62811")
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
    assert (sari.name, sari.phone, sari.address) == ("Sari C.", "+62811", "Bu Sari")
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


GHOST = "199001012015011999"


@pytest.mark.parametrize(
    ("wanted", "problem"),
    [
        (
            roster(units=(UNITS[0], replace(UNITS[1], parent="TIDAK"))),
            ("Unit", 3, "parent", "The unit “TIDAK” is not known."),
        ),
        (
            roster(units=(replace(UNITS[0], parent="GIZI"), UNITS[1])),
            ("Unit", 2, "parent",
             "These units stand above each other in a circle: DINKES → GIZI → DINKES."),
        ),
        (
            roster(employees=(replace(PEOPLE[0], unit="TIDAK"), *PEOPLE[1:])),
            ("Pegawai", 2, "unit", "The unit “TIDAK” is not known."),
        ),
        (
            roster(employees=(replace(PEOPLE[0], supervisor=GHOST), *PEOPLE[1:])),
            ("Pegawai", 2, "supervisor",
             f"No person with the NIP {GHOST} is known, so they cannot be the supervisor."),
        ),
        (
            roster(employees=(PEOPLE[0], replace(PEOPLE[1], supervisor=SARI), PEOPLE[2])),
            ("Pegawai", 2, "supervisor", ("These people supervise each other in a circle:"
             " Sari Contoh → Hendra Contoh → Sari Contoh.")),
        ),
        (
            roster(work_results=(*RESULTS, result(4, GHOST, 1, "Apa pun"))),
            ("RHK", 4, "nip", f"No person with the NIP {GHOST} is known."),
        ),
        (
            roster(work_results=(replace(RESULTS[0], parent=ResultRef(HEAD, 9)), RESULTS[1])),
            ("RHK", 2, "parent", f"The leader's RHK {HEAD}/9 is not known in 2026."),
        ),
        (
            roster(work_results=(RESULTS[0], replace(RESULTS[1], parent=ResultRef(SARI, 1)))),
            ("RHK", 2, "parent",
             "These RHK support each other in a circle: …2002/1 → …1001/1 → …2002/1."),
        ),
        (
            roster(indicators=(replace(REST["indicators"][0], number=7),)),
            ("IKI", 2, "number", f"{SARI} has no RHK number 7 in 2026."),
        ),
        (
            roster(action_plans=(replace(REST["action_plans"][0], nip=GHOST),)),
            ("Rencana Aksi", 2, "nip", f"No person with the NIP {GHOST} is known."),
        ),
        (
            roster(holidays=(replace(REST["holidays"][1], unit="TIDAK"),)),
            ("Libur", 3, "unit", "The unit “TIDAK” is not known."),
        ),
        (
            roster(absences=(replace(REST["absences"][0], nip=GHOST),)),
            ("Absen", 2, "nip", f"No person with the NIP {GHOST} is known."),
        ),
        (
            roster(shifts=(replace(REST["shifts"][0], nip=GHOST),)),
            ("Jadwal", 2, "nip", f"No person with the NIP {GHOST} is known."),
        ),
    ],
)  # fmt: skip
async def test_one_problem_is_named_by_its_place_and_stops_everything(database, wanted, problem):
    found = await take_in(database, wanted)

    assert said(found) == [problem]
    assert await everything(database, Employee) == []
    assert await everything(database, Unit) == []


async def test_a_circle_across_the_file_and_what_is_known_is_found(database):
    await take_in(database, roster())

    found = await compared(database, only(employees=(replace(PEOPLE[1], supervisor=SARI),)))

    assert [problem[:3] for problem in said(found)] == [("Pegawai", 3, "supervisor")]


async def test_who_is_named_in_a_faulty_row_is_not_complained_about_again(database):
    named = Named(people=frozenset({GHOST}))

    found = await compared(
        database, roster(employees=(replace(PEOPLE[0], supervisor=GHOST), *PEOPLE[1:]), named=named)
    )

    assert found.problems == ()


async def test_an_unknown_theme_and_a_shared_number_are_only_notes(database):
    await take_in(database, roster())

    found = await take_in(
        database,
        only(
            employees=(replace(PEOPLE[2], phone="+62811", themes=("kopi",)),),
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
