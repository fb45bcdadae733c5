import datetime as dt
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import event
from sqlmodel import select

from bot.actions import corrections, entries, repeats
from bot.actions.corrections import Grip
from bot.actions.entries import Typed
from bot.actions.standings import measure_for, stand, values
from bot.actions.typed_values import Amount, Hours, read_amount, read_days, read_hours
from bot.refusal import Refusal
from bot.skp.plans import Aggregation, Aspect, ResultKind
from db.entries import Amount as Added
from db.models.entries import Entry
from db.models.people import Employee
from db.plans import Measure, Outcome
from tests.factories import a_team

NOW = dt.datetime(2026, 11, 24, 8, 50, tzinfo=dt.UTC)
LOG = "dampingi 6 balita berisiko stunting"


async def person(session, account: int = 101) -> Employee:
    return (await session.exec(select(Employee).where(Employee.telegram_id == account))).one()


async def test_a_log_takes_few_statements(database):
    await a_team(database)
    statements: list[str] = []
    async with database.writing() as session:
        sari = await person(session)
        count = lambda *args: statements.append(args[2])  # noqa: E731  # A listener of one line.
        event.listen(database.engine.sync_engine, "before_cursor_execute", count)
        await entries.record(session, sari, Typed(LOG, NOW, arrival_id=1), edit_days=5)
        event.remove(database.engine.sync_engine, "before_cursor_execute", count)

    # The RHK, the rencana aksi, the corrections, the entry itself, its sum, the free days.
    assert len(statements) <= 6


async def test_an_arrival_makes_an_entry_only_once(database):
    await a_team(database)
    async with database.writing() as session:
        await entries.record(
            session, await person(session), Typed(LOG, NOW, arrival_id=7), edit_days=5
        )
    with pytest.raises(Exception, match=r"(?i)unique"):
        async with database.writing() as session:
            await entries.record(
                session, await person(session), Typed(LOG, NOW, arrival_id=7), edit_days=5
            )


async def test_what_a_person_put_right_counts_the_next_time(database):
    await a_team(database)
    async with database.writing() as session:
        sari = await person(session)
        first = await entries.record(session, sari, Typed("rapat koordinasi xyz", NOW), edit_days=5)
        outlook = (await entries.hear(session, sari, LOG, sent_at=NOW)).outlook
        grip = Grip(first.entry_id, 1, NOW, 5)
        await corrections.relink(session, sari, grip, outlook.results[2].id)
        again = await entries.hear(session, sari, "rapat koordinasi xyz", sent_at=NOW)

    assert again.proposal.nearest[0] == 3


async def test_the_newest_earlier_entry_can_be_repeated(database):
    await a_team(database)
    async with database.writing() as session:
        sari = await person(session)
        await entries.record(session, sari, Typed(f"kemarin {LOG}", NOW), edit_days=5)
        tap = Typed("", NOW, arrival_id=3)
        (shown,) = (await repeats.same_as_before(session, sari, tap, edit_days=5)).receipts

    assert (shown.day.isoformat(), shown.quantity, shown.late) == ("2026-11-24", 6, False)
    assert shown.stand.done == 12


async def test_without_an_earlier_entry_there_is_nothing_to_repeat(database):
    await a_team(database)
    async with database.writing() as session:
        sari = await person(session)
        await entries.record(session, sari, Typed(LOG, NOW), edit_days=5)
        with pytest.raises(Refusal):
            await repeats.same_as_before(session, sari, Typed("", NOW, arrival_id=3), edit_days=5)


async def test_an_entry_moves_to_no_future_day_and_to_none_too_long_ago(database):
    await a_team(database)
    async with database.writing() as session:
        sari = await person(session)
        first = await entries.record(session, sari, Typed(LOG, NOW), edit_days=5)
        grip = Grip(first.entry_id, 1, NOW, 5)
        for day in (dt.date(2026, 11, 25), dt.date(2024, 12, 31)):
            with pytest.raises(Refusal):
                await corrections.set_days(session, sari, grip, (day, day))
        kept = (await session.exec(select(Entry))).one()

    assert kept.day == dt.date(2026, 11, 24)


async def test_the_agencys_own_window_holds(database):
    await a_team(database)
    late = dt.datetime(2026, 12, 10, 2, 0, tzinfo=dt.UTC)
    async with database.writing() as session:
        sari = await person(session)
        first = await entries.record(session, sari, Typed(LOG, NOW), edit_days=20)
        undone = await corrections.undo(session, sari, Grip(first.entry_id, 1, late, 20))

    assert undone.undone


BALITA = Measure("Jumlah balita", Aspect.QUANTITY, Decimal(40), "balita", Aggregation.SUM)
MUTU = Measure("Mutu", Aspect.QUALITY, Decimal(100), "persen", Aggregation.LATEST)
PREVALENCE = Measure("Prevalensi", Aspect.QUANTITY, Decimal(14), "indeks", Aggregation.RELEASE)


def added(quantity: str | None, unit: str | None = None, percent: str | None = None) -> Added:
    number = lambda raw: None if raw is None else Decimal(raw)  # noqa: E731  # Reads a cell.
    return Added(1, number(quantity), unit, number(percent))


@pytest.mark.parametrize(
    ("measure", "amounts", "counted"),
    [
        (BALITA, [added("6", "balita"), added("2", "dokumen"), added("3"), added(None)], ["6"]),
        (
            MUTU,
            [added(None, None, "60"), added("80", "persen"), added("5", "balita")],
            ["60", "80"],
        ),
        (PREVALENCE, [], []),
    ],
)
def test_only_what_is_in_the_indicators_unit_counts(measure, amounts, counted):
    assert values(measure, amounts) == [Decimal(one) for one in counted]


def test_a_latest_figure_replaces_and_a_release_without_one_is_unknown():
    latest = stand(MUTU, [added(None, None, "60"), added(None, None, "80")])
    assert (latest.done, latest.known, latest.in_percent) == (80, True, True)
    assert not stand(PREVALENCE, []).known
    assert stand(BALITA, []).known


def test_an_entry_speaks_of_the_indicator_in_its_unit_else_of_the_leading_one():
    result = Outcome(1, 1, ResultKind.MAIN, "x", (), (), (BALITA, MUTU))
    assert measure_for(result, "balita", None) is BALITA
    assert measure_for(result, None, Decimal(50)) is MUTU
    assert measure_for(result, "dokumen", None) is BALITA
    assert measure_for(Outcome(1, 1, ResultKind.MAIN, "x", (), (), ()), "balita", None) is None


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("6", Amount(Decimal(6), None, percent=False)),
        (" 6  balita ", Amount(Decimal(6), "balita", percent=False)),
        ("1.250 lembar", Amount(Decimal(1250), "lembar", percent=False)),
        ("2,5 jam", Amount(Decimal("2.5"), "jam", percent=False)),
        ("75%", Amount(Decimal(75), None, percent=True)),
        ("75 persen", Amount(Decimal(75), None, percent=True)),
        ("1 keg. lapangan", Amount(Decimal(1), "keg. lapangan", percent=False)),
        ("-6", None),
        ("enam", None),
        ("6 balita 2 ibu", None),
        ("2.3.1", None),
        ("", None),
    ],
)
def test_an_amount_is_read_or_is_none(text, amount):
    assert read_amount(text) == amount


LOCAL = dt.datetime(2026, 11, 24, 16, 50, tzinfo=ZoneInfo("Asia/Makassar"))


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("24 Nov", ("2026-11-24", "2026-11-24")),
        ("23 November 2026", ("2026-11-23", "2026-11-23")),
        ("23/11", ("2026-11-23", "2026-11-23")),
        ("kemarin", ("2026-11-23", "2026-11-23")),
        ("yesterday", ("2026-11-23", "2026-11-23")),
        ("hari ini", ("2026-11-24", "2026-11-24")),
        ("today", ("2026-11-24", "2026-11-24")),
        ("Senin", ("2026-11-23", "2026-11-23")),
        ("selasa", ("2026-11-24", "2026-11-24")),
        ("20-22 nov", ("2026-11-20", "2026-11-22")),
        ("entahlah", None),
        ("", None),
        ("x" * 100, None),
    ],
)
def test_a_day_is_read_or_is_none(text, days):
    expected = None if days is None else tuple(dt.date.fromisoformat(day) for day in days)
    assert read_days(text, LOCAL) == expected


@pytest.mark.parametrize(
    ("text", "hours"),
    [
        ("8-10", ("08:00", "10:00", 120)),
        ("09.00 s.d. 11.00", ("09:00", "11:00", 120)),
        ("08:00–16:00", ("08:00", "16:00", 480)),
        ("pukul 13.00 - 15.30", ("13:00", "15:30", 150)),
        ("jam 8 pagi sampai 12 siang", ("08:00", "12:00", 240)),
        ("9 to 11", ("09:00", "11:00", 120)),
        ("23.30-00.15", ("23:30", "00:15", 45)),
        ("1,5 jam", (None, None, 90)),
        ("2 jam 30 menit", (None, None, 150)),
        ("setengah jam", (None, None, 30)),
        ("2h", (None, None, 120)),
        ("90 minutes", (None, None, 90)),
        ("08.00-08.00", None),
        ("24.30-25.00", None),
        ("jam 9", None),
        ("2", None),
        ("rapat 2 jam", None),
        ("besok", None),
        ("", None),
        ("1 " * 40, None),
    ],
)
def test_hours_are_read_or_are_none(text, hours):
    found = read_hours(text)
    if hours is None:
        assert found is None
        return
    start, end, minutes = hours
    time = lambda raw: raw and dt.time.fromisoformat(raw)  # noqa: E731  # Reads a cell.
    assert found == Hours(time(start), time(end), minutes)


@given(st.text(max_size=60))
def test_any_answer_is_read_or_is_none_but_never_breaks(text):
    amount = read_amount(text)
    assert amount is None or amount.value >= 0
    read_days(text, LOCAL)
    hours = read_hours(text)
    assert hours is None or hours.minutes > 0
