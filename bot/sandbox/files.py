import hashlib
import secrets
import struct
import zlib
from dataclasses import dataclass, field

from bot.sandbox.people import Json
from bot.sandbox.refusals import ApiError, bad

DOWNLOAD_LIMIT = 20 * 1024 * 1024
UPLOAD_LIMIT = 50 * 1024 * 1024
PHOTO_LIMIT = 10 * 1024 * 1024
FOLDERS = {"photo": "photos", "document": "documents", "voice": "voice", "video": "videos"}


@dataclass(frozen=True)
class Upload:
    """Be a file on its way in."""

    name: str
    mime: str
    content: bytes


@dataclass
class Stored:
    """Be a file that Telegram keeps; size may be a pretended one."""

    file_id: str
    unique_id: str
    path: str
    kind: str
    name: str
    mime: str
    content: bytes
    size: int
    width: int = 0
    height: int = 0


@dataclass
class Files:
    """Keep every file by its id and by its path."""

    by_id: dict[str, Stored] = field(default_factory=dict)
    by_path: dict[str, Stored] = field(default_factory=dict)

    def add(self, upload: Upload, kind: str, *, size: int | None = None) -> Stored:
        """Keep a file and give it its ids."""
        number = len(self.by_id) + 1
        ending = "." + upload.name.rsplit(".", 1)[1] if "." in upload.name else ""
        safe = "".join(sign for sign in ending if sign.isalnum() or sign == ".")[:12]
        ending = {"photo": ".jpg", "voice": ".oga"}.get(kind, safe)
        digest = hashlib.sha256(upload.content).hexdigest()
        stored = Stored(
            file_id=f"AgAC{kind[:3].upper()}{number:06d}{secrets.token_urlsafe(12)}",
            unique_id=f"AQAD{digest[:12]}",
            path=f"{FOLDERS.get(kind, 'documents')}/file_{number}{ending}",
            kind=kind,
            name=upload.name,
            mime=upload.mime,
            content=upload.content,
            size=len(upload.content) if size is None else size,
        )
        stored.width, stored.height = dimensions(upload.content) or (0, 0)
        self.by_id[stored.file_id] = self.by_path[stored.path] = stored
        return stored

    def photo(self, upload: Upload, *, size: int | None = None) -> list[Stored]:
        """Keep a picture in two sizes, the last the largest, or refuse what is none."""
        found = dimensions(upload.content)
        if found is None:
            raise bad("IMAGE_PROCESS_FAILED")
        width, height = found
        if width + height > 10_000 or max(found) > 20 * min(found):
            raise bad("PHOTO_INVALID_DIMENSIONS")
        small = self.add(Upload("thumb.png", "image/png", _grey()), "photo")
        return [small, self.add(upload, "photo", size=size)]

    def download(self, file_id: str) -> Stored:
        """Find a file that a bot may fetch."""
        stored = self.by_id.get(file_id)
        if stored is None:
            raise bad("invalid file_id")
        if stored.size > DOWNLOAD_LIMIT:
            raise bad("file is too big")
        return stored


def check_upload(upload: Upload, kind: str) -> None:
    """Refuse what is empty or larger than a bot may send."""
    if not upload.content:
        raise bad("file must be non-empty")
    if len(upload.content) > (PHOTO_LIMIT if kind == "photo" else UPLOAD_LIMIT):
        raise ApiError(413, "Request Entity Too Large")


def as_file(stored: Stored) -> Json:
    """Give what all the Bot API's file objects share."""
    return {
        "file_id": stored.file_id,
        "file_unique_id": stored.unique_id,
        "file_size": stored.size,
    }


def as_sizes(sizes: list[Stored]) -> list[Json]:
    """Give the Bot API's list of PhotoSize."""
    return [as_file(one) | {"width": one.width, "height": one.height} for one in sizes]


def as_named(stored: Stored) -> Json:
    """Give the Bot API's Document, Voice or Video."""
    told = as_file(stored) | {"mime_type": stored.mime or "application/octet-stream"}
    if stored.kind == "voice":
        return told | {"duration": max(1, stored.size // 4_000)}
    if stored.kind == "video":
        return told | {"duration": 1, "width": 320, "height": 240, "file_name": stored.name}
    return told | {"file_name": stored.name}


def dimensions(content: bytes) -> tuple[int, int] | None:
    """Read a picture's width and height from its first bytes: PNG, JPEG, GIF, WebP."""
    if content.startswith(b"\x89PNG\r\n\x1a\n") and len(content) >= 24:
        width, height = struct.unpack(">II", content[16:24])
        return (width, height) if width and height else None
    if content.startswith(b"\xff\xd8"):
        return _jpeg(content)
    if content[:6] in {b"GIF87a", b"GIF89a"} and len(content) >= 10:
        width, height = struct.unpack("<HH", content[6:10])
        return (width, height) if width and height else None
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP" and len(content) >= 30:
        return _webp(content)
    return None


def _jpeg(content: bytes) -> tuple[int, int] | None:
    place = 2
    while place + 9 < len(content) and content[place] == 0xFF:
        marker = content[place + 1]
        if 0xC0 <= marker <= 0xCF and marker not in {0xC4, 0xC8, 0xCC}:
            height, width = struct.unpack(">HH", content[place + 5 : place + 9])
            return (width, height) if width and height else None
        place += 2 + int.from_bytes(content[place + 2 : place + 4], "big")
    return None


def _webp(content: bytes) -> tuple[int, int] | None:
    kind = content[12:16]
    if kind == b"VP8X":
        return (1 + int.from_bytes(content[24:27], "little"),
                1 + int.from_bytes(content[27:30], "little"))  # fmt: skip
    if kind == b"VP8 ":
        width, height = struct.unpack("<HH", content[26:30])
        return width & 0x3FFF, height & 0x3FFF
    if kind == b"VP8L":
        bits = int.from_bytes(content[21:25], "little")
        return 1 + (bits & 0x3FFF), 1 + (bits >> 14 & 0x3FFF)
    return None


def _grey() -> bytes:
    """Draw the small size: a grey square, so that whoever takes the wrong size sees it."""
    rows = b"".join(b"\x00" + b"\xb0" * 16 for _ in range(16))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        for kind, data in (
            (b"IHDR", struct.pack(">IIBBBBB", 16, 16, 8, 0, 0, 0, 0)),
            (b"IDAT", zlib.compress(rows)),
            (b"IEND", b""),
        )
    )
