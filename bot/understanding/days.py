"""The day or the days that a sentence speaks of."""

import datetime as dt
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from bot.understanding.almanac import (
    MONTHS,
    NIGHT_ENDS,
    ONE_DAY,
    WEEKDAYS,
    evening_of,
    monday,
    past,
    weekday_before,
)
from bot.understanding.dated import AND, in_digits, of_month, with_month
from bot.understanding.mentions import Found, pair, recalled, reported, skipped
from bot.understanding.phrases import blank

_MONTH = "(" + "|".join(MONTHS) + ")"
_NAMED = "(senin|selasa|rabu|kamis|jumat|sabtu|ahad|hari minggu)"
_PAST = "lalu|kemarin|yang lalu|barusan|tadi"
_PART_OF_DAY = "pagi|siang|sore|malam"
_W_W = re.compile(
    rf"\b(?:hari )?{_NAMED} {AND} (?:hari )?(senin|selasa|rabu|kamis|jumat|sabtu|ahad|minggu)\b"
)
_SEVERAL = re.compile(rf"\b{_NAMED}((?:(?: ,)?(?: dan| &)? {_NAMED})+)(?! (?:depan|besok))\b")
_LAST_NAMED = re.compile(rf"{_NAMED}$")
_SAT_SUN = re.compile(r"\b(sabtu) (minggu)\b(?! (?:lalu|kemarin|ini|depan))")
_W = re.compile(
    rf"\b(?:hari )?{_NAMED}\b(?: (?:{_PART_OF_DAY}))?"
    rf"(?: (minggu lalu|minggu kemarin|{_PAST}|minggu ini|ini|depan|besok|nanti))?"
    r"(?! (?:bersih|berkah|sehat|barokah)\b)"
)
_W_SHORT = re.compile(
    rf"\b(sen|sel|rab|kam|jum|sab|minggu) (?:(?={_PAST})|(?=(?:{_PART_OF_DAY})))({_PAST})?"
)
_WEEK = re.compile(r"(?<!\d )\bminggu (lalu|kemarin|yang lalu|ini)\b")
_WEEKEND = re.compile(r"\bakhir minggu(?: (?:lalu|kemarin|ini|yang lalu))?\b")
_IN_WEEK = re.compile(rf"\bminggu (?:lalu|kemarin) (?:hari )?{_NAMED}\b")
_DAYS_IN_WEEK = re.compile(
    rf"\bminggu (?:lalu|kemarin) (?:hari )?{_NAMED} {AND} (?:hari )?{_NAMED}"
)
_NAMED_MONTH_AGO = re.compile(rf"(?<!\d )\b(?:bulan )?{_MONTH} (?:lalu|kemarin|yang lalu)\b")
_MONTH_AGO = re.compile(r"\bbulan (lalu|kemarin|yang lalu)\b")
_PART_OF_MONTH = re.compile(
    r"\b(awal|pertengahan|akhir) "
    rf"(?:bulan (lalu|kemarin|ini|{_MONTH})|bulan|{_MONTH})"
)
_AGO = re.compile(r"\b(\d{1,2} |se)(hari|minggu)(?: yang)? (?:lalu|silam)\b")
_LASTING = re.compile(r"\b(\d{1,2} |se)(hari|minggu) (ini|terakhir|belakangan|kemarin)\b")
_RELATIVE = re.compile(
    r"\b(kemarin dulu|kemarin lusa|lusa kemarin|kemarin|semalam|tadi malam|malam tadi|hari ini"
    r"|tadi|barusan|sekarang|malam ini|pagi ini|siang ini|sore ini)\b"
)
_NOW = r"(?:hari ini|sekarang|tadi(?: (?:pagi|siang|sore))?|(?:pagi|siang|sore|malam) ini)"
_TILL_NOW = re.compile(rf"\b(?:dari |mulai |sejak )?{_NAMED}(?: lalu| kemarin)? {AND} {_NOW}\b")
_SINCE = re.compile(rf"\b(?:sejak|dari) (kemarin|semalam|{_NAMED}(?: lalu| kemarin)?)\b(?! {AND} )")
_TWO = re.compile(rf"\b(kemarin)(?: (?:pagi|siang|sore|malam))? (?:{AND}|\+) {_NOW}\b")
_BEFORE = r"(?:kemarin (?:dulu|lusa)|lusa kemarin)"
_TWO_AGO = re.compile(rf"\bkemarin (?:{AND}|\+) {_BEFORE}\b|\b{_BEFORE} (?:{AND}|\+) kemarin\b")
# A date that was read before stands as underscores.
_DATED = re.compile(r" ?[,(]? ?_")
_LAST_NIGHT = frozenset({"semalam", "tadi malam", "malam tadi"})
_BACK = dict.fromkeys(_LAST_NIGHT | {"kemarin"}, 1) | dict.fromkeys(
    ("kemarin dulu", "kemarin lusa", "lusa kemarin"), 2
)
# `hari ini 9 orang, kemarin 4` tells of today.
_COMPARED = re.compile(r"\bhari ini [^.;]{1,40} [,(] ?kemarin $")
_PARTS = {"awal": (1, 10), "pertengahan": (11, 20), "akhir": (21, 31)}
_LONGEST = 31
_SUNDAY = 6


@dataclass(frozen=True, slots=True)
class Days:
    """The first and last day of the work; `spans` are their places in the line.

    `misdated` is a date in words for want of another: it is to come, or in no calendar.
    """

    first: dt.date
    last: dt.date
    stated: bool
    spans: tuple[tuple[int, int], ...]
    misdated: str | None = None


def days_of(line: str, sent_at: dt.datetime, otherwise: Days | None = None) -> Days:
    """Find the days that were worked; without any expression it is the day sent, or `otherwise`."""
    today = evening_of(sent_at)
    spans: list[tuple[int, int]] = []
    found: list[tuple[bool, int, dt.date, dt.date]] = []
    misdated: str | None = None
    rest = line
    for finder in _FINDERS:
        # A date that is written out means itself, even in the hours that belong to the day before.
        latest = sent_at.date() if finder in _DATES else today
        for match, days in finder(rest, latest):
            spans.append(match.span())
            if days and days[0] <= days[1] <= latest:
                found.append((days[0] >= today, match.start(), *days))
            elif finder in _DATES and not (skipped(rest, match) or reported(rest, match)):
                misdated = misdated or _written(match[0])
        rest = blank(line, spans)
    if not found:
        first, last = (otherwise.first, otherwise.last) if otherwise else (today, today)
        return Days(first, last, stated=False, spans=tuple(spans), misdated=misdated)
    _, place, first, last = min(found)
    if sent_at.hour < NIGHT_ENDS and _is_last_night(line, place):
        first = last = today
    return Days(first, last, stated=True, spans=tuple(spans))


def _written(date: str) -> str:
    """Write a date of standard words as people do."""
    return date.removeprefix("tanggal ").replace(" / ", "/").replace(" - ", "-")


def _is_last_night(line: str, place: int) -> bool:
    return any(line.startswith(name, place) for name in _LAST_NIGHT)


def _weekdays(line: str, today: dt.date) -> Iterator[Found]:
    for match in _SEVERAL.finditer(line):
        yield match, _in_a_row(line, match, today)
    line = blank(line, [m.span() for m in _SEVERAL.finditer(line)])
    for pattern in (_W_W, _SAT_SUN):
        for match in pattern.finditer(line):
            last = weekday_before(today, WEEKDAYS[match[2]], include=True)
            first = weekday_before(last, _weekday(match[1]), include=False)
            yield match, pair(first, last, skip=skipped(line, match))
        line = blank(line, [m.span() for m in pattern.finditer(line)])
    for match in _W.finditer(line):
        yield match, _one_weekday(line, match, today)
    for match in _W_SHORT.finditer(line):
        if match[1] == "minggu" and match[2]:
            continue
        day = weekday_before(today, WEEKDAYS[match[1]], include=False)
        yield match, pair(day, day, skip=skipped(line, match))


def _in_a_row(line: str, match: re.Match[str], today: dt.date) -> tuple[dt.date, dt.date] | None:
    """Take `senin, selasa, rabu` for all the days from the first to the last."""
    ends = _LAST_NAMED.search(match[2])
    last = weekday_before(today, _weekday(ends[1] if ends else match[1]), include=True)
    first = weekday_before(last, _weekday(match[1]), include=False)
    return pair(first, last, skip=skipped(line, match))


def _weekday(name: str) -> int:
    return WEEKDAYS[name.removeprefix("hari ")]


def _one_weekday(line: str, match: re.Match[str], today: dt.date) -> tuple[dt.date, dt.date] | None:
    weekday, how = _weekday(match[1]), match[2] or ""
    if how in {"depan", "besok", "nanti"} or _DATED.match(line, match.end()):
        return None
    include = how in {"", "ini", "minggu ini", "tadi"}
    day = weekday_before(today, weekday, include=include)
    if how in {"minggu lalu", "minggu kemarin"}:
        day = monday(today) + (weekday - 7) * ONE_DAY
    return pair(day, day, skip=not how and skipped(line, match))


def _weeks(line: str, today: dt.date) -> Iterator[Found]:
    """Find a week or a month as a whole, unless it is what a report is about."""
    for match in _WEEKEND.finditer(line):
        last = weekday_before(today, _SUNDAY, include=False)
        yield match, pair(last - ONE_DAY, last, skip=reported(line, match))
    line = blank(line, [m.span() for m in _WEEKEND.finditer(line)])
    for match in _WEEK.finditer(line):
        first = monday(today) - (0 if match[1] == "ini" else 7) * ONE_DAY
        yield match, pair(first, min(today, first + 6 * ONE_DAY), skip=reported(line, match))
    for match in _PART_OF_MONTH.finditer(line):
        yield match, _part_of_month(match, today)
    for match in _NAMED_MONTH_AGO.finditer(line):
        day = past(today, 1, MONTHS[match[1]], None)
        ends = day and (day + 31 * ONE_DAY).replace(day=1) - ONE_DAY
        yield match, pair(day, ends, skip=reported(line, match))
    for match in _MONTH_AGO.finditer(line):
        last = today.replace(day=1) - ONE_DAY
        yield match, pair(last.replace(day=1), last, skip=reported(line, match))


def _part_of_month(match: re.Match[str], today: dt.date) -> tuple[dt.date, dt.date] | None:
    named = match[3] or match[4]
    first = today.replace(day=1)
    if named:
        first = past(today, 1, MONTHS[named], None) or first
    elif match[2] == "lalu" or (match[2] == "kemarin" and match[1] != "awal"):
        first = (first - ONE_DAY).replace(day=1)
    begins, ends = _PARTS[match[1]]
    month_end = (first + 31 * ONE_DAY).replace(day=1) - ONE_DAY
    start = first.replace(day=begins)
    end = min(first.replace(day=min(ends, month_end.day)), today)
    return (start, end) if start <= end else None


def _since(line: str, today: dt.date) -> Iterator[Found]:
    """Find days that reach up to today, or to yesterday, and a day of last week."""
    for pattern, last in ((_TWO_AGO, today - ONE_DAY), (_TWO, today)):
        for match in pattern.finditer(line):
            yield match, (last - ONE_DAY, last)
        line = blank(line, [m.span() for m in pattern.finditer(line)])
    for match in _TILL_NOW.finditer(line):
        yield match, (weekday_before(today, _weekday(match[1]), include=False), today)
    for match in _DAYS_IN_WEEK.finditer(line):
        first, last = (monday(today) + (_weekday(d) - 7) * ONE_DAY for d in match.groups())
        yield match, (first, last)
    line = blank(line, [m.span() for m in _DAYS_IN_WEEK.finditer(line)])
    for match in _IN_WEEK.finditer(line):
        day = monday(today) + (_weekday(match[1]) - 7) * ONE_DAY
        yield match, pair(day, day, skip=reported(line, match))
    for pattern in (_TILL_NOW, _IN_WEEK):
        line = blank(line, [m.span() for m in pattern.finditer(line)])
    for match in _SINCE.finditer(line):
        first = today - ONE_DAY
        if match[2]:
            first = weekday_before(today, _weekday(match[2]), include=False)
        yield match, (first, today)


def _spells(line: str, today: dt.date) -> Iterator[Found]:
    """Find days counted back from today."""
    for match in _LASTING.finditer(line):
        count, last = max(1, _count(match[1])) - 1, today
        if match[3] == "kemarin":
            last = today - ONE_DAY
        first = last - count * ONE_DAY
        if match[2] == "minggu":
            first = monday(today) - count * 7 * ONE_DAY
        yield match, (first, last) if count < _LONGEST else None
    for match in _AGO.finditer(line):
        day = today - _count(match[1]) * (7 if match[2] == "minggu" else 1) * ONE_DAY
        yield match, (day, day)


def _count(said: str) -> int:
    """Read how many: `se` is one."""
    return 1 if said == "se" else int(said)


def _relative(line: str, today: dt.date) -> Iterator[Found]:
    for match in _RELATIVE.finditer(line):
        if recalled(line, match) or _COMPARED.search(line[: match.end() + 1]):
            continue
        day = today - _BACK.get(match[1], 0) * ONE_DAY
        yield match, (day, day)


_DATES = (with_month, in_digits, of_month)
_FINDERS: tuple[Callable[[str, dt.date], Iterator[Found]], ...] = (
    *_DATES, _since, _spells, _weekdays, _weeks, _relative,
)  # fmt: skip
