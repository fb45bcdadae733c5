import datetime as dt
from decimal import Decimal

from bot.understanding.sentence import Profile, Result, understand
from bot.understanding.words import load_words, use_lists_of
from tests.understanding.people import AT_NOON, told


def test_an_agency_adds_its_own_words_without_code(tmp_path):
    (tmp_path / "abbreviations.tsv").write_text("pnmb\tpenimbangan\n", encoding="utf-8")
    (tmp_path / "units.tsv").write_text("andong\tkendaraan\tandg\n", encoding="utf-8")
    (tmp_path / "glossary.tsv").write_text("timbang\tpenimbangan, sipandu\n", encoding="utf-8")
    profile = Profile(
        "x",
        (
            Result(1, "Terlaksananya rapat koordinasi", "kegiatan"),
            Result(2, "Terlaksananya kegiatan sipandu", "kegiatan"),
        ),
    )
    words = load_words(tmp_path)
    proposal = understand("pnmb 4 andg", dt.datetime.fromisoformat(AT_NOON), profile, words)

    assert (proposal.quantity, proposal.unit) == (Decimal(4), "andong")
    assert proposal.nearest[0] == 2
    assert "andong" not in load_words().units


def test_a_folder_without_lists_changes_nothing(tmp_path):
    assert load_words(tmp_path).short == load_words().short


def test_the_lists_of_the_agency_are_heard_where_no_others_are_named(tmp_path):
    (tmp_path / "units.tsv").write_text("andong\tkendaraan\tandg\n", encoding="utf-8")
    use_lists_of(tmp_path)
    try:
        unit = told("bersihkan 4 andg").unit
    finally:
        use_lists_of(None)

    assert unit == "andong"
    assert told("bersihkan 4 andg").unit == "andg"
