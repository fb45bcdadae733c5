import pytest

from bot.understanding.sentence import Intent
from tests.understanding.people import days, told

WEDNESDAY = "2026-02-11T13:40:00+07:00"


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("kkmrn posyandu", "2026-02-10"),
        ("2 hrai lalu posyandu", "2026-02-09"),
        ("2 hari laln posyandu", "2026-02-09"),
        ("malam tadt patroli", "2026-02-10"),
        ("jumat lallu posyandu", "2026-02-06"),
        ("tkl 9 periksa ikan", "2026-02-09"),
        ("tlg 5 sampai 6 bimtek", "2026-02-05"),
        ("ekmis posyandu", "2026-02-05"),
    ],
)
def test_a_day_with_a_slip_is_read(text, first):
    assert days(text, WEDNESDAY)[0] == first


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("rapat jjam 8 sampai jaam 10", 120),
        ("rapat dari ajm setengah 9 sampai jam 10", 90),
        ("rapat dari jai setengah 9 sampai jam 10", 90),
        ("rapat 2 jma 40 menit", 160),
        ("rapat seejam", 60),
    ],
)
def test_an_hour_with_a_slip_is_read(text, minutes):
    assert told(text).minutes == minutes


@pytest.mark.parametrize(
    ("text", "quantity"),
    [("cetak dua ratus lia puluh lembar", 250), ("bagi teelung puluh bibit", 30)],
)
def test_a_number_with_a_slip_is_read(text, quantity):
    assert told(text).quantity == quantity


@pytest.mark.parametrize(
    "text", ["senin depaan cuti sehari", "besok iizn ya pak", "cti besok", "hri ini tdiak masuk"]
)
def test_an_absence_with_a_slip_is_heard(text):
    assert told(text).intent is Intent.ABSENCE


@pytest.mark.parametrize(
    ("text", "quantity", "minutes"),
    [
        ("pak Heri ini kami dampingi, 3 orang", 3, None),
        ("tgs 9 siswa dinilai", 9, None),
        ("tolong 25 bibit dibagi", 25, None),
        ("kunjungan ke Sakti, 5 orang", 5, None),
        ("siang itu 5 orang konseling 2 jam", 5, 120),
    ],
)
def test_another_word_stays_what_it_is(text, quantity, minutes):
    proposal = told(text)

    assert (proposal.quantity, proposal.minutes) == (quantity, minutes)
    assert proposal.intent is Intent.LOG
