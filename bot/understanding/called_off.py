"""What is over or did not happen: an illness, leave that was cancelled, work that fell out."""

import re

from bot.understanding.away import DAY
from bot.understanding.phrases import either
from bot.understanding.stems import stem
from bot.understanding.words import Words

ILL = either(
    "sakit demam diopname opname_di meriang masuk_angin tidak_enak_badan kurang_enak_badan "
    "kurang_sehat tidak_sehat dirawat rawat_inap udur garing garring saki tidak_damang diare "
    "vertigo tipes typus malaria dbd flu_berat"
)
_SAID = either(
    "saya aku awak kami kita maaf mohon pak bu bapak ibu min kak hari ini itu tadi pagi siang sore "
    "malam alhamdulillah syukurlah ternyata jadi jadinya sudah sekarang kemarin lapor dan , -"
)
# Bounded, since what follows may begin with a word that also leads.
_LEAD = rf"(?:(?:{DAY}|{_SAID}) ){{0,7}}"
_WELL = re.compile(
    rf"{_LEAD}(?:(?:tidak|bukan)(?: (?:lagi|sedang|jadi)){{0,2}} {ILL}|sembuh|pulih|sehat)\b"
)
_LEAVE = (
    "(?:cuti|libur|dinas luar|tugas luar|perjalanan dinas|dinas (?:ke|di)"
    rf"|(?:surat )?izin(?= (?:saya|sakit|cuti|tidak masuk|{DAY})| ?[,.]|$))"
)
_OTHERS = either("pegawai asn pns pppk guru dokter staf bersama siswa karyawan atas_nama")
_OFF = "(?:batal|dibatalkan|tidak jadi|urung|ditunda|diundur|ditangguhkan)"
_NO_LEAVE = re.compile(
    rf"{_LEAD}(?:(?:mau |minta |tolong |ingin |izin ){{0,2}}"
    r"(?:batal|batalkan|membatalkan|dibatalkan|tidak jadi|urung|cabut|hapus)"
    rf"(?: (?:saya|ambil|mengambil|ajukan|pengajuan|permohonan|rencana|jadwal)){{0,2}} {_LEAVE}"
    rf"|{_LEAVE}(?: [a-z]+)?(?: (?:{DAY}|saya|yang|itu|ini|sakit|tahunan)){{0,3}} {_OFF})"
    rf"\b(?! {_OTHERS}\b)"
)
_HALF_DAY = re.compile(r"\b(?:izin|cuti)(?: saya| pulang)? (?:setengah|1 / 2|separuh) hari\b")
_EVENT = either(
    "rapat rakor kunjungan posyandu sosialisasi penyuluhan pelatihan bimbingan bimtek monitoring "
    "monev kelas kegiatan upacara sidang survei patroli supervisi konseling pendampingan pertemuan "
    "musyawarah imunisasi vaksinasi pembinaan pemeriksaan penimbangan lomba seminar"
)
_NO_WORK = re.compile(
    rf"{_LEAD}(?:(?:tidak|belum) (?:jadi|sempat)|batal|urung)\b"
    rf"|{_LEAD}{_EVENT}\b[^\d]* (?:batal|dibatalkan|urung|tidak jadi|ditiadakan)\b"
)
_KIN = either("istri suami anak orang_tua ibu bapak mertua kakek nenek adik kakak cucu keponakan")
_KIN_ILL = re.compile(
    rf"{_LEAD}{_KIN}(?: (?:saya|aku|awak|kami|bungsu|sulung))?"
    rf"(?: (?:lagi|sedang|masih|{DAY})){{0,2}} {ILL}\b"
)
_CLAUSE = re.compile(
    r" ?[,;.] | (?:tapi|tetapi|karena|diganti|ganti|makanya|malah|lalu|terus|kemudian|jadinya) "
)


def is_well(rest: str) -> bool:
    """Tell whether somebody says not to be ill, or to be so no longer."""
    return bool(_WELL.match(rest))


def is_leave_off(rest: str) -> bool:
    """Tell whether own leave or an own trip is called off."""
    return bool(_NO_LEAVE.match(rest))


def is_half_day(line: str) -> bool:
    """Tell whether only half a day is asked for, which no absence can be."""
    return bool(_HALF_DAY.search(line))


def is_leave_alone(rest: str, words: Words) -> bool:
    """Tell whether leave is called off and no work is told besides."""
    called_off = _NO_LEAVE.match(rest)
    return bool(called_off and not _works(rest[called_off.end() :], words))


def is_health_alone(rest: str, words: Words) -> bool:
    """Tell whether all that is told is to be well again, or that somebody at home is ill."""
    found = _WELL.match(rest) or _KIN_ILL.match(rest)
    after = rest[found.end() :] if found else ""
    return bool(found) and not re.search(r"\d", after) and not _works(after, words)


def is_no_work(rest: str, words: Words) -> bool:
    """Tell whether all that is told fell out."""
    first, *others = _CLAUSE.split(rest)
    return bool(_NO_WORK.match(first)) and not any(_works(one, words) for one in others)


def _works(text: str, words: Words) -> bool:
    """Tell whether a text names work, other than being there."""
    return any(
        word in words.activity or stem(word, words) in words.activity
        for word in re.findall(r"[a-z]{3,40}", text)
        if word not in {"masuk", "kerja", "bekerja", "kantor", "hari"}
    )
