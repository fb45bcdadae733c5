import functools
import struct
import unicodedata
from importlib.resources import files
from itertools import accumulate
from pathlib import Path
from typing import Literal

Weight = Literal["Regular", "Medium", "Bold"]

FOLDER = Path(str(files("font_roboto"))) / "files"

# Signs that only steer how others are shown; and signs that are pictures or belong to another,
# left out where the font has nothing for them. A letter of another script leaves a mark instead,
# so that the gap is seen.
UNSEEN = frozenset({"Cc", "Cf", "Cs"})
LEFT_OUT = frozenset({"Cn", "Co", "Mn", "Me", "Sk", "So"})
MISSING = "?"
NO_CHARACTER = 0xFFFF
ELLIPSIS = "…"


def drawable(text: str) -> str:
    """Keep of a text what the font can draw, on one line.

    A paper for the archive (PDF/A) may hold no letter its font does not have, so emoji and
    invisible marks go, and a letter of another script becomes a question mark.
    """
    return " ".join("".join(map(_drawn, unicodedata.normalize("NFC", text))).split())


def fitted(text: str, width: float, size: float, weight: Weight = "Regular") -> str:
    """Keep of a text what the font can draw, shortened with an ellipsis to a width in points.

    Kerning only brings letters closer, so what fits by the advance of each letter fits.
    """
    text = drawable(text)
    advances = _advances(weight)
    room = width / size
    ends = list(accumulate(advances[ord(sign)] for sign in text))
    if not ends or ends[-1] <= room:
        return text
    kept = sum(end + advances[ord(ELLIPSIS)] <= room for end in ends)
    return text[:kept].rstrip(" ,.-") + ELLIPSIS


def _drawn(sign: str) -> str:
    if sign.isspace():
        return " "
    category = unicodedata.category(sign)
    if category in UNSEEN:
        return ""
    if ord(sign) in _advances("Regular"):
        return sign
    return "" if category in LEFT_OUT else MISSING


@functools.cache
def _advances(weight: Weight) -> dict[int, float]:
    """Read from the font which characters it has, and how wide each is at a size of one."""
    font = (FOLDER / f"Roboto-{weight}.ttf").read_bytes()
    tables = _tables(font)
    (per_em,) = struct.unpack_from(">H", font, tables["head"] + 18)
    (count,) = struct.unpack_from(">H", font, tables["hhea"] + 34)
    widths = struct.unpack_from(">" + "Hxx" * count, font, tables["hmtx"])
    glyphs = _glyphs(font, tables["cmap"])
    return {code: widths[min(glyph, count - 1)] / per_em for code, glyph in glyphs.items()}


def _tables(font: bytes) -> dict[str, int]:
    (count,) = struct.unpack_from(">H", font, 4)
    entries = (struct.unpack_from(">4s4xI", font, 12 + 16 * n) for n in range(count))
    return {tag.decode(): offset for tag, offset in entries}


def _glyphs(font: bytes, cmap: int) -> dict[int, int]:
    """Map characters to glyphs by the table of format 4, which every TrueType font carries."""
    (count,) = struct.unpack_from(">H", font, cmap + 2)
    starts = [cmap + struct.unpack_from(">4xI", font, cmap + 4 + 8 * n)[0] for n in range(count)]
    table = next(at for at in starts if struct.unpack_from(">H", font, at)[0] == 4)
    length, doubled = struct.unpack_from(">2xH2xH", font, table)
    words = struct.unpack_from(f">{length // 2 - 7}H", font, table + 14)
    runs = doubled // 2
    glyphs: dict[int, int] = {}
    # One row for each run of characters, in columns: ends, a filler, starts, deltas, reaches.
    for row in range(runs):
        start, delta, reach = words[runs + 1 + row :: runs][:3]
        for code in range(start, words[row] + 1):
            glyph = words[3 * runs + 1 + row + reach // 2 + code - start] if reach else code
            if glyph and code != NO_CHARACTER:
                glyphs[code] = (glyph + delta) % 0x10000
    return glyphs
