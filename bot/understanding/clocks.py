"""Hours and durations."""

import datetime as dt
import re
from dataclasses import dataclass
from decimal import Decimal

from bot.understanding.almanac import NIGHT_ENDS
from bot.understanding.numerals import number_of
from bot.understanding.phrases import blank, either

Mention = tuple[str, str | None, str | None]

_HOUR = r"(\d{1,2})(?:[.:](\d{2}))?"
_PART = r"(?: (dini hari|subuh|pagi|siang|sore|petang|malam|wib|wita|wit))?(?: (?:wib|wita|wit))?"
_EXACT = r"\d{1,2}[.:]\d{2}\b"
# An hour is called one, or is written with its minutes.
_CLOCK = rf"(?:jam |(?={_EXACT}))"
# `2 jam 30 menit` is a length, but after `125 orang` comes an hour.
_NO_HOURS = r"(?<!(?<!\d)\d )(?<!(?<!\d)\d\d )"
_TO = r" (?:-|sampai|sampai ke|sampai ka|sampai dengan|hingga|ke|s / d|/) (?:jam )?"
_SPANS = (
    re.compile(
        rf"{_NO_HOURS}\b(?:dari |mulai )?jam {_HOUR}{_PART}(?: (?:tadi|hari ini))?"
        rf"{_TO}{_HOUR}\b{_PART}"
    ),
    re.compile(rf"\b(\d{{1,2}})[.:](\d{{2}}){_PART}{_TO}(\d{{1,2}})[.:](\d{{2}})\b{_PART}"),
    re.compile(rf"(?<![\d/] )\b{_HOUR} (pagi|siang|sore|malam){_TO}{_HOUR}\b{_PART}"),
    re.compile(
        rf"\b(?:shift|sif|piket|jaga|dinas)(?: [a-z]{{1,12}})? {_HOUR}(){_TO}{_HOUR}\b{_PART}"
    ),
)
_TILL = re.compile(
    rf"\b{either('sampai hingga selesai pulang balik kelar beres rampung tutup bubar berakhir')} "
    rf"{_CLOCK}{_HOUR}\b{_PART}"
)
_AT = re.compile(
    rf"(?:{_NO_HOURS}\b(?:(?:mulai|start|dari|sejak) )?jam |\b(?:mulai|start) (?={_EXACT}))"
    rf"{_HOUR}\b{_PART}"
)
_WRITTEN = re.compile(r"\b(\d{1,2})[.:](\d{2})() (wib|wita|wit|pagi|siang|sore|malam)\b")
_NOT_LASTING = r"(?! (?:lalu|yang lalu|lagi))"
_HALF = re.compile(rf"(?<!\d )\b(setengah|1 / 2|seperempat|1 / 4) jam\b{_NOT_LASTING}")
_HOURS = re.compile(
    r"(?<!/ )\b(\d{1,3}(?:[.,]\d{1,2})?)(?: (setengah|1 / 2))? jam"
    r"(?! (?:pelajaran|ajar|kerja|lalu|yang lalu|lagi))\b"
    r"(?: (?:dan )?(\d{1,2}) menit)?( setengah)?"
)
_ONE = re.compile(rf"\bsejam( setengah)?\b{_NOT_LASTING}")
_MINUTES = re.compile(rf"\b(\d{{1,4}}) menit\b{_NOT_LASTING}")
_NO_DURATION = either(
    "telat terlambat keterlambatan respon response tanggap rata-rata max maksimal minimal "
    "wajib_lapor kurang_dari"
)
_LATE = re.compile(rf"\b{_NO_DURATION} $")
_LATE_LOOK = 24
_PARTS = frozenset({"dini hari", "subuh", "pagi", "siang", "sore", "petang", "malam"})
_MORNING = frozenset({"pagi", "subuh", "dini hari"})
_NOON = 12
_DAY = 24 * 60
_WEEK = 7 * _DAY


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
    between = _between(line, spans)
    if between:
        start, end = between
        _stated(blank(line, spans), spans)
        return Clock(start, end, _apart(start, end), tuple(spans))
    till = _first(_TILL, line, spans)
    rest = blank(line, spans)
    begun = _first(_AT, rest, spans) or _first(_WRITTEN, rest, spans)
    minutes = _stated(blank(line, spans), spans)
    if begun and till and minutes is None:
        minutes = _apart(begun, till)
    elif begun and minutes and not till:
        till = _later(begun, minutes)
    return Clock(begun, till, minutes, tuple(spans))


def through_the_night(clock: Clock, sent_at: dt.datetime) -> bool:
    """Tell whether work is told in the morning that began on the evening before."""
    if clock.start is None or clock.end is None or clock.end >= clock.start:
        return False
    return sent_at.hour >= NIGHT_ENDS and sent_at.time() < clock.start


def _between(line: str, spans: list[tuple[int, int]]) -> tuple[dt.time, dt.time] | None:
    for pattern in _SPANS:
        for found in pattern.finditer(line):
            hour, minute, part, hour2, minute2, part2 = found.groups()
            ends = _settle((hour, minute, part), (hour2, minute2, part2))
            if ends:
                spans.append(found.span())
                return ends
    return None


def _settle(first: Mention, last: Mention) -> tuple[dt.time, dt.time] | None:
    """Decide morning or afternoon for both ends of a span."""
    start, end = _time(*first), _time(*last)
    if start is None or end is None:
        return None
    if first[2] not in _PARTS and not first[0].startswith("0"):
        evening = last[2] == "malam" and 5 <= start.hour < _NOON
        early = 0 < start.hour < 6 and last[2] not in _MORNING
        if early or (evening and start.hour + _NOON < end.hour):
            start = start.replace(hour=start.hour + _NOON)
    afternoon = end.hour + _NOON
    if end <= start and start.hour < afternoon < _NOON * 2 and not last[0].startswith("0"):
        end = end if last[2] in _PARTS - {"siang"} else end.replace(hour=afternoon)
    return (start, end) if start != end else None


def _time(hour: str, minute: str | None, part: str | None) -> dt.time | None:
    hours, minutes = int(hour) % 24 if int(hour) == 24 else int(hour), int(minute or 0)
    if hours > 23 or minutes > 59:
        return None
    if (part in {"sore", "petang"} and hours < _NOON) or (part == "siang" and hours < 5):
        hours += _NOON
    elif part == "malam" and 5 <= hours <= _NOON:
        hours = (hours + _NOON) % 24
    return dt.time(hours, minutes)


def _first(pattern: re.Pattern[str], line: str, spans: list[tuple[int, int]]) -> dt.time | None:
    """Find one hour; a bare small one is meant for the afternoon."""
    for found in pattern.finditer(line):
        hour, minute, *rest = found.groups()
        part = next((r for r in rest if r in _PARTS), None)
        moment = _time(hour, minute, part)
        if moment:
            spans.append(found.span())
            if part is None and 1 <= moment.hour <= 5 and not hour.startswith("0"):
                moment = moment.replace(hour=moment.hour + _NOON)
            return moment
    return None


def _stated(line: str, spans: list[tuple[int, int]]) -> int | None:
    for pattern in (_HALF, _HOURS, _ONE, _MINUTES):
        for found in pattern.finditer(line):
            minutes = _minutes(pattern, found)
            if not 0 < minutes <= _WEEK:
                continue
            spans.append(found.span())
            if not _LATE.search(line[max(0, found.start() - _LATE_LOOK) : found.start()]):
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
