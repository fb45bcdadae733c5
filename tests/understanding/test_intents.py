from pathlib import Path

import pytest

from bot.understanding.sentence import Intent
from tests.understanding.people import told


@pytest.mark.parametrize(
    "text",
    [
        "apa itu rhk?",
        "gmn cara ganti target rhk 5? salah input",
        "besok libur ya min? posyandu anggrek mundur gk",
        "udah berapa persen targetku",
        "laporan kemarin sudah masuk belum ya",
        "izin bertanya ndan, log shift malam masuk tanggal berapa",
        "kepriye carane ngisi bukti dukung",
        "bu gurune pripun carane ngisi sing wingi lali",
        "kumaha upami lepat angka, tiasa diedit?",
        "kayapa maubah target akseptor",
        "bagemana caranya edit tanggal kah",
        "bagimana beta mau hapus log yang salah",
        "tra bisa buka riwayat kah",
        "sonde ada sinyal, bisa isi nanti ko?",
        "cemana kali pun ini masuknya?",
        "kapan batas isi log bulan ini",
        "min laporan sabtu gmn ngisinya klo libur",
    ],
)
def test_a_question_is_heard_in_any_region(text):
    assert told(text).intent is Intent.QUESTION


@pytest.mark.parametrize(
    "text",
    [
        "makasih min 🙏",
        "rencanane sesuk arep kunjungan bufas dusun Kulon",
        "nanti siang mau lanjut alih media peta kalau listrik udah normal",
        "suwun min",
        "hatur nuhun pisan admin",
        "danke banya admin",
        "siap 86 ndan",
        "selamat pagi semuanya",
        "capek bgt hari ini wkwk",
        "assalamualaikum",
        "ok",
        "mantap min fiturnya",
        "👍👍",
        "...",
        "besok rencana rapat di dinas",
        "rapat koordinasi besok jam 9",
        "kunjungan 3 rumah minggu depan",
        "saya akan kunjungi 3 desa besok",
        "insya allah lusa konseling 3 orang",
        "agenda besok: posyandu",
        "tgl 28 nanti rapat evaluasi",
        "mau ke lapangan besok cek 3 titik",
    ],
)
def test_small_talk_and_mere_plans_are_no_log(text):
    assert told(text).intent is Intent.CHAT


@pytest.mark.parametrize(
    "text",
    [
        "cuti 7, mutasi 2",
        "proses cuti 4 pegawai dinkes",
        "verif kuitansi perjadin 27 berkas",
        "jenguk pasien sakit di rumah sakit",
        "terbit izin praktik 9, izin reklame 4",
        "izin lapor ndan, patroli malam 6 personil aman",
        "sosialisasi apa itu stunting ke 20 ibu",
        "Selamat pagi, hari ini konseling 3 orang",
        "entri eppgbm beres",
        "kemarin dinas luar ke provinsi rapat koordinasi",
        "deklarasi odf desa Toaya",
        "https://drive.google.com/x",
        "persiapan rapat besok",
        "susun undangan rapat besok, 20 lembar",
        "konseling 3 orang, besok lanjut 5 orang lagi",
        "rencana aksi tw 1 disusun 3 dokumen",
        "mau lapor posyandu 25 balita",
        "rencana intervensi tersusun untuk 4 keluarga",
        "rekap presensi; cuti 3 orang, dinas 2 orang",
        "kunjungan ke omahe mbah Suro, ra ketemu sopo2",
        "survei ka lapangan, minggu hareup diteruskeun",
    ],
)
def test_work_is_a_log_even_where_it_sounds_like_something_else(text):
    assert told(text).intent is Intent.LOG


@pytest.mark.parametrize(
    ("text", "about"),
    [
        ("udah berapa persen targetku?", "own"),
        ("catatan saya minggu ini berapa?", "own"),
        ("cara ganti tanggal gimana?", "bot"),
        ("apa itu stunting?", "theme"),
    ],
)
def test_a_question_tells_what_it_is_about(text, about):
    assert told(text).about == about


def test_speech_of_many_regions_is_told_apart():
    lines = Path(__file__).with_name("regional.tsv").read_text(encoding="utf-8").splitlines()
    cases = [line.split("\t", 1) for line in lines]
    wrong = [(meant, text) for meant, text in cases if told(text).intent.value != meant]

    assert len(wrong) <= 0.05 * len(cases), wrong


@pytest.mark.parametrize(
    "text",
    [
        "tidak jadi menimbang 5 balita",
        "ga jadi posyandu 25 balita karena hujan",
        "batal penyuluhan hari ini",
        "tadi belum sempat menimbang",
        "penyuluhan hari ini dibatalkan karena hujan",
    ],
)
def test_work_that_fell_out_is_no_log(text):
    assert told(text).intent is Intent.CHAT


@pytest.mark.parametrize(
    "text",
    [
        "tidak jadi posyandu, kunjungan rumah 3 balita",
        "penyuluhan batal, konseling 4 orang",
        "posyandu 25 balita, belum sempat input",
        "belum selesai laporan bulanan 50%",
    ],
)
def test_work_done_instead_is_a_log(text):
    assert told(text).intent is Intent.LOG
