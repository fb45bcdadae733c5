"""Days that are only mentioned: to come, recurring, or the period that a report is about."""

import datetime as dt
import re

from bot.understanding.phrases import either

Found = tuple[re.Match[str], tuple[dt.date, dt.date] | None]

_TO_COME = either(
    "besok lanjut dilanjut dilanjutkan lanjutan lanjutkan lanjutin ditunda diundur mundur maju "
    "dijadwalkan jadwal jadwalnya rencana rencananya deadline batas tenggat jatuh_tempo "
    "paling_lambat sampai sebelum nanti agenda undangan tiap setiap rutin untuk insya_allah "
    "insyaallah persiapan jelang menjelang per_minggu"
)
_FUTURE_BEFORE = re.compile(rf"\b{_TO_COME}(?: (?:ke|di|hari|pada|lagi))? $")
_FUTURE_AFTER = re.compile(r" (?:depan|nanti|besok|mendatang|yang akan datang)\b")
_NAMED = either(
    "laporan_harian laporan_mingguan laporan_bulanan rekap_harian rekap_mingguan rekap laporan tmt "
    "periode berlaku lahir kelahiran hpht htp edaran tertanggal nomor surat sk posisi kondisi data "
    "cut_off bulan anggaran kp pengumuman"
)
_REPORTED_BEFORE = re.compile(rf"\b{_NAMED} (?:tanggal )?$")
_REPORT = either(
    "laporan rekap rekapitulasi data entri spj gaji absensi skp capaian realisasi evaluasi lpj "
    "jurnal daftar_hadir rapor tagihan pembayaran honor tpp insentif iuran notulen bku lra stok "
    "statistik nota kuitansi kwitansi struk absen presensi publikasi hasil progres dokumen berkas "
    "arsip surat kerusakan"
)
_REPORT_BEFORE = re.compile(rf"\b{_REPORT}(?: [a-z-]+){{0,2}} (?:untuk )?$")
_COMPARED = re.compile(
    r"\b(?:(?:di)?banding(?:kan|nya)?|ketimbang|(?:naik|turun|meningkat|menurun|bertambah|berkurang"
    r"|tinggi|rendah|banyak|sedikit|persen) dari)(?: (?:dengan|periode|posisi|tanggal))? $"
)
_LOOK = 60


def skipped(line: str, match: re.Match[str]) -> bool:
    """Tell whether a day is to come, recurs, or is what a paper is named after."""
    before = line[max(0, match.start() - _LOOK) : match.start()]
    return bool(
        _FUTURE_BEFORE.search(before)
        or _REPORTED_BEFORE.search(before)
        or _COMPARED.search(before)
        or _FUTURE_AFTER.match(line, match.end())
    )


def recalled(line: str, match: re.Match[str]) -> bool:
    """Tell whether a day belongs to a thing that is spoken of: `yang kemarin belum jadi`."""
    return line.endswith("yang ", 0, match.start())


def reported(line: str, match: re.Match[str]) -> bool:
    """Tell whether a week or a month is what a report is about, or is compared with."""
    before = line[max(0, match.start() - _LOOK) : match.start()]
    return bool(_REPORT_BEFORE.search(before) or _COMPARED.search(before))


def pair(
    first: dt.date | None, last: dt.date | None, *, skip: bool
) -> tuple[dt.date, dt.date] | None:
    """Give both days, or nothing if one is missing or they are only mentioned."""
    return None if skip or first is None or last is None else (first, last)
