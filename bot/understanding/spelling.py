"""From what was typed to one line of standard words, in bounded time."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from bot.understanding.english import in_indonesian, is_english
from bot.understanding.hours import in_digits
from bot.understanding.near import in_their_place
from bot.understanding.numerals import number_of, spoken_numbers
from bot.understanding.phrases import names, said
from bot.understanding.slips import TIME, canonical, is_known
from bot.understanding.words import Words

_LONGEST = 500
_MOST_TOKENS = 90
_TOKEN = re.compile(
    r"(?P<number>\d{1,40}(?:[.,:]\d{1,12}){0,6})(?P<tail>[a-z]{1,20}\d{0,4})?"
    r"|(?P<name>[a-z]{2,12})_"
    r"|(?P<word>[a-z]{1,40}(?:['`][a-z]{1,20}){0,2}(?:-[a-z]{2,30}){0,4})"
    r"(?P<digits>\d[\d.]{0,12}[a-z\d]{0,12})?"
    r"|(?P<mark>[^\w\s])"
)
_TYPED = re.compile(r"(?<![a-z])[a-z]{2,12}(?![a-z])")
_CAPITALS = re.compile(r"\b[A-Z]{2,12}\b")
_SMALL = re.compile(r"[a-z]")
# What flattening leaves in no word of its own.
_NAMED = "_"
# In the name of a company, `PT Mekar Tiga Rasa`, nothing is counted.
_COMPANY = re.compile(r"\b(?:PT|CV|UD)\b\.? ?(?:[A-Z][a-z]{1,20}\b ?){1,5}")
_NUMBER_WORDS = re.compile(r"\b(?:Satu|Dua|Tiga|Empat|Lima|Enam|Tujuh|Delapan|Sembilan|Sepuluh) ?")
_SIGNS = str.maketrans("–—−~’‘`⁄×_", "----'''/x ")
_ODD = re.compile(r"[^ -~±]")
_TILL = re.compile(r"\bs ?[./] ?d\b\.?")
_BARE_HOSTS = re.compile(
    r"\b(?:[a-z0-9-]{1,40}\.){1,4}(?:com|id|co|net|org|ly|me|gle|link)/\S{1,300}"
)
# `1j 45m` is a length of time.
_HOURS_MINUTES = re.compile(r"\b(\d{1,2}) ?j(?:am)? ?(\d{1,2}) ?m(?:nt|enit)?\b")
# `salapan` is nine in Sunda and eight in Minang.
_EIGHT = re.compile(r"\bsalapan\b")
_MINANG = names(
    "ambo duo tigo ampek limo tujuah sapuluah baleh puluah indak alah kapatang jo labiah tingga"
)
_UNMARKED = frozenset({"Mn", "Cf", "Me"})
_SPLIT_HEADS = names("tgl tg jam jm pkl pukul rp no ke total jml hadir ada")
_NO_PLURAL = names("rhk bab pos thp")
_TAILS = {"jt": "juta", "rb": "ribu", "th": "tahun", "bl": "bulan"}
_AT_SCHOOL = names("di ke dari siswa guru anak kelas murid pelajar lulusan osis kepala se")
_AFTER_NOT = names("bisa ada masuk jadi tahu dapat ketemu")
_LIMITS = names("selesai pagi siang sore malam jam sekarang besok minggu hari ini depan tanggal")


@dataclass(frozen=True, slots=True)
class Token:
    """A standard word, a number or a mark, with its place in the line."""

    text: str
    value: Decimal | None
    start: int
    end: int
    known: bool


@dataclass(frozen=True, slots=True)
class Reading:
    """A message as one line of standard words, with its tokens and the words as typed."""

    line: str
    tokens: tuple[Token, ...]
    typed: frozenset[str]
    english: bool = False


def flatten(text: str) -> str:
    """Lower the letters and drop what is no letter, digit or common sign; cut what is too long."""
    plain = text[: _LONGEST * 2].lower()
    if not plain.isascii():
        plain = unicodedata.normalize("NFKC", plain).lower()
    plain = _ODD.sub(lambda found: _folded(found[0]), plain.translate(_SIGNS))
    return _TILL.sub(" sampai ", plain[:_LONGEST])


@lru_cache(maxsize=4096)
def _folded(character: str) -> str:
    if character in "\n\r\t":
        return " ; " if character == "\n" else " "
    base = unicodedata.normalize("NFKD", character)[0].lower()
    if base.isascii() and base.isalnum():
        return base
    return "" if unicodedata.category(character) in _UNMARKED else " "


def read(text: str, words: Words) -> Reading:
    """Read a message from which the links are already gone."""
    bare = _BARE_HOSTS.sub(" ", flatten(_COMPANY.sub(_without_numbers, text[: _LONGEST * 2])))
    bare = _as_said(words).sub(lambda found: words.sayings[found[0]], bare)
    if not _MINANG.isdisjoint(_TYPED.findall(bare)):
        bare = _EIGHT.sub("delapan", bare)
    bare = _HOURS_MINUTES.sub(r"\1 jam \2 menit", bare)
    plain = in_indonesian(_with_names(bare, text, words), words)
    pieces = in_their_place(list(_pieces(plain, words))[:_MOST_TOKENS], words)
    pieces = list(said(pieces, words.phrases))
    tokens: list[Token] = []
    place = 0
    for piece in in_digits(spoken_numbers(_in_context(pieces), words)):
        known = not piece.isalpha() or is_known(piece, words)
        tokens.append(Token(piece, number_of(piece), place, place + len(piece), known))
        place += len(piece) + 1
    typed = frozenset(_TYPED.findall(bare))
    line = " ".join(token.text for token in tokens)
    return Reading(line, tuple(tokens), typed, english=is_english(bare, words))


def _without_numbers(found: re.Match[str]) -> str:
    return _NUMBER_WORDS.sub("", found[0])


@lru_cache(maxsize=4)
def _as_said(words: Words) -> re.Pattern[str]:
    """Make one pattern of the phrases, whose words may mean something else by themselves."""
    if not words.sayings:
        return re.compile(r"(?!)")
    longest = sorted(words.sayings, key=len, reverse=True)
    return re.compile(r"\b(?:" + "|".join(map(re.escape, longest)) + r")\b")


def _with_names(plain: str, text: str, words: Words) -> str:
    """Mark what was typed in capitals because it is a name, unless everything was."""
    capitals = {word.lower() for word in _CAPITALS.findall(text[:_LONGEST])} & words.acronyms
    if not capitals or not _SMALL.search(text):
        return plain
    return _TYPED.sub(lambda f: f"{f[0]}{_NAMED}" if f[0] in capitals else f[0], plain)


def _pieces(plain: str, words: Words) -> Iterator[str]:
    for found in _TOKEN.finditer(plain):
        if found["number"]:
            yield from _number(found["number"], found["tail"] or "", words)
        elif found["name"]:
            yield found["name"]
        elif found["word"]:
            yield from _word(found["word"], found["digits"] or "", words)
        elif found["mark"] == "%":
            yield "persen"
        elif found["mark"] == "±":
            yield from ("kurang", "lebih")
        else:
            yield found["mark"]


def _number(number: str, tail: str, words: Words) -> Iterator[str]:
    """Part `2jam`, keep `8a` and `3x4` together as the codes they are."""
    clean = number.rstrip(".,:")
    if clean + tail == "17an":
        yield "hutri"
    elif not tail or tail in {"an", "nya"}:
        yield clean
    elif len(tail) > 1 and len(set(tail)) == 1:
        yield clean + tail
    elif tail == "x":
        yield from (clean, "kali")
    elif tail == "m" and clean.isdigit() and len(clean) > 1:
        yield from (clean, "meter")
    elif len(tail) == 1:
        yield from (clean, "miliar") if tail == "m" and "," in clean else (clean + tail,)
    elif tail in _TAILS:
        yield from (clean, _TAILS[tail])
    elif tail in words.units or tail in words.short or tail in words.numbers or len(tail) > 2:
        yield clean
        yield from canonical(tail, words).split()
    else:
        yield clean + tail


def _word(word: str, digits: str, words: Words) -> Iterator[str]:
    """Read `anak2` as a plural, part `tgl3` and `rp5jt`, keep `p3dn` together."""
    halves = word.split("-")
    if not digits and len(halves) == 2 and all(_is_limit(half) for half in halves):
        yield from (halves[0], "-", halves[1])
        return
    if not digits and len(halves) == 2 and min(map(len, halves)) > 1 and not is_known(word, words):
        for half in dict.fromkeys(halves):
            yield from canonical(half, words).split()
        return
    plural = digits == "2" and len(word) > 2 and word not in _NO_PLURAL
    labelled = word in words.labels and digits[-1:].isdigit()
    if plural or not digits:
        yield from canonical(word, words).split()
    elif word in _SPLIT_HEADS or labelled:
        yield from canonical(word, words).split()
        yield from _pieces(digits.rstrip("."), words)
    else:
        yield word + digits


def _in_context(pieces: list[str]) -> list[str]:
    """Settle short forms that mean one thing before a number and another elsewhere."""
    settled: list[str] = []
    for place, piece in enumerate(pieces):
        after = pieces[place + 1] if place + 1 < len(pieces) else ""
        numbered = after[:1].isdigit()
        if piece in {"sd", "smp"}:
            till = _is_limit(after) and (not numbered or _is_limit(settled[-1] if settled else ""))
            settled.append("sampai" if till else piece)
        elif piece == "sma":
            school = numbered or after == "negeri" or (settled[-1:] and settled[-1] in _AT_SCHOOL)
            settled.append("sma" if school else "sama")
        elif piece == "dinas" and after == "luar" and settled[-1:] == ["libur"]:
            settled.append("dulu")
        elif piece in {"seng", "ra"} and after in _AFTER_NOT:
            settled.append("tidak")
        elif piece == "pkl" and numbered:
            settled.append("jam")
        elif piece == "tadi" and numbered and "/" in pieces[place + 2 : place + 3]:
            settled.append("tekanan")
        else:
            settled.append(piece)
    return settled


def _is_limit(piece: str) -> bool:
    return piece[:1].isdigit() or piece in TIME or piece in _LIMITS
