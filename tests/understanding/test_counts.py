from decimal import Decimal

import pytest

from bot.understanding.sentence import Intent
from tests.understanding.people import TREASURER, told


@pytest.mark.parametrize(
    ("text", "quantity", "unit"),
    [
        ("dampingi 6 balita di posyandu", "6", "balita"),
        ("konseling 3 org", "3", "orang"),
        ("penyuluhan di kelas balita, peserta duapuluh satu ibu", "21", "ibu"),
        ("rekom solar nelayan Lero 19 lembar saya ttd", "19", "lembar"),
        ("KIE catin ke KUA, 12 psg", "12", "pasangan"),
        ("surat masuk diagenda 57, disposisi diteruskan 49", "57", "surat masuk"),
        ("konseling 9 bumil kek", "9", "ibu hamil"),
        ("verifikasi 1.250 data", "1250", "data"),
        ("lahan 12,5 ha dicek", "12.5", "hektare"),
        ("lahan 1/4 ha ditanami inpari 32", "0.25", "hektare"),
        ("narik data 2.417 kk", "2417", "keluarga"),
        ("hadir dua puluh lima org", "25", "orang"),
        ("sebanyak empat belas berkas", "14", "berkas"),
        ("selusin nik diperbaiki", "12", "nik"),
        ("dua ribu lima ratus bibit dibagi", "2500", "bibit"),
        ("2 ribu bibit dibagi", "2000", "bibit"),
        ("tiket helpdesk 37 closed 4 pending", "37", "tiket"),
        ("usulan 46, yg prioritas 10", "46", "usulan"),
        ("yang datang 27 dari 32 wali murid", "27", "wali murid"),
        ("ke 12 balita gizi kurang", "12", "balita"),
        ("10org konsul", "10", "orang"),
        ("patroli 2x", "2", "kali"),
        ("ada 15 pkl ditertibkan", "15", "pkl"),
        ("wereng ±2,5 ha", "2.5", "hektare"),
        ("hasil 6,8 ton/ha", "6.8", "ton"),
        ("rhk 4 nambah 40 orang", "40", "orang"),
        ("selawe wong ikut sosialisasi", "25", "orang"),
        ("30+ peserta", "30", "peserta"),
        ("40 lebih peserta", "40", "peserta"),
        ("300m saluran dikeruk", "300", "meter"),
        ("ngajar 3 jam pelajaran", "3", "jam pelajaran"),
        ("susun 3 bab", "3", "bab"),
        ("surat pindah siswa 2", "2", "surat"),
        ("jalan ke 3 pabrik", "3", "pabrik"),
        ("data nik 1.200 keluarga dicocokkan", "1200", "keluarga"),
        ("ujk bareng lsp, 16 ikut 15 kompeten", "16", "orang"),
        ("harga beras 14.500 cabe 60.000 di 3 pasar", "3", "pasar"),
        ("verifikasi anak timbangan standar 20 kg, 5 buah", "5", "buah"),
        ("cek 30 sampel kuitansi", "30", "kuitansi"),
        ("konseling setengah lusin pasien", "6", "pasien"),
        ("gaji 13 dibayar, jumlah pegawai 88", "88", "pegawai"),
        ("servis alat bengkel, gerinda 9", "9", "gerinda"),
        ("tindak lanjut resolusi 7 jpl", "7", "jpl"),
        ("bagi 40 polybag ke warga", "40", "polybag"),
        ("unggah karya tulis, limolas file", "15", "file"),
        ("sosialisasi ke selikur wong", "21", "orang"),
        ("data salapan puluh dua warga", "92", "warga"),
        ("ka salapan nagari jo duo jorong", "8", "nagari"),
        ("evakuasi ular sabuting di rumah warga", "1", "buting"),
        ("bulik dr pal 6, 2 mobil turun", "2", "mobil"),
        ("pasang 6 pal batas", "6", "pal"),
        ("riksa CV Dua Putra, 3 pekerja", "3", "pekerja"),
    ],
)
def test_a_count_is_read_with_its_unit(text, quantity, unit):
    proposal = told(text)

    assert (proposal.quantity, proposal.unit) == (Decimal(quantity), unit)


@pytest.mark.parametrize(
    "text",
    [
        "bimbingan pertemuan ke-5",
        "kunjungan ke SMA N 3 lancar",
        "kelas kader hari ke 14",
        "upacara HUT RI ke 81",
        "penyaluran BLT tahap 1",
        "padan data desil 1",
        "mengajar kelas 8B",
        "deploy v2.3.1 ke server",
        "revisi programa 2026",
        "setor pph 21 Rp 14.325.000",
        "belanja alkes Rp1.250.000.000,-",
        "pagu 1,5 miliar dibahas",
        "harga cabai naik 85rb/kg",
        "penagihan rt 3 rt 5 dapat 6.750.000",
        "susun bab 1-2",
        "laporan evaluasi triwulan 2",
        "latsar gel 3 dibuka",
        "rapat di smpn 4",
        "bayi lahir 3200 gr sehat",
        "bb/tb -3,4 sd dirujuk",
        "pelayanan satu pintu dan salah satu inovasi",
        "edukasi 6 langkah cuci tangan",
        "pegawai bolos 28 hari kerja",
        "hubungi 081234567890",
        "rapat jam 9",
        "perda no 12/2020 pasal 3 ayat 2",
        "tanam demplot inpari 32 di sawah",
        "patroli 24/7",
        "tensi 140/90 stabil",
        "masuk kelas x3 x4 materi bijak bermedsos",
        "lomba mewarnai tingkat gugus, juara 2",
        "jaga pos shift malam 19.00 - 07.00 aman",
        "pasar 16 ilir ditertibkan",
        "hb 11,2 ibu hamil diperiksa",
        "modul 3 selesai",
        "revisi modul menjahit unit 4",
        "kelas XI IPA 2 limit fungsi",
        "rapat di lt 3, rt 04",
        "BAP lanjutan PT Mekar Tiga Rasa, jam 10.15-12.00",
        "klik e-katalog 6 untuk beli laptop",
        "kunjungan raja ampat",
    ],
)
def test_a_number_that_counts_nothing_is_no_quantity(text):
    assert told(text).quantity is None


def test_the_count_in_the_work_results_own_unit_wins():
    proposal = told("penimbangan bulanan dibantu 3 orang, 25 balita")

    assert (proposal.quantity, proposal.unit) == (Decimal(25), "balita")


def test_a_list_of_kinds_is_added_up_but_a_part_is_not():
    assert told("legalisir 4, surat pindah 1, ktp 12").quantity == 17
    assert told("usulan 27, prioritas 5").quantity == 27


def test_money_is_the_quantity_where_the_work_result_is_counted_in_rupiah():
    proposal = told("setoran penerimaan pajak Rp 18.750.000", profile=TREASURER)

    assert (proposal.quantity, proposal.unit) == (Decimal(18_750_000), "rupiah")


@pytest.mark.parametrize(
    ("text", "percent"),
    [
        ("progres rhk 2 jadi 60%", "60"),
        ("naik jd 68,4 persen dari 63", "68.4"),
        ("per hari ini 87,5% yg tayang", "87.5"),
        ("reviu rkpd 2027 40%", "40"),
        ("setengah dari total udah masuk", "50"),
        ("laporan separo jadi", "50"),
        ("3/4 selesai", "75"),
        ("target 90%, realisasi 85 persen", "85"),
        ("peningkatan jalan desa 60%", "60"),
        ("progres jalan naik dari 40% ke 55%", "55"),
        ("realisasi kurang lebih 45%", "45"),
        ("laporan tinggal 20% lagi", "80"),
        ("laporan tinggal 1/4 lagi", "75"),
        ("renstra sudah masuk 2/5 bagian", "40"),
        ("kepatuhan naik dari 70 ke 81 persen", "81"),
        ("laporan wis tak garap seprapat", "25"),
        ("laporan lagi sapalih", "50"),
        ("temuan ditindaklanjuti telung prapat", "75"),
    ],
)
def test_progress_is_read_in_percent(text, percent):
    assert told(text).percent == Decimal(percent)


@pytest.mark.parametrize(
    "text",
    [
        "omzet umkm naik 20%",
        "harga cabai turun 5 persen dari bulan lalu",
        "stunting turun kurang lebih 2,5%",
        "potong ppn 11%",
        "penjualan 10% lebih tinggi",
        "rilis inflasi, yoy 2,7%",
        "pertumbuhan 5,2 persen",
        "rka diverif, belanja perjadin dipotong 10%",
        "anggaran dipangkas 15 persen",
    ],
)
def test_a_change_is_no_progress(text):
    proposal = told(text)

    assert (proposal.intent, proposal.percent) == (Intent.LOG, None)


@pytest.mark.parametrize("text", ["6 xxxxx", "12 zzz"])
def test_nonsense_is_no_unit(text):
    proposal = told(text)

    assert (proposal.quantity, proposal.unit) == (None, None)


@pytest.mark.parametrize("text", ["rapat setengah jam", "cuti setengah hari", "tanam 1/4 ha"])
def test_a_part_of_something_else_is_no_progress(text):
    assert told(text).percent is None
