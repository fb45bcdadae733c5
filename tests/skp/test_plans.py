import pytest

from bot.skp.people import AbsenceKind, EmploymentKind, Role
from bot.skp.plans import Aggregation, Aspect, PlanState, ResultKind


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        (Role, ["pegawai", "widyaiswara", "admin"]),
        (EmploymentKind, ["pns", "pppk"]),
        (AbsenceKind, ["cuti", "dinas", "sakit"]),
        (ResultKind, ["utama", "tambahan"]),
        (Aspect, ["kuantitas", "kualitas", "waktu", "biaya"]),
        (Aggregation, ["sum", "latest", "release"]),
        (PlanState, ["draft", "submitted", "approved", "closed"]),
    ],
)
def test_what_is_stored_keeps_its_words(kind, words):
    assert [str(one) for one in kind] == words
