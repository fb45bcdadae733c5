import pytest

from bot.skp.people import AbsenceKind, EmploymentKind, Role
from bot.skp.plans import (
    OUTCOMES,
    Aggregation,
    Aspect,
    Direction,
    Move,
    PlanState,
    ResultKind,
    SubmissionState,
    is_reason,
    moved,
)


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        (Role, ["pegawai", "widyaiswara", "admin"]),
        (EmploymentKind, ["pns", "pppk"]),
        (AbsenceKind, ["cuti", "dinas", "sakit"]),
        (ResultKind, ["utama", "tambahan"]),
        (Aspect, ["kuantitas", "kualitas", "waktu", "biaya"]),
        (Aggregation, ["sum", "latest", "release"]),
        (Direction, ["up", "down"]),
        (PlanState, ["draft", "submitted", "approved", "closed"]),
        (SubmissionState, ["submitted", "approved", "returned", "withdrawn"]),
    ],
)
def test_what_is_stored_keeps_its_words(kind, words):
    assert [str(one) for one in kind] == words


@pytest.mark.parametrize(
    ("state", "move", "then"),
    [
        (PlanState.DRAFT, Move.SUBMIT, PlanState.SUBMITTED),
        (PlanState.SUBMITTED, Move.APPROVE, PlanState.APPROVED),
        (PlanState.SUBMITTED, Move.RETURN, PlanState.DRAFT),
        (PlanState.SUBMITTED, Move.WITHDRAW, PlanState.DRAFT),
        (PlanState.DRAFT, Move.APPROVE, PlanState.DRAFT),
        (PlanState.APPROVED, Move.SUBMIT, PlanState.APPROVED),
        (PlanState.APPROVED, Move.RETURN, PlanState.APPROVED),
        (PlanState.CLOSED, Move.SUBMIT, PlanState.CLOSED),
    ],
)
def test_a_plan_is_drafted_submitted_and_approved_or_comes_back(state, move, then):
    assert moved(state, move) is then


def test_every_move_has_an_outcome():
    assert set(OUTCOMES) == set(Move)


@pytest.mark.parametrize(
    ("text", "is_one"),
    [
        ("Target disesuaikan dengan anggaran", True),
        ("ok!", False),
        ("123", False),
        ("", False),
        ("a" * 500, True),
        ("a" * 501, False),
    ],
)
def test_a_reason_says_something_and_is_no_report(text, is_one):
    assert is_reason(text) is is_one
