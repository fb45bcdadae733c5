import pytest

from bot.skp.addresses import LONGEST, first_name, forms_of_address


@pytest.mark.parametrize(
    ("name", "first"),
    [
        ("Sari Wulandari", "Sari"),
        ("Drs. Hendra Contoh, M.Si.", "Hendra"),
        ("dr. Ratna Contoh, Sp.A", "Ratna"),
        ("Prof. Dr. Ir. Budi Contoh", "Budi"),
        ("H. Ahmad Contoh", "Ahmad"),
        ("Hj. Siti Contoh", "Siti"),
        ("I Made Contoh", "Made"),
        ("Ni Luh Contoh", "Luh"),
        ("M. Yusuf", "Yusuf"),
        ("Sukarni", "Sukarni"),
        ("Dr.", "Dr."),
        ("", ""),
    ],
)
def test_degrees_are_no_name(name, first):
    assert first_name(name) == first


def test_nobodys_sex_is_guessed():
    assert forms_of_address("Sari Wulandari") == ("Bu Sari", "Pak Sari", "Sari Wulandari")


def test_the_roster_knows_better():
    assert forms_of_address("Sari Wulandari", "Ibu Sari") == ("Ibu Sari", "Sari Wulandari")


def test_a_form_that_is_the_name_stands_once():
    assert forms_of_address("Sari", "Sari") == ("Sari",)


def test_a_form_fits_where_it_is_kept():
    assert all(len(form) <= LONGEST for form in forms_of_address("x" * 200))
