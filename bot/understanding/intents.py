"""What a person wants: to log, to ask, or to chat."""

import re
from dataclasses import dataclass
from functools import lru_cache

from bot.understanding.called_off import is_half_day, is_health_alone, is_leave_alone, is_no_work
from bot.understanding.phrases import either
from bot.understanding.plans import is_planned
from bot.understanding.proposal import Intent
from bot.understanding.slips import canonical, is_known
from bot.understanding.spelling import Reading
from bot.understanding.stems import stem
from bot.understanding.words import Words

_ASKS = 2.5
_HARDLY = 0.3
_FITTING = 3.0
_FEW, _MANY = 3, 4
_DONE = re.compile(r"\b(?:sudah|selesai|beres|tadi|kemarin|semalam|barusan|telah|hari ini)\b")
# What is done by then is no work of now: `kalau listrik sudah normal`.
_IF = re.compile(r" (?:kalau|jika|bila|asal|begitu) ")
_LATE = re.compile(
    r"^(?:saya |izin |maaf |, ){0,4}(?:datang |masuk |agak |akan )?(?:terlambat|telat)\b"
)
_MARKS = " ,.!;:-'\"()/"
# Nobody was met, which asks for nobody.
_NOBODY = re.compile(
    r"\btidak (?:ada|ketemu|bertemu|jumpa|menemui|menemukan) siapa(?!\w)(?! (?:yang|saja)\b)"
)
_WHETHER = re.compile(
    r"\bsudah\b.* belum(?: [a-z]+)?$|\b(?:ka|ko|kah|atau|apa) (?:tidak|belum)$"
    rf"|^{either('ada bisa boleh perlu harus masih mau jadi wajib dapat')}\b.* (?:tidak|belum)$"
    r"|\b(?:bisa|boleh|harus|perlu|dapat)(?: [a-z]+){0,3} tidak$"
    r"|\bsudah(?: [a-z]+){0,4} tidak belum\b|\batau (?:[a-z]+ ){1,3}(?:ya|sih|min|kah)$"
)
_WHAT = re.compile(r"\b(?:itu|artinya|maksudnya) apa(?:an)?(?: (?:sih|ya|dong|min|kah))?$")
_WHICH = re.compile(
    r"\b(?:mana|apa|berapa|siapa|kapan|bagaimana)"
    r"(?: (?:sih|ya|dong|min|pak|bu|kak|kah|toh|to|nih|saja))*$|\brhk (?:mana|apa|berapa)\b"
)
_MEND = re.compile(
    r"^(?:hapus|batalkan|urungkan|ubah|ganti|edit|betulkan|koreksi)(?:kan)? (?:\w+ ){0,2}?"
    r"(?:catatan|entri|log|laporan)(?: (?:saya|tadi|terakhir|kemarin|itu|yang (?:tadi|terakhir)))+$"
)
_SHOW = re.compile(
    r"^(?:(?:tampilkan|tunjukkan) (?:\w+ ){0,2}?"
    r"(?:skp|catatan|riwayat|rekap|progres|target|rhk|log)\b"
    r"|(?:lihat|melihat|minta|kirim|kirimkan|buka|cek) (?:skp|riwayat|catatan|rekap|progres|target)"
    r"(?: (?:saya|aku|dong|min|ya|minggu|bulan|hari|tanggal|januari|februari|maret|april|mei|juni"
    r"|juli|agustus|september|oktober|november|desember|ini|lalu|kemarin))*$)"
)
_WISH = re.compile(r"^(?:semoga|moga|mudah mudahan|mudah-mudahan)\b")
_FACE = re.compile("[\U0001f600-\U0001f64f\U0001f910-\U0001f97a\U0001f926\U0001f937\U0001f525]")
_LAUGH = re.compile(r"\b(?:(?:wk){2,}w?|(?:ha|he|hi|xi){2,}h?)\b")


@dataclass(frozen=True, slots=True)
class Evidence:
    """What speaks for work done: counts and progress, links, hours, and a fitting work result."""

    counted: bool
    linked: bool
    timed: bool
    strength: float

    @property
    def weight(self) -> float:
        """Sum it up to a number between none and about four."""
        return (
            (1.2 if self.counted else 0.0)
            + (1.5 if self.linked else 0.0)
            + (0.6 if self.timed else 0.0)
            + min(1.0, self.strength / 4)
        )


def intent_of(text: str, reading: Reading, evidence: Evidence, words: Words) -> Intent:
    """Decide what is wanted; free text that is nothing else is a log.

    An absence is one here only when somebody has to say more of it.
    """
    rest = opened(reading.line, words)
    if pattern(words, "how_are_you").search(reading.line) and not evidence.counted:
        return Intent.CHAT
    about_health = "?" not in text and is_health_alone(rest, words)
    if not about_health and _asking(text, reading.line, rest, evidence, words) >= _ASKS:
        return Intent.QUESTION
    if evidence.linked:
        return Intent.LOG
    if is_half_day(reading.line) or is_leave_alone(rest, words):
        return Intent.ABSENCE
    planned = is_planned(rest) and not _DONE.search(_IF.split(rest.removesuffix(" sudah"))[0])
    no_work = about_health or planned or is_no_work(rest, words) or _WISH.search(rest)
    if no_work or pattern(words, "chat").fullmatch(rest.strip(_MARKS)):
        return Intent.CHAT
    talks = not evidence.counted and _chatting(text, rest, evidence, words)
    return Intent.CHAT if talks else Intent.LOG


def _chatting(text: str, rest: str, evidence: Evidence, words: Words) -> bool:
    """Tell small talk from work: only pleasantries are left, or more moods than work."""
    left = _left_over(rest, words)
    moods, greets = words.speech.get("mood", ()), pattern(words, "chat")
    moody_words = [word in moods or word.removesuffix("ku") in moods for word in left]
    works = sum(not m and _is_work(word, words) for m, word in zip(moody_words, left, strict=True))
    moody = sum(moody_words) + bool(_FACE.search(text))
    if moody or len(left) < _FEW:
        moody += bool(_LAUGH.search(rest)) + bool(moody and greets.search(rest))
    greeted = greets.search(rest) and evidence.weight < _HARDLY
    if not left or _LATE.search(rest) or (greeted and not works):
        return True
    fits = evidence.strength > _FITTING
    many = _MANY + 3 if moody_words[:1] == [True] else _MANY
    talks = moody and not evidence.timed and len(left) - moody < many
    if talks and (not (works or fits) or (moody > 1 and works < 2)):
        return True
    few = len(left) < 2 or not any(is_known(word, words) for word in left)
    told = _DONE.search(rest) and not all(moody_words)
    return few and not works and not told and evidence.weight < _HARDLY


def about_of(line: str, words: Words) -> str:
    """Tell whether a question is about the own record, the bot, or a theme."""
    if pattern(words, "own").search(line):
        return "own"
    return "bot" if pattern(words, "bot").search(line) else "theme"


@lru_cache(maxsize=64)
def pattern(words: Words, kind: str) -> re.Pattern[str]:
    """Make one pattern of a list of phrases, the longest first."""
    said = {_standard(phrase, words) for phrase in words.speech.get(kind, ())}
    phrases = sorted(said, key=len, reverse=True)
    return (
        re.compile(r"\b(?:" + "|".join(map(re.escape, phrases)) + r")\b")
        if phrases
        else re.compile(r"(?!)")
    )


def _standard(phrase: str, words: Words) -> str:
    return " ".join(canonical(word, words) for word in phrase.split())


def opened(line: str, words: Words) -> str:
    """Leave out greetings and forms of address at the beginning."""
    opening = pattern(words, "opening")
    rest = line.lstrip(_MARKS)
    for _ in range(8):
        found = opening.match(rest)
        if not found:
            break
        rest = rest[found.end() :].lstrip(_MARKS)
    return rest


def _asking(text: str, line: str, rest: str, evidence: Evidence, words: Words) -> float:
    """Weigh what speaks for a question against what speaks for work done."""
    stripped = text.rstrip(" \n)\"'!.")
    score = 3.8 if stripped.endswith("?") else 2.2 if "?" in text else 0.0
    rest = _NOBODY.sub("", rest)
    tail = _tail(rest, words)
    begins = pattern(words, "ask").match(rest)
    if begins:
        score += 4.2 if pattern(words, "bot").search(rest) else 3.0
    elif pattern(words, "ask_strong").search(rest):
        score += 3.4 + (0.8 if tail else 0.0)
    elif pattern(words, "ask_word").search(rest):
        score += 1.6 + (1.2 if tail or rest.split()[-1:] == ["berapa"] else 0.0)
    if pattern(words, "asking").search(line):
        score += 3.4
    ending = rest.rstrip(" ?!.")
    if ending.endswith(" kah") or any(
        one.search(ending) for one in (_WHETHER, _WHAT, _WHICH, _MEND, _SHOW)
    ):
        score += 4.2
    if pattern(words, "ask_yesno").search(line[-28:]):
        score += 4.2
    if "?" in text and ending.endswith((" tidak", " belum")):
        score += 1.0
    if pattern(words, "own").search(line) and pattern(words, "ask_word").search(line):
        score += 1.5
    if pattern(words, "told").search(line):
        score -= 2.0
    return (
        score
        - min(evidence.weight, 2.0) * 0.8
        - (0.6 if _DONE.search(line) and not begins else 0.0)
    )


def _tail(rest: str, words: Words) -> bool:
    """Tell whether a sentence ends as a question does when nobody types the mark."""
    ends = rest.rstrip(" ?!.,")[-12:]
    return any(f.end() == len(ends) for f in pattern(words, "ask_tail").finditer(ends))


def _left_over(rest: str, words: Words) -> list[str]:
    """List the words that are more than greetings, thanks and small change."""
    said = pattern(words, "chat").sub(" ", rest)
    said = _LAUGH.sub(" ", said)
    return [
        word
        for word in said.split()
        if len(word) > 1 and word[0].isalpha() and word not in words.stop
    ]


def _is_work(word: str, words: Words) -> bool:
    return word in words.activity or stem(word, words) in words.activity
