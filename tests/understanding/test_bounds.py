import datetime as dt
import time
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.understanding.sentence import Intent, understand
from tests.understanding.people import NUTRITIONIST, told

ZONE = dt.timezone(dt.timedelta(hours=8))
MOMENTS = st.integers(min_value=1_577_836_800, max_value=2_082_758_400).map(
    lambda second: dt.datetime.fromtimestamp(second, ZONE)
)
WORDS = (
    "kemarin senin lalu tgl 31 32 0 -5 feb 29 februari 1.250 12,5 1/2 % persen jam 24.61 9-11 s/d "
    "rp juta setengah dua ribu balita orang cuti besok sampai mulai hari minggu depan ke - , . ; "
    "? ! ( ) https://a.id/b 99999999999999999999 v2.3.1 seratus jt rb tahun 2026 12/13/2026 izin "
    "saya sakit tidak masuk dinas luar bulan"
)
SCRAPS = st.sampled_from([*WORDS.split(), "\u200f", "\U0001f62d", "\x00", "\n"])


PATTERNS = (
    "tgl 1-", "jam 9-", "1/2 ", "sudah ", "x3 ", "kemarin dan ", "https://a.id/", "rp 1.000 ", "? ",
    "to be or not ", "visited 3 ", "apa ya ", "surat izin ", "atau ", "1.000.000.000.",
)  # fmt: skip
UNITS = ("balita", "orang", "persen", "jam", "hari", "rb", "jt", "ha", "x", "an", "miliar", "")
MARKS = ("\u200f", "\u202e", "\u2066", "\u200d", "\ufeff", "\u0300", "\x00", "\t")
LONG = 4000


def check(proposal, moment):
    assert proposal.day <= proposal.last_day
    if proposal.intent is Intent.LOG:
        # In the small hours the day is still the one before, but a written date is taken as it is.
        assert proposal.last_day <= moment.date()
    if proposal.quantity is not None:
        assert Decimal(0) < proposal.quantity < Decimal(10) ** 15
    if proposal.percent is not None:
        assert 0 <= proposal.percent <= 1000
    if proposal.minutes is not None:
        assert 0 < proposal.minutes <= 7 * 24 * 60
    assert 0 <= proposal.certainty <= 1
    assert len(proposal.nearest) <= 3
    assert proposal.parts
    assert all(link.lower().startswith("https://") for link in proposal.links)


@given(st.text(max_size=400), MOMENTS)
@settings(max_examples=150, deadline=None)
def test_any_text_gives_an_answer_that_makes_sense(text, moment):
    check(understand(text, moment, NUTRITIONIST), moment)


@given(st.lists(SCRAPS, max_size=25).map(" ".join), MOMENTS)
@settings(max_examples=400, deadline=None)
def test_any_heap_of_dates_and_numbers_gives_an_answer_that_makes_sense(text, moment):
    check(understand(text, moment, NUTRITIONIST), moment)


@given(st.text(min_size=1, max_size=12) | SCRAPS | st.sampled_from(PATTERNS), MOMENTS)
@settings(max_examples=200, deadline=None)
def test_anything_repeated_up_to_4000_characters_is_read_in_bounded_time(piece, moment):
    text = (piece * LONG)[:LONG]
    begun = time.process_time()
    proposal = understand(text, moment, NUTRITIONIST)

    assert time.process_time() - begun < 0.3
    check(proposal, moment)


@given(st.integers(min_value=0, max_value=10**40), st.sampled_from(UNITS), MOMENTS)
@settings(max_examples=200, deadline=None)
def test_no_number_makes_an_absurd_entry(number, unit, moment):
    for text in (f"posyandu {number} {unit}", f"{number}{unit} {number}%", f"tgl {number} rapat"):
        check(understand(text, moment, NUTRITIONIST), moment)


@given(st.text(max_size=60), st.sampled_from(MARKS), st.text(max_size=60), MOMENTS)
@settings(max_examples=150, deadline=None)
def test_marks_of_direction_and_joiners_break_nothing(before, mark, after, moment):
    check(understand(f"{before}{mark}25 balita{mark} {after}", moment, NUTRITIONIST), moment)


@pytest.mark.parametrize(
    "text",
    [
        "a" * 5000,
        "1" * 5000,
        "1." * 2500,
        "1 " * 2500,
        "jam 9 - " * 600,
        "senin dan " * 500,
        "1 hari ini " * 450,
        "https://a.b/" * 400,
        "https://" + "a." * 2400,
        "cuti " * 1000,
        "saya izin " * 500,
        "dua puluh " * 500,
        "balita 3, " * 500,
        "kk 3 ktp 4 " * 450,
        "tidak bisa ikut " * 310,
        "(" * 5000,
        "\u0301" * 5000,
        "\U0001f62d" * 5000,
        "laporan " * 600 + "bulan lalu",
        "tanggal 1 - 2 - 3 / " * 250,
        "x-" * 2500,
        " " * 5000,
        "posyandu balita timbang rapat koordinasi kunjungan " * 100,
    ],
)
def test_hostile_text_takes_no_more_time_than_its_length_deserves(text):
    told(text)
    begun = time.process_time()
    for _ in range(5):
        told(text)

    assert (time.process_time() - begun) / 5 < 0.05
