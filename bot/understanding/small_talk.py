"""What is said beside work: a greeting, a plan of what is to come, or anything else."""

import enum
import re

from bot.understanding.intents import opened
from bot.understanding.plans import is_planned
from bot.understanding.spelling import read
from bot.understanding.words import Words, load_words

_PEACE = re.compile(r"^(?:ass?ala[mu'` ]|aslm|asww|salam\b|as+alam)", re.IGNORECASE)
_HELLO = re.compile(
    r"^(?:halo|hallo|hai|hi|hey|hei|hello|p|ping|tes|test|punten|permisi|apa kabar"
    r"|(?:selamat |met )?(?:pagi|siang|sore|malam)|good (?:morning|afternoon|evening))\b",
    re.IGNORECASE,
)
_REMIND = re.compile(r"\b(?:ingatkan|ingetin|ingatin|remind)\b", re.IGNORECASE)


class Talk(enum.StrEnum):
    """What kind of talk it is."""

    PEACE = "peace"
    HELLO = "hello"
    PLAN = "plan"
    REMINDER = "reminder"
    OTHER = "other"


def talk_of(text: str, words: Words | None = None) -> Talk:
    """Tell what is said in words that are neither a log nor a question."""
    known = words or load_words()
    if _REMIND.search(text):
        return Talk.REMINDER
    if is_planned(opened(read(text, known).line, known)):
        return Talk.PLAN
    said = text.strip()
    if _PEACE.match(said):
        return Talk.PEACE
    return Talk.HELLO if _HELLO.match(said) else Talk.OTHER
