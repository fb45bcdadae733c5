import datetime as dt
import re
from pathlib import Path

import pytest

from bot.guidance.checking import check
from bot.guidance.library import Library
from bot.guidance.rendering import LIMIT, render
from bot.guidance.stemming import stems_file
from bot.guidance.words import STEMS

FOLDER = Path(__file__).parents[2] / "locale" / "id" / "guidance"
LIBRARY = Library.load(FOLDER)
ARTICLES = LIBRARY.articles()
MISSION = ("stunting", "gizi-buruk", "kemiskinan-ekstrem", "inflasi", "p3dn")


def test_nothing_is_wrong_with_any_article():
    today = max(article.reviewed for article in ARTICLES)

    assert [f"{problem.file}: {problem.text}" for problem in check(LIBRARY, today)] == []


def test_every_article_has_its_title_and_summary_in_english_too():
    for article in ARTICLES:
        assert article.title_in("en") == article.title_en != ""
        assert article.summary_in("en") == article.summary_en not in {"", article.summary}


def test_there_are_enough_articles_and_every_theme_has_some():
    assert len(ARTICLES) >= 120
    assert len(LIBRARY.themes()) == 14


@pytest.mark.parametrize("theme", MISSION)
def test_every_theme_of_the_mission_speaks_to_at_least_eight_jobs_by_name(theme):
    shelf = LIBRARY.by_theme(theme)

    assert sum("contoh jabatan" in article.tags for article in shelf) >= 8


@pytest.mark.parametrize("article", ARTICLES, ids=lambda article: article.id)
def test_an_article_fits_the_screen_and_marks_every_target_as_an_example(article):
    assert len(render(article.first)) == 1
    assert all(len(piece) <= LIMIT for part in article.details for piece in render(part.text))
    for line in article.body().splitlines():
        if re.search(r"\b[Tt]arget\b.{0,20}\d+ ?%", line):
            assert re.search(r"contoh|20\d\d|PMK|RPJM", line, re.IGNORECASE), line


@pytest.mark.parametrize("article", ARTICLES, ids=lambda article: article.id)
def test_an_article_addresses_the_reader_politely(article):
    quoted = re.sub(r'"[^"]*"', "", article.body())

    assert "Anda" in article.first
    assert not re.search(r"\b(?:kamu|kalian|lo|gue)\b", quoted, re.IGNORECASE)


def test_the_stems_worked_out_beforehand_are_those_of_the_articles():
    file = FOLDER.parents[2] / "bot" / "guidance" / "data" / STEMS

    assert file.read_text(encoding="utf-8") == stems_file(FOLDER), (
        "run python -m bot.guidance.stemming locale/id/guidance"
    )


def test_a_review_date_that_has_passed_is_a_problem_unless_it_is_marked():
    late = dt.date(2030, 1, 1)

    assert {problem.text for problem in check(LIBRARY, late)} == {
        "Its review date has passed; review it, or say under `overdue` why it still stands."
    }
