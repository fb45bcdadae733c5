"""What a file is by its content, never by its name, and what keeps it from being proof."""

import io
import zipfile
from enum import StrEnum
from pathlib import PurePosixPath

SIGNATURES: tuple[tuple[bytes, int, str], ...] = (
    (b"\xff\xd8\xff", 0, ".jpg"),
    (b"\x89PNG\r\n\x1a\n", 0, ".png"),
    (b"GIF8", 0, ".gif"),
    (b"WEBP", 8, ".webp"),
    (b"BM", 0, ".bmp"),
    (b"II*\x00", 0, ".tif"),
    (b"MM\x00*", 0, ".tif"),
    (b"%PDF-", 0, ".pdf"),
    (b"OggS", 0, ".ogg"),
    (b"ftyphei", 4, ".heic"),
    (b"ftypmif1", 4, ".heic"),
    (b"ftyp", 4, ".mp4"),
    (b"ID3", 0, ".mp3"),
    (b"\xff\xfb", 0, ".mp3"),
)
ZIP = b"PK\x03\x04"
OFFICE = ((b"word/", ".docx"), (b"xl/", ".xlsx"), (b"ppt/", ".pptx"))
PICTURES = frozenset({".jpg", ".png", ".gif", ".webp", ".bmp", ".tif", ".heic"})
PICTURE_NAMES = PICTURES | {".jpeg", ".tiff", ".heif"}
RECORDINGS = frozenset({".mp4", ".mp3", ".ogg"})
# Windows, Linux, scripts, Android and macOS.
PROGRAMS = (
    b"MZ",
    b"\x7fELF",
    b"#!",
    b"dex\n",
    b"\xca\xfe\xba\xbe",
    b"\xcf\xfa\xed\xfe",
    b"\xfe\xed\xfa",
)
PROGRAM_NAMES = frozenset(
    {".exe", ".com", ".scr", ".msi", ".bat", ".cmd", ".ps1", ".vbs", ".jar", ".apk", ".dex", ".sh"}
)
# Some printers put a few lines before the mark, and every reader of PDF looks this far for it.
PDF_WITHIN = 1024


class Fault(StrEnum):
    """Tell why a file is no proof."""

    PROGRAM = "program"
    NO_PDF = "no-pdf"
    NO_PICTURE = "no-picture"


def kind_of(content: bytes) -> str:
    """Tell a file's kind by its first bytes, never by its name."""
    for signature, offset, suffix in SIGNATURES:
        if content[offset : offset + len(signature)] == signature:
            return suffix
    if content.startswith(ZIP):
        return next((suffix for mark, suffix in OFFICE if mark in content), ".zip")
    return ".bin"


def fault_of(content: bytes, name: str, *, photo: bool = False) -> Fault | None:
    """Tell what keeps a file from being proof: a program, or not what its name promises."""
    suffix = suffix_of(name)
    if content.startswith(PROGRAMS) or suffix in PROGRAM_NAMES or holds_program(content):
        return Fault.PROGRAM
    kind = kind_of(content)
    # Of a recording the name may be the words that came with it.
    if suffix == ".pdf" and kind not in RECORDINGS and b"%PDF-" not in content[:PDF_WITHIN]:
        return Fault.NO_PDF
    if (photo or suffix in PICTURE_NAMES) and kind not in PICTURES:
        return Fault.NO_PICTURE
    return None


def holds_program(content: bytes) -> bool:
    """Tell whether an archive names a program; one that cannot be read names none."""
    if not content.startswith(ZIP):
        return False
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = archive.namelist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        return False
    return any(suffix_of(one) in PROGRAM_NAMES for one in names)


def suffix_of(name: str) -> str:
    """Give the ending of a file's name."""
    return PurePosixPath(name.strip()).suffix.casefold()
