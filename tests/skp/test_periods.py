import datetime as dt

import pytest

from bot.skp.periods import (
    Period,
    day_of,
    edit_until,
    month_of,
    named,
    quarter_of,
    week_of,
    year_of,
)
from bot.skp.workdays import WorkCalendar


def period(start, end):
    return Period(dt.date.fromisoformat(start), dt.date.fromisoformat(end))


@pytest.mark.parametrize(
    ("kind", "day", "start", "end"),
    [
        (day_of, "2026-12-31", "2026-12-31", "2027-01-01"),
        (week_of, "2026-11-23", "2026-11-23", "2026-11-30"),
        (week_of, "2026-11-29", "2026-11-23", "2026-11-30"),
        (week_of, "2027-01-01", "2026-12-28", "2027-01-04"),
        (month_of, "2026-11-24", "2026-11-01", "2026-12-01"),
        (month_of, "2026-12-31", "2026-12-01", "2027-01-01"),
        (month_of, "2028-02-29", "2028-02-01", "2028-03-01"),
        (quarter_of, "2026-01-01", "2026-01-01", "2026-04-01"),
        (quarter_of, "2026-06-30", "2026-04-01", "2026-07-01"),
        (quarter_of, "2026-12-31", "2026-10-01", "2027-01-01"),
        (year_of, "2026-07-01", "2026-01-01", "2027-01-01"),
    ],
)
def test_a_period_runs_from_its_first_day_up_to_the_next(kind, day, start, end):
    assert kind(dt.date.fromisoformat(day)) == period(start, end)


@pytest.mark.parametrize(
    ("name", "start", "end"),
    [
        ("2026-11", "2026-11-01", "2026-12-01"),
        ("2026-1", "2026-01-01", "2026-02-01"),
        (" 2026-12 ", "2026-12-01", "2027-01-01"),
        ("2026-TW1", "2026-01-01", "2026-04-01"),
        ("2026-tw4", "2026-10-01", "2027-01-01"),
        ("2026-TW 2", "2026-04-01", "2026-07-01"),
        ("2026", "2026-01-01", "2027-01-01"),
    ],
)
def test_a_period_is_read_by_its_name(name, start, end):
    assert named(name) == period(start, end)


@pytest.mark.parametrize(
    "name", ["", "2026-13", "2026-00", "2026-TW5", "2026-TW0", "11-2026", "2026-11-24", "November"]
)
def test_what_names_no_period_is_refused(name):
    with pytest.raises(ValueError, match=r".+"):
        named(name)


def test_the_end_does_not_belong_to_the_period():
    november = named("2026-11")

    assert dt.date(2026, 11, 1) in november
    assert dt.date(2026, 11, 30) in november
    assert dt.date(2026, 10, 31) not in november
    assert dt.date(2026, 12, 1) not in november


@pytest.mark.parametrize(
    ("day", "written_on", "closed"),
    [
        ("2026-11-02", None, "2026-12-01"),
        ("2026-11-24", None, "2026-12-01"),
        ("2026-11-25", None, "2026-12-02"),
        ("2026-11-28", None, "2026-12-05"),
        ("2026-11-30", None, "2026-12-05"),
        ("2026-12-23", None, "2027-01-01"),
        ("2026-12-28", None, "2027-01-02"),
        ("2026-11-02", "2026-11-24", "2026-12-01"),
        ("2026-11-02", "2026-12-21", "2026-12-30"),
        ("2026-11-24", "2026-11-23", "2026-12-01"),
    ],
)
def test_an_entry_stays_open_for_its_month_and_at_least_five_working_days(day, written_on, closed):
    holidays = frozenset({dt.date(2026, 12, 24), dt.date(2026, 12, 25)})
    written = None if written_on is None else dt.date.fromisoformat(written_on)

    end = edit_until(dt.date.fromisoformat(day), WorkCalendar(5, holidays), written_on=written)

    assert end == dt.date.fromisoformat(closed)


def test_the_number_of_working_days_is_a_setting():
    end = edit_until(dt.date(2026, 11, 30), WorkCalendar(5, frozenset()), 10)

    assert end == dt.date(2026, 12, 12)
