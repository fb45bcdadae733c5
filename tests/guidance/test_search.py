import json
from pathlib import Path

import pytest

from bot.guidance.library import Library
from bot.guidance.words import nearest, stem, tokens
from tests.bench.guidance import ask, share

FOLDER = Path(__file__).parents[2] / "locale" / "id" / "guidance"
LINES = [
    json.loads(line)
    for line in (Path(__file__).parent / "questions.jsonl").read_text("utf-8").splitlines()
]
LIBRARY = Library.load(FOLDER)


def found(question, **about):
    return [hit.article.id for hit in LIBRARY.search(question, **about)]


@pytest.mark.parametrize("line", [one for one in LINES if one.get("ok")], ids=lambda one: one["q"])
def test_a_question_as_people_ask_it_finds_the_right_article_among_three(line):
    assert set(found(line["q"], job=line.get("job"))) & set(line["ok"])


@pytest.mark.parametrize(
    "question",
    [
        "hilirisasi kopi",
        "resep rendang",
        "jadwal kapal ferry merak bakauheni",
        "gaji 13 kapan cair",
        "syarat cuti melahirkan pns",
        "cara pensiun dini",
        "harga emas antam hari ini",
        "obat batuk anak",
        "perpanjang sim dimana",
        "hasil pertandingan timnas",
        "cara merawat printer macet",
        "vaksin rabies untuk kucing",
        "pajak kendaraan bermotor",
        "cuaca besok di serang",
        "budidaya lele bioflok",
        "perjalanan dinas luar negeri paspor",
        "cara bikin kue nastar",
        "terima kasih ya",
        "oke siap",
        "",
        "   ???  ",
        "\u202e😀",
    ],
)
def test_a_question_from_outside_the_library_finds_nothing(question):
    assert found(question) == []


def test_most_questions_are_answered_first_and_nearly_all_among_three():
    outcomes = [ask(LIBRARY, line) for line in LINES]
    inside = [one for one in outcomes if not one.outside]
    outside = [one for one in outcomes if one.outside]

    assert share(inside, "first") >= 0.85
    assert share(inside, "among_three") >= 0.95
    assert share(outside, "first") >= 0.8


def test_the_job_of_the_asking_person_moves_their_article_up():
    question = "skp saya berdampak pada stunting"

    assert found(question, job="Sanitarian, Puskesmas")[0] == "stunting-sanitasi"
    assert found(question, job="Auditor Ahli Muda")[0] == "stunting-auditor"


def test_the_themes_of_the_asking_person_are_a_gentle_help_and_no_more():
    assert found("rhk widyaiswara", themes=("inflasi",))[0] == "inflasi-widyaiswara"
    assert found("apa itu stunting", themes=("inflasi",))[0] == "stunting-apa-itu"


def test_hits_come_best_first_and_never_more_than_three():
    hits = LIBRARY.search("stunting")

    assert len(hits) == 3
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)


def test_a_very_long_question_is_answered_too():
    assert found("apa itu stunting " * 300)


@pytest.mark.parametrize(
    ("word", "root"),
    [
        ("menurunkan", "turun"),
        ("kemiskinan", "miskin"),
        ("daftarin", "daftar"),
        ("ngecek", "cek"),
        ("nyusun", "susun"),
        ("mantau", "pantau"),
        ("pengadaan", "pengadaan"),
        ("tkdn", "tkdn"),
        ("2026", "2026"),
    ],
)
def test_words_are_reduced_to_what_they_share(word, root):
    assert stem(word) == root


def test_a_thousand_with_its_dot_is_one_number():
    assert tokens("1.000 HPK, 2,5%") == ["1000", "hpk", "2", "5"]


@pytest.mark.parametrize(
    ("word", "meant"),
    [
        ("stuting", "stunting"),
        ("sutnting", "stunting"),
        ("kemiskian", "kemiskinan"),
        ("rendang", None),
        ("kopi", None),
        ("xyz", None),
    ],
)
def test_a_slip_is_put_right_and_a_real_word_left_alone(word, meant):
    assert nearest(word, ("stunting", "kemiskinan", "rentang", "kop")) == meant
