import datetime as dt

import pytest

from bot.guidance.article import ArticleError
from bot.guidance.writing import (
    PARTS,
    begin,
    fresh,
    fresh_id,
    manuscript_of,
    matter_of,
    next_part,
    part_of,
    put,
    source_of,
)

TODAY = dt.date(2026, 11, 24)
SAID = {
    "title": 'Zumba: "pagi"',
    "title_en": "Morning zumba",
    "summary": "Satu\nbaris.",
    "summary_en": "One line.",
    "first": "Menurut SSGI 2024 ada 19,8%.",
    "details": "Isi rinci.",
    "sources": "SSGI 2024 – https://contoh.id/ssgi\n\nPerpres 72/2021",
}


def written(**other):
    text = begin("stunting", TODAY)
    for part in PARTS:
        text = put(text, part, {**SAID, **other}[part], ())
    return text


def test_parts_are_asked_for_until_all_are_there():
    text = begin("stunting", TODAY)
    for part in PARTS:
        assert next_part(text) == part
        text = put(text, part, SAID[part], ())
    assert next_part(text) is None


def test_what_was_said_stands_in_its_part():
    text = written()

    assert part_of(text, "title") == 'Zumba: "pagi"'
    assert part_of(text, "summary") == "Satu baris."
    assert part_of(text, "details") == "## Rinci\n\nIsi rinci."
    assert part_of(text, "sources") == "SSGI 2024 https://contoh.id/ssgi\nPerpres 72/2021"
    assert matter_of(text)["data_year"] == "2024"
    written_down = manuscript_of(text)
    assert (written_down.slug, written_down.theme) == ("zumba-pagi", "stunting")
    assert written_down.review_due == dt.date(2027, 11, 24)


def test_headings_of_ones_own_stay_and_a_year_ahead_is_no_data_year():
    text = written(first="Target 2045.", details="## Cara\n\nSatu.\n\n## Bukti\n\nDua.")

    assert part_of(text, "details") == "## Cara\n\nSatu.\n\n## Bukti\n\nDua."
    assert "data_year" not in matter_of(text)


def test_a_revision_is_reviewed_today_and_keeps_the_rest():
    text = fresh(written(), dt.date(2027, 3, 1))

    assert matter_of(text)["reviewed"] == "2027-03-01"
    assert part_of(text, "first") == SAID["first"]


@pytest.mark.parametrize(
    ("title", "taken", "made"),
    [
        ("Apa itu RHK?", (), "apa-itu-rhk"),
        ("Apa itu RHK?", ("apa-itu-rhk",), "apa-itu-rhk-2"),
        ("Apa itu RHK?", ("apa-itu-rhk", "apa-itu-rhk-2"), "apa-itu-rhk-3"),
        ("😀", (), "panduan"),
        ("panjang " * 20, (), "panjang-panjang-panjang-panjang"),
    ],
)
def test_an_id_is_made_of_the_title(title, taken, made):
    assert fresh_id(title, taken) == made


@pytest.mark.parametrize(
    ("line", "source"),
    [
        ("Perpres 72/2021", {"name": "Perpres 72/2021"}),
        (
            "Kemenkes, SSGI 2024 (https://contoh.id/a)",
            {"name": "Kemenkes, SSGI 2024", "page": "Kemenkes, SSGI 2024", "url": "https://contoh.id/a"},
        ),
        (
            "https://contoh.id/a",
            {"name": "contoh.id", "page": "contoh.id", "url": "https://contoh.id/a"},
        ),
    ],
)  # fmt: skip
def test_a_source_is_read_as_people_write_it(line, source):
    assert source_of(line) == source


def test_a_text_without_a_head_is_refused():
    with pytest.raises(ArticleError, match="does not begin"):
        matter_of("Isi saja.")
