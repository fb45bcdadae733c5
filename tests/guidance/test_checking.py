import datetime as dt

import pytest

from bot.guidance.checking import check
from bot.guidance.library import Library

TODAY = dt.date(2026, 11, 24)
SOUND = """---
id: contoh
title: Judul
title_en: Title
summary: Ringkasan.
summary_en: Summary.
theme: stunting
data_year: 2024
sources: [{name: SSGI 2024, page: Kemenkes, url: "https://contoh.id/ssgi"}]
reviewed: 2026-11-24
review_due: 2027-11-24
---
Menurut SSGI 2024 angkanya 19,8%.

## Rinci

Target contoh 95% boleh tanpa sumber.
"""


def problems(folder, old="", new=""):
    assert old in SOUND
    (folder / "contoh.md").write_text(SOUND.replace(old, new, 1), encoding="utf-8")
    return [problem.text for problem in check(Library.load(folder), TODAY)]


def test_a_sound_article_has_no_problem(tmp_path):
    assert problems(tmp_path) == []


@pytest.mark.parametrize(
    ("old", "new", "found"),
    [
        ("title: Judul", "title: " + "J" * 71, "title is longer"),
        ("summary: Ringkasan.", "summary: " + "r" * 141, "summary is longer"),
        ("theme: stunting", "theme: lain", "not in the list of themes"),
        ("Menurut SSGI", "kata " * 200 + "Menurut SSGI", "more than 900"),
        ("## Rinci\n\nTarget contoh 95% boleh tanpa sumber.", "", "Nothing stands behind"),
        ("Menurut SSGI 2024 angkanya 19,8%.\n", "", "first screen is empty"),
        ('[{name: SSGI 2024, page: Kemenkes, url: "https://contoh.id/ssgi"}]', "[]", "no source"),
        ('url: "https://contoh.id/ssgi"', 'url: "contoh"', "no web address"),
        ("page: Kemenkes, ", "", "no words to stand for it"),
        (', page: Kemenkes, url: "https://contoh.id/ssgi"', "", "neither an address"),
        ("data_year: 2024\n", "", "without data_year"),
        ("Menurut SSGI 2024 angkanya", "Menurut SSGI angkanya", "without its year"),
        ("Menurut SSGI 2024 angkanya", "Pada 2024 angkanya", "without its source"),
        ("Target contoh 95%", "Pada 2024 menurut kami 209.600 anak, 95%", "without its source"),
        ("Target contoh", "NIK 3604 0112 3456 7890, target contoh", "NIK or NIP"),
        ("Target contoh", "LiLA di bawah 23,5 cm. Target contoh", "ambang LiLA"),
        ("Target contoh", "Baca [itu](panduan:tiada). Target contoh", "points to tiada"),
        ("data_year", "related: [tiada]\ndata_year", "points to tiada"),
        ("reviewed: 2026-11-24", "reviewed: 2026-11-25", "in the future"),
        ("review_due: 2027-11-24", "review_due: 2026-11-24", "not after the last one"),
        (
            "reviewed: 2026-11-24\nreview_due: 2027-11-24",
            "reviewed: 2025-11-24\nreview_due: 2026-11-23",
            "has passed",
        ),
    ],
)
def test_a_faulty_article_is_named_with_its_fault(tmp_path, old, new, found):
    assert any(found in text for text in problems(tmp_path, old, new))


def test_a_passed_review_date_may_be_marked(tmp_path):
    marked = "reviewed: 2025-11-24\nreview_due: 2026-11-23\noverdue: Menunggu juknis baru."

    assert problems(tmp_path, "reviewed: 2026-11-24\nreview_due: 2027-11-24", marked) == []
