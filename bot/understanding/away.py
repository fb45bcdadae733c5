"""The days of an absence: forward in time, unless the sentence says otherwise."""

import datetime as dt
import re

from bot.understanding.almanac import (
    MONTHS,
    ONE_DAY,
    WEEKDAYS,
    date_of,
    monday,
    next_month,
    weekday_after,
    weekday_before,
)

_WEEKDAY = (
    "(?:hari )?(?:senin|selasa|rabu|kamis|jumat|sabtu|ahad|hari minggu)"
    "(?: (?:depan|besok|ini|lalu|kemarin|minggu depan))?"
)
_DATE = (
    rf"(?:tanggal )?\d{{1,2}} (?:{'|'.join(MONTHS)})(?: 20\d\d)?"
    r"|(?:tanggal )?\d{1,2} / \d{1,2}(?: / 20\d\d)?|tanggal \d{1,2}"
    r"|\d{1,2}(?= (?:-|sampai|s / d|dan|,|hingga) (?:tanggal )?\d)"
)
DAY = (
    "(?:(?<=sampai )minggu|(?<=hingga )minggu|(?<=- )minggu|besok lusa|hari ini|besok|lusa"
    f"|kemarin|sekarang|minggu depan|bulan depan|{_WEEKDAY}|{_DATE})"
)
LENGTH = r"(?:\d{1,3} (?:hari|minggu|bulan)|sehari|seminggu|sebulan)"
_RANGE = re.compile(
    rf"({DAY}) (?:-|sampai(?: dengan| ka)?|hingga|s / d|dan|sama|,) "
    rf"(?:hari )?({DAY}|(?:tanggal )?\d{{1,2}}\b(?! (?:hari|jam)))"
)
_TILL = re.compile(
    rf"\b(?:sampai|hingga|s / d)(?: dengan)?(?: hari)? ({DAY}|akhir minggu|akhir bulan)"
)
_FROM = re.compile(rf"\b(?:mulai|dari|sejak|per)(?: hari)? ({DAY})")
_ANY = re.compile(rf"(?<!\w){DAY}\b")
_SPAN = re.compile(r"\b(?:(\d{1,3}) (hari|minggu|bulan)|se(hari|minggu|bulan))\b")
_LIST = re.compile(r"\b(\d{1,2}) , (?:\d{1,2} (?:,|dan|, dan) )+(\d{1,2})\b")
_BEGUN = re.compile(
    r"\b(?:(?:sejak|dari) (kemarin|semalam)"
    r"|sejak (?:hari )?(senin|selasa|rabu|kamis|jumat|sabtu|ahad))\b"
)
_TWO_WEEKDAYS = re.compile(
    r"\b(senin|selasa|rabu|kamis|jumat|sabtu) (senin|selasa|rabu|kamis|jumat|sabtu|ahad)\b"
)
_TOLD_LATER = re.compile(rf"(?:{DAY}|\b\d{{1,2}}) (?:kemarin|lalu)\b|^(?:\w+ ){{0,4}}minggu lalu\b")
_LASTING = re.compile(r"\b(?:sejak|mulai|besok|lusa|depan|hari ini|masih)\b")
_NEXT_MONTHS_DAY = re.compile(r"\bbulan depan tanggal \d")
_NEAR = {"hari ini": 0, "sekarang": 0, "besok": 1, "lusa": 2, "besok lusa": 2, "kemarin": -1}
_LONGEST = 400
_HALF_YEAR = 200
_FRIDAY = 4

Span = tuple[dt.date, dt.date]


def is_told_later(line: str) -> bool:
    """Tell whether an absence is over and told afterwards: `tanggal 19 - 20 kemarin saya cuti`."""
    return bool(_TOLD_LATER.search(line)) and not _LASTING.search(line)


def days_away(line: str, today: dt.date) -> Span:
    """Find the first and the last day away; at most about a year."""
    if _NEXT_MONTHS_DAY.search(line):
        line, today = line.replace("bulan depan ", ""), next_month(today)
    line = _TWO_WEEKDAYS.sub(r"\1 - \2", _LIST.sub(r"\1 - \2", line))
    first, last = _between(line, today) or _begun(line, today) or _from_on(line, today)
    return (first, last if 0 <= (last - first).days <= _LONGEST else first)


def _between(line: str, today: dt.date) -> Span | None:
    both = _RANGE.search(line)
    if not both:
        return None
    last = _day(both[2], today)
    first = _day(both[1], today, month_of=last)
    if first is None or last is None:
        return None
    before = first.replace(day=1) - ONE_DAY
    earlier = date_of(before.year, before.month, first.day)
    if last < first and earlier and today <= earlier:
        first = earlier
    return first, (last if last >= first else _day(both[2], first) or first)


def _begun(line: str, today: dt.date) -> Span | None:
    """Read an absence that has begun before and lasts."""
    begun = _BEGUN.search(line)
    if begun and begun[1] == "semalam" and " hari ini" in line:
        return None
    if not begun or _TILL.search(line) or _SPAN.search(line):
        return None
    day = weekday_before(today, WEEKDAYS[begun[2]], include=True) if begun[2] else today - ONE_DAY
    return day, today


def _from_on(line: str, today: dt.date) -> Span:
    begun, named = _FROM.search(line), _ANY.search(_TILL.sub(" ", line))
    first = today
    if begun:
        base = monday(today) + 7 * ONE_DAY if "minggu depan" in line else today
        first = _day(begun[1], base) or today
    elif named:
        first = _day(named[0], today) or today
    till, length = _TILL.search(line), _SPAN.search(line)
    if till:
        return first, _day(till[1], first) or first
    if length:
        count, unit = (int(length[1]), length[2]) if length[1] else (1, length[3])
        return first, _after(first, count, unit)
    if named and named[0] == "minggu depan" and not begun:
        return first, first + 6 * ONE_DAY
    return first, first


def _after(first: dt.date, count: int, unit: str) -> dt.date:
    """Give the last of so many days, weeks or months."""
    if unit == "bulan":
        months = first.month - 1 + count
        start = dt.date(first.year + months // 12, months % 12 + 1, 1)
        return min(start + (first.day - 1) * ONE_DAY, next_month(start) - ONE_DAY) - ONE_DAY
    return first + (max(1, count * (7 if unit == "minggu" else 1)) - 1) * ONE_DAY


def _day(text: str, today: dt.date, month_of: dt.date | None = None) -> dt.date | None:
    """Resolve one expression."""
    text = text if text == "hari ini" else text.removeprefix("hari ").strip()
    if text in _NEAR:
        return today + _NEAR[text] * ONE_DAY
    fixed = {
        "minggu depan": monday(today) + 7 * ONE_DAY,
        "bulan depan": next_month(today),
        "akhir minggu": monday(today) + _FRIDAY * ONE_DAY,
        "akhir bulan": next_month(today) - ONE_DAY,
    }
    if text in fixed:
        return fixed[text]
    name, _, how = text.partition(" ")
    if name in WEEKDAYS:
        return _weekday(WEEKDAYS[name], how, today)
    return _numbered(text, today, month_of)


def _weekday(weekday: int, how: str, today: dt.date) -> dt.date:
    if how in {"lalu", "kemarin"}:
        return weekday_before(today, weekday, include=False)
    if how in {"depan", "minggu depan"}:
        return monday(today) + (7 + weekday) * ONE_DAY
    return weekday_after(today, weekday)


def _numbered(text: str, today: dt.date, month_of: dt.date | None) -> dt.date | None:
    """Resolve a day by number: the next of it, or in the month of the range's end."""
    digits = [int(d) for d in re.findall(r"\d+", text)]
    if not digits:
        return None
    month = next((MONTHS[w] for w in text.split() if w in MONTHS), None)
    month = digits[1] if month is None and len(digits) > 1 else month
    year = next((d for d in digits if d > today.year - 100), None)
    if month is None:
        near = month_of or today
        day = date_of(near.year, near.month, digits[0])
        if day and not month_of and day < today:
            later = next_month(today)
            day = date_of(later.year, later.month, digits[0])
        return day
    day = date_of(year or today.year, month, digits[0])
    if day and not year and (today - day).days >= _HALF_YEAR:
        day = date_of(day.year + 1, month, digits[0])
    return day
