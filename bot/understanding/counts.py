"""What is counted in a sentence, and which count matters."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from bot.understanding.phrases import names
from bot.understanding.spelling import Reading, Token
from bot.understanding.traps import is_measure, is_money, is_name
from bot.understanding.words import Unit, Words

MOST = Decimal(10) ** 12
_PARTS = {
    "1 / 2": "0.5", "1 / 4": "0.25", "3 / 4": "0.75", "1 / 3": "0.33", "2 / 3": "0.67",
    "setengah": "0.5", "seperempat": "0.25", "separuh": "0.5", "separo": "0.5",
}  # fmt: skip
_PART_COUNT = re.compile(
    r"\b(1 / 2|1 / 4|3 / 4|1 / 3|2 / 3|setengah|seperempat|separuh|separo) "
    r"(hektare|hektar|ha|ton|kg|kilo|kuintal|liter|km)\b"
)
_NOUN_FIRST = re.compile(
    r"(?<![\w-])(?:[a-z][a-z-]{2,30} \d{1,4}(?: ,| dan| &| \+| ;)* (?:[a-z][a-z-]{2,30} )?){1,8}"
    r"[a-z][a-z-]{2,30} \d{1,4}(?= [,.;)]| di | ke |$)"
)
_FAR = 4
_FEW = 10
_STOPS = frozenset(".;!?")
_BREAKS = frozenset({".", ";", "!", "?", ",", "(", ")", "", "dan", "+", "&", "/", "sama", "serta"})
_CLOSERS = frozenset({"belum", "tidak", "sudah", "dan", "yang", "sisanya", "lainnya"})
_VERBAL = ("di", "me", "ter", "ber", "nge")
_SUBSETS = names(
    "prioritas stunting sakit izin alpa lulus gagal tuntas remedial hadir absen positif negatif "
    "anemia rusak baru dirujuk rujuk tms bts mutakhir valid invalid pending closed selesai kembali "
    "sisa"
)
_ONE_OF_A_KIND = frozenset({"orang", "keluarga"})
_WHOLE = frozenset({"orang", "keluarga", "rumah", "tempat", "kelompok", "kendaraan"})
# From one value to another nothing is added up.
_BETWEEN = frozenset({"dari", "jadi", "menjadi", "ke", "sampai"})
_ROUGHLY = frozenset({"+", "lebih"})
_CAME = frozenset({"hadir", "dihadiri", "diikuti", "datang"})


@dataclass(frozen=True, slots=True)
class Count:
    """Something counted; `follows` tells that the unit stood after the number."""

    value: Decimal
    unit: Unit | None
    follows: bool
    place: int
    noun: str = ""


def counts_of(reading: Reading, line: str, words: Words) -> list[Count]:
    """List what is counted, in the order of the text; `line` has blanks where all is understood."""
    parts = list(_PART_COUNT.finditer(line))
    spent = [found.span() for found in parts]
    counts = [Count(Decimal(_PARTS[f[1]]), words.units.get(f[2]), True, f.start()) for f in parts]
    tokens = [
        _gone(t) if line[t.start] == "_" or any(a <= t.start < b for a, b in spent) else t
        for t in reading.tokens
    ]
    listed = [found.span() for found in _NOUN_FIRST.finditer(line) if _is_list(found[0], words)]
    for place, token in enumerate(tokens):
        if token.value is None or not 0 < token.value < MOST:
            continue
        noun_first = any(first <= token.start < last for first, last in listed)
        counts += _count(tokens, place, words, noun_first=noun_first)
    return sorted(counts, key=lambda count: count.place)


def _gone(token: Token) -> Token:
    return Token("_", None, token.start, token.end, known=True)


def text_at(tokens: Sequence[Token], place: int) -> str:
    """Give the word at a place, or nothing beyond the ends."""
    return tokens[place].text if 0 <= place < len(tokens) else ""


def _count(tokens: Sequence[Token], place: int, words: Words, *, noun_first: bool) -> list[Count]:
    """Decide whether the number at a place counts something, and what; none or one."""
    token = tokens[place]
    value = token.value or Decimal(0)
    roughly = text_at(tokens, place + 1) in _ROUGHLY and text_at(tokens, place + 2).isalpha()
    unit = None if noun_first else unit_at(tokens, place + 1 + roughly, words)[0]
    if roughly and unit and unit.name not in words.units:
        unit = None
    if _counts_nothing(tokens, place, unit, words):
        return []
    if unit:
        return [Count(_whole(value, token.text, unit), unit, True, token.start)]
    if noun_first:
        before = text_at(tokens, place - 1)
        return [Count(value, words.units.get(before), False, token.start, before)]
    after = text_at(tokens, place + 1)
    if after in {"dari", "/", "-"} and text_at(tokens, place + 2)[:1].isdigit():
        unit, _ = unit_at(tokens, place + 3, words)
        back = unit or _look_back(tokens, place, words, far=True)
        return [Count(value, back, True, token.start)]
    return _bare(tokens, place, value, words)


def _counts_nothing(tokens: Sequence[Token], place: int, unit: Unit | None, words: Words) -> bool:
    """Tell whether a number is a name, money, a measure, or a part of what has no parts."""
    value = tokens[place].value or Decimal(0)
    named = words.units.get(text_at(tokens, place - 1))
    return (
        is_name(tokens, place, words, unit)
        or is_money(tokens, place, unit)
        or is_measure(tokens, place, unit)
        or (unit is not None and unit.group in _WHOLE and value != int(value))
        # `pasar 16 ilir` is a market of that name.
        or bool(unit and unit.name not in words.units and named and named.group == "tempat")
    )


def _bare(tokens: Sequence[Token], place: int, value: Decimal, words: Words) -> list[Count]:
    """Read a number without a unit behind it: `usulan 46`, `hadir 25`, `ktp 12`."""
    before, after = text_at(tokens, place - 1), text_at(tokens, place + 1)
    cued = before in words.cues or (before == ":" and after in _BREAKS)
    closing = after in _BREAKS or after in _CLOSERS or after in words.status or _is_passive(after)
    odd = place and (not tokens[place - 1].known or before in words.names)
    if odd and not (closing and value > (20 if before in words.names else 10)):
        return []
    back = _look_back(tokens, place, words, far=cued or value > 12)
    if back and back.group == "tempat" and value <= _FEW and not cued and after in _BREAKS:
        return []
    if back is None and closing:
        back = _look_back(tokens, place, words, far=True)
        back = None if back and back.group == "tempat" else back
    if after in {"hadir", "ikut"} or (back is None and before in _CAME):
        back = words.units["orang"]
    spoken = before.isalpha() and len(before) > 1 and before not in words.stop
    if back is None and closing and not cued:
        back = _plain_noun(before, words)
    if back or cued or (closing and spoken):
        return [Count(value, back, False, tokens[place].start, before)]
    return []


def _plain_noun(word: str, words: Words) -> Unit | None:
    """Take a noun of no list for a unit: `gerinda 9`, but no deed, name or state."""
    kinds = (words.stop, words.status, words.cues, words.general, words.names, words.activity)
    deed = word.startswith((*_VERBAL, "pe")) or any(word in kind for kind in kinds)
    return Unit(word, word, word) if word in words.roots and not deed else None


def _is_list(run: str, words: Words) -> bool:
    """Tell whether each number of a run such as `implan 7 iud 3` follows the noun it counts."""
    nouns = re.findall(r"([a-z-]+) \d", run)
    if any(noun in _BETWEEN or _is_passive(noun) for noun in nouns):
        return False
    kinds = (words.labels, words.soft_labels, words.stop, words.status, words.cues, words.names)
    return not any(noun in kind for noun in nouns for kind in kinds)


def _is_passive(word: str) -> bool:
    return len(word) > 4 and word.startswith(("di", "ter"))


def _whole(value: Decimal, text: str, unit: Unit) -> Decimal:
    """Take `1,250 orang` for a thousand: what cannot be parted has no decimals."""
    if unit.group != "ukuran" and re.fullmatch(r"[1-9]\d{0,2},\d{3}", text):
        return Decimal(text.replace(",", ""))
    return value


def unit_at(tokens: Sequence[Token], place: int, words: Words) -> tuple[Unit | None, int]:
    """Read the unit that stands at a place: a known one, else a noun that may be one."""
    text = text_at(tokens, place)
    for length in words.unit_lengths.get(text, ()):
        name = " ".join(text_at(tokens, place + i) for i in range(length))
        if name in words.units:
            return _of_papers(tokens, place + length, words.units[name], words), length
    if not text.isalpha() or len(set(text)) < 2:
        return None, 0
    kinds = (words.stop, words.status, words.cues, words.general, words.names)
    no_noun = (
        any(text in kind for kind in kinds)
        or (text in words.labels and text_at(tokens, place + 1)[:1].isdigit())
        or (text.startswith(_VERBAL) and text not in words.roots)
        or (text in words.activity and text not in words.glossary)
    )
    return (None, 0) if no_noun else (Unit(text, text, text), 1)


def _of_papers(tokens: Sequence[Token], place: int, unit: Unit, words: Words) -> Unit:
    """Count the papers where samples of papers were taken: `25 sampel berkas`."""
    papers = words.units.get(text_at(tokens, place))
    return papers if papers and unit.name == "sampel" and papers.group == "dokumen" else unit


def _look_back(tokens: Sequence[Token], place: int, words: Words, *, far: bool) -> Unit | None:
    """Find the countable noun to which a bare number belongs."""
    for back in range(place - 1, max(-1, place - 1 - (_FAR if far else 1)), -1):
        said = tokens[back]
        if said.text in _STOPS or (said.text == "," and back < place - 1):
            return None
        if said.value is not None and not far:
            return None
        for length in (3, 2, 1):
            name = " ".join(t.text for t in tokens[max(0, back - length + 1) : back + 1])
            unit = words.units.get(name)
            if unit and unit.group != "waktu":
                described = unit.group != "dokumen" and _head(tokens, back - length, words)
                return described or unit
    return None


def _head(tokens: Sequence[Token], place: int, words: Words) -> Unit | None:
    """Find the paper that a noun only describes: `surat pindah siswa 2` counts letters."""
    head: Unit | None = None
    for back in range(place, max(-1, place - _FAR + 1), -1):
        text = tokens[back].text
        if not text.isalpha() or text in words.stop:
            break
        unit = words.units.get(text)
        head = unit if unit and unit.group == "dokumen" else head
    return head


def choose(counts: Sequence[Count], unit: str | None, words: Words) -> Count | None:
    """Choose the count that matters: the one in the work result's own unit, else the first."""
    name = (unit or "").lower()
    wanted = words.units.get(name) or (Unit(name, name, name) if name else None)
    if wanted:
        own = next((c for c in counts if c.unit and c.unit.meaning == wanted.meaning), None)
        if own:
            return own
    usable = [c for c in counts if not (c.unit and c.unit.group == "waktu")]
    listed = _listed(usable)
    if listed:
        return listed
    if wanted and wanted.group in _ONE_OF_A_KIND:
        alike = [c for c in usable if c.unit and c.unit.group == wanted.group and c.follows]
        usable = alike or usable
    return usable[0] if usable else None


def _listed(counts: Sequence[Count]) -> Count | None:
    """Add up a list such as `ktp 12, kk 7`: kinds of one thing, and none a part of another."""
    if len(counts) < 2 or any(c.follows or c.value != int(c.value) for c in counts):
        return None
    nouns = [c.noun for c in counts]
    groups = {c.unit.group for c in counts if c.unit}
    if any(noun in _SUBSETS for noun in nouns) or groups & {"orang", "tempat", "kelompok"}:
        return None
    if len(set(nouns)) < len(nouns) or any(noun in _BETWEEN or _is_passive(noun) for noun in nouns):
        return None
    return Count(sum((c.value for c in counts), Decimal(0)), None, False, counts[0].place)
