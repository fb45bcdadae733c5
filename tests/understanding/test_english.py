from decimal import Decimal

import pytest

from bot.understanding.sentence import Intent
from tests.understanding.people import days, told


@pytest.mark.parametrize(
    ("text", "quantity", "unit", "first"),
    [
        ("Visited 3 households today", "3", "households", 11),
        ("helped 12 farmers in the field yesterday", "12", "farmers", 10),
        ("two days ago visited five families", "5", "families", 9),
        ("trained 25 teachers on monday", "25", "teachers", 9),
        ("Distributed 150 food packages on February 5th", "150", "packages", 5),
        ("Finished verification of 15 BPHTB files", "15", "files", 11),
        ("counselled 4 patients this morning", "4", "patients", 11),
    ],
)
def test_english_work_is_a_log(text, quantity, unit, first):
    proposal = told(text)

    assert proposal.intent is Intent.LOG
    assert (proposal.quantity, proposal.unit) == (Decimal(quantity), unit)
    assert proposal.day.day == first


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("attended coordination meeting 2 hours", 120),
        ("Meeting from 9 to 11 with the health office", 120),
        ("counselling, 9am-11am", 120),
        ("half an hour meeting", 30),
        ("meeting 1 pm to 2:30 pm", 90),
    ],
)
def test_english_hours_are_read(text, minutes):
    assert told(text).minutes == minutes


@pytest.mark.parametrize(
    ("text", "kind", "first", "last"),
    [
        ("sick tomorrow", "sakit", "2026-02-12", "2026-02-12"),
        ("on leave until friday", "cuti", "2026-02-11", "2026-02-13"),
        ("I'm on annual leave Feb 16-18", "cuti", "2026-02-16", "2026-02-18"),
        ("not feeling well, won't be in today", "sakit", "2026-02-11", "2026-02-11"),
        ("taking a day off tomorrow", "cuti", "2026-02-12", "2026-02-12"),
        ("business trip to Jakarta until thursday", "dinas", "2026-02-11", "2026-02-12"),
    ],
)
def test_an_english_absence_is_an_absence(text, kind, first, last):
    proposal = told(text)

    assert proposal.absence is not None
    assert proposal.absence.kind == kind
    assert days(text) == (first, last)


@pytest.mark.parametrize(
    "text",
    [
        "how do I change my target?",
        "how do I fix a wrong entry",
        "what is RHK?",
        "can I delete a log",
        "is my entry saved",
        "where do I see my history",
        "when is the deadline",
    ],
)
def test_an_english_question_is_a_question(text):
    assert told(text).intent is Intent.QUESTION


@pytest.mark.parametrize(
    "text", ["thanks a lot", "good morning", "so tired today", "meeting tomorrow at 9"]
)
def test_english_small_talk_and_plans_are_no_log(text):
    assert told(text).intent is Intent.CHAT


def test_an_english_sentence_finds_its_work_result():
    assert told("Weighed 25 toddlers at posyandu yesterday").result == 1


def test_borrowed_words_do_not_make_a_sentence_english():
    proposal = told("meeting zoom bareng tim dinkes, update data 25 balita")

    assert (proposal.quantity, proposal.unit) == (Decimal(25), "balita")
