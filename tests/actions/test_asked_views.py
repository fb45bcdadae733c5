import datetime as dt
from zoneinfo import ZoneInfo

import pytest

from bot.actions.asked_views import read_view
from bot.actions.team_views import Scale, View

NOW = dt.datetime(2026, 11, 24, 16, 50, tzinfo=ZoneInfo("Asia/Makassar"))


@pytest.mark.parametrize(
    ("asked", "scale", "day"),
    [
        ("hari", Scale.DAY, "2026-11-24"),
        ("Hari Ini", Scale.DAY, "2026-11-24"),
        ("today", Scale.DAY, "2026-11-24"),
        ("kemarin", Scale.DAY, "2026-11-23"),
        ("yesterday", Scale.DAY, "2026-11-23"),
        ("senin", Scale.DAY, "2026-11-23"),
        ("20 nov", Scale.DAY, "2026-11-20"),
        ("2026-11-20", Scale.DAY, "2026-11-20"),
        ("20/11/2025", Scale.DAY, "2025-11-20"),
        ("minggu", Scale.WEEK, "2026-11-24"),
        ("this week", Scale.WEEK, "2026-11-24"),
        ("minggu lalu", Scale.WEEK, "2026-11-22"),
        ("pekan ini", Scale.WEEK, "2026-11-24"),
        ("bulan", Scale.MONTH, "2026-11-24"),
        ("bulan ini", Scale.MONTH, "2026-11-24"),
        ("month", Scale.MONTH, "2026-11-24"),
        ("bulan lalu", Scale.MONTH, "2026-10-31"),
        ("november", Scale.MONTH, "2026-11-24"),
        ("okt", Scale.MONTH, "2026-10-31"),
        ("October 2025", Scale.MONTH, "2025-10-31"),
        ("desember", Scale.MONTH, "2025-12-31"),
        ("2026-10", Scale.MONTH, "2026-10-31"),
    ],
)
def test_a_day_a_week_or_a_month_is_read(asked, scale, day):
    assert read_view(asked, NOW) == View(scale, dt.date.fromisoformat(day))


@pytest.mark.parametrize(
    "asked",
    ["", "posyandu", "rhk 2", "20", "rapat 20 nov", "senin posyandu", "20-22 nov", "besok",
     "1 des", "30 februari", "2026-13", "2026-12", "desember 2026", "rapat 3"],
)  # fmt: skip
def test_what_names_no_such_stretch_or_one_ahead_is_none(asked):
    assert read_view(asked, NOW) is None
