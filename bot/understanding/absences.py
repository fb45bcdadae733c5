"""Days away from work: leave, official trips, illness."""

import datetime as dt
import re

from bot.understanding.days import MONTHS, ONE_DAY, WEEKDAYS, evening_of, monday, weekday_before
from bot.understanding.intents import opened
from bot.understanding.proposal import Absence
from bot.understanding.words import Words

_WEEKDAY = "(?:hari )?(?:senin|selasa|rabu|kamis|jumat|sabtu|ahad|hari minggu)(?: (?:depan|besok|ini|lalu|kemarin|minggu depan))?"
_DAY = (
    r"(?:(?<=sampai )minggu|(?<=hingga )minggu|(?<=- )minggu|besok lusa|hari ini|besok|lusa|kemarin|sekarang|minggu depan|bulan depan"
    rf"|{_WEEKDAY}"
    rf"|(?:tanggal )?\d{{1,2}} (?:{'|'.join(MONTHS)})(?: 20\d\d)?|(?:tanggal )?\d{{1,2}} / \d{{1,2}}(?: / 20\d\d)?"
    r"|tanggal \d{1,2}|\d{1,2}(?= (?:-|sampai|s / d|dan|,|hingga) (?:tanggal )?\d))"
)
_LENGTH = r"(?:\d{1,3} (?:hari|minggu|bulan)|sehari|seminggu|sebulan)"
_WHEN = rf"(?:{_DAY}|{_LENGTH}|mulai|dari|sampai|hingga|sejak|selama|dulu|tanggal|hari)"
_NOT_OWN = re.compile(
    r"\b(?:usul|usulan|proses|memproses|berkas|permohonan|verifikasi|rekap|surat|sk|formulir|layanan|pengajuan|data|entri|cetak|membuat"
    r"|blangko|draf|konsep|persetujuan|hak|sisa|pegawai|jatah|kuota|aturan|syarat|laporan|input|urus|mengurus|jenguk|menjenguk|pasien"
    r"|siswa|murid|warga|rumah|orang|klien|balita|bayi|lansia|ternak|sapi|hewan|kambing|pengawasan|mengantar|antar|penerbitan|terbit)"
    r"(?: [a-z]+){0,1} $"
)
_LEAVE = re.compile(
    rf"^(?:(?:{_DAY}|saya|izin|mau|ambil|mengambil|lagi|sedang|masih|mulai|ajukan|mengajukan|akan|rencana|hari|ini|jadi|ingin|minta|info|lapor|,|dan|sama|sampai|hingga|-|\d{{1,2}}|untuk|pak|bu) )*"
    rf"cuti(?: (?:tahunan|besar|sakit|melahirkan|bersalin|alasan penting|karena alasan penting|bersama|umrah|haji|nikah|menikah))?(?:$| {_WHEN}\b| [,.!]| karena| ke | pak\b| bu\b| ya\b| min\b| untuk| ndan\b| saya| pulang| menikah| nikah)"
)
_SICK_WORDS = r"(?:sakit|demam|diopname|opname di|meriang|masuk angin|tidak enak badan|kurang enak badan|kurang sehat|tidak sehat|dirawat|udur|garing|garring|saki|tidak damang|diare|vertigo|tipes|typus|dbd|flu berat)"
_SICK = re.compile(
    rf"^(?:(?:{_DAY}|saya|izin|badan|lagi|sedang|masih|karena|ini|hari|tidak|bisa|masuk|kerja|kantor|,|mohon|maaf|pak|bu|dengan|terpaksa|sudah|mau|lapor|info|istirahat|dinas|hadir) )*{_SICK_WORDS}\b"
)
_MISSING = re.compile(
    r"\btidak (?:bisa |dapat |jadi |bisa ikut |ikut )?(?:masuk|hadir|ngantor|ke kantor|berkantor|kerja|turun kerja|mengajar|bertugas|apel|piket|dinas|datang|mlebu)\b"
)
_SELF = re.compile(
    rf"\b(?:izin|mohon izin|saya|maaf|berhalangan|kantor|sakit)\b|^(?:{_DAY}|tidak)\b"
)
_THING = re.compile(
    r"\b(?:data|laporan|berkas|sistem|email|surel|nama|log|catatan|dana|gaji|air|listrik|uang|tpp|foto|surat|file|peserta|siswa|pegawai|warga|pasien|orang|anak|aplikasi|notif)(?: [a-z]+)? $"
)
_ASKS_LEAVE = re.compile(
    rf"^(?:(?:{_DAY}|mohon|saya|mau|pak|bu|ndan|,|minta) )*izin (?:saya )?(?:{_DAY}|{_LENGTH}|dulu|tidak|keluarga|anak|istri|suami|orang tua|ada|karena|acara|urusan|pulang kampung|menikah|nikah|mengantar anak|antar anak|antar istri|kontrol|berobat|mendampingi istri|menemani|off|libur|alpa|absen)\b"
)
_TRIP = re.compile(
    rf"^(?:(?:{_DAY}|saya|izin|ada|lagi|sedang|masih|akan|mau|mulai|ini|tugas|melaksanakan|,|pak|bu|dan|lapor|sampai|jadi|berangkat|ikut) )*(?:dinas luar|tugas luar|perjalanan dinas|dinas (?:ke|di)|tugas ke luar)\b(?P<rest>.*)"
)
_AWAY_LATER = re.compile(
    rf"^(?:saya |mulai )*(?:besok|lusa|senin depan|minggu depan|tanggal \d{{1,2}}(?: [a-z]+)?|{_WEEKDAY})(?:.*)\b(?:diklat|pelatihan|bimtek|latsar|rakornas|tugas belajar)\b.*\b(?:sampai|selama|\d{{1,2}} hari)\b"
)
_AWAY_LONG = re.compile(
    rf"\b(?:dinas luar|tugas luar)\b.*(?:\b(?:mulai|sampai|hingga) {_DAY}|\bselama {_LENGTH}|{_LENGTH})"
)
_DONE = re.compile(r"\b(?:tadi|kemarin|selesai|beres|sudah|semalam|hasil|hasilnya)\b")
_OPEN_ENDED = re.compile(
    rf"\b(?:sampai|mulai|besok|lusa|depan|selama|tanggal \d{{1,2}}|\d{{1,2}} (?:{'|'.join(MONTHS)})|{_LENGTH})\b"
)
_RANGE = re.compile(
    rf"({_DAY}) (?:-|sampai(?: dengan)?|hingga|s / d|dan|sama|,) (?:hari )?({_DAY}|(?:tanggal )?\d{{1,2}}\b(?! (?:hari|jam)))"
)
_TILL = re.compile(
    rf"\b(?:sampai|hingga|s / d)(?: dengan)?(?: hari)? ({_DAY}|akhir minggu|akhir bulan)"
)
_FROM = re.compile(rf"\b(?:mulai|dari|sejak|per)(?: hari)? ({_DAY})")
_ANY = re.compile(rf"(?<!\w){_DAY}\b")
_SPAN = re.compile(r"\b(?:(\d{1,3}) (hari|minggu|bulan)|se(hari|minggu|bulan))\b")
_LONGEST = 400


def absence_of(line: str, sent_at: dt.datetime, words: Words) -> Absence | None:
    """Read an absence of the writer and its days, if the sentence tells of one."""
    kind = _kind(line.replace("!", " ").strip(), words)
    if kind is None:
        return None
    first, last = _days(line, evening_of(sent_at))
    if last < first or (last - first).days > _LONGEST:
        last = first
    return Absence(kind, first, last)


def _kind(line: str, words: Words) -> str | None:
    if "?" in line:
        return None
    rest = opened(line, words)
    tries = [rest] + [line] * (rest != line)
    sick = re.search(_SICK_WORDS, line)
    leave = re.search(r"\bcuti\b", line)
    if leave and _NOT_OWN.search(line[: leave.start()]):
        return None
    if any(_LEAVE.search(said) for said in tries):
        return "sakit" if "cuti sakit" in line else "cuti"
    if any(_SICK.search(said) for said in tries) and "rumah sakit" not in line:
        return "sakit"
    missing = _MISSING.search(line)
    if missing and _SELF.search(line) and not _THING.search(line[: missing.start()]):
        return "sakit" if sick else "cuti"
    if any(_ASKS_LEAVE.search(said) for said in tries) and not re.search(
        r"\bizin (?:me|ber|lapor)", line
    ):
        return "sakit" if sick and "rumah sakit" not in line else "cuti"
    if _AWAY_LONG.search(line) and not _DONE.search(line):
        return "dinas"
    for said in tries:
        trip = _TRIP.search(said)
        if (
            trip
            and not _DONE.search(said)
            and (_OPEN_ENDED.search(said) or not _busy(trip["rest"]))
        ):
            return "dinas"
    return "dinas" if _AWAY_LATER.search(rest) and not _DONE.search(rest) else None


def _busy(rest: str) -> bool:
    """Tell whether a trip is told with the work that was done on it."""
    return bool(
        re.search(
            r"\b(?:rapat|monitoring|konsultasi|koordinasi|survei|kunjungan|evaluasi|antar|ambil|studi|verifikasi|pendampingan|,)\b|,|\d",
            rest,
        )
    )


def _days(line: str, today: dt.date) -> tuple[dt.date, dt.date]:
    both = _RANGE.search(line)
    if both:
        last = _day(both[2], today)
        first = _day(both[1], today, month_of=last)
        if first and last:
            if last < first:
                last = _day(both[2], first) or first
            return first, last
    begun = _FROM.search(line)
    named = _ANY.search(_TILL.sub(" ", line))
    first = (
        _day(begun[1], _base(line, today)) if begun else _day(named[0], today) if named else None
    )
    till = _TILL.search(line)
    if till:
        start = first or today
        return start, _day(till[1], start) or start
    first = first or today
    length = _SPAN.search(line)
    if length:
        count, unit = (int(length[1]), length[2]) if length[1] else (1, length[3])
        return first, _after(first, count, unit)
    if named and named[0] == "minggu depan" and not begun:
        return first, first + 6 * ONE_DAY
    return first, first


def _base(line: str, today: dt.date) -> dt.date:
    """Begin to count weekdays next week when next week is spoken of."""
    return monday(today) + 7 * ONE_DAY if "minggu depan" in line else today


def _after(first: dt.date, count: int, unit: str) -> dt.date:
    if unit == "bulan":
        months = first.month - 1 + count
        start = dt.date(first.year + months // 12, months % 12 + 1, 1)
        return min(start + (first.day - 1) * ONE_DAY, start + 30 * ONE_DAY) - ONE_DAY
    return first + (max(1, count * (7 if unit == "minggu" else 1)) - 1) * ONE_DAY


def _day(text: str, today: dt.date, month_of: dt.date | None = None) -> dt.date | None:
    """Resolve one expression, forward in time unless it says otherwise."""
    text = text if text == "hari ini" else text.removeprefix("hari ").strip()
    if text in _NEAR:
        return today + _NEAR[text] * ONE_DAY
    next_month = (today.replace(day=1) + 31 * ONE_DAY).replace(day=1)
    fixed = {
        "minggu depan": monday(today) + 7 * ONE_DAY,
        "bulan depan": next_month,
        "akhir minggu": monday(today) + 4 * ONE_DAY,
        "akhir bulan": next_month - ONE_DAY,
    }
    if text in fixed:
        return fixed[text]
    name, _, how = text.partition(" ")
    if name in WEEKDAYS:
        return _weekday(WEEKDAYS[name], how, today)
    return _numbered(text, today, month_of)


_NEAR = {"hari ini": 0, "sekarang": 0, "besok": 1, "lusa": 2, "besok lusa": 2, "kemarin": -1}


def _weekday(weekday: int, how: str, today: dt.date) -> dt.date:
    if how in {"lalu", "kemarin"}:
        return weekday_before(today, weekday, include=False)
    if how in {"depan", "minggu depan"}:
        return monday(today) + (7 + weekday) * ONE_DAY
    return today + (weekday - today.weekday()) % 7 * ONE_DAY


def _numbered(text: str, today: dt.date, month_of: dt.date | None) -> dt.date | None:
    digits = [int(d) for d in re.findall(r"\d+", text)]
    if not digits:
        return None
    month = next((MONTHS[w] for w in text.split() if w in MONTHS), None)
    if month is None and len(digits) > 1:
        month = digits[1]
    year = next((d for d in digits if d > 2000), None)
    try:
        if month is None and month_of:
            return month_of.replace(day=digits[0])
        if month is None:
            day = today.replace(day=digits[0])
            return day if day >= today else _next_month(day)
        day = dt.date(year or today.year, month, digits[0])
        return day if year or (today - day).days < 200 else day.replace(year=day.year + 1)
    except ValueError:
        return None


def _next_month(day: dt.date) -> dt.date:
    return day.replace(year=day.year + day.month // 12, month=day.month % 12 + 1)
