import datetime as dt
from decimal import Decimal

import pytest

from bot.i18n import LANGUAGES, translator

DAY = dt.date(2026, 11, 24)
MOMENT = dt.datetime(2026, 11, 24, 8, 5, tzinfo=dt.UTC)
ID, EN = translator("id"), translator("en")


@pytest.mark.parametrize(
    ("value", "indonesian", "english"),
    [
        (0, "0", "0"),
        (1250, "1.250", "1,250"),
        (Decimal("12.5"), "12,5", "12.5"),
        (Decimal("6.00"), "6", "6"),
        (Decimal("1234567.125"), "1.234.567,125", "1,234,567.125"),
        (Decimal("0.1234"), "0,1234", "0.1234"),
        (-3, "-3", "-3"),
    ],
)
def test_numbers(value, indonesian, english):
    assert (ID.number(value), EN.number(value)) == (indonesian, english)


@pytest.mark.parametrize(
    ("share", "indonesian", "english", "whole"),
    [
        (Decimal("0.125"), "12,5%", "12.5%", "12%"),
        (Decimal("0.6"), "60%", "60%", "60%"),
        (Decimal(1), "100%", "100%", "100%"),
        (Decimal("12.345"), "1.234,5%", "1,234.5%", "1.234%"),
        (Decimal(0), "0%", "0%", "0%"),
    ],
)
def test_percents(share, indonesian, english, whole):
    assert (ID.percent(share), EN.percent(share)) == (indonesian, english)
    assert ID.whole_percent(share) == whole


@pytest.mark.parametrize(
    ("written", "indonesian", "english"),
    [
        ("day", "Selasa, 24 Nov 2026", "Tuesday, 24 Nov 2026"),
        ("day_short", "Sel 24 Nov", "Tue 24 Nov"),
        ("day_long", "Selasa, 24 November 2026", "Tuesday, 24 November 2026"),
        ("day_of_month", "24 Nov", "24 Nov"),
        ("weekday", "Selasa", "Tuesday"),
        ("month", "November 2026", "November 2026"),
    ],
)
def test_days(written, indonesian, english):
    assert (getattr(ID, written)(DAY), getattr(EN, written)(DAY)) == (indonesian, english)


@pytest.mark.parametrize(
    ("day", "name"),
    [
        ("2026-01-05", "Senin, 5 Jan 2026"),
        ("2026-05-02", "Sabtu, 2 Mei 2026"),
        ("2026-08-14", "Jumat, 14 Agu 2026"),
        ("2026-12-27", "Minggu, 27 Des 2026"),
    ],
)
def test_indonesian_days_have_their_own_names(day, name):
    assert ID.day(dt.date.fromisoformat(day)) == name


@pytest.mark.parametrize(
    ("zone", "indonesian", "english"),
    [
        ("Asia/Jakarta", "15.05 WIB", "15:05 WIB"),
        ("Asia/Makassar", "16.05 WITA", "16:05 WITA"),
        ("Asia/Jayapura", "17.05 WIT", "17:05 WIT"),
    ],
)
def test_hours_name_their_zone(zone, indonesian, english):
    assert (ID.clock(MOMENT, zone), EN.clock(MOMENT, zone)) == (indonesian, english)


def test_values_are_escaped_in_html_and_nowhere_else():
    typed = '<b>&"'

    assert str(EN.html("<b>{x}</b>", x=typed)) == "<b>&lt;b&gt;&amp;&#34;</b>"
    assert EN.gettext("{x}", x=typed) == typed


def test_what_counts_has_a_form_for_one_in_english_alone():
    one, many = "{count} article fits:", "{count} articles fit:"

    assert EN.ngettext(one, many, 1, count=1) == "1 article fits:"
    assert EN.nhtml(one, many, 2, count=2) == "2 articles fit:"
    assert ID.ngettext(one, many, 1, count="N") == ID.ngettext(one, many, 2, count="N")


def test_a_value_may_have_any_name():
    assert EN.gettext("{message} {count}", message=1, count=2) == "1 2"


def test_an_unknown_language_is_indonesian():
    assert translator("fr").language == "id"
    assert LANGUAGES == ("id", "en")
