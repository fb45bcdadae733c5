import datetime as dt
from dataclasses import replace

import pytest
from sqlmodel import select

from bot.actions import rosters
from bot.actions.roster_comparison import compare_with
from bot.actions.rosters import Occasion
from bot.refusal import Refusal
from bot.skp.roster_rows import Named, ResultRef, Roster
from db.models.people import Employee, Unit
from db.rosters import Known
from tests.rosters import (
    HEAD,
    PEOPLE,
    REST,
    RESULTS,
    SARI,
    TODAY,
    UNITS,
    only,
    result,
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


def said(found) -> list[tuple[str, int, str, str]]:
    return [
        (one.sheet, one.row, one.column, one.problem.format(**one.values)) for one in found.problems
    ]


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
def test_one_problem_is_named_by_its_place(wanted, problem):
    found = compare_with(wanted, Known(), today=TODAY, agency_zone="Asia/Jakarta")

    assert said(found) == [problem]


async def test_one_problem_stops_everything(database):
    wanted = roster(shifts=(replace(REST["shifts"][0], nip=GHOST),))

    found = await take_in(database, wanted)

    assert (found.rows, found.created, len(found.problems)) == (13, 12, 1)
    assert await everything(database, Employee) == []
    assert await everything(database, Unit) == []


async def test_what_has_problems_cannot_be_applied(database):
    found = await compared(database, roster(shifts=(replace(REST["shifts"][0], nip=GHOST),)))

    with pytest.raises(Refusal, match="has problems"):
        async with database.writing() as session:
            await rosters.apply(session, found, Occasion(NOW, TODAY, "Asia/Jakarta"))


async def test_a_circle_across_the_file_and_what_is_known_is_found(database):
    await take_in(database, roster())

    found = await compared(database, only(employees=(replace(PEOPLE[1], supervisor=SARI),)))

    assert [problem[:3] for problem in said(found)] == [("Pegawai", 3, "supervisor")]


def test_who_is_named_in_a_faulty_row_is_not_complained_about_again():
    people = (replace(PEOPLE[0], supervisor=GHOST), *PEOPLE[1:])
    wanted = roster(employees=people, named=Named(people=frozenset({GHOST})))

    found = compare_with(wanted, Known(), today=TODAY, agency_zone="Asia/Jakarta")

    assert found.problems == ()
