import datetime as dt
import shutil
from pathlib import Path

import pytest

from bot.guidance.article import ArticleError, Source, read_article
from bot.guidance.library import Library

FOLDER = Path(__file__).parents[2] / "locale" / "id" / "guidance"

WHOLE = """---
id: contoh
title: Judul
title_en: Title
summary: Satu baris.
summary_en: One line.
theme: stunting
jobs: [bidan]
tags: [uji]
aliases: [kata lama]
related: [lain]
data_year: 2024
sources: [satu, {name: Perpres 1/2020}]
status: diganti
reviewed: 2026-11-24
review_due: 2027-11-24
---
Layar **pertama**, baca [lain](panduan:sana).

## Rinci

Isi.

### Anak judul

## Bukti

Bukti.
"""
SOURCES = {"satu": Source("Satu", "Halaman", "https://satu.id")}


def write(folder, name, theme="stunting"):
    text = WHOLE.replace("id: contoh", f"id: {name}").replace("theme: stunting", f"theme: {theme}")
    (folder / f"{name}.md").write_text(text.replace("[satu, {", "[{"), encoding="utf-8")


def test_an_article_is_read_whole():
    article = read_article(WHOLE, SOURCES)

    assert article.first == "Layar **pertama**, baca [lain](panduan:sana)."
    assert [(part.heading, part.text) for part in article.details] == [
        ("Rinci", "Isi.\n\n### Anak judul"),
        ("Bukti", "Bukti."),
    ]
    assert article.sources == (SOURCES["satu"], Source("Perpres 1/2020"))
    assert article.links() == ("lain", "sana")
    assert (article.status, article.data_year) == ("diganti", 2024)
    assert (article.title_in("id"), article.title_in("en")) == ("Judul", "Title")
    assert (article.summary_in("id"), article.summary_in("en")) == ("Satu baris.", "One line.")


def test_an_article_needs_review_from_the_day_after_its_date():
    article = read_article(WHOLE, SOURCES)

    assert not article.needs_review(dt.date(2027, 11, 24))
    assert article.needs_review(dt.date(2027, 11, 25))


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        ("---\nid", "id", "front matter"),
        ("title: Judul\n", "", "lacks title"),
        ("title: Judul", "title: [", "valid YAML"),
        ("tags: [uji]", "tags: uji", "tags is not a list"),
        ("data_year: 2024", "data_year: dulu", "data_year"),
        ("status: diganti", "status: entah", "status entah"),
        ("reviewed: 2026-11-24", "reviewed: 2026-11-31", "reviewed is not a date"),
        ("review_due: 2027-11-24", "review_due: nanti", "review_due is not a date"),
        ("[satu,", "[dua,", "dua is not in the register"),
        ("{name: Perpres 1/2020}", "{url: 'https://x.id'}", "has no name"),
    ],
)
def test_a_broken_article_says_what_is_wrong(old, new, why):
    with pytest.raises(ArticleError, match=why):
        read_article(WHOLE.replace(old, new, 1), SOURCES)


def test_a_new_article_is_found_without_a_restart(tmp_path):
    write(tmp_path, "satu")
    library = Library.load(tmp_path)
    assert library.article("dua") is None
    assert [hit.article.id for hit in library.search("kata lama")] == ["satu"]

    write(tmp_path, "dua")
    library.refresh()

    assert library.article("dua") is not None
    assert {hit.article.id for hit in library.search("kata lama")} == {"satu", "dua"}


def test_a_removed_and_a_changed_article_are_noticed(tmp_path):
    write(tmp_path, "satu")
    write(tmp_path, "dua")
    library = Library.load(tmp_path)

    (tmp_path / "satu.md").unlink()
    write(tmp_path, "dua", theme="inflasi")
    library.refresh()

    assert [article.theme for article in library.articles()] == ["inflasi"]


def test_a_changed_register_of_sources_is_noticed(tmp_path):
    (tmp_path / "contoh.md").write_text(WHOLE, encoding="utf-8")
    library = Library.load(tmp_path)
    assert [problem.file for problem in library.problems] == ["contoh.md"]

    (tmp_path / "sources.yaml").write_text("satu: Perpres 2/2021\n", encoding="utf-8")
    library.refresh()

    assert library.article("contoh").sources[0] == Source("Perpres 2/2021")
    assert library.problems == ()


@pytest.mark.parametrize("content", [b"bukan artikel", b"\xff\xfe", b""])
def test_a_file_that_cannot_be_read_is_left_out_and_named(tmp_path, content):
    write(tmp_path, "satu")
    (tmp_path / "rusak.md").write_bytes(content)

    library = Library.load(tmp_path)

    assert [article.id for article in library.articles()] == ["satu"]
    assert [problem.file for problem in library.problems] == ["rusak.md"]


def test_a_file_must_bear_the_name_of_its_article(tmp_path):
    write(tmp_path, "satu")
    shutil.move(tmp_path / "satu.md", tmp_path / "dua.md")

    assert Library.load(tmp_path).problems[0].file == "dua.md"


def test_an_empty_folder_answers_nothing(tmp_path):
    library = Library.load(tmp_path)

    assert library.search("apa itu stunting") == ()
    assert library.themes() == ()


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ("p3dn", "p3dn"),
        ("TKDN", "p3dn"),
        ("bangga buatan indonesia", "p3dn"),
        ("gizi_buruk", "gizi-buruk"),
        ("Kemiskinan ekstrem", "kemiskinan-ekstrem"),
        ("entah", None),
    ],
)
def test_a_theme_is_known_by_its_code_name_and_other_names(said, code):
    assert Library.load(FOLDER).theme_code(said) == code


def test_the_five_themes_of_the_mission_come_first_and_have_articles():
    library = Library.load(FOLDER)

    mission = ["stunting", "gizi-buruk", "kemiskinan-ekstrem", "inflasi", "p3dn"]
    assert [theme.code for theme in library.themes()][:5] == mission
    assert all(theme.articles == len(library.by_theme(theme.code)) for theme in library.themes())
    assert all(theme.articles >= 2 for theme in library.themes())
    assert library.themes()[1].name_in("en") == "Severe malnutrition"
