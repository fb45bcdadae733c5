"""Days named by number: `3 mei`, `tanggal 29-30 juni`, `12/2/2026`."""

import datetime as dt
import re
from collections.abc import Iterator

from bot.understanding.almanac import MONTHS, date_of, latest, past
from bot.understanding.mentions import Found, pair, skipped
from bot.understanding.phrases import blank, either

_MONTH = "(" + "|".join(MONTHS) + ")"
_YEAR = r"(?: (?:tahun )?(20\d\d))?"
AND = r"(?:-|sampai(?: dengan)?|hingga|s / d|dan|dengan|sama|&|,|/|ke)"
_DM = rf"(?<!ke )(?<!ke - )\b(?:tanggal )?(\d{{1,2}}) {_MONTH}{_YEAR}\b"
_DM_DM = re.compile(rf"{_DM} {AND} (?:tanggal )?(\d{{1,2}}) {_MONTH}{_YEAR}\b")
_D_DM = re.compile(rf"\b(?:tanggal )?(\d{{1,2}}) {AND} (?:tanggal )?(\d{{1,2}}) {_MONTH}{_YEAR}\b")
_ONE_DM = re.compile(_DM)
_D_D = re.compile(rf"\btanggal (\d{{1,2}}) {AND} (?:tanggal )?(\d{{1,2}})\b(?! (?:/|jam))")
_D = re.compile(r"\btanggal (\d{1,2})\b(?! [/-] \d)")
_SLASHED = re.compile(r"\b(tanggal )?(\d{1,2}) ([/-]) (\d{1,2})(?: \3 (20\d\d|\d\d))?\b(?! [/-] )")
_DOTTED = re.compile(r"\b(\d{1,2})\.(\d{1,2})\.(20\d\d)\b")
_ISO = re.compile(r"\b(20\d\d) [-/] (\d{1,2}) [-/] (\d{1,2})\b")
_FRACTIONS = {("1", "2"), ("1", "3"), ("2", "3"), ("1", "4"), ("3", "4")}
_DAY_NAME = either("senin selasa rabu kamis jumat sabtu minggu hari kegiatan")
_DAY_BEFORE = re.compile(rf"(?:^|[(,;:] |\b{_DAY_NAME}(?: ,)? )$")


def with_month(line: str, today: dt.date) -> Iterator[Found]:
    """Find days with the name of a month."""
    for match in _DM_DM.finditer(line):
        d, m, y, d2, m2, y2 = match.groups()
        last = past(today, int(d2), MONTHS[m2], y2)
        same_year = y2 if MONTHS[m] <= MONTHS[m2] else None
        first = past(last or today, int(d), MONTHS[m], y or same_year)
        yield match, pair(first, last, skip=skipped(line, match))
    line = blank(line, [m.span() for m in _DM_DM.finditer(line)])
    for match in _D_DM.finditer(line):
        d, d2, m, y = match.groups()
        last = past(today, int(d2), MONTHS[m], y)
        yield match, pair(_same_month(last, int(d)), last, skip=skipped(line, match))
    line = blank(line, [m.span() for m in _D_DM.finditer(line)])
    for match in _ONE_DM.finditer(line):
        day = past(today, int(match[1]), MONTHS[match[2]], match[3])
        yield match, pair(day, day, skip=skipped(line, match))


def in_digits(line: str, today: dt.date) -> Iterator[Found]:
    """Find days in digits alone."""
    for match in _ISO.finditer(line):
        day = date_of(int(match[1]), int(match[2]), int(match[3]))
        yield match, pair(day, day, skip=skipped(line, match))
    for match in _DOTTED.finditer(line):
        day = date_of(int(match[3]), int(match[2]), int(match[1]))
        yield match, pair(day, day, skip=skipped(line, match))
    for match in _SLASHED.finditer(line):
        word, d, sign, m, y = match.groups()
        if not y and (sign == "-" or not (word or _looks_dated(line, match))):
            continue
        day = past(today, int(d), int(m), ("20" + y)[-4:] if y else None)
        yield match, pair(day, day, skip=skipped(line, match))


def of_month(line: str, today: dt.date) -> Iterator[Found]:
    """Find days of the month: the latest of that number."""
    for match in _D_D.finditer(line):
        last = latest(today, int(match[2]))
        yield match, pair(_same_month(last, int(match[1])), last, skip=skipped(line, match))
    line = blank(line, [m.span() for m in _D_D.finditer(line)])
    for match in _D.finditer(line):
        day = latest(today, int(match[1]))
        yield match, pair(day, day, skip=skipped(line, match))


def _same_month(last: dt.date | None, number: int) -> dt.date | None:
    return last.replace(day=number) if last and 0 < number <= last.day else None


def _looks_dated(line: str, match: re.Match[str]) -> bool:
    """Tell `5/5` from a fraction such as `1/4`."""
    if (match[2], match[4]) in _FRACTIONS or not 1 <= int(match[4]) <= 12:
        return False
    return bool(_DAY_BEFORE.search(line[max(0, match.start() - 12) : match.start()]))
