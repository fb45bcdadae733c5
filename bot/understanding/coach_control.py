"""Can the person's own position bring a result about?"""

import re
from functools import cache

from bot.understanding.coach_flaws import Finding, Flaw
from bot.understanding.coach_results import result_flaw
from bot.understanding.coach_words import Draft, draft, found, pattern, spelled

_ACTING = re.compile(r"^(?:plt|plh|pj|pjs|penjabat|pelaksana tugas|pelaksana harian)\b[. ]*")
_WIDE = re.compile(r"(?:[a-z-]+ )?(?:indeks|angka|laju|prevalensi) ")
_WHOLE = re.compile(
    r"\b(?:se ?-? ?|seluruh |semua |tingkat |di |di seluruh )?"
    r"(?:kabupaten|kota|provinsi|sekabupaten|sekota|seprovinsi|nasional|indonesia)\b"
)
_OWN_AREA = {"camat": "kecamatan"}


def control_flaw(one: Draft, job: str) -> Finding | None:
    """Tell why a result is beyond a position; nothing when it is within."""
    if is_head(job):
        return None
    line = one.head
    if words := found(line, "others"):
        return Finding(Flaw.OTHERS, words)
    if words := found(line, "everyone"):
        return Finding(Flaw.EVERYONE, words)
    # Who only takes part in something has that in hand, whatever it is about.
    if result_flaw(one) is not None and not (_reported().match(line) or _WIDE.match(line)):
        return None
    words = _figure(line, job)
    return Finding(Flaw.REGIONAL, words) if words else None


def is_head(job: str) -> bool:
    """Tell whether a position answers for a whole region or a whole institution."""
    plain = _position(job)
    return bool(pattern("heads").match(plain)) and not pattern("not_heads").match(plain)


def _position(job: str) -> str:
    return _ACTING.sub("", draft(job).line) if job else ""


@cache
def _reported() -> re.Pattern[str]:
    """Match a line that begins with a region's figure, as an indicator does."""
    shown = spelled("indicators", "local_indicators", "shared_indicators")
    return re.compile(rf"^(?:{spelled('figures')} ){{0,2}}{shown}\b")


@cache
def _moved(name: str) -> re.Pattern[str]:
    """Match a region's figure that is to move: at the beginning, or behind a word of change."""
    return re.compile(
        rf"(?:^(?:{spelled('moving')} )?|(?<![\w-]){spelled('moves')} )"
        rf"(?P<figure>(?:{spelled('figures')} ){{0,2}}{spelled(name)})(?![\w-])"
    )


def _figure(line: str, job: str) -> str:
    """Give the region's figure that a sentence takes for its own, with the region if named."""
    own = found(line, "mine") or _own_area(line, job)
    region = _region(line)
    if hit := _moved("indicators").search(line):
        small = own and not region and "kesejahteraan" in hit["figure"]
        return "" if small else _with_region(hit["figure"], line)
    hit = _moved("local_indicators").search(line)
    if hit and (region or not own):
        return _with_region(hit["figure"], line)
    if region and _WIDE.match(line):
        return " ".join(line.split()[:3])
    if not region:
        return ""
    if hit := _moved("shared_indicators").search(line):
        return _with_region(hit["figure"], line)
    return region if pattern("moves").match(line) and not own else ""


def _own_area(line: str, job: str) -> bool:
    """Tell whether a sentence stays within the area that a position is named after."""
    plain = _position(job)
    return any(plain.startswith(head) and area in line for head, area in _OWN_AREA.items())


def _region(line: str) -> str:
    """Name a whole region that a sentence speaks of, not an office that bears its name."""
    hit = _WHOLE.search(pattern("places").sub(" ", line))
    return hit[0].strip() if hit else ""


def _with_region(figure: str, line: str) -> str:
    behind = _WHOLE.match(line[line.find(figure) + len(figure) :].lstrip())
    return f"{figure} {behind[0].strip()}" if behind else figure
