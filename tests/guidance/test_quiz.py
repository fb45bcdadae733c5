import datetime as dt
import shutil
from pathlib import Path

import pytest

from bot.actions.quiz import Asking
from bot.guidance.library import Library
from bot.guidance.quiz import offers, questions_in, standing
from bot.guidance.quiz_checking import check_quiz
from bot.guidance.search import Reader
from bot.i18n import translator
from bot.ui.quiz import as_poll

FOLDER = Path(__file__).parents[2] / "locale" / "id" / "guidance"
LIBRARY = Library.load(FOLDER)
QUESTIONS = questions_in(FOLDER)
TODAY = max(one.reviewed for one in QUESTIONS.values())
SOUND = """theme: stunting
reviewed: 2026-11-24
review_due: 2027-03-31
questions:
  - id: stunting-contoh
    question: "Berapa prevalensi menurut SSGI 2024?"
    options: ["14,0%", "19,8%"]
    right: 2
    why: "Hasil survei."
    cite: "SSGI 2024"
    year: 2024
    source: ssgi-2024
    article: stunting-angka
"""


def test_nothing_is_wrong_with_any_question():
    assert [f"{one.file}: {one.text}" for one in check_quiz(LIBRARY, TODAY)] == []


def test_every_theme_of_the_library_is_asked_about():
    assert len(QUESTIONS) >= 60
    themes = {one.theme for one in QUESTIONS.values()}
    assert themes == {one.code for one in LIBRARY.themes()}
    assert min(sum(one.theme == code for one in QUESTIONS.values()) for code in themes) >= 5


@pytest.mark.parametrize("language", ["id", "en"])
def test_telegram_takes_every_question_as_a_quiz(language):
    for one in QUESTIONS.values():
        shown = as_poll(translator(language), one, Asking(1, one.id, one.right, 10, 10))
        texts = [option["text"] for option in shown["options"]]

        assert len(shown["question"]) <= 300, one.id
        assert 2 <= len(texts) <= 10, one.id
        assert all(1 <= len(text) <= 100 for text in texts), one.id
        assert len(shown["explanation"]) <= 200, one.id
        assert texts == list(one.options)


@pytest.fixture
def folder(tmp_path) -> Path:
    """Give a library with the two files that a question leans on, and one sound question."""
    for name in ("sources.yaml", "stunting-angka.md"):
        shutil.copy(FOLDER / name, tmp_path / name)
    (tmp_path / "quiz").mkdir()
    return tmp_path


def told(folder: Path, text: str, name: str = "stunting.yaml") -> str:
    (folder / "quiz" / name).write_text(text, encoding="utf-8")
    return "\n".join(one.text for one in check_quiz(Library.load(folder), dt.date(2026, 12, 1)))


def test_a_sound_question_stands(folder):
    assert told(folder, SOUND) == ""


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("Berapa prevalensi menurut", "panjang " * 40 + "menurut", "longer than 280"),
        ('["14,0%", "19,8%"]', '["14,0%"]', "fewer than 2"),
        ('["14,0%", "19,8%"]', f'["14,0%", "{"x" * 101}"]', "longer than 100"),
        ('["14,0%", "19,8%"]', '["Sama", "sama"]', "stands twice"),
        ("right: 2", "right: 3", "none of the answers"),
        ("Hasil survei.", "Hasil survei. " * 12, "longer than 170"),
        ("SSGI 2024?", "SSGI?", "without its year"),
        ("year: 2024", "year: ", "lacks year"),
        ("year: 2024", "year: dahulu", "cannot be read"),
        ("source: ssgi-2024", "source: entah", "not in the register"),
        ("source: ssgi-2024", "source: ", "lacks source"),
        ("article: stunting-angka", "article: entah", "is not there"),
        ("review_due: 2027-03-31", "review_due: 2026-11-30", "review date has passed"),
        ("reviewed: 2026-11-24", "reviewed: 2026-12-24", "in the future"),
        ("theme: stunting", "theme: gizi-buruk", "not the file's name"),
        ("id: stunting-contoh", "id: Contoh!", "the id is not made"),
        ("Hasil survei.", "NIP 199001012015011001.", "looks like a NIK or NIP"),
        ("questions:", "soal:", "lack questions"),
    ],
)
def test_what_is_wrong_with_a_question_is_said(folder, old, new, said):
    assert said in told(folder, SOUND.replace(old, new))


def test_an_id_stands_once(folder):
    again = SOUND + SOUND.split("questions:\n")[1]

    assert "stands twice" in told(folder, again)


def test_a_question_whose_review_has_run_out_is_not_asked(folder):
    (folder / "quiz" / "stunting.yaml").write_text(SOUND, encoding="utf-8")
    library = Library.load(folder)

    assert [one.id for one in standing(library, dt.date(2027, 3, 31))] == ["stunting-contoh"]
    assert standing(library, dt.date(2027, 4, 1)) == []


def test_an_offer_tells_how_close_a_question_is():
    close = offers(LIBRARY, Reader("Perencana Ahli Muda", {"stunting"}), TODAY, "stunting")
    figures = next(one for one in close if one.id == "stunting-prevalensi")

    assert (figures.own_theme, figures.own_job, figures.options) == (True, True, 4)
    assert not any(one.own_job for one in offers(LIBRARY, Reader("Kusir"), TODAY))
