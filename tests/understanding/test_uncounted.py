import pytest

from bot.understanding.uncounted import without_figures


@pytest.mark.parametrize(
    ("text", "bare"),
    [
        ("dampingi 6 balita berisiko stunting", "dampingi balita berisiko stunting"),
        ("Dampingi 6 balita dan 2 ibu hamil", "Dampingi balita dan ibu hamil"),
        ("menimbang sebanyak 1.250 balita", "menimbang balita"),
        ("mendata dua puluh lima keluarga", "mendata keluarga"),
        ("panen 2,5 ton padi", "panen ton padi"),
        ("rapat 2 jam", None),
        ("rapat lintas sektor", None),
        ("piket RW 3 warga aman", None),
        ("melayani loket 3", None),
        ("3, balita ditimbang", None),
        ("", None),
    ],
)
def test_what_is_counted_is_taken_out_and_all_else_stays(text, bare):
    assert without_figures(text) == bare
