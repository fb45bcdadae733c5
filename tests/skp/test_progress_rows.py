import datetime as dt
import json
from decimal import Decimal

import pytest

from bot.skp.plain_lines import one_line
from bot.skp.progress_rows import TEXT_LIMIT, Gap, ProgressRow

DAY = dt.date(2026, 11, 24)


def progress(**changes) -> ProgressRow:
    usual = {
        "plan": "Kunjungan rumah",
        "day": DAY,
        "start": dt.time(8, 0),
        "end": dt.time(10, 30),
        "text": "Kunjungan 6 balita",
        "quantity": Decimal(6),
        "unit": "balita",
        "evidence_url": "https://contoh.example/bukti",
    }
    return ProgressRow(**(usual | changes))


@pytest.mark.parametrize(
    ("quantity", "whole"),
    [("6", 6), ("6.00", 6), ("0", 0), ("1250", 1250), ("12.5", None), ("0.4", None)],
)
def test_only_a_whole_quantity_is_given_and_no_decimal_is_rounded(quantity, whole):
    assert progress(quantity=Decimal(quantity)).whole_quantity == whole


@pytest.mark.parametrize(
    ("url", "link"),
    [
        ("https://contoh.example/a", "https://contoh.example/a"),
        ("http://contoh.example/a", "http://contoh.example/a"),
        (" https://contoh.example/a\n", "https://contoh.example/a"),
        ("javascript:alert(1)", ""),
        ("bukti/foto.jpg", ""),
        (None, ""),
    ],
)
def test_what_is_no_link_is_no_evidence_for_the_form(url, link):
    assert progress(evidence_url=url).link == link


@pytest.mark.parametrize(
    ("changes", "gaps"),
    [
        ({}, set()),
        ({"plan": None}, {Gap.PLAN}),
        ({"start": None}, {Gap.HOURS}),
        ({"end": None}, {Gap.HOURS}),
        ({"quantity": None}, {Gap.QUANTITY}),
        ({"quantity": Decimal("2.5")}, {Gap.QUANTITY}),
        ({"evidence_url": "foto.jpg"}, {Gap.LINK}),
        (
            {"plan": "", "start": None, "end": None, "quantity": None, "evidence_url": None},
            set(Gap),
        ),
    ],
)
def test_what_nobody_said_is_a_gap(changes, gaps):
    assert progress(**changes).gaps == gaps


def test_a_line_that_comes_back_is_known_by_its_day_and_its_activity():
    long = progress(text="Kunjungan balita " * 40)
    cut = progress(text=one_line(long.text, TEXT_LIMIT), start=None, unit=None)

    assert cut.mark == long.mark
    assert progress(text="  kunjungan\n6 BALITA ").mark == progress().mark
    assert progress(day=dt.date(2026, 11, 25)).mark != progress().mark


@pytest.mark.parametrize(
    "row",
    [
        progress(quantity=Decimal("2.5")),
        progress(
            plan=None, start=None, end=None, text="", quantity=None, unit=None, evidence_url=None
        ),
    ],
)
def test_a_line_survives_being_kept(row):
    assert ProgressRow.from_data(json.loads(json.dumps(row.as_data()))) == row
