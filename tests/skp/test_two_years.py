"""All days of 2026 and 2027 for three offices, against tables that the code did not make."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest

from bot.skp.reminders import Habits, Kind, Wishes
from bot.skp.seasons import Season
from bot.skp.timetables import timetable
from bot.skp.workdays import WorkCalendar

YEARS = [dt.date(2026, 1, 1) + dt.timedelta(days=n) for n in range(730)]
# The joint decrees: every libur nasional and every cuti bersama.
DECREED = """
2026: 01-01 01-16 02-16 02-17 03-18 03-19 03-20 03-21 03-22 03-23 03-24 04-03 04-05 05-01 05-14
      05-15 05-27 05-28 05-31 06-01 06-16 08-17 08-25 12-24 12-25
2027: 01-01 01-05 02-05 02-06 03-08 03-09 03-10 03-11 03-12 03-15 03-25 03-26 03-28 05-01 05-06
      05-17 05-18 05-19 05-20 06-01 06-06 08-15 08-17 12-24 12-25 12-26
"""
# A day that the agency has off by itself.
LOCAL = dt.date(2026, 11, 26)
RAMADAN = (
    Season(dt.date(2026, 2, 19), dt.date(2026, 3, 21), confirmed=True),
    Season(dt.date(2027, 2, 8), dt.date(2027, 3, 10)),
)
# Four days of work and two of rest, again and again: morning, afternoon, night, night.
ROUND = [("07:00", "14:00"), ("14:00", "21:00"), ("21:00", "07:00"), ("21:00", "07:00"), None, None]
# When an office in WIB (five days) and a school in WITA (six days) are asked, in UTC: on Fridays
# or not, in Ramadan or not.
HOURS = {
    ("Asia/Jakarta", 5): {
        (False, False): "08:45",
        (True, False): "09:15",
        (False, True): "07:45",
        (True, True): "08:15",
    },
    ("Asia/Makassar", 6): {
        (False, False): "06:30",
        (True, False): "07:00",
        (False, True): "05:40",
        (True, True): "06:10",
    },
}
# A hospital in WIT, by the place in the round, in UTC: a night ends in the quiet hours, so it is
# asked for at their end, on the next day; an afternoon ends in them, so it is asked for before.
AFTER_SHIFTS = (("04:45", 0), ("08:45", 0), None, ("22:00", 1), ("22:00", 1), None)
FASTING = [("2026-02-19", "2026-03-20"), ("2027-02-08", "2027-03-09")]


def decreed() -> set[dt.date]:
    found: set[dt.date] = set()
    year = ""
    for word in DECREED.split():
        if word.endswith(":"):
            year = word[:-1]
        else:
            found.add(dt.date.fromisoformat(f"{year}-{word}"))
    return found


FREE = decreed() | {LOCAL}


def prompts(day: dt.date, calendar: WorkCalendar, zone: str) -> list[tuple[str, dt.date]]:
    """Give when somebody is asked on a day, in UTC, and for which day."""
    return [
        (
            f"{dt.datetime.combine(day, slot.at, ZoneInfo(zone)).astimezone(dt.UTC):%H:%M}",
            slot.about,
        )
        for slot in timetable(day, calendar, Wishes(), Habits())
        if slot.kind is Kind.PROMPT
    ]


def test_the_table_is_as_long_as_the_decrees():
    assert len(decreed()) == 25 + 26


@pytest.mark.parametrize(("zone", "week"), list(HOURS))
def test_an_office_and_a_school_are_asked_as_work_ends_on_every_working_day(zone, week):
    calendar = WorkCalendar(week, dict.fromkeys(FREE, "libur"), seasons=RAMADAN)
    wrong = []
    for day in YEARS:
        worked = day.isoweekday() <= week and day not in FREE
        fasting = any(first <= f"{day}" <= last for first, last in FASTING)
        expected = [(HOURS[zone, week][day.isoweekday() == 5, fasting], day)] if worked else []
        asked = prompts(day, calendar, zone)
        if asked != expected:
            wrong.append((day, asked, expected))

    assert wrong == []


def test_a_hospital_is_asked_as_each_shift_ends_also_on_sundays_and_holidays():
    shifts = {
        day: tuple(map(dt.time.fromisoformat, hours))
        for n, day in enumerate(YEARS)
        if (hours := ROUND[n % 6]) is not None
    }
    calendar = WorkCalendar(5, dict.fromkeys(FREE, "libur"), shifts, seasons=RAMADAN)
    wrong = []
    for n, day in enumerate(YEARS):
        after = AFTER_SHIFTS[n % 6]
        expected = [(after[0], day - dt.timedelta(days=after[1]))] if after else []
        asked = prompts(day, calendar, "Asia/Jayapura")
        if asked != expected:
            wrong.append((day, asked, expected))

    assert wrong == []
    assert calendar.working_days(YEARS[0], YEARS[-1]) == sum(map(calendar.is_working, YEARS[:-1]))


def test_after_the_month_of_the_last_shift_the_usual_week_holds_again():
    shift = {dt.date(2026, 11, 1): (dt.time(7), dt.time(14))}
    calendar = WorkCalendar(5, {}, shift)

    assert calendar.is_working(dt.date(2026, 11, 1))
    assert not calendar.is_working(dt.date(2026, 11, 24))
    assert calendar.is_working(dt.date(2026, 12, 1))
    assert calendar.next_working(dt.date(2026, 11, 1)) == dt.date(2026, 12, 1)
