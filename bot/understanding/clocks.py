"""Hours and durations."""

import datetime as dt
import re
from dataclasses import dataclass
from decimal import Decimal

from bot.understanding.numerals import number_of

_HOUR = r"(\d{1,2})(?:[.:](\d{2}))?"
_PART = r"(?: (dini hari|subuh|pagi|siang|sore|petang|malam|wib|wita|wit))?(?: (?:wib|wita|wit))?"
_TO = r" (?:-|sampai|sampai dengan|hingga|ke|s / d|/) (?:jam )?"
_SPAN = re.compile(
    rf"(?<!\d )\b(?:dari |mulai )?jam {_HOUR}{_PART}(?: (?:tadi|hari ini))?{_TO}{_HOUR}\b{_PART}"
)
_BARE_SPAN = re.compile(rf"\b(\d{{1,2}})[.:](\d{{2}}){_PART}{_TO}(\d{{1,2}})[.:](\d{{2}})\b{_PART}")
_PART_SPAN = re.compile(rf"(?<![\d/] )\b{_HOUR} (pagi|siang|sore|malam){_TO}{_HOUR}\b{_PART}")
_SHIFT = re.compile(
    rf"\b(?:shift|sif|piket|jaga|dinas)(?: \w{{1,12}})? {_HOUR}(){_TO}{_HOUR}\b{_PART}"
)
_TILL = re.compile(
    rf"\b(?:sampai|hingga|selesai|pulang|kelar|beres|tutup|bubar|berakhir) jam {_HOUR}\b{_PART}"
)
_AT = re.compile(rf"(?<!\d )\b(?:mulai |dari |sejak )?jam {_HOUR}\b{_PART}")
_WRITTEN = re.compile(r"\b(\d{1,2})[.:](\d{2})() (wib|wita|wit|pagi|siang|sore|malam)\b")
_AND_MINUTES = r"(?: (?:dan )?(\d{1,2}) menit)?"
_HOURS = re.compile(
    rf"\b(\d{{1,3}}(?:[.,]\d{{1,2}})?)(?: (setengah|1 / 2))? jam(?! (?:pelajaran|ajar|kerja|lalu|yang lalu|lagi))\b{_AND_MINUTES}( setengah)?"
)
_HALF = re.compile(r"(?<!\d )\b(setengah|1 / 2|seperempat|1 / 4) jam\b")
_ONE = re.compile(r"\bsejam( setengah)?\b(?! (?:lalu|yang lalu|lagi))")
_MINUTES = re.compile(r"\b(\d{1,4}) menit\b(?! (?:lagi|lalu|yang lalu))")
_LATE = re.compile(
    r"(?:telat|terlambat|keterlambatan|respon|response|durasi pelayanan|max|maksimal|wajib lapor) $"
)
_DAY = 24 * 60


@dataclass(frozen=True, slots=True)
class Clock:
    """When work began and ended, and how long it took; `spans` are its places in the line."""

    start: dt.time | None
    end: dt.time | None
    minutes: int | None
    spans: tuple[tuple[int, int], ...]


def clock_of(line: str) -> Clock:
    """Find the hours and the duration in a line of standard words."""
    spans: list[tuple[int, int]] = []
    start = end = None
    between = _between(line, spans)
    if between:
        start, end = between
    else:
        till = _first(_TILL, line, spans)
        end = till
        rest = blank(line, spans)
        start = _first(_AT, rest, spans) or _first(_WRITTEN, rest, spans)
    minutes = _stated(blank(line, spans), spans)
    if start and end:
        minutes = _apart(start, end)
    elif start and minutes and not end:
        end = _later(start, minutes)
    return Clock(start, end, minutes, tuple(spans))


def blank(line: str, spans: list[tuple[int, int]] | tuple[tuple[int, int], ...]) -> str:
    """Put underscores where something has been understood already."""
    for first, last in spans:
        line = line[:first] + "_" * (last - first) + line[last:]
    return line


def _between(line: str, spans: list[tuple[int, int]]) -> tuple[dt.time, dt.time] | None:
    for pattern in (_SPAN, _BARE_SPAN, _PART_SPAN, _SHIFT):
        for found in pattern.finditer(line):
            hour, minute, part, hour2, minute2, part2 = found.groups()
            ends = _settle((hour, minute, part), (hour2, minute2, part2))
            if ends:
                spans.append(found.span())
                return ends
    return None


def _settle(
    first: tuple[str, str | None, str | None], last: tuple[str, str | None, str | None]
) -> tuple[dt.time, dt.time] | None:
    """Decide morning or afternoon for both ends of a span."""
    end = _time(*last)
    start = _time(first[0], first[1], first[2])
    if start is None or end is None:
        return None
    if first[2] in _PARTS:
        pass
    elif (
        last[2] == "malam"
        and start.hour < 12
        and 5 <= start.hour
        and start.replace(hour=start.hour + 12) < end
    ):
        start = start.replace(hour=start.hour + 12)
    elif (
        start.hour < 6
        and int(first[0]) < 6
        and last[2] not in {"pagi", "subuh", "dini hari"}
        and not first[0].startswith("0")
    ):
        start = start.replace(hour=start.hour + 12)
    if last[2] not in _PARTS and end <= start and end.hour < 12:
        end = end.replace(hour=end.hour + 12)
    if last[2] == "siang" and end <= start and end.hour < 12:
        end = end.replace(hour=end.hour + 12)
    return (start, end) if start != end else None


_PARTS = frozenset(("dini hari", "subuh", "pagi", "siang", "sore", "petang", "malam"))


def _time(hour: str, minute: str | None, part: str | None) -> dt.time | None:
    hours, minutes = int(hour), int(minute or 0)
    if hours == 24 and minutes == 0:
        hours = 0
    if hours > 23 or minutes > 59:
        return None
    if part in {"sore", "petang"} and hours < 12:
        hours += 12
    elif part == "malam" and 5 <= hours < 12:
        hours += 12
    elif part == "malam" and hours == 12:
        hours = 0
    elif part == "siang" and hours < 5:
        hours += 12
    return dt.time(hours, minutes)


def _first(pattern: re.Pattern[str], line: str, spans: list[tuple[int, int]]) -> dt.time | None:
    for found in pattern.finditer(line):
        hour, minute, *rest = found.groups()
        part = next((r for r in rest if r in _PARTS), None)
        moment = _time(hour, minute, part)
        if moment:
            spans.append(found.span())
            if part is None and 1 <= moment.hour <= 5 and not hour.startswith("0"):
                moment = moment.replace(hour=moment.hour + 12)
            return moment
    return None


def _stated(line: str, spans: list[tuple[int, int]]) -> int | None:
    for pattern in (_HALF, _HOURS, _ONE, _MINUTES):
        for found in pattern.finditer(line):
            minutes = _minutes(pattern, found)
            if not 0 < minutes <= 7 * _DAY:
                continue
            spans.append(found.span())
            if _LATE.search(line, max(0, found.start() - 24), found.start()):
                continue
            return minutes
    return None


def _minutes(pattern: re.Pattern[str], found: re.Match[str]) -> int:
    if pattern is _HOURS:
        hours = number_of(found[1]) or Decimal(0)
        half = 30 if found[2] or found[4] else 0
        return int(hours * 60) + half + int(found[3] or 0)
    if pattern is _HALF:
        return 30 if found[1] in {"setengah", "1 / 2"} else 15
    if pattern is _ONE:
        return 90 if found[1] else 60
    return int(found[1])


def _apart(start: dt.time, end: dt.time) -> int:
    return ((end.hour - start.hour) * 60 + end.minute - start.minute) % _DAY


def _later(start: dt.time, minutes: int) -> dt.time | None:
    total = start.hour * 60 + start.minute + minutes
    return dt.time(total // 60, total % 60) if total < _DAY else None
