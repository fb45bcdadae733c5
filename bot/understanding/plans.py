"""Work that is yet to come, which nobody logs."""

import re

from bot.understanding.almanac import WEEKDAYS
from bot.understanding.phrases import either

_DAYS = "|".join(WEEKDAYS)
_TO_COME = (
    rf"(?:besok|lusa|(?:(?:hari )?(?:{_DAYS})|minggu|bulan|tahun) depan"
    rf"|(?:hari )?(?:{_DAYS}) (?:besok|nanti)"
    r"|nanti(?: (?:pagi|siang|sore|malam|jam))?|(?:jam|tanggal) \S+ (?:\w+ )?nanti)"
)
_PAPERS = either(
    "aksi kerja tindak strategis kebutuhan umum kontingensi pembangunan program induk anggaran "
    "biaya usaha tata pelaksanaan kegiatan pembelajaran asuhan terapi "
    "intervensi tanggap penarikan pemulihan pengujian"
)
_FIRST = re.compile(
    r"(?:(?:insya allah|insyaallah|jadwal|jadwalnya|agenda|agendanya|untuk) )?"
    rf"(?:{_TO_COME}|(?:sebentar|bentar) lagi"
    rf"|(?:rencana|rencananya|rencanane|rencanana|berencana) (?!{_PAPERS}\b))"
)
_MEANT = re.compile(
    r"^(?:saya |kami |kita |tim |insya allah |insyaallah ){0,2}"
    r"(?:akan|mau|hendak|berencana|rencana) (?!lapor|melapor|menyampaikan|mencatat|catat|input|isi)"
)
_EVENT = either(
    "rapat rakor kunjungan posyandu sosialisasi penyuluhan pelatihan bimbingan bimtek monitoring "
    "monev kelas kegiatan upacara sidang survei patroli piket supervisi konseling pendampingan "
    "pertemuan musyawarah musrenbang pengajian imunisasi vaksinasi pembinaan pemeriksaan razia "
    "perjalanan mengajar lomba workshop seminar ada ke turun pergi berangkat"
)
_EVENT_FIRST = re.compile(rf"^(?:saya |kami |kita )?{_EVENT}\b")
_COMING = re.compile(rf"\b{_TO_COME}\b")
# Who prepares what comes, or goes on with it tomorrow, has worked today.
_FOR_IT = re.compile(
    "\\b"
    + either(
        "persiapan untuk buat bahan jelang menjelang undangan siap menyiapkan susun lanjut "
        "dilanjut dilanjutkan lanjutan lanjutkan ditunda diundur mundur"
    )
    + "\\b"
)
_CLAUSE = re.compile(r" ?[,;.] | (?:lalu|terus|kemudian|dan|sekalian) ")


def is_planned(rest: str) -> bool:
    """Tell whether a sentence, its greeting left out, begins with what is yet to be done."""
    if _FIRST.match(rest):
        return True
    clause = _CLAUSE.split(rest, maxsplit=1)[0]
    if _FOR_IT.search(clause):
        return False
    coming = _COMING.search(clause)
    if _MEANT.match(clause) and (coming or " akan " in f" {clause}"):
        return True
    return bool(coming and _EVENT_FIRST.match(clause))
