import datetime as dt

import pytest

from bot.skp.workdays import WorkCalendar, default_prompt, end_of_day

CHRISTMAS = {dt.date(2026, 12, 24): "Cuti bersama Natal", dt.date(2026, 12, 25): "Natal"}
FIVE = WorkCalendar(5, CHRISTMAS)
SIX = WorkCalendar(6, frozenset(CHRISTMAS))


def day(text):
    return dt.date.fromisoformat(text)


@pytest.mark.parametrize(
    ("date", "five", "six"),
    [
        ("2026-11-27", True, True),
        ("2026-11-28", False, True),
        ("2026-11-29", False, False),
        ("2026-11-30", True, True),
        ("2026-12-24", False, False),
        ("2026-12-25", False, False),
    ],
)
def test_weekends_and_holidays_are_free(date, five, six):
    assert (FIVE.is_working(day(date)), SIX.is_working(day(date))) == (five, six)


@pytest.mark.parametrize(
    ("start", "end", "five", "six"),
    [
        ("2026-11-01", "2026-12-01", 21, 25),
        ("2026-11-24", "2026-11-25", 1, 1),
        ("2026-11-28", "2026-11-30", 0, 1),
        ("2026-12-21", "2026-12-28", 3, 4),
        ("2026-12-25", "2027-01-01", 4, 5),
        ("2026-12-01", "2026-12-24", 17, 20),
        ("2026-11-24", "2026-11-24", 0, 0),
        ("2026-11-25", "2026-11-24", 0, 0),
    ],
)
def test_working_days_are_counted_up_to_the_end(start, end, five, six):
    assert FIVE.working_days(day(start), day(end)) == five
    assert SIX.working_days(day(start), day(end)) == six


@pytest.mark.parametrize("calendar", [FIVE, SIX])
@pytest.mark.parametrize("length", range(24))
def test_the_count_agrees_with_going_through_the_days_one_by_one(calendar, length):
    for offset in range(7):
        start = day("2026-12-14") + dt.timedelta(days=offset)
        days = [start + dt.timedelta(days=n) for n in range(length)]

        counted = calendar.working_days(start, start + dt.timedelta(days=length))

        assert counted == sum(calendar.is_working(one) for one in days)


def test_a_holiday_on_a_weekend_is_not_taken_off_twice():
    sunday = WorkCalendar(5, {day("2026-11-29"): "Hari daerah"})

    assert sunday.working_days(day("2026-11-01"), day("2026-12-01")) == 21


@pytest.mark.parametrize(
    ("date", "before", "after"),
    [
        ("2026-11-25", "2026-11-24", "2026-11-26"),
        ("2026-11-27", "2026-11-26", "2026-11-30"),
        ("2026-11-29", "2026-11-27", "2026-11-30"),
        ("2026-12-24", "2026-12-23", "2026-12-28"),
        ("2026-12-28", "2026-12-23", "2026-12-29"),
    ],
)
def test_the_next_working_day_lies_beyond_weekends_and_holidays(date, before, after):
    assert FIVE.previous_working(day(date)) == day(before)
    assert FIVE.next_working(day(date)) == day(after)


@pytest.mark.parametrize(
    ("n", "result"),
    [(0, "2026-12-23"), (1, "2026-12-28"), (3, "2026-12-30"), (-3, "2026-12-18")],
)
def test_one_goes_several_working_days_at_once(n, result):
    assert FIVE.shift(day("2026-12-23"), n) == day(result)


@pytest.mark.parametrize("week", [0, 4, 7])
def test_a_week_has_five_or_six_working_days(week):
    with pytest.raises(ValueError, match=str(week)):
        WorkCalendar(week, frozenset())


@pytest.mark.parametrize(
    ("date", "week", "ramadan", "end", "prompt"),
    [
        ("2026-11-24", 5, False, "16:00", "15:45"),
        ("2026-11-27", 5, False, "16:30", "16:15"),
        ("2026-02-24", 5, True, "15:00", "14:45"),
        ("2026-02-27", 5, True, "15:30", "15:15"),
        ("2026-11-24", 6, False, "14:45", "14:30"),
        ("2026-11-27", 6, False, "15:15", "15:00"),
        ("2026-02-24", 6, True, "13:55", "13:40"),
    ],
)
def test_work_ends_by_the_hours_of_the_week_and_the_season(date, week, ramadan, end, prompt):
    assert end_of_day(day(date), week, None, ramadan) == dt.time.fromisoformat(end)
    assert default_prompt(day(date), week, None, ramadan) == dt.time.fromisoformat(prompt)


@pytest.mark.parametrize(
    ("date", "ramadan", "end", "prompt"),
    [
        ("2026-11-24", False, "14:00", "13:45"),
        ("2026-11-27", False, "14:00", "13:45"),
        ("2026-02-24", True, "13:55", "13:40"),
        ("2026-02-27", True, "14:00", "13:45"),
    ],
)
def test_the_hour_the_agency_has_set_stands_but_nobody_stays_longer_in_ramadan(
    date, ramadan, end, prompt
):
    leave_at = dt.time(14, 0)

    assert end_of_day(day(date), 6, leave_at, ramadan) == dt.time.fromisoformat(end)
    assert default_prompt(day(date), 6, leave_at, ramadan) == dt.time.fromisoformat(prompt)
