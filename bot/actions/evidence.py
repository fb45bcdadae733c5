"""Bukti dukung: kept beside its entry, fetched later, refused kindly."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.skp.contents import Fault, fault_of
from bot.skp.entries import EvidenceKind, EvidenceState
from db import evidence as questions
from db.models.entries import Entry, Evidence
from db.models.messages import Arrival

# Telegram gives a bot no file larger than this.
LARGEST = 20 * 1024 * 1024
TITLE_LIMIT = 200
URL_LIMIT = 2000
TRIES = 8
FIRST_PAUSE = dt.timedelta(seconds=15)
LONGEST_PAUSE = dt.timedelta(hours=1)


@dataclass(frozen=True)
class Enclosure:
    """What came with a message, as Telegram names it."""

    kind: EvidenceKind
    file_id: str
    size: int | None = None
    name: str | None = None
    arrival_id: int | None = None

    @property
    def too_large(self) -> bool:
        """Tell whether Telegram will not hand it over."""
        return (self.size or 0) > LARGEST


@dataclass(frozen=True)
class Stored:
    """Our own copy: its place below the data folder, its digest and its size in bytes."""

    path: str
    sha256: str
    size: int


@dataclass(frozen=True)
class Addressee:
    """What brought a bukti dukung, the language its owner reads, and what the entry is known by."""

    arrival: Arrival
    language: str
    about: str
    worded: bool


def add_files(
    session: AsyncSession, entry: Entry, enclosures: Iterable[Enclosure], *, now: dt.datetime
) -> list[EvidenceKind]:
    """Keep files beside an entry until they are fetched; what is too large is left out."""
    taken = [one for one in enclosures if not one.too_large]
    session.add_all(
        Evidence(
            entry_id=entry.id or 0,
            employee_id=entry.employee_id,
            kind=one.kind,
            title=title_of(entry, one.name),
            file_id=one.file_id,
            size=one.size,
            arrival_id=one.arrival_id,
            created_at=now,
        )
        for one in taken
    )
    return [one.kind for one in taken]


def add_links(
    session: AsyncSession, entry: Entry, links: Sequence[str], *, now: dt.datetime
) -> list[EvidenceKind]:
    """Keep the https addresses of a sentence as bukti dukung; there is nothing to fetch."""
    kept = [one for one in dict.fromkeys(links) if is_safe(one)]
    session.add_all(
        Evidence(
            entry_id=entry.id or 0,
            employee_id=entry.employee_id,
            kind=EvidenceKind.LINK,
            state=EvidenceState.STORED,
            title=title_of(entry, urlsplit(one).hostname),
            url=one,
            created_at=now,
        )
        for one in kept
    )
    return [EvidenceKind.LINK for _ in kept]


def is_safe(link: str) -> bool:
    """Tell whether an address may stand as bukti dukung."""
    try:
        parts = urlsplit(link)
    except ValueError:
        return False
    return parts.scheme == "https" and bool(parts.hostname) and len(link) <= URL_LIMIT


async def renew_links(
    session: AsyncSession,
    entry: Entry,
    former: Sequence[str],
    links: Sequence[str],
    *,
    now: dt.datetime,
) -> None:
    """Let an entry's links follow its words; what was added by a reply stays."""
    found = (await questions.of_entries(session, [entry.id or 0])).get(entry.id or 0, [])
    old = {one.url: one for one in found if one.kind is EvidenceKind.LINK}
    for url, one in old.items():
        if url in former and url not in links:
            await session.delete(one)
    add_links(session, entry, [one for one in links if one not in old], now=now)


async def copy_files(session: AsyncSession, source: Entry, target: Entry) -> None:
    """Let the files of an entry prove another one too."""
    found = (await questions.of_entries(session, [source.id or 0])).get(source.id or 0, [])
    session.add_all(
        Evidence(**one.model_dump(exclude={"id", "entry_id"}), entry_id=target.id or 0)
        for one in found
        if one.kind is not EvidenceKind.LINK
    )


async def move(session: AsyncSession, sources: Sequence[Entry], target: Entry) -> None:
    """Let what proves some entries prove another one, each thing once."""
    keys = [one.id or 0 for one in (target, *sources)]
    found = await questions.of_entries(session, keys)
    known = {one.file_id or one.url for one in found.get(target.id or 0, [])}
    for one in (each for key in keys[1:] for each in found.get(key, [])):
        if (one.file_id or one.url) not in known:
            known.add(one.file_id or one.url)
            one.entry_id = target.id or 0
            session.add(one)


def title_of(entry: Entry, name: str | None) -> str:
    """Name a bukti dukung so that it explains itself: the day, then its own name or the words."""
    words = " ".join((name or entry.text).split())
    return f"{entry.day.isoformat()} {words}".strip()[:TITLE_LIMIT]


async def next_pending(session: AsyncSession, *, now: dt.datetime) -> Evidence | None:
    """Find the bukti dukung that is to be fetched next."""
    return await questions.pending(session, now=now)


async def stored(session: AsyncSession, evidence_id: int, copy: Stored) -> None:
    """Note our own copy."""
    found = await session.get(Evidence, evidence_id)
    if found is None:
        return
    found.state, found.next_try_at = EvidenceState.STORED, None
    found.path, found.sha256, found.size = copy.path, copy.sha256, copy.size
    session.add(found)


async def refuse(session: AsyncSession, evidence_id: int) -> Evidence | None:
    """Give up what cannot be kept, for every entry that it was to prove, and tell what it was."""
    found = await session.get(Evidence, evidence_id)
    if found is None or found.state is not EvidenceState.PENDING:
        return None
    for one in [found, *await questions.same_file(session, found)]:
        one.state, one.next_try_at = EvidenceState.REFUSED, None
        session.add(one)
    return found


def name_of(proof: Evidence) -> str:
    """Give the name of a bukti dukung without the day before it."""
    return proof.title.partition(" ")[2]


def fault_in(proof: Evidence, content: bytes) -> Fault | None:
    """Tell what keeps a file from being proof."""
    return fault_of(content, file_name(proof), photo=proof.kind is EvidenceKind.PHOTO)


def file_name(proof: Evidence) -> str:
    """Give the name of a file; photos and recordings are titled with the words they came with."""
    return name_of(proof) if proof.kind is EvidenceKind.FILE else ""


async def try_later(
    session: AsyncSession, evidence_id: int, *, now: dt.datetime
) -> Evidence | None:
    """Put a failed fetch off, each time twice as long; after many tries give it up and tell it."""
    found = await session.get(Evidence, evidence_id)
    if found is None:
        return None
    found.tries += 1
    session.add(found)
    if found.tries >= TRIES:
        return await refuse(session, evidence_id)
    found.next_try_at = now + min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** (found.tries - 1))
    return None


async def addressee(session: AsyncSession, found: Evidence) -> Addressee | None:
    """Tell whom to tell about a bukti dukung, and how."""
    row = await questions.brought(session, found)
    if row is None:
        return None
    arrival, language, entry = row
    about = f"entries:{entry.arrival_id}" if entry.part else f"entry:{entry.id}"
    return Addressee(arrival, language, about, worded=bool(entry.text))
