import datetime as dt

import pytest

from bot.actions.hours import read_hours


@pytest.mark.parametrize(
    ("typed", "start", "end"),
    [
        ("9-11", "09:00", "11:00"),
        ("09.00–11.00", "09:00", "11:00"),
        ("jam 8 sampai 10.30", "08:00", "10:30"),
        ("pukul 13.00 s/d 15.00", "13:00", "15:00"),
        ("09.00 WITA - 11.00 WITA", "09:00", "11:00"),
        ("20.00-04.00", "20:00", "04:00"),
        ("20-24", "20:00", "00:00"),
        ("9 to 11", "09:00", "11:00"),
        ("1-3 siang", "13:00", "15:00"),
        ("\u200e 8 - 9 \u200f", "08:00", "09:00"),
    ],
)
def test_hours_are_read(typed, start, end):
    assert read_hours(typed) == (dt.time.fromisoformat(start), dt.time.fromisoformat(end))


@pytest.mark.parametrize("typed", ["", "9", "9-9", "25-26", "9.75-10", "siang", "9 11", "x" * 500])
def test_what_names_no_two_hours_is_none(typed):
    assert read_hours(typed) is None
