"""Does a sentence say how much?"""

import datetime as dt
import re

from bot.understanding.clocks import clock_of
from bot.understanding.coach_flaws import Finding, Flaw
from bot.understanding.coach_words import Draft, found, pattern
from bot.understanding.counts import counts_of
from bot.understanding.days import days_of
from bot.understanding.phrases import blank
from bot.understanding.shares import percent_of
from bot.understanding.traps import money_of
from bot.understanding.words import load_words

# Which words are a date does not depend on the day, so any moment will do.
_ANY_DAY = dt.datetime(2026, 1, 5, 12, tzinfo=dt.UTC)
_NUMBER = re.compile(r"(?<![\w-])\d[\d.,]*(?![\w])")
_LABELLED = re.compile(
    r"\b(?:desil|kelas|tahun|rt|rw|nomor|no|pasal|permen\w*|tahap|fase) \d[\d.]*(?: - \d+)?"
)
_LIMIT = re.compile(r"\b(?:paling|minimal|maksimal|maks|lebih|kurang) (?=\w+ ?\d|\d)")
_EXACT = re.compile(r"\b(?:tepat waktu|sesuai (?!harapan|kebutuhan|ketentuan|target)\w+)\b(?=.*\d)")
_WORD = re.compile(r"[a-z][a-z-]{2,}")


def log_flaw(one: Draft) -> Finding | None:
    """Tell that a log counts nothing; nothing when it does."""
    days, clock = days_of(one.line, _ANY_DAY, None), clock_of(one.line)
    line = blank(one.line, (*days.spans, *clock.spans))
    percent, spans = percent_of(line)
    counted = counts_of(one.reading, blank(line, spans), load_words())
    if counted or percent is not None or money_of(one.reading) is not None:
        return None
    return Finding(Flaw.AMOUNTLESS)


def indicator_flaw(one: Draft) -> Finding | None:
    """Tell why an indicator cannot be measured; nothing when it can."""
    line = one.head
    subject = _subject(line)
    vague = _vague(line)
    if _NUMBER.search(_without_labels(line)):
        return None if subject else Finding(Flaw.VAGUE if vague else Flaw.OBJECTLESS, vague)
    if subject and found(line, "graded"):
        return None
    if vague:
        return Finding(Flaw.VAGUE, vague)
    if pattern("measures").match(line) and subject:
        return None
    return Finding(Flaw.UNCOUNTED)


def _without_labels(line: str) -> str:
    """Blank the numbers that only name something: `desil 1`, `kelas 8`."""
    return _LABELLED.sub(" ", line)


def _vague(line: str) -> str:
    """Give the words that cannot be counted, leaving out what is told exactly."""
    return found(_EXACT.sub(" ", _LIMIT.sub(" ", line)), "vague")


def _subject(line: str) -> str:
    """Give what is measured: the words that are neither a measure, nor vague, nor empty."""
    left = pattern("vague", "empty", "measures").sub(" ", line)
    words = _WORD.findall(left)
    return " ".join(words)
