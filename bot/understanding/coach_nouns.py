"""What a sentence is about, in the person's own words: the noun that a better wording keeps."""

import re

from bot.understanding.coach_words import Draft, draft, found, lists, pattern, spelled
from bot.understanding.words import load_words

_LONGEST = 7
_HEAD = re.compile(r"(?:me(?:m|n|ng|ny|l|r)?[a-z]{3,}|ber[a-z]{4,}|[a-z-]{3,}nya|ter[a-z]{4,})")
_STATE = re.compile(r"(?:ter|di)[a-z]{4,}|berjalan|berfungsi|adalah|menjadi|mencapai")
_DEEDS = re.compile(
    r"pe[a-z]{4,}an|verifikasi|validasi|reviu|survei|kunjungan|uji|tera|entri|input|rekap"
)
_CUT = re.compile(
    r"\s*(?:[,;:.()+%–]|\d|≤|≥|\b(?:yang|yg|untuk|utk|dalam|agar|supaya|sehingga|setiap|tiap|secara|"
    r"oleh|melalui|sesuai|dengan|dgn|sebagai|kepada|tingkat|berdasarkan|sejak|minimal|maksimal|maks|"
    r"paling|per|lebih|kurang|bagi|dibagi|dari|pada|di|ke|se|kabupaten|provinsi)\b|\bse-).*$",
    re.IGNORECASE,
)
_TOWARDS = re.compile(
    r"^(?:kunjungan|koordinasi|konsultasi|sosialisasi|supervisi|penyuluhan)"
    r" (?:ke|kepada|dengan|di) "
)
_PLACE = re.compile(r"\b(?:di|pada) (?P<place>[^,;:()]{3,60})", re.IGNORECASE)
_ENDS = re.compile(r"\s+\b(?:yang|agar|sehingga|sesuai|secara|dan|setiap|dengan|tepat|paling)\b.*$")


def noun_of(one: Draft) -> str:
    """Give what a sentence is about, without verbs, qualities and numbers; perhaps nothing."""
    words = _from_head(one).split()
    while words and _dropped(" ".join(words), words[0]):
        words.pop(0)
    phrase = " ".join(words)
    towards = _TOWARDS.match(phrase.lower())
    kept = towards.end() if towards else 0
    phrase = phrase[:kept] + _CUT.sub("", phrase[kept:])
    noun = " ".join(_before_quality(phrase.split()[:_LONGEST])).strip(" -–/")
    noun = re.sub(r"\s(?:dan|atau|serta|sama)$", "", noun)
    return noun[:1].lower() + noun[1:] if noun[1:2].islower() else noun


def thing_of(noun: str) -> str:
    """Give what a deed is done to: `verifikasi spj` is about `spj`."""
    first, _, rest = noun.partition(" ")
    return rest if rest and _DEEDS.fullmatch(first.lower()) else noun


def _from_head(one: Draft) -> str:
    """Leave out the label or number that a sentence begins with."""
    bare = re.sub(
        rf"^(?:{spelled('skip')}\b|\d+\s*[.)]|[^\w]|\s)+", "", one.text, flags=re.IGNORECASE
    )
    return bare or one.text


def _dropped(rest: str, word: str) -> bool:
    """Tell whether a leading word is a verb, a result's word or a filler."""
    low = word.lower().strip(".,:;()")
    if not any(sign.isalpha() for sign in low):
        return True
    plain = draft(low).line
    if pattern("fillers").match(rest.lower()):
        return True
    if pattern("verbs", "change", "vague").match(plain):
        return plain not in lists()["ceremony"]
    return bool(_HEAD.fullmatch(plain)) and not (
        plain in load_words().roots or pattern("ceremony", "activity").match(plain)
    )


def _before_quality(words: list[str]) -> list[str]:
    """Cut a phrase where a condition or an empty quality begins."""
    for place, word in enumerate(words):
        plain = draft(word).line
        ends = found(plain, "vague", "done", "change", "moves") or (
            _STATE.fullmatch(plain) and plain not in load_words().roots
        )
        if place and ends:
            return words[:place]
    return words


def place_of(one: Draft, otherwise: str) -> str:
    """Give the person's own place as typed; never a whole region."""
    hit = _PLACE.search(one.text)
    if hit is None:
        return otherwise
    place = _ENDS.sub("", hit["place"]).strip()
    low = draft(place).line
    regional = re.search(r"\b(?:kabupaten|kota|provinsi|nasional|indonesia|daerah)\b", low)
    return f"di {place}" if found(low, "mine") and not regional else otherwise
