"""Better wordings for a sentence, from a library, around the person's own noun."""

import json
import re
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any, TypeAlias

from bot.understanding.coach import Judgement, Kind, Quality
from bot.understanding.coach_flaws import Flaw
from bot.understanding.coach_nouns import noun_of, place_of, thing_of
from bot.understanding.coach_words import Draft, draft, pattern, wild
from bot.understanding.words import HERE

_LIBRARY = "coach_wordings.json"
_MOST = 2
_BEYOND = frozenset({Flaw.REGIONAL, Flaw.OTHERS, Flaw.EVERYONE})
_BEGINNING = 3
_PAPERS = ("dokumen", "halaman")
_WORD = re.compile(r"[^\W\d_]{2}")
_NIK = re.compile(r"(?i:\bNIK\b\s*[\dx*]*)|(?<!\d)\d{16}(?!\d)")
_GIVEN_AWAY = re.compile(
    r"\b(?:a\.n\.?|an\.?|atas nama|bernama)\s+[A-Z]\w*(?:\s[A-Z]\w*)*(?:\s*\([^)]*\))?"
)

Family: TypeAlias = Mapping[str, Any]


@cache
def library() -> dict[str, Any]:
    """Read the library of wordings."""
    table: dict[str, Any] = json.loads((HERE / _LIBRARY).read_text(encoding="utf-8"))
    return table


def wordings(judged: Judgement) -> tuple[str, ...]:
    """Offer two better wordings; none for a sentence that lacks nothing."""
    if not judged.fails:
        return ()
    if judged.kind is Kind.LOG:
        return tuple(_logs(judged))
    beyond = any(one.flaw in _BEYOND for one in judged.fails)
    theme = _theme(judged) if beyond else None
    family = theme or _family(judged, by_noun=not beyond)
    work = str((_of_job(judged) or library()["general"]).get("work", "tugas"))
    noun = work if beyond or _bare(judged.draft) else noun_of(judged.draft)
    place = place_of(judged.draft, str(library()["place"]))
    values = {"noun": noun, "thing": thing_of(noun), "work": work, "place": _once(noun, place)}
    return tuple(_tidy(one.format(**values)) for one in family[judged.kind.value][:_MOST])


def _bare(one: Draft) -> bool:
    """Tell whether a sentence names nothing that a wording could keep."""
    noun = noun_of(one).lower()
    return not noun or noun in library()["bare"] or noun.split()[0] in library()["abstract"]


def _once(noun: str, place: str) -> str:
    """Name no place twice."""
    return place if place.removeprefix("di ") not in noun else "yang saya tangani"


def _tidy(wording: str) -> str:
    """Take out a word that a noun repeats, and numbers that count nothing twice."""
    return re.sub(r"\b(\w{3,}) \1\b", r"\1", wording, flags=re.IGNORECASE)


def _logs(judged: Judgement) -> Iterator[str]:
    """Keep a log as it was typed, and add what is missing; of nothing nothing better is made."""
    family = _family(judged, by_noun=True)
    lacking = {one.quality for one in judged.fails}
    text = _GIVEN_AWAY.sub("", _NIK.sub("", judged.draft.text))
    text = re.sub(r"\s+([,.;])", r"\1", " ".join(text.split())).rstrip(" .,;")
    if not _WORD.search(text):
        return
    units = _PAPERS if pattern("makes").match(judged.draft.head) else family["units"]
    for unit, proof in zip(units[:_MOST], family["proofs"], strict=False):
        better = text
        if Quality.MEASURED in lacking:
            better = library()["log"]["amount"].format(text=better, unit=unit)
        if Quality.PROVEN in lacking:
            better = library()["log"]["proof"].format(text=better, proof=proof)
        yield better


def _theme(judged: Judgement) -> Family | None:
    """Find the theme of a figure that is beyond a position, best one written for the job."""
    job = draft(judged.job).line
    for theme in library()["themes"]:
        speaks = _pattern(tuple(theme["about"])).search(judged.draft.line)
        if speaks and ("jobs" not in theme or _pattern(tuple(theme["jobs"])).match(job)):
            return dict(theme)
    return None


def _family(judged: Judgement, *, by_noun: bool) -> Family:
    """Find the family of wordings that fits.

    What a sentence begins with comes first (a meeting, a training), then the job's own family if
    the sentence speaks of it, then whatever else it speaks of, then the job's.
    """
    line, own = judged.draft.head, _of_job(judged)
    if by_noun:
        beginning = " ".join(line.split()[:_BEGINNING])
        for family in library()["families"]:
            if "first" in family and _pattern(tuple(family["about"])).search(beginning):
                return dict(family)
        if own and _pattern(tuple(own["about"])).search(line):
            return own
        spoken = [
            (hit.start(), place)
            for place, family in enumerate(library()["families"])
            if "first" not in family and (hit := _pattern(tuple(family["about"])).search(line))
        ]
        if spoken:
            return dict(library()["families"][min(spoken)[1]])
    return own or dict(library()["general"])


def _of_job(judged: Judgement) -> Family | None:
    """Find the family of the job."""
    job = draft(judged.job).line
    for family in library()["families"]:
        if "jobs" in family and _pattern(tuple(family["jobs"])).match(job):
            return dict(family)
    return None


@cache
def _pattern(phrases: tuple[str, ...]) -> re.Pattern[str]:
    """Match any of some phrases; ` *` at the end of one lets anything follow."""
    forms = sorted({phrase.removesuffix(" *") for phrase in phrases}, key=len, reverse=True)
    return re.compile(rf"(?<![\w-])(?:{'|'.join(map(wild, forms))})(?![\w-])")
