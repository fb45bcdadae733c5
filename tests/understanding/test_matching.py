import datetime as dt
from decimal import Decimal

import pytest

from bot.understanding.sentence import Correction, Profile, Result, understand_parts
from tests.understanding.people import AT_NOON, NUTRITIONIST, TREASURER, told


def test_a_clear_sentence_is_linked_at_once():
    proposal = told("tadi pagi dampingi 6 balita di posyandu")

    assert proposal.result == 1
    assert proposal.nearest[0] == 1
    assert proposal.certainty > 0.8


def test_a_sentence_that_fits_nothing_is_never_linked():
    proposal = told("antar mobil dinas ke bengkel")

    assert proposal.result is None
    assert len(proposal.nearest) == 3


def test_what_everybody_does_fits_no_work_result():
    proposal = told("upacara 17 agustus di lapangan")

    assert (proposal.result, proposal.additional) == (None, True)


def test_a_work_result_named_by_number_is_taken():
    assert told("rhk 3 nambah 2 dokumen").result == 3


def test_what_a_person_corrected_counts_the_next_time():
    text = "rapat linsek kecamatan bahas stunting"
    taught = told(
        text, AT_NOON, NUTRITIONIST, Correction("rapat linsek kecamatan bahas stunting", 4)
    )
    unfit = told(text, AT_NOON, NUTRITIONIST, Correction(text, None))

    assert taught.result == 4
    assert unfit.result is None
    assert unfit.additional


def test_own_keywords_and_plans_are_searched_too():
    results = (
        Result(1, "Terlaksananya layanan administrasi", "layanan", keywords=("sipenduk",)),
        Result(2, "Terlaksananya kegiatan lain", "kegiatan", plans=("Pekan olahraga karyawan",)),
    )
    profile = Profile("Pengelola", results)

    assert told("benerin sipenduk", AT_NOON, profile).nearest[0] == 1
    assert told("panitia pekan olahraga", AT_NOON, profile).nearest[0] == 2


def test_somebody_without_work_results_can_log_all_the_same():
    proposal = told("konseling 3 orang", AT_NOON, Profile("Baru", ()))

    assert (proposal.quantity, proposal.result, proposal.nearest) == (Decimal(3), None, ())


def test_misspelt_words_are_put_right():
    proposal = told("kmearin posyandu ditimabng 25 blaita di posyanud")

    assert proposal.day.isoformat() == "2026-02-10"
    assert (proposal.quantity, proposal.unit) == (Decimal(25), "balita")
    assert proposal.nearest[0] == 1


def test_several_activities_are_parted_and_a_day_is_handed_on():
    sent_at = dt.datetime.fromisoformat(AT_NOON)
    text = "kemarin posyandu 25 balita\nkonseling gizi 3 orang\n2. senin kelas kader 18 kader"
    proposal = told(text)
    first, second, third = understand_parts(proposal, sent_at, NUTRITIONIST)

    assert [p.day.day for p in (first, second, third)] == [10, 10, 9]
    assert [p.quantity for p in (first, second, third)] == [25, 3, 18]
    assert third.parts == ("senin kelas kader 18 kader",)


def test_one_activity_stays_one():
    text = "rapat jam 9, peserta 20 orang; notulen menyusul"
    proposal = told(text)

    assert proposal.parts == (text,)
    assert understand_parts(proposal, dt.datetime.fromisoformat(AT_NOON), NUTRITIONIST) == (
        proposal,
    )


def test_days_of_their_own_part_a_sentence_at_its_commas():
    text = "senin lalu posyandu mawar 31 balita, selasa posyandu kenanga 27 balita"

    assert told(text).parts == (
        "senin lalu posyandu mawar 31 balita",
        "selasa posyandu kenanga 27 balita",
    )


@pytest.mark.parametrize(
    ("text", "counts"),
    [
        ("menimbang 5 balita, konseling gizi 2 ibu hamil", [5, 2]),
        ("nimbang 5 balita dan konseling 2 orang", [5, 2]),
        ("menimbang 5 balita, mengukur 4 balita di posyandu, dan konseling 2 orang", [5, 4, 2]),
    ],
)
def test_deeds_with_counts_of_their_own_are_parted(text, counts):
    proposal = told(text)
    parts = understand_parts(proposal, dt.datetime.fromisoformat(AT_NOON), NUTRITIONIST)

    assert [one.quantity for one in parts] == counts


@pytest.mark.parametrize(
    "text",
    [
        "menimbang dan mengukur 25 balita",
        "menimbang 25 balita, 3 dirujuk",
        "konseling 3 ibu hamil dan 2 ibu menyusui",
        "kelas ibu hamil, peserta 20 orang, dan foto bersama",
        "posyandu mawar, menimbang 25 balita",
    ],
)
def test_a_deed_is_not_parted_from_its_only_count(text):
    assert told(text).parts == (text,)


def test_capitals_tell_a_name_from_a_common_word():
    results = (
        Result(1, "Terlaksananya pembelajaran anak usia dini", "minggu"),
        Result(2, "Tersedianya alat permainan edukatif", "media"),
    )
    profile = Profile("Guru TK", results)

    assert told("bikin APE dari kardus", AT_NOON, profile).nearest[0] == 2


def test_what_nothing_speaks_for_fits_no_work_result():
    proposal = told("jadi MC acara kantor")

    assert (proposal.result, proposal.additional) == (None, True)


def test_money_speaks_for_the_work_result_counted_in_rupiah():
    assert told("terkumpul 8,4 juta dari 52 rumah", AT_NOON, TREASURER).nearest[0] == 1


def test_what_is_counted_in_words_nobody_knows_is_still_own_work():
    proposal = told("kemarin qwoprz 118 kardus")

    assert (proposal.result, proposal.additional) == (None, False)


def test_the_unit_is_known_where_no_amount_is_told():
    proposal = told("susun laporan bulanan gizi")

    assert (proposal.quantity, proposal.unit) == (None, "laporan")


def test_animals_are_counted_by_the_head_where_the_work_result_is():
    vet = Profile("Medik Veteriner", (Result(1, "Terobatinya ternak yang sakit", "ekor"),))

    assert told("obati 4 sapi mastitis", AT_NOON, vet).unit == "ekor"


def test_what_is_done_is_told_first():
    results = (
        Result(1, "Terlaksananya asesmen klien", "klien"),
        Result(2, "Terlaksananya pemulangan lansia telantar", "orang"),
    )
    profile = Profile("Pekerja Sosial", results)

    assert told("asesmen lansia, satu orang", AT_NOON, profile).nearest[0] == 1
