"""Numbers that count nothing: labels, years, codes, money, measures."""

import re
from collections.abc import Sequence
from decimal import Decimal

from bot.understanding.phrases import names
from bot.understanding.spelling import Reading, Token
from bot.understanding.words import Unit, Words

_YEAR = re.compile(r"(?:19|20)\d\d")
_CODE = re.compile(r"\d{7,}|\d{1,2}\.00|\d{1,2}:\d\d")
_MONEY_BEFORE = names(
    "rp idr rupiah realisasi investasi pad penerimaan dana belanja sebesar senilai seharga "
    "anggaran pagu biaya omzet harga nilai uang denda retribusi"
)
_MONEY_AFTER = names("miliar milyar triliun rupiah perak")
_SCALES = {"miliar": 10**9, "milyar": 10**9, "triliun": 10**12}
_MONEY_FROM = 100_000
_NO_UNITS = names(
    "langkah besar arah sisi kalender berturut derajat celcius celsius mmhg wib wita wit persen cm "
    "mm mdpl ppm volt watt kkal mg ml cc bar psi detik pilar nilai waktu lantai tingkat bintang "
    "kiri kanan depan belakang utara selatan timur barat atas bawah "
    "banding views view viewer like likes follower followers subscriber penonton"
)
_ORDINAL_HEADS = names("hari hut pertemuan minggu sesi putaran tahun")
_NAMED_TOO = names("waktu nilai ukuran uang")
_AREAS = names("desa kelurahan kecamatan kampung dusun rt rw kabupaten kota")
_TO_PLACES = names("orang keluarga rumah tempat kelompok own")
_SIZES = names("standar kapasitas ukuran kemasan isi ukurannya kedalaman jarak radius berkapasitas")
_WATCHED = names("usia ditonton dilihat disimak")
_LIVE_WEIGHT = names("bayi lahir kelahiran berat badan bbl persalinan partus cewek cowok")
# SMA is read as `sama`, which it is far more often.
_SCHOOLS = names("sd smp sma sama smk mi mts ma tk")
_RANGE = frozenset({"-", ",", "dan", "&", "/", "sampai", "sama"})


def _at(tokens: Sequence[Token], place: int) -> str:
    return tokens[place].text if 0 <= place < len(tokens) else ""


def is_name(tokens: Sequence[Token], place: int, words: Words, unit: Unit | None) -> bool:
    """Tell whether a number is a label, a year or a code."""
    before, earlier = _at(tokens, place - 1), _at(tokens, place - 2)
    if before == "ke" or (before == "-" and earlier == "ke"):
        countable = unit is not None and (
            unit.group in _TO_PLACES
            or (unit.name in words.units and unit.group != "waktu")
            or (earlier.isalpha() and unit.name in words.glossary)
        )
        return before == "-" or earlier in _ORDINAL_HEADS or not countable
    if before in words.soft_labels:
        known = unit is not None and unit.name in words.units
        return not known or unit is None or unit.group in _NAMED_TOO or unit.name in _AREAS
    return (
        before in words.labels
        or (before == "." and earlier in words.labels)
        or (before == "-" and earlier.isalpha())
        or (before in {"n", "negeri"} and earlier in _SCHOOLS)
        or _continues_a_label(tokens, place, words, unit)
        or _is_code(tokens[place].text, before)
        or _is_year(tokens[place].text, before, words, unit)
    )


def _continues_a_label(
    tokens: Sequence[Token], place: int, words: Words, unit: Unit | None
) -> bool:
    """Tell whether a number goes on with `bab 3-5` or `rt 3, 5`."""
    before = _at(tokens, place - 1)
    if before not in _RANGE or place < 3 or tokens[place - 2].value is None:
        return False
    ranged = before in {"-", "sampai"} or unit is None
    first = _at(tokens, place - 3)
    return ranged and (first in words.labels or (unit is None and first in words.soft_labels))


def _is_code(text: str, before: str) -> bool:
    return bool(
        before == "/"
        or (before == "-" and "," in text)
        or _CODE.fullmatch(text)
        or (len(text) > 1 and text[0] == "0" and text.isdigit())
    )


def _is_year(text: str, before: str, words: Words, unit: Unit | None) -> bool:
    """Take 2026 for a year, but two thousand of something for a count."""
    counted = text.endswith("00") and unit is not None and unit.name in words.units
    return bool(_YEAR.fullmatch(text)) and before not in words.cues and not counted


def is_money(tokens: Sequence[Token], place: int, unit: Unit | None) -> bool:
    """Tell whether a number is an amount of money."""
    token, before, after = tokens[place], _at(tokens, place - 1), _at(tokens, place + 1)
    value = token.value or Decimal(0)
    if before in {"rp", "idr"} or (
        before in {".", ":"} and _at(tokens, place - 2) in {"rp", "idr"}
    ):
        return True
    if after == "m" and any(t.text in _MONEY_BEFORE for t in tokens):
        return True
    if after in _MONEY_AFTER or (before in _MONEY_BEFORE and value >= 1000 and unit is None):
        return True
    if after == "/" and value >= 1000:
        return True
    priced = value >= 1000 and any(t.text == "harga" for t in tokens[:place])
    if priced and (unit is None or unit.name == unit.group):
        return True
    return unit is None and value >= _MONEY_FROM


def is_measure(tokens: Sequence[Token], place: int, unit: Unit | None) -> bool:
    """Tell whether a number measures something nobody would count."""
    after = _at(tokens, place + 1)
    if after in _NO_UNITS:
        return True
    if after == "jam" and not (unit and unit.name in {"jp", "jam pelajaran"}):
        return True
    if unit and unit.group == "ukuran" and _at(tokens, place - 1) in _SIZES:
        return True
    if unit and unit.name in {"gram", "kilogram"}:
        return any(t.text in _LIVE_WEIGHT for t in tokens[:place])
    return _at(tokens, place - 1) in _WATCHED or (
        after == "tahun" and unit is not None and unit.group != "waktu"
    )


def money_of(reading: Reading) -> Decimal | None:
    """Find the first amount of money, for those whose work result is counted in rupiah."""
    tokens = reading.tokens
    for place, token in enumerate(tokens):
        if token.value is None or not is_money(tokens, place, None):
            continue
        value = token.value * _SCALES.get(_at(tokens, place + 1), 1)
        return value if value < Decimal(10) ** 15 else None
    return None
