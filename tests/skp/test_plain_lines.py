import pytest

from bot.skp.plain_lines import clean, one_line


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("Sari\u00a0Contoh", "Sari Contoh"),
        ("\u200bSari\u200f \u202eContoh\u202c\ufeff", "Sari Contoh"),
        ("  Sari \t Contoh\r\n, S.Gz ", "Sari Contoh , S.Gz"),
        ("Sari_x000D_\nContoh", "Sari Contoh"),
        ("a\x07b\x00c", "abc"),
        ("e\u0301", "é"),
        ("keluarga 👨\u200d👩\u200d👧", "keluarga 👨\u200d👩\u200d👧"),
        ("\ud800kosong", "kosong"),
        ("=1+1", "=1+1"),
    ],
)
def test_a_text_is_one_line_without_what_cannot_be_seen(written, meant):
    assert clean(written) == meant


@pytest.mark.parametrize("length", [254, 255, 256, 4096])
def test_one_line_never_passes_its_limit(length):
    line = one_line("a" * length, 255)

    assert len(line) == min(length, 255)
    assert line.endswith("…") == (length > 255)


def test_a_line_that_is_too_long_is_cut_between_words():
    assert one_line("kunjungan balita di posyandu", 21) == "kunjungan balita di…"
