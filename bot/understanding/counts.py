"""Counts, their units, and progress in percent."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from bot.understanding.numerals import number_of
from bot.understanding.spelling import Reading, Token
from bot.understanding.words import Unit, Words

MOST = Decimal(10) ** 12
_BODY = r"(\d{1,3}(?:[.,]\d{1,4})?)"
_PERCENT = re.compile(rf"(?<![\d.,]){_BODY} (?:- {_BODY} )?persen\b")
_FRACTION = re.compile(
    r"\b(?:(?P<half>setengah|separuh|separo|seperdua|1 / 2)|(?P<quarter>seperempat|1 / 4)"
    r"|(?P<most>(?:3|tiga) perempat|3 / 4)|(?P<third>sepertiga|1 / 3)|(?P<two>(?:2|dua) pertiga|2 / 3))"
    r"\b(?P<after>(?: (?:dari|nya|sudah|selesai|beres|jadi|rampung|jalan|terisi|masuk|lagi|total|progres))?)"
)
_PERCENTS = {"half": Decimal(50), "quarter": Decimal(25), "most": Decimal(75), "third": Decimal("33.3"), "two": Decimal("66.7")}
_TAX = re.compile(r"\b(?:ppn|pph|pajak|diskon|bunga|denda|potongan|target|alkohol|konsentrasi|kadar) (?:sebesar )?$")
_BECOMES = re.compile(r"\b(?:jadi|menjadi|ke|realisasi|capaian|tercapai|mencapai|baru|sudah|progres) (?:sekitar |kurang lebih )?$")
_PARTS = {"1 / 2": "0.5", "1 / 4": "0.25", "3 / 4": "0.75", "1 / 3": "0.33", "2 / 3": "0.67", "setengah": "0.5", "seperempat": "0.25", "separuh": "0.5", "separo": "0.5"}
_PART_COUNT = re.compile(r"\b(1 / 2|1 / 4|3 / 4|1 / 3|2 / 3|setengah|seperempat|separuh|separo) (hektare|hektar|ha|ton|kg|kilo|kuintal|liter|km)\b")
_MONEY_BEFORE = frozenset("rp rupiah sebesar senilai seharga anggaran pagu biaya".split())
_MONEY_AFTER = frozenset("miliar milyar triliun rupiah m".split())
_YEAR = re.compile(r"(?:19|20)\d\d")
_CODE = re.compile(r"\d{7,}")
_TOO_LONG_A_LOOK = 4
_PERIODS = frozenset("hari minggu bulan tahun semester triwulan menit detik jam tanggal".split())
_AFTER_PERIOD = frozenset("derajat celcius celsius mmhg wib wita wit persen cm mm mdpl ppm volt kkal mg ml cc".split())
_SKIPPED = frozenset("orang".split())
_PREFIXES = ("di", "me", "ter", "ber", "nge")


@dataclass(frozen=True, slots=True)
class Count:
    """Something counted; `follows` tells that the unit stood after the number."""

    value: Decimal
    unit: Unit | None
    follows: bool
    place: int


def percent_of(line: str) -> tuple[Decimal | None, tuple[tuple[int, int], ...]]:
    """Find the progress stated in percent or as a part of the whole."""
    spans: list[tuple[int, int]] = []
    best: tuple[bool, Decimal] | None = None
    for found in _PERCENT.finditer(line):
        spans.append(found.span())
        before = line[max(0, found.start() - 30) : found.start()]
        value = number_of(found[2] or found[1])
        if value is None or _TAX.search(before):
            continue
        reached = bool(_BECOMES.search(before))
        if best is None or (reached and not best[0]):
            best = (reached, value)
    if best:
        return best[1], tuple(spans)
    for found in _FRACTION.finditer(line):
        name = found.lastgroup if found.lastgroup != "after" else None
        name = next((n for n in _PERCENTS if found[n]), name)
        if found["after"] and name:
            return _PERCENTS[name], (*spans, found.span())
    return None, tuple(spans)


def counts_of(reading: Reading, line: str, words: Words) -> list[Count]:
    """List what is counted, in the order of the text; `line` has blanks where all is understood."""
    counts = [
        Count(Decimal(_PARTS[m[1]]), words.units.get(m[2]), follows=True, place=m.start())
        for m in _PART_COUNT.finditer(line)
    ]
    spent = [m.span() for m in _PART_COUNT.finditer(line)]
    tokens = [
        t if line[t.start] != "_" and not any(a <= t.start < b for a, b in spent) else _gone(t)
        for t in reading.tokens
    ]
    for place, token in enumerate(tokens):
        if token.value is None or token.value <= 0 or token.value >= MOST:
            continue
        count = _count(tokens, place, words)
        if count:
            counts.append(count)
    return sorted(counts, key=lambda c: c.place)


def _gone(token: Token) -> Token:
    return Token("_", None, token.start, token.end, known=True)


def _at(tokens: Sequence[Token], place: int) -> str:
    return tokens[place].text if 0 <= place < len(tokens) else ""


def _count(tokens: Sequence[Token], place: int, words: Words) -> Count | None:
    """Decide whether the number at a place counts something, and what."""
    token = tokens[place]
    before, after = _at(tokens, place - 1), _at(tokens, place + 1)
    unit, length = unit_at(tokens, place + 1, words)
    if _is_name(tokens, place, words, unit) or _is_money(tokens, place, unit):
        return None
    if after in _AFTER_PERIOD or (after in _PERIODS and not (after == "jam" and length == 2)):
        period = words.units.get(after)
        return Count(token.value or Decimal(0), period, follows=True, place=token.start) if period and period.group == "waktu" and after != "jam" else None
    value = token.value or Decimal(0)
    if unit is None and after in {"dari", "/"} and _at(tokens, place + 2)[:1].isdigit():
        unit, _ = unit_at(tokens, place + 3, words)
        return Count(value, unit or _look_back(tokens, place, words, far=True), follows=True, place=token.start)
    if unit:
        return Count(_whole(value, token.text, unit), unit, follows=True, place=token.start)
    back = _look_back(tokens, place, words, far=value > 12 or before in words.cues or after in words.status)
    if back or before in words.cues or (after in words.status and (value > 12 or before in words.activity)):
        return Count(value, back or _implied(before, words), follows=False, place=token.start)
    return None


def _whole(value: Decimal, text: str, unit: Unit) -> Decimal:
    """Take `1,250 orang` for a thousand: what cannot be parted has no decimals."""
    if unit.group in {"orang", "dokumen", "keluarga", "rumah"} and re.fullmatch(r"[1-9]\d{0,2},\d{3}", text):
        return Decimal(text.replace(",", ""))
    return value


def _implied(before: str, words: Words) -> Unit | None:
    return words.units["orang"] if before in {"hadir", "peserta", "dihadiri", "diikuti", "datang"} else None


def _is_name(tokens: Sequence[Token], place: int, words: Words, unit: Unit | None) -> bool:
    """Tell whether a number is a label, a year, a code or a measure."""
    text, before, earlier = tokens[place].text, _at(tokens, place - 1), _at(tokens, place - 2)
    if before == "ke" or (before == "-" and earlier == "ke"):
        if before == "-" or unit is None or earlier in words.labels or earlier in {"hut", "hari"}:
            return True
        return unit.group not in {"orang", "keluarga", "rumah", "tempat", "kelompok"}
    if before in words.labels and before != "tim" or (before == "tim" and unit is None):
        return True
    if before in {":", ".", "-"} and earlier in words.labels and before != ":":
        return True
    if before in {",", "dan", "&", "/", "-"} and place >= 3 and _at(tokens, place - 3) in words.labels and tokens[place - 2].value is not None and unit is None:
        return True
    if before == "/" or (before == "-" and _at(tokens, place - 2) == ""):
        return True
    if _CODE.fullmatch(text) or (len(text) > 1 and text[0] == "0" and text.isdigit()):
        return True
    if before == "-" and earlier and not tokens[place - 2].value and "," in text:
        return True
    return bool(_YEAR.fullmatch(text)) and before not in words.cues


def _is_money(tokens: Sequence[Token], place: int, unit: Unit | None) -> bool:
    token, before, after = tokens[place], _at(tokens, place - 1), _at(tokens, place + 1)
    if before in {"rp", "idr"} or (before == "." and _at(tokens, place - 2) == "rp"):
        return True
    if after in _MONEY_AFTER:
        return True
    if before in _MONEY_BEFORE and (token.value or 0) >= 1000:
        return True
    return unit is None and (token.value or 0) >= 100_000


def money_of(reading: Reading) -> Decimal | None:
    """Find the first amount of money, for those whose work result is counted in rupiah."""
    tokens = reading.tokens
    for place, token in enumerate(tokens):
        if token.value is None:
            continue
        after = _at(tokens, place + 1)
        scale = {"miliar": 10**9, "milyar": 10**9, "triliun": 10**12, "m": 10**9}.get(after, 1)
        before = _at(tokens, place - 1)
        if before in {"rp", "idr"} or scale > 1 or after == "rupiah" or token.value >= 100_000:
            value = token.value * scale
            return value if value < MOST * 1000 else None
    return None


def unit_at(tokens: Sequence[Token], place: int, words: Words) -> tuple[Unit | None, int]:
    """Read the unit that stands at a place: a known one, else a noun that may be one."""
    for length in range(min(words.longest_unit, 3), 0, -1):
        name = " ".join(_at(tokens, place + i) for i in range(length))
        if name in words.units:
            return words.units[name], length
    text = _at(tokens, place)
    if text in {"buah", "macam"}:
        return words.units[text], 1
    if not text.isalpha() or len(text) < 2 or text in words.stop or text in words.status:
        return None, 0
    if text in words.cues or text in words.labels or text in words.general:
        return None, 0
    if text.startswith(_PREFIXES) and text not in words.roots:
        return None, 0
    if text in words.activity and text not in words.units:
        return None, 0
    return Unit(text, text), 1


def _look_back(tokens: Sequence[Token], place: int, words: Words, *, far: bool) -> Unit | None:
    """Find the countable noun to which a bare number belongs."""
    last = max(-1, place - 1 - (_TOO_LONG_A_LOOK if far else 1))
    for back in range(place - 1, last, -1):
        if tokens[back].text in {".", ";", "!", "?"}:
            return None
        for length in (3, 2, 1):
            name = " ".join(t.text for t in tokens[max(0, back - length + 1) : back + 1])
            if name in words.units and words.units[name].group != "waktu":
                return words.units[name]
        if not far and tokens[back].text in {":", "sebanyak", "total", "ada"}:
            last -= 1
    return None


def choose(counts: Sequence[Count], unit: str | None, words: Words) -> Count | None:
    """Choose the count that matters: the one in the work result's own unit, else the first."""
    wanted = words.units.get((unit or "").lower()) if unit else None
    named = [c for c in counts if c.unit and unit and c.unit.name == (wanted.name if wanted else unit.lower())]
    if named:
        return named[0]
    usable = [c for c in counts if not (c.unit and c.unit.group == "waktu")]
    if wanted and wanted.group in _ALIKE:
        alike = [c for c in usable if c.unit and c.unit.group == wanted.group and c.follows]
        usable = alike or usable
    return usable[0] if usable else None


_ALIKE = frozenset({"orang", "keluarga"})


def clauses(line: str) -> Iterator[str]:
    """Part a line where one thing said ends and the next begins."""
    yield from re.split(r" [,.;] ", line)
