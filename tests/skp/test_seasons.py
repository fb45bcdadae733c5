import datetime as dt

import pytest

from bot.skp.seasons import Season, is_possible, suggested


@pytest.mark.parametrize(
    ("idulfitri", "first", "last"),
    [("2026-03-21", "2026-02-19", "2026-03-20"), ("2027-03-10", "2027-02-08", "2027-03-09")],
)
def test_ramadan_is_reckoned_backwards_from_idulfitri_and_is_no_fact_yet(idulfitri, first, last):
    season = suggested(dt.date.fromisoformat(idulfitri))
    inside = [dt.date.fromisoformat(first), dt.date.fromisoformat(last)]

    assert all(day in season for day in inside)
    assert season.start == inside[0]
    assert season.end == inside[1] + dt.timedelta(days=1)
    assert dt.date.fromisoformat(idulfitri) not in season
    assert not season.confirmed


def test_a_ramadan_lasts_29_or_30_days():
    start = dt.date(2027, 2, 8)
    possible = [n for n in range(25, 35) if is_possible(start, start + dt.timedelta(days=n))]

    assert possible == [29, 30]


def test_the_day_before_it_begins_is_not_in_it():
    season = Season(dt.date(2027, 2, 8), dt.date(2027, 3, 10), confirmed=True)

    assert dt.date(2027, 2, 7) not in season
    assert season.confirmed
