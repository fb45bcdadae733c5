import datetime as dt

import pytest

from bot.understanding.asked_days import asked_days

# A Tuesday.
TODAY = dt.date(2026, 11, 24)


@pytest.mark.parametrize(
    ("typed", "first", "last"),
    [
        ("26 Nov", "2026-11-26", "2026-11-26"),
        ("24 Nov", "2026-11-24", "2026-11-24"),
        ("24 Nov sampai 26 Nov", "2026-11-24", "2026-11-26"),
        ("26-28 Nov", "2026-11-26", "2026-11-28"),
        ("26 s.d. 28 November", "2026-11-26", "2026-11-28"),
        ("28 Des sampai 2 Jan", "2026-12-28", "2027-01-02"),
        ("26/11", "2026-11-26", "2026-11-26"),
        ("26/11/2026", "2026-11-26", "2026-11-26"),
        ("26-11-2026", "2026-11-26", "2026-11-26"),
        ("26.11.2026", "2026-11-26", "2026-11-26"),
        ("tgl 26", "2026-11-26", "2026-11-26"),
        ("26", "2026-11-26", "2026-11-26"),
        ("24", "2026-11-24", "2026-11-24"),
        ("hari ini", "2026-11-24", "2026-11-24"),
        ("Besok", "2026-11-25", "2026-11-25"),
        ("besok ya pak", "2026-11-25", "2026-11-25"),
        ("lusa", "2026-11-26", "2026-11-26"),
        ("kemarin", "2026-11-23", "2026-11-23"),
        ("Jumat", "2026-11-27", "2026-11-27"),
        ("sampai jum'at", "2026-11-24", "2026-11-27"),
        ("cuti sampai Jumat", "2026-11-24", "2026-11-27"),
        ("besok sampai Jumat", "2026-11-25", "2026-11-27"),
        ("3 hari mulai besok", "2026-11-25", "2026-11-27"),
        ("3 hari", "2026-11-24", "2026-11-26"),
        ("tomorrow", "2026-11-25", "2026-11-25"),
        ("from tomorrow until Friday", "2026-11-25", "2026-11-27"),
    ],
)
def test_days_are_read_as_they_are_typed(typed, first, last):
    span = asked_days(typed, TODAY)

    assert span is not None
    assert tuple(day.isoformat() for day in span) == (first, last)


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "x",
        "dampingi 6 balita di posyandu",
        "tadi pagi rapat sampai sore",
        "24 balita ditimbang",
        "30 Feb",
        "31/11",
        "32 Nov",
        "99",
        "hari",
        "sampai",
        "<b>26 Nov</b> 😀 rapat",
        "1" * 5000,
    ],
)
def test_what_names_no_day_is_not_guessed(typed):
    assert asked_days(typed, TODAY) is None
