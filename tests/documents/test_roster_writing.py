import dataclasses
import datetime as dt
import io
import zipfile
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.documents.roster_columns import workbook_plan
from bot.documents.roster_reading import read_roster
from bot.documents.roster_writing import write_roster, write_template
from bot.skp.people import AbsenceKind, EmploymentKind, Role
from bot.skp.plain_lines import clean
from bot.skp.plans import Aggregation, Aspect, Direction, ResultKind
from bot.skp.roster_rows import (
    ATTRIBUTES,
    SHEETS,
    AbsenceRow,
    ActionPlanRow,
    EmployeeRow,
    HolidayRow,
    IndicatorRow,
    ResultRef,
    Roster,
    ShiftRow,
    UnitRow,
    WorkResultRow,
)

ERRORS = ("#",)


def texts(limit: int):
    """Texts as they are after reading: one line, nothing invisible, no sign of an error."""
    letters = st.characters(codec="utf-8", exclude_categories=("Cs",))
    return (
        st.text(letters, min_size=1, max_size=min(limit, 40))
        .map(clean)
        .filter(lambda text: 0 < len(text) <= limit and not text.startswith(ERRORS))
    )


def maybe(strategy):
    return st.none() | strategy


nips = st.builds(
    "{:%Y%m%d}{}{:02}{}{:03}".format,
    st.dates(dt.date(1965, 1, 1), dt.date(2000, 12, 31)),
    st.integers(2018, 2025),
    st.integers(1, 12),
    st.integers(1, 2),
    st.integers(1, 999),
)
days = st.dates(dt.date(1990, 1, 1), dt.date(2100, 12, 31))
times = st.builds(dt.time, st.integers(0, 23), st.integers(0, 59))
numbers = st.integers(0, 10**18 - 1).map(lambda n: Decimal(n) / 10_000).map(Decimal.normalize)
years = st.integers(2000, 2100)
themes = st.lists(
    st.sampled_from(["stunting", "gizi-buruk", "inflasi", "p3dn"]), unique=True, max_size=3
).map(tuple)
keywords = st.lists(
    texts(40).filter(lambda text: ";" not in text and "," not in text), unique=True, max_size=3
).map(tuple)
result = {"nip": nips, "year": years, "number": st.integers(1, 999)}


def rows(kind, key, /, **fields):
    """Lists of rows that differ in their key, numbered with gaps as in a file with empty rows."""
    built = st.lists(st.builds(kind, row=st.just(0), **fields), max_size=4, unique_by=key)
    return st.tuples(built, st.integers(2, 9), st.integers(1, 3)).map(
        lambda drawn: tuple(
            dataclasses.replace(row, row=drawn[1] + drawn[2] * place)
            for place, row in enumerate(drawn[0])
        )
    )


codes = texts(64)
rosters = st.builds(
    Roster,
    units=rows(
        UnitRow, lambda row: row.code.casefold(), code=codes, name=texts(200),
        parent=maybe(st.just("SEKDA-CONTOH")),
        zone=maybe(st.sampled_from(["Asia/Jakarta", "Asia/Jayapura"])),
        week=maybe(st.sampled_from([5, 6])), leave_at=maybe(times),
    ),
    employees=rows(
        EmployeeRow, lambda row: row.nip, nip=nips, name=texts(200), position=texts(200),
        unit=codes, kind=st.sampled_from(EmploymentKind), address=maybe(texts(60)),
        rank=maybe(texts(100)), supervisor=maybe(st.just("196001011985011001")),
        phone=maybe(st.integers(10**8, 10**11).map("+628{}".format)),
        roles=st.lists(st.sampled_from(Role), unique=True, min_size=1).map(tuple),
        email=maybe(st.just("sari@contoh.example")), week=maybe(st.sampled_from([5, 6])),
        themes=themes,
    ),
    work_results=rows(
        WorkResultRow, lambda row: (row.nip, row.year, row.number), **result, text=texts(500),
        kind=st.sampled_from(ResultKind),
        parent=maybe(st.builds(ResultRef, st.just("196001011985011001"), st.integers(1, 999))),
        themes=themes, keywords=keywords,
    ),
    indicators=rows(
        IndicatorRow, lambda row: row.nip, **result, text=texts(500), target=numbers,
        unit=texts(60), aspect=st.sampled_from(Aspect), aggregation=st.sampled_from(Aggregation),
        direction=st.sampled_from(Direction),
    ),
    action_plans=rows(
        ActionPlanRow, lambda row: row.nip, nip=nips, year=st.just(2026),
        number=st.integers(1, 999), period=st.sampled_from(["2026-11", "2026-TW4"]),
        text=texts(500), target=maybe(numbers), unit=maybe(texts(60)),
    ),
    holidays=rows(HolidayRow, lambda row: row.day, day=days, name=texts(200), unit=maybe(codes)),
    absences=rows(
        AbsenceRow, lambda row: row.nip, nip=nips, start=st.just(dt.date(2026, 1, 1)),
        end=st.dates(dt.date(2026, 1, 1), dt.date(2026, 12, 31)),
        kind=st.sampled_from(AbsenceKind),
    ),
    shifts=rows(
        ShiftRow, lambda row: row.nip, nip=nips, day=days, start=st.just(dt.time(7, 30)),
        end=times.filter(lambda time: time != dt.time(7, 30)),
    ),
)  # fmt: skip


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(rosters)
def test_a_roster_written_and_read_again_is_equal(roster):
    total = sum(len(rows) for rows in roster.rows().values())
    expected = dataclasses.replace(roster, total=total)
    read = read_roster(write_roster(roster))

    assert dataclasses.replace(read, notes=()) == expected


def test_rows_without_a_place_are_written_one_below_the_other():
    roster = Roster(units=(UnitRow(0, "A", "Satu"), UnitRow(0, "B", "Dua")))

    assert [row.row for row in read_roster(write_roster(roster)).units] == [2, 3]


def test_the_template_reads_as_an_empty_roster_without_a_word():
    roster = read_roster(write_template())

    assert (roster.total, roster.problems, roster.notes) == (0, (), ())
    assert list(roster.headings) == list(ATTRIBUTES.values())


def test_the_template_explains_and_offers():
    with zipfile.ZipFile(io.BytesIO(write_template())) as archive:
        names = archive.namelist()
        sheets = [archive.read(f"xl/worksheets/sheet{n}.xml").decode() for n in range(1, 10)]
        unit = sheets[1]

    assert sum(name.startswith("xl/comments") for name in names) == 8
    assert '"WIB,WITA,WIT"' in unit.replace("&quot;", '"')
    assert all('state="frozen"' in sheet for sheet in sheets[1:])


@pytest.mark.parametrize("kind", SHEETS)
def test_the_columns_of_every_sheet_are_the_fields_of_its_row(kind):
    plan = next(plan for plan in workbook_plan().sheets if plan.name == SHEETS[kind])
    fields = {field.name: field for field in dataclasses.fields(kind) if field.name != "row"}

    assert {column.attribute for column in plan.columns} == set(fields)
    assert set(plan.key) <= set(fields)
    for column in plan.columns:
        # An employee's kind may be left empty, because the NIP tells it.
        told = (kind, column.attribute) == (EmployeeRow, "kind")
        needed = fields[column.attribute].default is dataclasses.MISSING and not told
        assert column.required == needed, column.heading


@pytest.mark.parametrize("plan", workbook_plan().sheets, ids=lambda plan: plan.name)
def test_no_heading_names_two_columns(plan):
    names = [name for column in plan.columns for name in column.names]

    assert len(names) == len(set(names))
