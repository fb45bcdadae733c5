"""Numbers as Indonesians write and say them."""

import re
from collections.abc import Iterable
from decimal import Decimal

from bot.understanding.phrases import names
from bot.understanding.words import Words

_THOUSANDS = re.compile(r"[1-9]\d{0,2}(?:\.\d{3})+(?:,\d{1,4})?")
_THOUSANDS_ENGLISH = re.compile(r"[1-9]\d{0,2}(?:,\d{3}){2,}(?:\.\d{1,4})?")
_DECIMAL = re.compile(r"\d{1,12}(?:[.,]\d{1,6})?")
_SCALE_WORDS = names("puluh ratus ribu juta lusin kodi rb jt rebu")
_LONGEST_RUN = 12
_TENS = frozenset({Decimal(10), Decimal(12), Decimal(20)})


def number_of(piece: str) -> Decimal | None:
    """Read `1.250`, `12,5` and `1.250,75`; what is no plain number (`2.3.1`) gives nothing."""
    if not piece[:1].isdigit():
        return None
    if _THOUSANDS.fullmatch(piece):
        return Decimal(piece.replace(".", "").replace(",", "."))
    if _THOUSANDS_ENGLISH.fullmatch(piece):
        return Decimal(piece.replace(",", ""))
    if _DECIMAL.fullmatch(piece):
        return Decimal(piece.replace(",", "."))
    return None


def spoken_numbers(pieces: list[str], words: Words) -> list[str]:
    """Turn `dua puluh lima` into `25` and `2 ribu` into `2000`, but no fixed phrase."""
    written: list[str] = []
    pieces = [part for piece in pieces for part in _parted(piece)]
    place = 0
    while place < len(pieces):
        kept = _fixed_length(pieces, place, words)
        if kept:
            written.extend(
                "_" if p in words.numbers or p[:1].isdigit() else p
                for p in pieces[place : place + kept]
            )
            place += kept
            continue
        value, length = _run(pieces[place : place + _LONGEST_RUN], words)
        if value is None:
            written.append(pieces[place])
            place += 1
        else:
            written.append(_plain(value))
            place += length
    return written


def _parted(piece: str) -> tuple[str, ...]:
    """Part a number written as one word: `duapuluh`."""
    found = _GLUED.fullmatch(piece)
    return (found[1], found[2]) if found else (piece,)


_GLUED = re.compile(
    r"(satu|dua|tiga|empat|lima|enam|tujuh|delapan|sembilan)(belas|puluh|ratus|ribu|juta)"
)


def _fixed_length(pieces: list[str], place: int, words: Words) -> int:
    for phrase in _fixed_by_first(words).get(pieces[place], ()):
        if tuple(pieces[place : place + len(phrase)]) == phrase:
            return len(phrase)
    return 0


def _fixed_by_first(words: Words) -> dict[str, list[tuple[str, ...]]]:
    known = _FIXED.get(id(words))
    if known is None:
        known = {}
        for phrase in words.fixed:
            parts = tuple(phrase.split())
            known.setdefault(parts[0], []).append(parts)
        _FIXED[id(words)] = known
    return known


_FIXED: dict[int, dict[str, list[tuple[str, ...]]]] = {}


def _run(pieces: Iterable[str], words: Words) -> tuple[Decimal | None, int]:
    """Add up the number words at the start of some pieces; tell how many they were."""
    total = current = Decimal(0)
    length = 0
    spoken = False
    for piece in pieces:
        value = words.numbers.get(piece)
        if value is None and piece == "belas" and Decimal(0) < current < 10:
            current += 10
        elif value is None and length == 0 and number_of(piece) is not None:
            current = number_of(piece) or Decimal(0)
        elif value is None:
            break
        elif piece in _SCALE_WORDS:
            if length == 0:
                break
            total, current = _scaled(total, current, value)
        elif length and not spoken:
            break
        elif value >= 1000:
            total += value
        else:
            current += value
        spoken = spoken or value is not None or piece == "belas"
        length += 1
    return (total + current, length) if spoken else (None, 0)


def _scaled(total: Decimal, current: Decimal, value: Decimal) -> tuple[Decimal, Decimal]:
    if value >= 1000:
        return total + (current or 1) * value, Decimal(0)
    if value in _TENS:
        hundreds = current - current % 100
        return total, hundreds + (current % 100 or 1) * value
    return total, (current or 1) * value


def _plain(value: Decimal) -> str:
    """Write a value so that `number_of` reads it back."""
    text = format(value.normalize(), "f")
    return text.replace(".", ",")
