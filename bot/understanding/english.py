"""English sentences, put into Indonesian word by word, so that one set of rules hears both."""

import re
from collections.abc import Callable, Collection

from bot.understanding.phrases import said
from bot.understanding.slips import is_known
from bot.understanding.words import Words

_MOST_WORDS = 60
_SHORTEST = 3
_WORD = re.compile(r"[a-z][a-z'-]*")
_PIECE = re.compile(r"[a-z][a-z'\d-]*|\d[\d.,:/]*(?:[a-z]{1,3}\b)?|[^\sa-z\d]")
_DAYS = (
    "monday|tuesday|wednesday|thursday|friday|saturday|sunday"
    "|mon|tue|tues|wed|thu|thurs|fri|sat|sun"
)
_MONTHS = (
    "january|february|march|april|may|june|july|august|september|october|november|december"
    "|jan|feb|mar|apr|jun|jul|aug|sept|sep|oct|nov|dec"
)
_WHICH = {
    "next": "depan", "coming": "depan", "last": "lalu", "past": "lalu", "previous": "lalu",
    "this": "ini",
}  # fmt: skip
_NOON = 12
_EVENING = 6


def _hour(found: re.Match[str]) -> str:
    hour, minutes = int(found[1]), found[2] or "00"
    late = found[3] == "p"
    if late and hour < _NOON:
        hour += _NOON
    elif not late and hour == _NOON:
        hour = 0
    return f"jam {hour:02d}.{minutes}"


def _which(found: re.Match[str]) -> str:
    return f"{found[2]} {_WHICH[found[1]]}"


_FORMS: tuple[tuple[re.Pattern[str], str | Callable[[re.Match[str]], str]], ...] = (
    (re.compile(r"\b(\d{1,2})(?:st|nd|rd|th)\b(?: of\b)?"), r"\1"),
    (re.compile(rf"\b({_MONTHS})\.? (\d{{1,2}})\b(?:,? (20\d\d)\b)?(?![:.]\d)"), r"\2 \1 \3"),
    (re.compile(r"(?<=\d )may\b"), "mei"),
    (re.compile(r"\b(today|tomorrow|yesterday|week|month)'s\b"), r"\1"),
    (
        re.compile(
            r"\b(\d{1,2}(?:[:.]\d\d)?) ?(?:-|to|until) ?(\d{1,2}(?:[:.]\d\d)?) ?([ap])\.?m\b\.?"
        ),
        r"\1 \3m - \2 \3m",
    ),
    (re.compile(r"\b(?:at )?(\d{1,2})(?:[:.](\d\d))? ?([ap])\.?m\b\.?"), _hour),
    (re.compile(r"\bfrom (\d{1,2}(?:[:.]\d\d)?) (?:to|until|till) (\d{1,2})"), r"jam \1 - \2"),
    (re.compile(r"(?<=\d) to (?=jam \d)"), " sampai "),
    (re.compile(r"\bat (?=\d)"), "jam "),
    (re.compile(r"\bfrom ((?:\S+ ){1,3}?)(?:to|through) "), r"dari \1sampai "),
    (re.compile(rf"\b({_DAYS}|\d{{1,2}}|{_MONTHS}) (?:to|through) ({_DAYS}|\d)"), r"\1 sampai \2"),
    (re.compile(rf"\b({'|'.join(_WHICH)}) (week|month|year|{_DAYS})\b"), _which),
    (re.compile(r"\bmy ([a-z-]+)"), r"\1 saya"),
    (re.compile(r"^\W*(?:is|are|was|were|did|do|does|has|have|should) "), "apakah "),
)


def in_indonesian(plain: str, words: Words) -> str:
    """Put a flattened sentence into Indonesian if it is English; leave any other as it is."""
    if not is_english(plain, words):
        return plain
    for form, meaning in _FORMS:
        plain = form.sub(meaning, plain)
    return " ".join(_counted(list(said(_PIECE.findall(plain), words.english)), words))


def as_typed(unit: str, typed: Collection[str], words: Words) -> str:
    """Give the English words that a unit was typed in, if it was."""
    for first in typed:
        for parts, meaning in words.english.get(first, ()):
            if meaning == unit and all(part in typed for part in parts):
                return " ".join(parts)
    return unit


def _counted(pieces: list[str], words: Words) -> list[str]:
    """Put what is counted next to its number: `15 BPHTB files`, `3 rural schools`."""
    for place in range(len(pieces) - 2):
        number, kind, unit = pieces[place : place + 3]
        named = kind.isalpha() and kind not in words.units and kind not in words.stop
        if number[:1].isdigit() and named and unit in words.units:
            pieces[place + 1 : place + 3] = [unit, kind]
    return pieces


def is_english(plain: str, words: Words) -> bool:
    """Tell whether more words are English alone than Indonesian alone, or none is Indonesian."""
    english = words.english
    found = [word for word in _WORD.findall(plain)[:_MOST_WORDS] if len(word) >= _SHORTEST]
    if not any(word in english for word in found):
        return False
    spoken = [(word in english, is_known(word.replace("'", ""), words)) for word in found]
    others = spoken.count((False, True))
    return not others or spoken.count((True, False)) > others
