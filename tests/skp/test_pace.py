import datetime as dt
from decimal import Decimal

import pytest

from bot.skp.cascade import Gauge
from bot.skp.pace import (
    Pace,
    Standing,
    adds_to,
    expectation,
    expected_share,
    names_amount,
    pace,
    same_unit,
    standing,
)
from bot.skp.periods import named
from bot.skp.plans import Aggregation, Direction
from bot.skp.workdays import WorkCalendar

CALENDAR = WorkCalendar(5, {dt.date(2026, 12, 25): "Natal"})
DOWN = Direction.DOWN
SUM, LATEST, RELEASE = Aggregation.SUM, Aggregation.LATEST, Aggregation.RELEASE


def number(text):
    return None if text is None else Decimal(text)


@pytest.mark.parametrize(
    ("aggregation", "values", "target", "done", "share"),
    [
        (SUM, ["6", "12", "6"], "40", "24", "0.6"),
        (SUM, ["0.1", "0.2"], "3", "0.3", "0.1"),
        (SUM, [], "40", "0", "0"),
        (SUM, ["50"], "40", "50", "1.25"),
        (SUM, ["6"], None, "6", None),
        (SUM, ["6"], "0", "6", None),
        (LATEST, ["10", "55", "40"], "80", "40", "0.5"),
        (LATEST, [], "80", "0", None),
        (RELEASE, [], "70", "0", None),
        (RELEASE, ["68.6", "70"], "70", "70", "1"),
        (RELEASE, ["70"], None, "70", None),
    ],
)
def test_entries_come_together_as_the_indicator_wants_it(aggregation, values, target, done, share):
    found = standing(aggregation, [Decimal(value) for value in values], number(target))

    assert found == Standing(Decimal(done), number(target), number(share))


@pytest.mark.parametrize(
    ("aggregation", "values", "target", "done", "share"),
    [
        (LATEST, ["40", "20"], "10", "20", "0.5"),
        (LATEST, ["40", "10"], "10", "10", "1"),
        (LATEST, ["4"], "10", "4", "1"),
        (LATEST, [], "10", "0", None),
        (SUM, ["5", "3"], "12", "8", "1"),
        (SUM, ["9", "7"], "12", "16", "0.75"),
        (SUM, [], "12", "0", None),
        (SUM, [], "0", "0", None),
        (SUM, ["0"], "0", "0", "1"),
        (SUM, ["2"], "0", "2", "0"),
        (LATEST, ["20"], None, "20", None),
        (RELEASE, ["16"], "14", "16", "0.875"),
    ],
)
def test_what_is_to_fall_has_reached_its_target_when_it_is_not_above_it(
    aggregation, values, target, done, share
):
    found = standing(aggregation, [Decimal(value) for value in values], number(target), DOWN)

    assert found == Standing(Decimal(done), number(target), number(share))


@pytest.mark.parametrize(
    ("today", "period", "gone", "of"),
    [
        ("2026-11-24", "2026-11", 17, 21),
        ("2026-10-31", "2026-11", 0, 21),
        ("2026-11-01", "2026-11", 0, 21),
        ("2026-11-02", "2026-11", 1, 21),
        ("2026-11-30", "2026-11", 21, 21),
        ("2027-03-01", "2026-11", 21, 21),
        ("2026-12-27", "2026-12", 18, 22),
    ],
)
def test_what_can_be_expected_grows_with_every_working_day(today, period, gone, of):
    share = expected_share(dt.date.fromisoformat(today), named(period), CALENDAR)

    assert share == Decimal(gone) / of


def test_nothing_is_expected_of_a_period_without_working_days():
    weekend = dt.date(2026, 11, 28)
    period = type(named("2026"))(weekend, weekend + dt.timedelta(days=2))

    assert expected_share(dt.date(2026, 12, 1), period, CALENDAR) == 0


@pytest.mark.parametrize(
    ("aggregation", "expected"),
    [(SUM, Decimal(17) / 21), (LATEST, Decimal(17) / 21), (RELEASE, None)],
)
def test_a_released_figure_is_never_spread_over_the_months(aggregation, expected):
    gauge = Gauge(aggregation, "balita")

    assert expectation(gauge, dt.date(2026, 11, 24), named("2026-11"), CALENDAR) == expected


@pytest.mark.parametrize(
    ("aggregation", "expected"), [(SUM, Decimal(1)), (LATEST, Decimal(17) / 21), (RELEASE, None)]
)
def test_a_sum_that_is_to_stay_small_keeps_to_its_target_on_every_day(aggregation, expected):
    gauge = Gauge(aggregation, "pengaduan", DOWN)

    assert expectation(gauge, dt.date(2026, 11, 24), named("2026-11"), CALENDAR) == expected


@pytest.mark.parametrize(
    ("done", "expected", "found"),
    [
        ("0.78", "0.81", Pace.ON),
        ("0.425", "0.5", Pace.ON),
        ("0.4249", "0.5", Pace.BEHIND),
        ("0", "0.5", Pace.BEHIND),
        ("-0.1", "0.5", Pace.BEHIND),
        ("0.5499", "0.5", Pace.ON),
        ("0.55", "0.5", Pace.AHEAD),
        ("0", "0", Pace.ON),
        ("0.1", "0", Pace.AHEAD),
        (None, "0.5", None),
        ("0.5", None, None),
    ],
)
def test_the_pace_compares_what_is_done_with_what_is_expected(done, expected, found):
    assert pace(number(done), number(expected)) is found


@pytest.mark.parametrize(
    ("done", "expected", "found"),
    [
        ("1", "0.5", Pace.ON),
        ("1", "0", Pace.ON),
        ("0.5", "0.9", Pace.BEHIND),
        ("0.5", "0.1", Pace.ON),
        ("0.75", "1", Pace.BEHIND),
        (None, "0.5", None),
    ],
)
def test_what_falls_is_on_pace_or_behind_but_never_ahead(done, expected, found):
    assert pace(number(done), number(expected), DOWN) is found


@pytest.mark.parametrize(
    ("first", "second", "same"),
    [
        ("balita", "Balita ", True),
        ("Dok.", "dokumen", True),
        ("%", "persen", True),
        ("kali  kunjungan", "Kali Kunjungan", True),
        ("lap. bulanan", "laporan bulanan", True),
        ("balita", "kader", False),
        ("balita", None, False),
        (None, "", True),
    ],
)
def test_only_quantities_of_one_unit_can_be_summed(first, second, same):
    assert same_unit(first, second) is same
    assert same_unit(second, first) is same


@pytest.mark.parametrize(
    ("text", "unit", "named"),
    [
        ("menimbang 0 balita", "balita", True),
        ("menimbang -5 Balita di posyandu", "Balita stunting", True),
        ("menimbang 5 balitanya", "balita", False),
        ("laporan triwulan 3 selesai", "balita", False),
        ("menimbang balita", "balita", False),
        ("3 kali", None, False),
    ],
)
def test_a_sentence_names_an_amount_where_a_number_stands_before_the_unit(text, unit, named):
    assert names_amount(text, unit) is named


@pytest.mark.parametrize(
    ("unit", "figure", "adds"),
    [
        ("ibu hamil", "orang", True),
        ("bumil", "Org", True),
        ("lansia", "orang", True),
        ("warga", "orang", True),
        ("orang", "orang", True),
        ("orang", "ibu hamil", False),
        ("lansia", "balita", False),
        ("laporan", "orang", False),
        (None, "orang", False),
    ],
)
def test_persons_by_any_name_add_to_a_figure_of_persons_and_not_the_other_way(unit, figure, adds):
    assert adds_to(unit, figure) is adds
