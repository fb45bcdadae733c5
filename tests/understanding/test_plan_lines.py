import datetime as dt
from decimal import Decimal

import pytest

from bot.understanding.plan_lines import plan_lines
from bot.understanding.plan_targets import Target, Unread, part, read_target

ON = dt.date(2026, 11, 24)


def told(text: str) -> list[str]:
    """Write what was understood, a line each: text, targets, then what lies below."""
    lines = []
    for one in plan_lines(text, ON).lines:
        measures = [amount(each.target) for each in one.measures]
        lines.append(" | ".join([one.text + " +" * one.additional, *measures]))
        lines += [
            f"  {step.period}: {step.text}" + (f" | {amount(step.target)}" if step.target else "")
            for step in one.steps
        ]
    return lines


def amount(target: Target) -> str:
    how = "" if target.counted == "sum" else f" {target.counted}"
    return f"{target.value:f} {target.unit}{how}"


@pytest.mark.parametrize(
    ("line", "understood"),
    [
        ("Mendampingi balita berisiko stunting; 40 balita", "… berisiko stunting | 40 balita"),
        ("Pelatihan kader - target 2 kegiatan", "Pelatihan kader | 2 kegiatan"),
        ("Pelatihan kader, target: 2 kegiatan", "Pelatihan kader | 2 kegiatan"),
        ("Pelatihan kader (target 2 kegiatan)", "Pelatihan kader | 2 kegiatan"),
        ("Pelatihan kader (2 kegiatan)", "Pelatihan kader | 2 kegiatan"),
        ("Pelatihan kader – 2 kegiatan", "Pelatihan kader | 2 kegiatan"),
        ("Pelatihan kader: 2 kegiatan", "Pelatihan kader | 2 kegiatan"),
        ("Pelatihan kader = 2 kegiatan", "Pelatihan kader | 2 kegiatan"),
        ("Pelatihan kader, 2 kegiatan", "Pelatihan kader | 2 kegiatan"),
        ("Pelatihan kader; dua kegiatan", "Pelatihan kader | 2 kegiatan"),
        ("Pelatihan kader\t2\tkegiatan", "Pelatihan kader | 2 kegiatan"),
        ("7\tPelatihan kader\t2\tkegiatan", "Pelatihan kader | 2 kegiatan"),
        ("| Pelatihan kader | 2 kegiatan |", "Pelatihan kader | 2 kegiatan"),
        ("Melayani pasien; minimal 1.200 pasien setahun", "Melayani pasien | 1200 pasien"),
        ("Melayani pasien; 1.200 pasien/tahun", "Melayani pasien | 1200 pasien"),
        ("Melayani pasien sebanyak 60 orang", "Melayani pasien sebanyak 60 orang | 60 orang"),
        ("Penagihan piutang; Rp 500 juta", "Penagihan piutang | 500000000 rupiah"),
        ("Laporan tepat waktu; 100%", "Laporan tepat waktu | 100 persen latest"),
        ("Tercapainya target imunisasi 95%", "… target imunisasi 95% | 95 persen latest"),
        ("Kepuasan warga; 85,5 indeks", "Kepuasan warga | 85.5 indeks latest"),
        ("Kepuasan warga; 12 survei (posisi)", "Kepuasan warga | 12 survei latest"),
        ("Prevalensi stunting; 14% (rilis)", "Prevalensi stunting | 14 persen release"),
        ("Menghadiri 8 rapat lintas sektor", "Menghadiri 8 rapat lintas sektor | 8 rapat"),
        ("Pelayanan gawat darurat 24 jam", "Pelayanan gawat darurat 24 jam"),
        ("Rapat tahun 2026 dan 2 kunjungan", "Rapat tahun 2026 dan 2 kunjungan"),
        ("Menyusun Perda 5/2026", "Menyusun Perda 5/2026"),
        ("Tugas tambahan: Panitia HUT; 1 kegiatan", "Panitia HUT + | 1 kegiatan"),
        ("Panitia HUT (tambahan); 1 kegiatan", "Panitia HUT + | 1 kegiatan"),
    ],
)
def test_a_line_is_an_rhk_with_its_target(line, understood):
    (found,) = told(line)

    assert found.endswith(understood.removeprefix("…"))


@pytest.mark.parametrize(
    "mark", ["1. ", "1) ", "1.", "(1) ", "RHK 1: ", "RHK 1 ", "a. ", "- ", "• ", "–"]
)
def test_numbers_and_bullets_are_taken_off(mark):
    assert told(f"{mark}Pelatihan kader; 2 kegiatan") == ["Pelatihan kader | 2 kegiatan"]


@pytest.mark.parametrize(
    ("text", "understood"),
    [
        (
            "1. Pendampingan; 40 balita\n2. Pelatihan; 2 kegiatan",
            ["Pendampingan | 40 balita", "Pelatihan | 2 kegiatan"],
        ),
        (
            "- Pendampingan; 40 balita\n- Pelatihan; 2 kegiatan",
            ["Pendampingan | 40 balita", "Pelatihan | 2 kegiatan"],
        ),
        (
            "Pendampingan; 40 balita\n  - Nov: kunjungan 6 balita\n  - rapat kader",
            ["Pendampingan | 40 balita", "  2026-11: kunjungan 6 balita | 6 balita",
             "  None: rapat kader"],
        ),
        (
            "1. Pendampingan\n- Nov: kunjungan\n- evaluasi\n2. Pelatihan",
            ["Pendampingan", "  2026-11: kunjungan", "  None: evaluasi", "Pelatihan"],
        ),
        (
            "Pendampingan\nRA: TW4 2027: kunjungan; 6 balita\nTriwulan II: laporan\n2026-03: rapat",
            ["Pendampingan", "  2027-TW4: kunjungan | 6 balita", "  2026-TW2: laporan",
             "  2026-03: rapat"],
        ),
        (
            "Pendampingan\nRA: Nov: kunjungan 6 balita; Des: kunjungan 8 balita",
            ["Pendampingan", "  2026-11: kunjungan 6 balita | 6 balita",
             "  2026-12: kunjungan 8 balita | 8 balita"],
        ),
        (
            "Pendampingan\nRencana aksi:\n- kunjungan\n\nPelatihan",
            ["Pendampingan", "  None: kunjungan", "Pelatihan"],
        ),
        (
            "SKP 2026\nA. UTAMA\n1. Pendampingan\nB. TAMBAHAN\n1. Panitia",
            ["Pendampingan", "Panitia +"],
        ),
        (
            "No\tRHK\tTarget\tSatuan\n1\tPelatihan\t2\tkegiatan\n2\tLaporan\t12\tlaporan",
            ["Pelatihan | 2 kegiatan", "Laporan | 12 laporan"],
        ),
        (
            "Kajian\nKuantitas: 2 dokumen\nKualitas: 100 persen\nWaktu: 12 bulan",
            ["Kajian | 2 dokumen | 100 persen latest | 12 bulan"],
        ),
        ("Kajian; 1 dokumen\nTarget: 2 dokumen", ["Kajian | 2 dokumen"]),
        ("  1. Satu; 2 kali\n  2. Dua; 3 kali", ["Satu | 2 kali", "Dua | 3 kali"]),
        ("1. Satu\n   1. langkah\n2. Dua", ["Satu", "  None: langkah", "Dua"]),
        ("\n \n", []),
    ],
)  # fmt: skip
def test_a_list_is_read_line_by_line(text, understood):
    assert told(text) == understood


def test_the_words_of_an_iki_and_keywords_belong_to_the_rhk_above():
    text = (
        "Kajian\nIKI: Jumlah kajian selesai\nTarget: 2 dokumen\nKata kunci: telaah, naskah; telaah"
    )
    (found,) = plan_lines(text, ON).lines

    assert found.indicator == "Jumlah kajian selesai"
    assert found.measures[0].target == Target(Decimal(2), "dokumen")
    assert found.keywords == ("telaah", "naskah")


def test_an_action_without_an_rhk_above_it_is_left_and_said():
    found = plan_lines("Nov: kunjungan 6 balita\nPelatihan; 2 kegiatan", ON)

    assert found.left == ("Nov: kunjungan 6 balita",)
    assert [one.text for one in found.lines] == ["Pelatihan"]


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("Menyusun laporan; 1 laporan per bulan", Unread.OFTEN),
        ("Menyusun laporan; 1 laporan/triwulan", Unread.OFTEN),
        ("Cakupan layanan; 90-100%", Unread.NUMBER),
        ("Cakupan layanan; target 2.3.1 layanan", Unread.NUMBER),
        ("Belanja; 40", Unread.UNIT),
        ("Belanja", None),
        ("Belanja; sesuai jadwal", None),
        ("Belanja; 0 paket", None),
    ],
)
def test_a_target_that_cannot_be_taken_is_told_and_nothing_of_the_line_is_lost(line, why):
    found = part(line)

    assert (found.text, found.target, found.unread) == (line, None, why)


@pytest.mark.parametrize(
    ("text", "target"),
    [
        ("40 balita", Target(Decimal(40), "balita")),
        ("target 40 balita", Target(Decimal(40), "balita")),
        ("≥ 90 %", Target(Decimal(90), "persen", "latest", rises=True)),
        ("target: minimal 40 balita", Target(Decimal(40), "balita", rises=True)),
        ("≤ 14 %", Target(Decimal(14), "persen", "latest", falls=True)),
        ("maksimal 12 pengaduan", Target(Decimal(12), "pengaduan", falls=True)),
        ("turun menjadi 14%", Target(Decimal(14), "persen", "latest", falls=True)),
        ("target: paling banyak 5 berkas", Target(Decimal(5), "berkas", falls=True)),
        ("2,5 ton", Target(Decimal("2.5"), "ton")),
        ("1 tahun", Target(Decimal(1), "tahun")),
        ("40 balita (terakhir)", Target(Decimal(40), "balita", "latest")),
        ("empat puluh balita", Target(Decimal(40), "balita")),
        ("balita", None),
        ("", None),
        ("9" * 30 + " balita", None),
        ("40 balita yang berisiko stunting di desa lokus", None),
    ],
)
def test_a_target_is_read_alone(text, target):
    found = read_target(text)

    assert (found if isinstance(found, Target) else None) == target


def test_a_very_long_text_is_read_in_bounded_time():
    found = plan_lines("- " + "target (" * 2000 + "\n" + "; 1 a" * 2000, ON)

    assert found.lines
