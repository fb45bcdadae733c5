import pytest

from bot.understanding.whole import is_whole, part_of_whole


@pytest.mark.parametrize("unit", ["balita", "keluarga", "dokumen", "laporan", "ibu hamil", "desa"])
def test_people_families_and_papers_are_counted_in_whole(unit):
    assert is_whole(unit)


@pytest.mark.parametrize("unit", ["kilogram", "hektare", "jam", "halaman", "meter", "", None])
def test_what_is_measured_has_parts(unit):
    assert not is_whole(unit)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("melayani 1,5 balita", "1,5 balita"),
        ("Mendata 2.5 Ibu Hamil di posyandu", "2.5 ibu hamil"),
        # In Indonesia a point parts thousands.
        ("timbang 2.500 balita", None),
        ("1.250,00 keluarga didata", None),
        ("panen 1,5 ton padi", None),
        ("jam 9.5 balita datang", None),
        ("pukul 09.30 balita ditimbang", None),
        ("09.30 balita ditimbang", None),
        ("versi 2.5 dokumen tata kelola", None),
        ("menimbang 6 balita", None),
    ],
)
def test_a_fraction_of_what_has_no_parts_is_found(text, said):
    assert part_of_whole(text) == said
