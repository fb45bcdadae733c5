"""What a person wants: to log, to ask, to tell of an absence, or to chat."""

import re
from functools import lru_cache

from bot.understanding.proposal import Intent
from bot.understanding.spelling import Reading
from bot.understanding.stems import stem
from bot.understanding.words import Words

_ASKS = 2.5
_DONE = re.compile(r"\b(?:sudah|selesai|beres|kelar|tadi|kemarin|semalam|barusan|telah)\b")
_TO_COME = re.compile(r"\b(?:besok|lusa|nanti|depan|rencana|rencananya|akan|mau|insya allah|insyaallah)\b")


def intent_of(text: str, reading: Reading, evidence: float, words: Words) -> Intent:
    """Decide between log, question and chat; `evidence` says how much speaks for work done."""
    if _asking(text, reading.line, evidence, words) >= _ASKS:
        return Intent.QUESTION
    if not has_content(reading, words) and evidence < 2:
        return Intent.CHAT
    if works(reading, words) or evidence >= 1:
        only_plans = _TO_COME.search(reading.line) and not _DONE.search(reading.line)
        if only_plans and evidence < 1.5 and _TO_COME.match(_opened(reading.line, words)):
            return Intent.CHAT
        return Intent.LOG
    return Intent.CHAT


def about_of(line: str, words: Words) -> str:
    """Tell whether a question is about the own record, the bot, or a theme."""
    if pattern(words, "own").search(line):
        return "own"
    return "bot" if pattern(words, "bot").search(line) else "theme"


@lru_cache(maxsize=64)
def pattern(words: Words, kind: str) -> re.Pattern[str]:
    """Make one pattern of a list of phrases."""
    phrases = sorted(words.speech.get(kind, ()), key=len, reverse=True)
    return re.compile(r"\b(?:" + "|".join(map(re.escape, phrases)) + r")\b") if phrases else re.compile(r"(?!)")


def _opened(line: str, words: Words) -> str:
    """Leave out greetings and forms of address at the beginning."""
    opening = pattern(words, "opening")
    rest = line
    for _ in range(8):
        found = opening.match(rest)
        if not found:
            break
        rest = rest[found.end() :].lstrip(" ,.!;:")
    return rest


def _asking(text: str, line: str, evidence: float, words: Words) -> float:
    """Weigh what speaks for a question against what speaks for work done."""
    rest = _opened(line, words)
    score = 3.5 if "?" in text.rstrip()[-3:] else 2.5 if "?" in text else 0.0
    if pattern(words, "ask").match(rest):
        score += 3.0
    elif pattern(words, "ask").search(rest):
        score += 1.0
    if pattern(words, "asking").search(line):
        score += 3.0
    if pattern(words, "ask_end").search(line[-14:]) and line.rstrip(" ?!.").endswith(tuple(words.speech.get("ask_end", ("\0",)))):
        score += 1.5
    if pattern(words, "told").search(line):
        score -= 2.0
    return score - min(evidence, 2.0) - (0.5 if _DONE.search(line) else 0.0)


def has_content(reading: Reading, words: Words) -> bool:
    """Tell whether more is said than greetings, thanks and moods."""
    rest = pattern(words, "chat").sub(" ", reading.line)
    moods = words.speech.get("mood", ())
    return any(
        len(word) > 1 and word[0].isalnum() and word not in words.stop and word not in moods
        for word in rest.split()
    )


def works(reading: Reading, words: Words) -> bool:
    """Tell whether a word of work is said."""
    rest = pattern(words, "chat").sub(" ", reading.line)
    return any(
        word in words.activity or stem(word, words) in words.activity
        for word in rest.split()
        if word not in words.stop
    )
