"""Whether somebody tells of an own absence, and of which kind."""

import datetime as dt
import re

from bot.understanding.almanac import MONTHS, evening_of
from bot.understanding.away import DAY, LENGTH, days_away, is_told_later
from bot.understanding.called_off import ILL, is_half_day, is_leave_off, is_well
from bot.understanding.days import days_of
from bot.understanding.intents import opened
from bot.understanding.phrases import either
from bot.understanding.proposal import Absence
from bot.understanding.words import Words

_ADDRESSED = either(
    "bu pak ibu bapak kapus kadis kabid kasi kepsek guru lurah camat kades dokter sekda sekdis "
    "kasubag kabag kepala dan sama sampai hingga hari ini untuk ya min ndan komandan bos tanggal"
)


def _lead(said: str, until: str) -> str:
    """Let only such words and days come before something; possessive, so that time is bounded."""
    return rf"^(?>(?!{until}\b)(?:{DAY}|{either(said)}|{_ADDRESSED}|,|-|\d{{1,2}}) )*+"


_OTHERS = either(
    "usul usulan proses memproses berkas permohonan verifikasi rekap surat sk formulir layanan "
    "pengajuan data entri cetak membuat blangko draf konsep persetujuan hak sisa pegawai jatah "
    "kuota aturan syarat laporan input urus mengurus jenguk menjenguk pasien siswa murid warga "
    "rumah orang klien balita bayi lansia ternak sapi hewan kambing pengawasan mengantar antar "
    "penerbitan terbit"
)
_NOT_OWN = re.compile(rf"\b{_OTHERS}(?: [a-z]+){{0,1}} $")
_LEAVE_LEAD = _lead(
    "saya izin mau perpanjang potong memotong maksudnya lanjut tambah "
    "ambil mengambil lagi sedang masih mulai ajukan "
    "mengajukan akan rencana hari ini jadi ingin minta info lapor dan sama sampai hingga "
    "untuk pak bu nanti",
    "cuti",
)
_LEAVE_KIND = either(
    "tahunan besar sakit melahirkan bersalin alasan_penting karena_alasan_penting bersama umrah "
    "haji nikah menikah"
)
_FOR_OTHERS = either("pegawai asn pns pppk guru dokter staf bersama an atas_nama untuk_pegawai")
_LEAVE = re.compile(
    rf"{_LEAVE_LEAD}cuti\b(?: {_LEAVE_KIND})?"
    rf"(?! (?:\d+ (?!hari|minggu|bulan)|\d+$|{_FOR_OTHERS}\b|: ))"
)
_ILL_ANYWHERE = re.compile(rf"\b{ILL}\b")
_SICK_LEAD = _lead(
    "saya izin badan lagi sedang masih karena ini hari tidak bisa masuk kerja kantor mohon maaf "
    "pak bu dengan terpaksa sudah mau lapor info istirahat dinas hadir",
    ILL,
)
_SICK = re.compile(rf"{_SICK_LEAD}{ILL}\b(?! (?:hati|jiwa)\b)")
_PRESENT = either(
    "masuk hadir kantor ngantor ke_kantor ka_kantor turun berkantor kerja turun_kerja mengajar "
    "bertugas apel piket dinas datang ajar keluar ke_sekolah ke_lapangan ke_balai menghadap"
)
_ABLE = either("bisa dapat jadi ikut sempat boleh mampu")
_MISSING = re.compile(rf"\btidak (?:{_ABLE} ){{0,2}}{_PRESENT}\b")
_SELF = re.compile(
    r"\b(?:izin|mohon izin|saya|aku|maaf|berhalangan|kantor|sakit|demam|meriang|dokter"
    r"|berobat)\b"
    rf"|^(?:{DAY}|tidak)\b"
)
_THING = either(
    "data laporan berkas sistem email surel nama log catatan dana gaji air listrik uang tpp foto "
    "surat file peserta siswa pegawai warga pasien orang aplikasi notif teman kader guru petugas"
)
_ABOUT_A_THING = re.compile(rf"\b{_THING}(?: [a-z]+)? $")
_REASON = either(
    "dulu tidak setengah_hari pulang keluarga anak istri suami orang_tua ada karena acara urusan "
    "pulang_kampung menikah nikah umrah haji mengantar_anak antar_anak antar_istri kontrol berobat "
    "mendampingi_istri menemani off libur alpa absen"
)
_FOR_WORK = either(
    "lapor tanya bertanya menanyakan menyampaikan melaporkan melapor melaksanakan memulai masuk "
    "usaha praktik memberi mengirim"
)
_PERMISSION = re.compile(
    rf"{_lead('mohon saya mau minta tabe', '(?:izin|dispensasi)')}"
    rf"(?:(?:izin|dispensasi) (?:saya |ka |ki )?(?:{DAY}|{LENGTH}|{_REASON})\b"
    rf"|(?<=saya )(?:izin|dispensasi)\b(?! {_FOR_WORK})"
    rf"|(?<=[kai,] )izin(?: (?:ya|dulu|pak|bu|min|kak|ndan|bang|mas|mbak))* ?(?:,|$))"
)
_KIN = either("istri suami anak orang_tua ibu bapak mertua keluarga kakek nenek adik kakak")
_KIN_FIRST = re.compile(rf"^(?:saya )?{_KIN}\b[^.?]{{0,40}} , (?:saya )?izin (?:{DAY}|{LENGTH})")
_DAY_FIRST = re.compile(
    rf"^(?:saya )?{DAY} (?:saya )?(?:libur|off)(?: (?:ya|min|pak|bu|dulu))* ?(?:,|$)"
    rf"| , (?:saya |mohon )?izin {LENGTH}"
)
_RESTING = re.compile(
    rf"^(?:saya |disuruh |harus ){{0,2}}(?:istirahat|bed rest) (?:{LENGTH}|total)"
    rf"|^(?:saya )?(?:dapat|dikasih|ada) surat sakit\b"
)
_PERMISSION_TO_WORK = re.compile(r"\bizin (?:me|ber|lapor)")
_TRIP_NAME = "(?:dinas luar|tugas luar|perjalanan dinas|dinas (?:ke|di)|tugas ke luar)"
_TRIP_LEAD = _lead(
    "saya izin ada lagi sedang masih akan mau mulai ini tugas melaksanakan pak bu dan lapor sampai "
    "jadi berangkat ikut",
    _TRIP_NAME,
)
_TRIP = re.compile(rf"{_TRIP_LEAD}{_TRIP_NAME}\b(?P<rest>.*)")
_LONG_TRIP = re.compile(
    rf"\b(?:dinas luar|tugas luar)\b.*(?:\b(?:mulai|sampai|hingga) {DAY}|\b{LENGTH})"
)
_COURSE = re.compile(
    rf"^(?:saya |mulai ){{0,2}}(?:besok|lusa|{DAY}).*"
    rf"\b{either('diklat pelatihan bimtek latsar rakornas tugas_belajar')}\b"
    r".*\b(?:sampai|selama|\d{1,2} hari)\b"
)
_TRIP_WORK = re.compile(
    r",|\d|\b"
    + either(
        "rapat monitoring konsultasi koordinasi survei kunjungan evaluasi antar ambil studi "
        "verifikasi pendampingan"
    )
    + r"\b"
)
_DONE = re.compile(rf"\b{either('tadi kemarin selesai beres sudah semalam hasil hasilnya')}\b")
_QUESTION = re.compile(
    r"\b(?:berapa|kapan|bagaimana|apakah|kenapa|apa saja)\b|^kok\b|\bapa$"
    r"|^kalau .*\b(?:apa|perlu|harus)\b"
)
_OFF = re.compile(
    rf"{_lead('saya mau lagi sedang akan', '(?:libur|off|absen|umrah|haji|lepas)')}"
    rf"(?:(?:libur|off|absen|cuti)(?: jaga| piket| dinas| kerja| shift)?"
    rf" (?:dulu|sampai|hingga|mulai|{DAY}|{LENGTH})"
    rf"|lepas (?:jaga|piket|dinas)(?= hari ini| ,| ya| min|$)"
    rf"|(?:umrah|haji|ibadah haji|pulang kampung|isoman|isolasi|isolasi mandiri) "
    rf"(?:{LENGTH}|mulai|sampai|dulu|besok))"
)
_OPEN_ENDED = re.compile(
    rf"\b(?:sampai|mulai|besok|lusa|depan|selama|tanggal \d{{1,2}}|{LENGTH}"
    rf"|\d{{1,2}} (?:{'|'.join(MONTHS)}))\b"
)


# In Malay speech `awak` is the speaker; elsewhere it is a crew.
_I = re.compile(r"\bawak\b(?! (?:kapal|mobil|bus|media|pesawat|kabin|angkutan|truk|sarana)\b)")
_CLAUSE = re.compile(r"[,;.] ")
_OWN_CLAUSE = re.compile(
    rf"(?:{DAY} |sampai |dan |jadi |maka ){{0,6}}"
    r"(?:saya|maksudnya"
    r"|(?:potong|ambil|izin|mohon|minta)(?= (?:izin |cuti |libur )?(?:cuti|dulu)))\b"
)


def absence_of(line: str, sent_at: dt.datetime, words: Words) -> Absence | None:
    """Read an absence of the writer and its days, if the sentence tells of one."""
    if "?" in line or _QUESTION.search(line):
        return None
    plain = line.replace("!", " ").replace("rumah sakit", "rumah_sakit").strip()
    plain = _I.sub("saya", plain)
    rest = opened(plain, words)
    if is_half_day(plain) or is_leave_off(rest):
        return None
    tries = (rest, plain, *_own_clauses(plain))
    kind = _leave(plain, tries) or (not is_well(rest) and _illness(plain, tries))
    kind = kind or _permission(plain, tries) or _trip(plain, tries)
    if not kind:
        return None
    told = days_of(line, sent_at) if is_told_later(line) else None
    first, last = (told.first, told.last) if told else days_away(line, evening_of(sent_at))
    return Absence(kind, first, last)


def _own_clauses(line: str) -> tuple[str, ...]:
    """Part off what somebody says of themselves after telling why: `istri sakit; saya cuti`."""
    return tuple(part.strip() for part in _CLAUSE.split(line)[1:] if _OWN_CLAUSE.match(part))


def _leave(line: str, tries: tuple[str, ...]) -> str | None:
    if _NOT_OWN.search(line[: max(0, line.find("cuti"))]):
        return None
    if any(_LEAVE.search(said) or _OFF.search(said) for said in tries):
        return "sakit" if "cuti sakit" in line else "cuti"
    return None


def _illness(line: str, tries: tuple[str, ...]) -> str | None:
    if any(_SICK.search(said) for said in tries):
        return "sakit"
    missing = _MISSING.search(line)
    if not missing or not (_SELF.search(line) or _SELF.search(tries[0])):
        return None
    before = line[: missing.start()]
    own = before.endswith("izin ") or not _ABOUT_A_THING.search(before)
    return _ill_or_leave(line) if own else None


def _permission(line: str, tries: tuple[str, ...]) -> str | None:
    if any(_RESTING.search(said) for said in tries):
        return "sakit"
    asked = any(one.search(said) for said in tries for one in (_PERMISSION, _KIN_FIRST, _DAY_FIRST))
    if _PERMISSION_TO_WORK.search(line) or not asked:
        return None
    return _ill_or_leave(line)


def _ill_or_leave(line: str) -> str:
    return "sakit" if _ILL_ANYWHERE.search(line) else "cuti"


def _trip(line: str, tries: tuple[str, ...]) -> str | None:
    """Tell a trip to come from one that is told with the work done on it."""
    if _DONE.search(line):
        return None
    if _LONG_TRIP.search(line) or any(_COURSE.search(said) for said in tries):
        return "dinas"
    for said in tries:
        trip = _TRIP.search(said)
        if trip and (_OPEN_ENDED.search(said) or not _TRIP_WORK.search(trip["rest"])):
            return "dinas"
    return None
