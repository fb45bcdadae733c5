"""The day or the days that a sentence speaks of."""

import datetime as dt
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from bot.understanding.clocks import blank

WEEKDAYS = {
    name: number
    for number, names in enumerate(
        (
            "senin sen",
            "selasa sel",
            "rabu rab",
            "kamis kam",
            "jumat jum",
            "sabtu sab",
            "minggu ahad",
        )
    )
    for name in names.split()
}
MONTHS = {
    name: number
    for number, name in enumerate(
        "januari februari maret april mei juni juli agustus september oktober november desember".split(),
        start=1,
    )
}
ONE_DAY = dt.timedelta(days=1)
NIGHT_ENDS = 4

_MONTH = "(" + "|".join(MONTHS) + ")"
_NAMED = "(senin|selasa|rabu|kamis|jumat|sabtu|ahad|hari minggu)"
_YEAR = r"(?: (?:tahun )?(20\d\d))?"
_AND = r"(?:-|sampai(?: dengan)?|hingga|s / d|dan|sama|&|,|/|ke)"
_DM = rf"(?<!ke )(?<!ke - )\b(?:tanggal )?(\d{{1,2}}) {_MONTH}{_YEAR}\b"
_DM_DM = re.compile(rf"{_DM} {_AND} (?:tanggal )?(\d{{1,2}}) {_MONTH}{_YEAR}\b")
_D_DM = re.compile(rf"\b(?:tanggal )?(\d{{1,2}}) {_AND} (?:tanggal )?(\d{{1,2}}) {_MONTH}{_YEAR}\b")
_ONE_DM = re.compile(_DM)
_D_D = re.compile(rf"\btanggal (\d{{1,2}}) {_AND} (?:tanggal )?(\d{{1,2}})\b(?! (?:/|jam))")
_D = re.compile(r"\btanggal (\d{1,2})\b(?! [/-] \d)")
_SLASHED = re.compile(r"\b(tanggal )?(\d{1,2}) ([/-]) (\d{1,2})(?: \3 (20\d\d|\d\d))?\b(?! [/-] )")
_DOTTED = re.compile(r"\b(\d{1,2})\.(\d{1,2})\.(20\d\d)\b")
_ISO = re.compile(r"\b(20\d\d) [-/] (\d{1,2}) [-/] (\d{1,2})\b")
_PAST = "lalu|kemarin|yang lalu|barusan|tadi"
_W_W = re.compile(
    rf"\b(?:hari )?{_NAMED} {_AND} (?:hari )?(senin|selasa|rabu|kamis|jumat|sabtu|ahad|minggu)\b"
)
_SAT_SUN = re.compile(r"\b(sabtu) (minggu)\b(?! (?:lalu|kemarin|ini|depan))")
_W = re.compile(
    rf"\b(?:hari )?{_NAMED}\b(?: (?:pagi|siang|sore|malam))?"
    rf"(?: (minggu lalu|minggu kemarin|{_PAST}|minggu ini|ini|depan|besok|nanti))?"
)
_W_SHORT = re.compile(
    rf"\b(sen|sel|rab|kam|jum|sab|minggu) (?:(?={_PAST})|(?=(?:pagi|siang|sore|malam)))({_PAST})?"
)
_WEEK = re.compile(r"(?<!\d )\bminggu (lalu|kemarin|yang lalu|ini)\b")
_MONTH_AGO = re.compile(r"\bbulan (lalu|kemarin|yang lalu)\b")
_PART_OF_MONTH = re.compile(
    rf"\b(awal|pertengahan|akhir) (?:bulan (lalu|kemarin|ini|{_MONTH})|bulan|{_MONTH})"
)
_AGO = re.compile(r"\b(\d{1,2}) (hari|minggu)(?: yang)? (?:lalu|kemarin|silam)\b")
_LASTING = re.compile(r"\b(\d{1,2}) (hari|minggu) (?:ini|terakhir|belakangan)\b")
_RELATIVE = re.compile(
    r"\b(kemarin dulu|kemarin lusa|lusa kemarin|kemarin|semalam|tadi malam|malam tadi|hari ini"
    r"|tadi|barusan|sekarang|malam ini|pagi ini|siang ini|sore ini)\b"
)
_SINCE = re.compile(rf"\b(?:sejak|dari) (kemarin|semalam|{_NAMED}(?: lalu| kemarin)?)\b")
_TWO = re.compile(
    rf"\b(kemarin) (?:{_AND}|\+) (?:hari ini|tadi(?: (?:pagi|siang|sore))?|sekarang)\b"
)
_FUTURE_BEFORE = re.compile(
    r"\b(?:besok|lanjut|dilanjut|dilanjutkan|lanjutan|lanjutkan|lanjutin|ditunda|diundur|mundur|maju|dijadwalkan|jadwal|jadwalnya"
    r"|rencana|rencananya|deadline|batas|tenggat|jatuh tempo|paling lambat|sampai|sebelum|nanti|agenda|undangan|tiap|setiap|rutin"
    r"|untuk|insya allah|insyaallah|persiapan|jelang|menjelang|per minggu)(?: (?:ke|di|hari|pada|lagi))? $"
)
_REPORTED_BEFORE = re.compile(
    r"\b(?:tmt|periode|berlaku|lahir|kelahiran|hpht|htp|edaran|tertanggal|nomor|surat|sk|per|posisi|kondisi|data|cut off|bulan|anggaran"
    r"|kp|pengumuman) (?:tanggal )?$"
)
_FUTURE_AFTER = re.compile(r" (?:depan|nanti|besok|mendatang|yang akan datang)\b")
_REPORT = (
    "laporan|rekap|rekapitulasi|data|entri|spj|gaji|absensi|skp|capaian|realisasi|evaluasi|lpj|jurnal|daftar hadir"
    "|rapor|tagihan|pembayaran|honor|tpp|insentif|iuran|notulen|bku|lra|stok|statistik|publikasi|hasil|progres|dokumen|berkas|arsip|surat"
)
_REPORT_BEFORE = re.compile(rf"\b(?:{_REPORT})(?: [a-z-]+){{0,2}} (?:untuk )?$")


@dataclass(frozen=True, slots=True)
class Days:
    """The first and last day of the work; `spans` are their places in the line."""

    first: dt.date
    last: dt.date
    stated: bool
    spans: tuple[tuple[int, int], ...]


def days_of(line: str, sent_at: dt.datetime) -> Days:
    """Find the days that were worked; without any expression it is the day sent."""
    today = evening_of(sent_at)
    spans: list[tuple[int, int]] = []
    found: list[tuple[int, dt.date, dt.date]] = []
    rest = line
    for finder in _FINDERS:
        for match, days in finder(rest, today, sent_at):
            spans.append(match.span())
            if days and days[0] <= days[1] <= today:
                found.append((match.start(), *days))
        rest = blank(line, spans)
    if not found:
        return Days(today, today, stated=False, spans=tuple(spans))
    rank = {True: 1, False: 0}
    explicit = [f for f in found if not rank[f[1] == today]] or found
    _, first, last = min(explicit)
    return Days(first, last, stated=True, spans=tuple(spans))


def evening_of(sent_at: dt.datetime) -> dt.date:
    """Give the day to which an hour belongs: before four in the morning it is the day before."""
    return (sent_at - dt.timedelta(hours=NIGHT_ENDS)).date()


type_of_days = tuple[dt.date, dt.date] | None
Found = Iterator[tuple[re.Match[str], tuple[dt.date, dt.date] | None]]


def _skipped(line: str, match: re.Match[str]) -> bool:
    """Tell whether a day is only named: it is to come, it recurs, or it is what is reported."""
    before = line[max(0, match.start() - 40) : match.start()]
    return bool(
        _FUTURE_BEFORE.search(before)
        or _REPORTED_BEFORE.search(before)
        and "per " not in before[-13:]
        or _FUTURE_AFTER.match(line, match.end())
    )


def _dated(line: str, today: dt.date, sent_at: dt.datetime) -> Found:
    """Find days with a month."""
    for match in _DM_DM.finditer(line):
        d, m, y, d2, m2, y2 = match.groups()
        last = past(today, int(d2), MONTHS[m2], y2)
        first = past(
            last or today, int(d), MONTHS[m], y or (y2 if MONTHS[m] <= MONTHS[m2] else None)
        )
        yield match, _pair(first, last, skip=_skipped(line, match))
    line = blank(line, [m.span() for m in _DM_DM.finditer(line)])
    for match in _D_DM.finditer(line):
        d, d2, m, y = match.groups()
        last = past(today, int(d2), MONTHS[m], y)
        first = last.replace(day=int(d)) if last and 0 < int(d) <= last.day else None
        yield match, _pair(first, last, skip=_skipped(line, match))
    line = blank(line, [m.span() for m in _D_DM.finditer(line)])
    for match in _ONE_DM.finditer(line):
        day = past(today, int(match[1]), MONTHS[match[2]], match[3])
        yield match, _pair(day, day, skip=_skipped(line, match))


def _numeric(line: str, today: dt.date, sent_at: dt.datetime) -> Found:
    """Find days in digits alone."""
    for match in _ISO.finditer(line):
        day = _date(int(match[1]), int(match[2]), int(match[3]))
        yield match, _pair(day, day, skip=_skipped(line, match))
    for match in _DOTTED.finditer(line):
        day = _date(int(match[3]), int(match[2]), int(match[1]))
        yield match, _pair(day, day, skip=_skipped(line, match))
    for match in _SLASHED.finditer(line):
        word, d, sign, m, y = match.groups()
        if not (word or y) and (sign == "-" or not _looks_dated(line, match)):
            continue
        if word and sign == "-" and not y:
            continue
        year = ("20" + y)[-4:] if y else None
        day = past(today, int(d), int(m), year)
        yield match, _pair(day, day, skip=_skipped(line, match))


_DAY_BEFORE = re.compile(
    r"(?:^|[(,;:] |\b(?:senin|selasa|rabu|kamis|jumat|sabtu|minggu|hari|kegiatan)(?: ,)? )$"
)


def _looks_dated(line: str, match: re.Match[str]) -> bool:
    """Tell `5/5` from a fraction such as `1/4`."""
    d, m = int(match[2]), int(match[4])
    if not (1 <= d <= 31 and 1 <= m <= 12):
        return False
    return bool(_DAY_BEFORE.search(line[max(0, match.start() - 12) : match.start()]))


def _of_month(line: str, today: dt.date, sent_at: dt.datetime) -> Found:
    for match in _D_D.finditer(line):
        last = latest(today, int(match[2]))
        first = last.replace(day=int(match[1])) if last and 0 < int(match[1]) <= last.day else None
        yield match, _pair(first, last, skip=_skipped(line, match))
    line = blank(line, [m.span() for m in _D_D.finditer(line)])
    for match in _D.finditer(line):
        day = latest(today, int(match[1]))
        yield match, _pair(day, day, skip=_skipped(line, match))


def _weekdays(line: str, today: dt.date, sent_at: dt.datetime) -> Found:
    for pattern in (_W_W, _SAT_SUN):
        for match in pattern.finditer(line):
            last = weekday_before(today, WEEKDAYS[match[2]], include=True)
            first = weekday_before(last, WEEKDAYS[match[1].removeprefix("hari ")], include=False)
            yield match, _pair(first, last, skip=_skipped(line, match))
        line = blank(line, [m.span() for m in pattern.finditer(line)])
    for match in _W.finditer(line):
        name, how = match[1].removeprefix("hari "), match[2] or ""
        if how in {"depan", "besok", "nanti"}:
            yield match, None
            continue
        day = weekday_before(
            today, WEEKDAYS[name], include=how in {"", "ini", "minggu ini", "tadi"}
        )
        if how in {"minggu lalu", "minggu kemarin"}:
            day = monday(today) - 7 * ONE_DAY + WEEKDAYS[name] * ONE_DAY
        yield match, _pair(day, day, skip=not how and _skipped(line, match))
    for match in _W_SHORT.finditer(line):
        if match[1] == "minggu" and match[2]:
            continue
        day = weekday_before(today, WEEKDAYS[match[1]], include=False)
        yield match, _pair(day, day, skip=_skipped(line, match))


def _weeks(line: str, today: dt.date, sent_at: dt.datetime) -> Found:
    """Find a week or a month as a whole, unless it is what a report is about."""
    for match in _WEEK.finditer(line):
        first = monday(today) - (0 if match[1] == "ini" else 7) * ONE_DAY
        yield match, _pair(first, min(today, first + 6 * ONE_DAY), skip=_reported(line, match))
    for match in _PART_OF_MONTH.finditer(line):
        yield match, _part_of_month(match, today)
    for match in _MONTH_AGO.finditer(line):
        last = today.replace(day=1) - ONE_DAY
        yield match, _pair(last.replace(day=1), last, skip=_reported(line, match))


def _reported(line: str, match: re.Match[str]) -> bool:
    return bool(_REPORT_BEFORE.search(line[max(0, match.start() - 60) : match.start()]))


def _part_of_month(match: re.Match[str], today: dt.date) -> tuple[dt.date, dt.date] | None:
    named = match[3] or match[4]
    first = today.replace(day=1)
    if named:
        first = past(today, 1, MONTHS[named], None) or first
    elif match[2] == "lalu" or (match[2] == "kemarin" and match[1] != "awal"):
        first = (first - ONE_DAY).replace(day=1)
    days = {"awal": (1, 10), "pertengahan": (11, 20), "akhir": (21, 31)}[match[1]]
    month_end = (first + 31 * ONE_DAY).replace(day=1) - ONE_DAY
    start = first.replace(day=days[0])
    end = min(first.replace(day=min(days[1], month_end.day)), today)
    return (start, end) if start <= end else None


def _relative(line: str, today: dt.date, sent_at: dt.datetime) -> Found:
    for match in _TWO.finditer(line):
        yield match, (today - ONE_DAY, today)
    line = blank(line, [m.span() for m in _TWO.finditer(line)])
    for match in _SINCE.finditer(line):
        first = today - ONE_DAY
        if match[2]:
            first = weekday_before(today, WEEKDAYS[match[2].removeprefix("hari ")], include=False)
        yield match, (first, today)
    line = blank(line, [m.span() for m in _SINCE.finditer(line)])
    for match in _LASTING.finditer(line):
        count = max(1, int(match[1])) - 1
        first = today - count * ONE_DAY
        if match[2] == "minggu":
            first = monday(today) - count * 7 * ONE_DAY
        yield match, (first, today) if count <= 31 else None
    for match in _AGO.finditer(line):
        day = today - int(match[1]) * (7 if match[2] == "minggu" else 1) * ONE_DAY
        yield match, (day, day)
    line = blank(
        line, [m.span() for m in _LASTING.finditer(line)] + [m.span() for m in _AGO.finditer(line)]
    )
    for match in _RELATIVE.finditer(line):
        back = _BACK.get(match[1], 0)
        if match[1] in {"semalam", "tadi malam", "malam tadi"} and sent_at.hour < NIGHT_ENDS:
            back = 0
        day = today - back * ONE_DAY
        yield match, (day, day)


_BACK = {
    "kemarin dulu": 2, "kemarin lusa": 2, "lusa kemarin": 2, "kemarin": 1,
    "semalam": 1, "tadi malam": 1, "malam tadi": 1,
}  # fmt: skip
_FINDERS: tuple[Callable[[str, dt.date, dt.datetime], Found], ...] = (
    _dated, _numeric, _of_month, _weekdays, _weeks, _relative,
)  # fmt: skip


def monday(day: dt.date) -> dt.date:
    """Give the Monday of a day's week."""
    return day - day.weekday() * ONE_DAY


def weekday_before(day: dt.date, weekday: int, *, include: bool) -> dt.date:
    """Give the latest such weekday before a day, or on it if that is included."""
    back = (day.weekday() - weekday) % 7
    return day - (back or (0 if include else 7)) * ONE_DAY


def latest(today: dt.date, number: int) -> dt.date | None:
    """Give the latest day of that number that is not after today."""
    first = today.replace(day=1)
    for _ in range(3):
        day = _date(first.year, first.month, number)
        if day and day <= today:
            return day
        first = (first - ONE_DAY).replace(day=1)
    return None


def past(today: dt.date, number: int, month: int, year: str | None) -> dt.date | None:
    """Give the day of that number and month that is past; without a year at most 300 days ago."""
    if year:
        return _date(int(year), month, number)
    day = _date(today.year, month, number)
    if day and day > today:
        day = _date(today.year - 1, month, number)
        return day if day and (today - day).days <= 120 else None
    return day


def _date(year: int, month: int, number: int) -> dt.date | None:
    try:
        return dt.date(year, month, number)
    except ValueError:
        return None


def _pair(
    first: dt.date | None, last: dt.date | None, *, skip: bool
) -> tuple[dt.date, dt.date] | None:
    return None if skip or first is None or last is None else (first, last)
