import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.understanding.sensitive import Mark, marks_of

NIK, CHILD, SECRET = Mark.NIK, Mark.CHILD, Mark.CONFIDENTIAL


@pytest.mark.parametrize(
    ("text", "marks"),
    [
        ("verifikasi NIK 3201014503900001", [NIK]),
        ("verifikasi 3201 0145 0390 0001 di dukcapil", [NIK]),
        ("320101-450390-0001", [NIK]),
        ("KTP_3201014503900001.jpg", [NIK]),
        ("NIP 199001012015012002", []),
        ("transfer ke 123456789012345", []),
        ("12 balita, 4567 8901 2345", []),
        ("unduh https://contoh.go.id/berkas/3201014503900001", []),
        ("menelaah surat RAHASIA dari inspektorat", [SECRET]),
        ("Nota-Dinas_rahasia.pdf", [SECRET]),
        ("menjaga kerahasiaan jabatan", []),
        ("rapat terbatas dengan bupati", []),
        ("dampingi 6 balita stunting, 2 dirujuk", []),
        ("penimbangan 25 balita di posyandu", []),
        ("rujuk anak bernama Budi, gizi buruk", [CHILD]),
        ("Daftar_Nama_Balita_Status_Gizi.xlsx", [CHILD]),
        ("rekam medis anak", [CHILD]),
        ("hasil ukur siswa by name by address", [CHILD]),
        ("rapat a.n. kepala dinas tentang stunting", []),
        ("rahasia: anak bernama Budi gizi buruk, NIK 3201014503900001", [NIK, CHILD, SECRET]),
        ("", []),
    ],
)
def test_what_had_better_be_left_out_is_found(text, marks):
    assert list(marks_of(text)) == marks


def test_each_text_is_read_by_itself():
    assert marks_of("dampingi balita stunting", "daftar nama.xlsx") == ()
    assert marks_of("3201 0145", "0390 0001") == ()


@given(st.text(max_size=200))
def test_any_text_is_read(text):
    marks_of(text)
