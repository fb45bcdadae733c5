import datetime as dt
from zoneinfo import ZoneInfo

import pytest

from bot.skp.quiet import end_of_quiet, is_quiet


@pytest.mark.parametrize(
    ("hour", "quiet"),
    [("00:00", True), ("06:59", True), ("07:00", False), ("17:59", False), ("18:00", True)],
)
def test_nothing_is_said_unasked_from_six_in_the_evening_to_seven(hour, quiet):
    assert is_quiet(dt.time.fromisoformat(hour)) is quiet


@pytest.mark.parametrize(
    ("moment", "end"),
    [
        ("2026-12-31T18:00", "2027-01-01T07:00"),
        ("2026-11-25T06:59", "2026-11-25T07:00"),
        ("2026-11-25T07:00", None),
    ],
)
def test_what_waits_for_the_morning_waits_for_the_next_seven_o_clock(moment, end):
    local = dt.datetime.fromisoformat(moment).replace(tzinfo=ZoneInfo("Asia/Makassar"))
    found = end_of_quiet(local)

    assert (found and found.strftime("%Y-%m-%dT%H:%M")) == end
