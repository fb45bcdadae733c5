"""From letters to the stems that the library is searched by."""

import re
from functools import cache
from importlib.resources import files

from rapidfuzz import process
from rapidfuzz.distance import OSA
from Sastrawi.Stemmer.Stemmer import Stemmer
from Sastrawi.Stemmer.StemmerFactory import StemmerFactory

TOKEN = re.compile(r"\d{1,3}(?:\.\d{3})+(?!\d)|[a-z0-9]+")
ELECTRONIC = re.compile(r"\be-(?=[a-z])")
"""`e-Kinerja` is one word, however it is written."""
STEMS = "stems.txt"


def tokens(text: str) -> list[str]:
    """Cut a text into lower-case words and numbers; `1.000` is one number."""
    plain = ELECTRONIC.sub("e", text.lower())
    return [word.replace(".", "") for word in TOKEN.findall(plain)]


def lines(name: str) -> list[str]:
    """Read a data file of this room: one entry a line, `#` begins a remark."""
    text = files(__package__).joinpath("data", name).read_text(encoding="utf-8")
    stripped = (line.split("#", 1)[0].strip() for line in text.splitlines())
    return [line for line in stripped if line]


@cache
def stopwords() -> frozenset[str]:
    """Give the words that say nothing about what is asked."""
    return frozenset(word for line in lines("stopwords.txt") for word in line.split())


@cache
def faint_words() -> frozenset[str]:
    """Give the stems that help to choose between articles but never suffice to find one."""
    return frozenset(stem(word) for line in lines("faint.txt") for word in line.split())


@cache
def anchors() -> frozenset[str]:
    """Give the stems that hardly ever stand in a question from outside the library."""
    return frozenset(stem(word) for line in lines("anchors.txt") for word in line.split())


@cache
def required_words() -> frozenset[str]:
    """Give the stems of what people mostly ask elsewhere: an answer must speak of them."""
    return frozenset(stem(word) for line in lines("required.txt") for word in line.split())


@cache
def known_stems() -> dict[str, str]:
    """Give the stems worked out beforehand, so that a start does not wait for the stemmer."""
    pairs = (line.split() for line in lines(STEMS))
    return {pair[0]: pair[-1] for pair in pairs}


@cache
def exceptions() -> dict[str, str]:
    """Give the words that the stemmer would reduce to something else than they mean here."""
    pairs = (line.split() for line in lines("exceptions.txt"))
    return {pair[0]: pair[-1] for pair in pairs}


@cache
def roots() -> frozenset[str]:
    """Give the Indonesian root words that the stemmer knows."""
    return frozenset(StemmerFactory().get_words())


class _Roots:
    """Be the stemmer's dictionary; its own one copies all words, which the first question pays."""

    def contains(self, word: str) -> bool:
        return word in roots()


@cache
def _stemmer() -> Stemmer:
    return Stemmer(_Roots())


@cache
def stem(word: str) -> str:
    """Reduce a word to its root, the informal `-in`, `nge-` and `ny-` included."""
    known = known_stems().get(word)
    return work_out(word) if known is None else known


def work_out(word: str) -> str:
    """Reduce a word to its root by the stemmer, without the stems worked out beforehand."""
    if word.isdigit() or len(word) < 4:
        return word
    if word in exceptions() or word in roots():
        return exceptions().get(word, word)
    found = str(_stemmer().stem_word(word))
    return found if found != word else informal_root(word)


def informal_root(word: str) -> str:
    """Undo the spoken forms: `daftarin` → `daftar`, `ngecek` → `cek`, `nyusun` → `susun`."""
    word = word.removesuffix("nya") if len(word) > 6 else word
    bare = word.removesuffix("in") if len(word) > 5 else word
    for form in (word, bare):
        for start, first in (
            ("nge", ""),
            ("ng", ""),
            ("ng", "k"),
            ("ny", "s"),
            ("n", "t"),
            ("m", "p"),
        ):
            if form.startswith(start) and first + form[len(start) :] in roots():
                return first + form[len(start) :]
    return bare if bare in roots() else word


def nearest(word: str, candidates: tuple[str, ...]) -> str | None:
    """Find the word that was meant by a mistyped one: one slip, or two in a long word.

    A real Indonesian word is never taken for a slip of another.
    """
    if len(word) < 4 or word.isdigit() or word in roots():
        return None
    slips = 1 if len(word) < 8 else 2
    found = process.extractOne(word, candidates, scorer=OSA.distance, score_cutoff=slips)
    return str(found[0]) if found and len(found[0]) > 3 and found[0].isalpha() else None
