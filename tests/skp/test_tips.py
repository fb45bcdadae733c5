import datetime as dt

import pytest

from bot.skp.tips import may_follow, noted, remembered

TODAY = dt.date(2026, 11, 24)
LONG_AGO = dt.date(2026, 1, 5)


@pytest.mark.parametrize(
    ("wished", "since", "last", "may"),
    [
        (True, LONG_AGO, None, True),
        (True, LONG_AGO, dt.date(2026, 11, 23), True),
        (True, LONG_AGO, TODAY, False),
        (True, LONG_AGO, dt.date(2026, 11, 25), False),
        (False, LONG_AGO, None, False),
        (True, None, None, False),
        (True, dt.date(2026, 11, 22), None, False),
        (True, dt.date(2026, 11, 21), None, True),
    ],
)
def test_advice_follows_a_log_once_a_day_for_whoever_wishes_and_has_settled(
    wished, since, last, may
):
    assert may_follow(wished=wished, since=since, last=last, today=TODAY) is may


def test_what_was_seen_is_forgotten_after_six_weeks():
    seen = {"lama": "2026-10-13", "tadi": "2026-10-14"}

    assert remembered(seen, TODAY) == {"tadi": "2026-10-14"}
    assert noted(seen, ["baru"], TODAY) == {"tadi": "2026-10-14", "baru": "2026-11-24"}
