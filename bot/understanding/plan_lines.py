"""A list of RHK as people write or paste it: one a line, with targets and rencana aksi."""

import datetime as dt
import re
from dataclasses import dataclass, field, replace

from bot.understanding.phrases import either, names
from bot.understanding.plan_targets import Parted, Target, Unread, part, read_target, within

_FLAGS = re.IGNORECASE
_LINE = re.compile(
    r"(?P<indent>[ \t\u00a0]*)"
    r"(?:(?P<number>(?:rhk\s*)?\(?\d{1,2}\s*[.):]\s*(?=[^\d\s])|rhk\s*\d{0,2}\s*[:.)-]\s*"
    r"|rhk\s*\d{1,2}\s+)"
    r"|(?P<letter>[a-z]\s*[.)]\s+)|(?P<bullet>[-–—•*·▪◦●○‣✓>+]\s*(?=\S)))?(?P<body>.*?)\s*",
    _FLAGS,
)
_KIND = re.compile(
    r"(?:[a-z]\s*[.)]\s*)?(?:(?:kinerja|hasil kerja|rhk)\s+)?(?P<kind>utama|tambahan)\s*:?", _FLAGS
)
_HEADING = re.compile(
    r"(?:daftar\s+)?(?:rencana hasil kerja|hasil kerja|sasaran kinerja pegawai|rhk|skp|target)"
    r"(?:\s+(?:saya|tahun))*(?:\s+20\d\d)?\s*:?",
    _FLAGS,
)
_STEPS = re.compile(r"(?:rencana aksi|ra)\s*:?", _FLAGS)
_STEP = re.compile(r"(?:rencana aksi|aksi|ra)\b\s*\d{0,2}\s*[:.)-]?\s*(?P<body>\S.*)", _FLAGS)
_MONTHS = {
    name: number
    for number, spelled in enumerate(
        (
            "januari jan", "februari feb", "maret mar", "april apr", "mei", "juni jun", "juli jul",
            "agustus agu agt ags agus", "september sep sept", "oktober okt", "november nov nop",
            "desember des",
        ),
        start=1,
    )
    for name in spelled.split()
}  # fmt: skip
_QUARTERS = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "1": 1, "2": 2, "3": 3, "4": 4}
_PERIOD = re.compile(
    rf"(?:bulan\s+)?(?:(?P<month>{either(' '.join(_MONTHS))})\b\.?"
    r"|(?:tw|triwulan|tri wulan|q)\s*\.?\s*(?P<quarter>iv|i{1,3}|[1-4])\b)"
    r"(?:\s+(?P<year>20\d\d))?\s*[:\-–—=,)]\s*(?P<body>\S.*)",
    _FLAGS,
)
_NAMED = re.compile(r"(?P<year>20\d\d)-(?P<month>0[1-9]|1[0-2])\s*:\s*(?P<body>\S.*)")
_MEASURE = re.compile(
    r"(?P<aspect>iki|indikator(?: kinerja(?: individu)?)?|target|kuantitas|kualitas|waktu|biaya)"
    r"\s*[:=]\s*(?P<body>\S.*)",
    _FLAGS,
)
_ASPECTS = names("kuantitas kualitas waktu biaya")
_KEYWORDS = re.compile(r"kata kunci\s*[:=]\s*(?P<body>\S.*)", _FLAGS)
_ADDITIONAL = re.compile(r"\s*[(\[](?:tugas\s+|rhk\s+)?tambahan[)\]]\s*", _FLAGS)
_ADDITIONAL_FIRST = re.compile(r"(?:rhk|tugas)\s+tambahan\s*[:–—-]\s*(?=\S)", _FLAGS)
_COLUMNS = re.compile(r"\t+|\s*\|\s*")
_COLUMN_NAMES = names("no rhk target satuan rencana hasil kerja iki indikator kinerja individu")
_DEEPER = 2
MOST_KEYWORDS = 12


@dataclass(frozen=True, slots=True)
class Measured:
    """One way to measure an RHK: its aspect, its target, and its words if some were given."""

    aspect: str
    target: Target
    text: str = ""


@dataclass(frozen=True, slots=True)
class Step:
    """One rencana aksi; without a period none was written."""

    text: str
    period: str | None
    target: Target | None


@dataclass(frozen=True, slots=True)
class PlanLine:
    """One RHK as it was understood; `unread` tells of a target that could not be taken."""

    text: str
    additional: bool = False
    indicator: str = ""
    measures: tuple[Measured, ...] = ()
    steps: tuple[Step, ...] = ()
    keywords: tuple[str, ...] = ()
    unread: Unread | None = None


@dataclass(frozen=True, slots=True)
class PlanText:
    """What a text says of a plan: its RHK, and lines that belong to none."""

    lines: tuple[PlanLine, ...]
    left: tuple[str, ...] = ()


@dataclass
class _Reading:
    """Where the reading of a list stands."""

    on: dt.date
    lines: list[PlanLine] = field(default_factory=list)
    left: list[str] = field(default_factory=list)
    additional: bool = False
    steps_follow: bool = False
    # The number the last RHK was marked with, and how deep it stood.
    number: int | None = None
    depth: int = 0


def plan_lines(text: str, on: dt.date) -> PlanText:
    """Read a list of RHK; months without a year are those of the day's year."""
    reading = _Reading(on)
    for line in text.splitlines():
        if line.strip():
            _read(reading, line)
        else:
            reading.steps_follow = False
    return PlanText(tuple(reading.lines), tuple(reading.left))


def _read(reading: _Reading, line: str) -> None:
    found = _LINE.fullmatch(line)
    body = found["body"] if found else line.strip()
    if found is None or _heads(reading, body, line):
        return
    depth = len(found["indent"].expandtabs(4))
    number = _number(found["number"])
    if _belongs(reading, body, inside=_inside(reading, found, depth)) or _names_a_column(body):
        return
    reading.steps_follow = False
    reading.number, reading.depth = number, depth
    reading.lines.append(_result(body, additional=reading.additional))


def _number(mark: str | None) -> int | None:
    """Read the number a line is marked with; an RHK without one counts as the first."""
    return None if mark is None else int("".join(re.findall(r"\d", mark)) or 1)


def _inside(reading: _Reading, found: re.Match[str], depth: int) -> bool:
    """Tell whether a line lies below the RHK above it, by its mark or by how deep it stands."""
    if not reading.lines:
        return False
    number = _number(found["number"])
    if number is not None and reading.number is not None and number == reading.number + 1:
        return False
    marked = bool(found["bullet"] or found["letter"])
    if marked and (reading.steps_follow or reading.number is not None):
        return True
    return depth >= reading.depth + _DEEPER


def _heads(reading: _Reading, body: str, line: str) -> bool:
    """Take a line that is only a heading."""
    kind = _KIND.fullmatch(body) or _KIND.fullmatch(line.strip())
    if kind is not None:
        reading.additional = kind["kind"].lower() == "tambahan"
        return True
    if _STEPS.fullmatch(body):
        reading.steps_follow = bool(reading.lines)
        return True
    return not body or _HEADING.fullmatch(body) is not None


def _belongs(reading: _Reading, body: str, *, inside: bool) -> bool:
    """Take a line that says more of the RHK above it; without one it is left."""
    keywords, measure = _KEYWORDS.fullmatch(body), _MEASURE.fullmatch(body)
    step = _STEP.fullmatch(body)
    timed = step["body"] if step else body
    if not (keywords or measure or step or _PERIOD.match(timed) or _NAMED.match(timed) or inside):
        return False
    if not reading.lines:
        reading.left.append(body)
        return True
    last = reading.lines[-1]
    if keywords:
        words = re.split(r"\s*[,;]\s*", keywords["body"].strip(" .,;"))
        last = replace(last, keywords=tuple(dict.fromkeys(words))[:MOST_KEYWORDS])
    elif measure:
        last = _measured(last, measure["aspect"].lower(), measure["body"])
    else:
        last = replace(last, steps=last.steps + tuple(_steps(timed, reading.on)))
    reading.lines[-1] = last
    return True


def _measured(line: PlanLine, aspect: str, body: str) -> PlanLine:
    """Add what a line of its own says about how an RHK is measured."""
    alone = read_target(body)
    parted = Parted("", alone) if isinstance(alone, Target) else part(body)
    target = parted.target or within(body)
    kind = aspect if aspect in _ASPECTS else "kuantitas"
    if target is not None:
        added = Measured(kind, target, parted.text)
        kept = tuple(one for one in line.measures if one.aspect != kind)
        return replace(line, measures=(*kept, added), unread=None)
    if aspect.startswith("i") and parted.unread is None:
        return replace(line, indicator=body)
    return replace(line, unread=line.unread or parted.unread or Unread.NUMBER)


def _steps(body: str, on: dt.date) -> list[Step]:
    """Read one rencana aksi, or several in one line where each names its month."""
    pieces = [piece.strip() for piece in body.split(";") if piece.strip()]
    if len(pieces) > 1 and all(_PERIOD.match(piece) for piece in pieces):
        return [_step(piece, on) for piece in pieces]
    return [_step(body, on)]


def _step(body: str, on: dt.date) -> Step:
    period = None
    timed, named = _PERIOD.fullmatch(body), _NAMED.fullmatch(body)
    if named is not None:
        period, body = f"{named['year']}-{named['month']}", named["body"]
    elif timed is not None:
        year, body = timed["year"] or str(on.year), timed["body"]
        period = (
            f"{year}-{_MONTHS[timed['month'].lower()]:02}"
            if timed["month"]
            else f"{year}-TW{_QUARTERS[timed['quarter'].lower()]}"
        )
    parted = part(body)
    return Step(parted.text, period, parted.target or within(body))


def _result(body: str, *, additional: bool) -> PlanLine:
    """Read an RHK with its target."""
    more = _ADDITIONAL.search(body) or _ADDITIONAL_FIRST.match(body)
    if more is not None:
        body = f"{body[: more.start()]} {body[more.end() :]}".strip()
    cells = [cell for cell in _COLUMNS.split(body) if cell]
    if len(cells) > 2 and re.fullmatch(r"\d{1,3}\.?", cells[0]):
        cells = cells[1:]
    parted = part(body)
    if len(cells) > 1:
        found = read_target(" ".join(cells[1:]))
        parted = (
            Parted(cells[0], found)
            if isinstance(found, Target)
            else Parted(" ".join(cells), None, found)
        )
    target = parted.target or (None if parted.unread else within(parted.text))
    measures = (Measured("kuantitas", target),) if target else ()
    text = " ".join(parted.text.split()).rstrip(" .;")
    return PlanLine(text, additional or more is not None, measures=measures, unread=parted.unread)


def _names_a_column(body: str) -> bool:
    """Tell whether a line is the heading of a table that was pasted."""
    if len(_COLUMNS.split(body)) < 2:
        return False
    return set(re.findall(r"[a-z]+", body.lower())) <= _COLUMN_NAMES
