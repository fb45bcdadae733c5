"""Opening a Word file from a stranger: what could do harm is refused before it is read."""

import io
import zipfile
from typing import Any
from xml.parsers import expat

from bot.documents.word_markdown import Written, written_in
from bot.documents.workbook import BROKEN, ENCRYPTED, OLE_FILE, PLAIN_METHODS
from bot.refusal import Refusal
from bot.skp.complaints import N_

LARGEST_FILE = 20_000_000
# An article has at most 20,000 characters; Word writes hardly more than a hundred times as much.
LARGEST_UNPACKED = 8_000_000
DEEPEST = 250
# Elements and attributes: so many are read in some seconds and some 70 MiB; an article has half.
MOST_NODES = 80_000
# More than an article may have, so that who has written too much is told where.
LONGEST = 60_000
MAIN_PART = "word/document.xml"
MAIN_KIND = b"wordprocessingml.document.main+xml"
# What is read; pictures, fonts, embedded files and whatever lies elsewhere are not even unpacked.
READ = ("[Content_Types].xml", "_rels/.rels", "word/")
STYLES = """
p[style-name='Title'] => h1.title:fresh
p[style-name='Subtitle'] => p:fresh
comment-reference => !
"""

NOT_DOCX = N_("This file is not a Word document. Save it as “Word document (.docx)” and send it.")
DAMAGED = N_("The document is damaged and cannot be read. Save it once more and send it again.")
HUGE = N_("The document holds more than an article can. Send the article alone, without the rest.")
LOCKED = N_("The document is locked with a password. Save it without one and send it again.")
MACROS = N_(
    "The document holds macros. Save it as “Word document (.docx)” without them and send it again."
)


def read_word(data: bytes) -> Written:
    """Read a Word file as Markdown in the parts of an article, or refuse it in a sentence."""
    if len(data) > LARGEST_FILE:
        raise Refusal(HUGE)
    if data.startswith(OLE_FILE):
        raise Refusal(LOCKED if ENCRYPTED in data else NOT_DOCX)
    parts = _parts(data)
    if sum(_nodes(name, content) for name, content in parts.items()) > MOST_NODES:
        raise Refusal(HUGE)
    written = written_in(_html(parts), pictures=_pictures(parts))
    if sum(map(len, written.parts.values())) > LONGEST:
        raise Refusal(HUGE)
    return written


def _parts(data: bytes) -> dict[str, bytes]:
    """Unpack the parts that are read; their sizes are measured first."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except BROKEN as error:
        why = DAMAGED if data[:2] == b"PK" else NOT_DOCX
        raise Refusal(why) from error
    with archive:
        entries = archive.infolist()
        names = {entry.filename for entry in entries}
        if MAIN_PART not in names or READ[0] not in names:
            raise Refusal(NOT_DOCX)
        if any(name.lower().endswith("vbaproject.bin") for name in names):
            raise Refusal(MACROS)
        wanted = [one for one in entries if _is_read(one.filename)]
        if sum(entry.file_size for entry in wanted) > LARGEST_UNPACKED:
            raise Refusal(HUGE)
        if any(one.flag_bits & 1 or one.compress_type not in PLAIN_METHODS for one in wanted):
            raise Refusal(DAMAGED)
        try:
            return {entry.filename: archive.read(entry) for entry in wanted}
        except BROKEN as error:
            raise Refusal(DAMAGED) from error


def _is_read(name: str) -> bool:
    return name.startswith(READ) and name.endswith((".xml", ".rels")) and ".." not in name


def _nodes(name: str, content: bytes) -> int:
    """Count what a part makes in memory; refuse XML that swells, nests without end, or is none."""
    if name == READ[0] and MAIN_KIND not in content:
        why = MACROS if b"macroEnabled" in content else NOT_DOCX
        raise Refusal(why)
    depth = count = 0

    def begin(_: str, given: dict[str, str]) -> None:
        nonlocal depth, count
        depth += 1
        count += 1 + len(given)
        if depth > DEEPEST:
            raise Refusal(DAMAGED)
        if count > MOST_NODES:
            raise Refusal(HUGE)

    def end(*_: object) -> None:
        nonlocal depth
        depth -= 1

    def declare(*_: object) -> None:
        # No word processor writes one; entities in it could stand for far more than was sent.
        raise Refusal(DAMAGED)

    parser = expat.ParserCreate()
    parser.StartElementHandler, parser.EndElementHandler = begin, end
    parser.StartDoctypeDeclHandler = declare
    try:
        parser.Parse(content, True)
    except (expat.ExpatError, LookupError, ValueError) as error:
        raise Refusal(DAMAGED) from error
    return count


def _html(parts: dict[str, bytes]) -> str:
    """Turn the checked parts into HTML; nothing outside of them is ever opened."""
    import mammoth  # noqa: PLC0415  # Hardly anybody sends one.

    fresh = io.BytesIO()
    with zipfile.ZipFile(fresh, "w", zipfile.ZIP_STORED) as target:
        for name, content in parts.items():
            target.writestr(name, content)
    fresh.seek(0)
    try:
        result = mammoth.convert_to_html(
            fresh,
            style_map=STYLES,
            include_embedded_style_map=False,
            external_file_access=False,
            convert_image=_no_picture,
        )
    except (ArithmeticError, AttributeError, LookupError, RecursionError, *BROKEN) as error:
        raise Refusal(DAMAGED) from error
    return str(result.value)


def _no_picture(image: Any) -> list[Any]:
    del image
    return []


def _pictures(parts: dict[str, bytes]) -> int:
    """Count the pictures that are left out."""
    return parts[MAIN_PART].count(b"<a:blip ") + parts[MAIN_PART].count(b"<v:imagedata ")
