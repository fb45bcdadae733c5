"""Days away from work: leave, official trips, illness."""

import datetime as dt
import re

from bot.understanding.days import MONTHS, ONE_DAY, WEEKDAYS, evening_of, monday, weekday_before
from bot.understanding.intents import pattern
from bot.understanding.proposal import Absence
from bot.understanding.words import Words

_KINDS = (
    ("sakit", re.compile(r"\b(?:sakit|demam|opname|rawat inap|dirawat|operasi|berobat|meriang|masuk angin|kecelakaan)\b")),
    ("dinas", re.compile(r"\b(?:dinas luar|tugas luar|perjalanan dinas|dinas ke|dinas di)\b")),
)
_SPAN = re.compile(r"\b(\d{1,2}|se) ?(hari|minggu|bulan)\b(?: kerja)?")
_NUMBER_OF_DAYS = {"hari": 1, "minggu": 7, "bulan": 30}
_DAY = (
    r"(?:besok lusa|hari ini|besok|lusa|kemarin|sekarang|minggu depan|bulan depan"
    r"|(?:hari )?(?:senin|selasa|rabu|kamis|jumat|sabtu|ahad|hari minggu)(?: (?:depan|besok|ini|lalu|kemarin|minggu depan))?"
    rf"|(?:tanggal )?\d{{1,2}} (?:{'|'.join(MONTHS)})(?: 20\d\d)?|(?:tanggal )?\d{{1,2}} / \d{{1,2}}(?: / 20\d\d)?|tanggal \d{{1,2}}|\d{{1,2}}(?= (?:-|sampai|s / d|dan|,)))"
)
_RANGE = re.compile(rf"({_DAY}) (?:-|sampai(?: dengan)?|hingga|s / d|dan|sama) ({_DAY}|\d{{1,2}})")
_TILL = re.compile(rf"\b(?:sampai|hingga|s / d)(?: dengan)?(?: hari)? ({_DAY}|akhir minggu|akhir bulan|minggu)")
_FROM = re.compile(rf"\b(?:mulai|dari|sejak|per)(?: hari)? ({_DAY})")
_ANY = re.compile(rf"(?<![\w]){_DAY}\b")
_LONGEST = 400


def absence_of(line: str, sent_at: dt.datetime, words: Words) -> Absence | None:
    """Read an absence of the writer and its days, if the sentence tells of one."""
    if not pattern(words, "absent").search(line) or pattern(words, "others").search(line):
        return None
    kind = next((name for name, said in _KINDS if said.search(line)), "cuti")
    today = evening_of(sent_at)
    first, last = _days(line, today)
    if last < first or (last - first).days > _LONGEST:
        last = first
    return Absence(kind, first, last)


def _days(line: str, today: dt.date) -> tuple[dt.date, dt.date]:
    both = _RANGE.search(line)
    if both:
        last = _day(both[2], today)
        first = _day(both[1], last or today, month_of=last)
        if first and last:
            return (first, last if last >= first else last + 7 * ONE_DAY)
    begun = _FROM.search(line) or _ANY.search(_TILL.sub(" ", line))
    text = (begun[1] if begun and begun.re is _FROM else begun[0]) if begun else ""
    first = _day(text, today) if text else None
    till = _TILL.search(line)
    if till:
        start = first or today
        last = _day(till[1], start)
        return start, last or start
    first = first or today
    length = _SPAN.search(line)
    if length:
        count = 1 if length[1] == "se" else int(length[1])
        days = count * _NUMBER_OF_DAYS[length[2]]
        return first, first + max(0, days - 1) * ONE_DAY
    if text == "minggu depan":
        return first, first + 4 * ONE_DAY
    return first, first


def _day(text: str, today: dt.date, month_of: dt.date | None = None) -> dt.date | None:
    """Resolve one expression, forward in time unless it says otherwise."""
    text = text.removeprefix("hari ").strip() if text != "hari ini" else text
    simple = {"ini": 0, "hari ini": 0, "sekarang": 0, "besok": 1, "lusa": 2, "besok lusa": 2, "kemarin": -1}
    if text in simple:
        return today + simple[text] * ONE_DAY
    if text == "minggu depan":
        return monday(today) + 7 * ONE_DAY
    if text == "bulan depan":
        return (today.replace(day=1) + 31 * ONE_DAY).replace(day=1)
    if text == "akhir minggu":
        return monday(today) + 4 * ONE_DAY
    if text == "akhir bulan":
        return (today.replace(day=1) + 31 * ONE_DAY).replace(day=1) - ONE_DAY
    name, _, how = text.partition(" ")
    if name in WEEKDAYS:
        return _weekday(WEEKDAYS[name], how, today)
    return _numbered(text, today, month_of)


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
