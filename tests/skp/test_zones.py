import datetime as dt

import pytest

from bot.skp.zones import ZONES, abbreviation, zone, zone_name


@pytest.mark.parametrize(
    ("name", "iana", "short", "hours"),
    [
        ("WIB", "Asia/Jakarta", "WIB", 7),
        (" wita ", "Asia/Makassar", "WITA", 8),
        ("Wit", "Asia/Jayapura", "WIT", 9),
        ("Asia/Jakarta", "Asia/Jakarta", "WIB", 7),
        ("Asia/Pontianak", "Asia/Pontianak", "WIB", 7),
        ("Asia/Makassar", "Asia/Makassar", "WITA", 8),
        ("Asia/Jayapura", "Asia/Jayapura", "WIT", 9),
    ],
)
def test_a_zone_is_known_by_its_letters_and_by_its_name(name, iana, short, hours):
    noon = dt.datetime(2026, 11, 24, 12, tzinfo=zone(name))

    assert (zone_name(name), abbreviation(name)) == (iana, short)
    assert noon.utcoffset() == dt.timedelta(hours=hours)


@pytest.mark.parametrize("short", ZONES)
def test_our_letters_are_those_of_the_time_zone_data(short):
    assert dt.datetime(2026, 11, 24, tzinfo=zone(short)).tzname() == short


@pytest.mark.parametrize("name", ["", "WIS", "Europe/Paris", "asia/jakarta", "../etc", "WIB\0"])
@pytest.mark.parametrize("ask", [zone, abbreviation])
def test_no_other_zone_is_known(ask, name):
    with pytest.raises(ValueError, match="WIB, WITA, WIT"):
        ask(name)
