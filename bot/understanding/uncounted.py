"""A sentence without its figures, for a day of which nobody has said any."""

import re

from bot.understanding.words import Words, load_words

_PIECE = re.compile(r"\d[\d.,]*(?<=\d)|[^\W\d_]+(?:-[^\W\d_]+)*")
_LONGEST_UNIT = 3
# What leads to a figure and says nothing without it.
_LEADING = frozenset({"sebanyak", "sejumlah", "sekitar", "total", "kurang", "lebih"})
# How long something took is no amount of work, and is not understood as one.
_KEPT = frozenset({"waktu", "uang"})


def without_figures(text: str) -> str | None:
    """Take every amount that is counted out of a sentence; none comes back when there is none."""
    words = load_words()
    pieces = [(one[0].casefold(), *one.span()) for one in _PIECE.finditer(text)]
    spans = []
    place = 0
    while place < len(pieces):
        length = _figure(pieces, place, text, words)
        if length:
            first = place
            while first and pieces[first - 1][0] in _LEADING:
                first -= 1
            spans.append((pieces[first][1], pieces[place + length][1]))
        place += max(1, length)
    if not spans:
        return None
    for start, end in reversed(spans):
        text = text[:start] + text[end:]
    return text.strip()


def _figure(pieces: list[tuple[str, int, int]], place: int, text: str, words: Words) -> int:
    """Tell how many pieces at a place are the figure of a unit that follows."""
    before = pieces[place - 1][0] if place else ""
    length = 0
    while place + length < len(pieces) and _is_number(pieces[place + length][0], words):
        length += 1
    if not length or before in words.labels or before in words.soft_labels:
        return 0
    rest = pieces[place + length : place + length + _LONGEST_UNIT]
    if not rest or text[pieces[place + length - 1][2] : rest[0][1]].strip():
        return 0
    said = [one[0] for one in rest]
    known = (words.units.get(" ".join(said[:n])) for n in range(len(said), 0, -1))
    unit = next((one for one in known if one), None)
    return length if unit and unit.group not in _KEPT else 0


def _is_number(piece: str, words: Words) -> bool:
    return piece[0].isdigit() or piece in words.numbers
