"""What widyaiswara do with their articles: write, hand in, review, publish, withdraw."""

import datetime as dt
from collections.abc import Awaitable
from dataclasses import dataclass
from typing import TypeVar

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.actions.words import clipped
from bot.refusal import Refusal
from bot.skp.manuscripts import Manuscript, VersionState
from db import guidance, letters
from db.guidance import DUE
from db.models.guidance import GuidanceVersion
from db.models.messages import Letter
from db.models.people import Employee

Found = TypeVar("Found")

REVIEW, DECIDED, WITHDRAWN = "guidance-review", "guidance-decided", "guidance-withdrawn"
# An article that came as a file and is still to be read.
SENT = "guidance.sent"
# One part of an article is asked for.
PART = "guidance.part"
MOST_UNFINISHED = 20
REMINDED_BEFORE = dt.timedelta(days=30)


@dataclass(frozen=True)
class Version:
    """One version of an article as plain values."""

    id: int
    slug: str
    title: str
    theme: str
    text: str
    state: VersionState
    number: int | None
    reason: str | None
    review_due: dt.date | None
    author: str = ""
    handed_in: int = 0
    """When it was handed in, as a number that a button can carry; 0 while it was not."""


def plain(version: GuidanceVersion, author: Employee | None = None) -> Version:
    """Turn a version into plain values."""
    return Version(
        id=version.id or 0,
        slug=version.slug,
        title=version.title,
        theme=version.theme,
        text=version.text,
        state=version.state,
        number=version.number,
        reason=version.reason,
        review_due=version.review_due,
        author=(author.address or author.name) if author else "",
        handed_in=int(version.submitted_at.timestamp()) if version.submitted_at else 0,
    )


def widyaiswara_only(person: Employee) -> None:
    """Refuse whoever is no widyaiswara."""
    if not guidance.is_widyaiswara(person):
        raise Refusal("This is for the widyaiswara. Guidance is open to everyone: /panduan.")


async def held(person: Employee, loading: Awaitable[Found | None]) -> Found:
    """Give what is loaded for a widyaiswara; refuse anybody else, and an old button."""
    found = await loading
    widyaiswara_only(person)
    if found is None:
        raise Refusal("This button no longer works.")
    return found


async def own_list(session: AsyncSession, author: Employee) -> list[Version]:
    """List what a person writes and nobody has decided about."""
    widyaiswara_only(author)
    return [plain(one) for one in await guidance.own(session, author)]


async def own_one(session: AsyncSession, author: Employee, version_id: int) -> Version:
    """Show a person an own version that nobody has decided about."""
    return plain(await _own(session, author, version_id))


async def _own(
    session: AsyncSession, author: Employee, version_id: int, *, change: bool = False
) -> GuidanceVersion:
    return await held(author, guidance.own_one(session, author, version_id, change=change))


async def begin(
    session: AsyncSession, author: Employee, written: Manuscript, *, now: dt.datetime
) -> Version:
    """Keep a new draft; what one has begun of the same article is written over."""
    widyaiswara_only(author)
    version = None
    if written.slug:
        version = await guidance.own_unfinished(session, author, written.slug)
    if version is None:
        if len(await guidance.own(session, author)) >= MOST_UNFINISHED:
            raise Refusal(
                "There are {count} unfinished articles already. Finish or delete one first.",
                count=MOST_UNFINISHED,
            )
        version = GuidanceVersion(
            slug="", title="", theme="", text="", author_id=author.id or 0, created_at=now
        )
    return await _write(session, version, written)


async def rewrite(
    session: AsyncSession, author: Employee, version_id: int, written: Manuscript
) -> Version:
    """Keep what an own draft has become; what lies with a reviewer stays as it is."""
    version = await _own(session, author, version_id, change=True)
    if version.state not in guidance.UNFINISHED:
        raise Refusal("It lies with a reviewer. Take it back first, then change it.")
    return await _write(session, version, written)


async def _write(session: AsyncSession, version: GuidanceVersion, written: Manuscript) -> Version:
    version.slug, version.title = written.slug[:60], written.title[:200]
    version.theme, version.text = written.theme[:40], written.text
    version.review_due = written.review_due
    session.add(version)
    await session.flush()
    return plain(version)


async def hand_in(
    session: AsyncSession, author: Employee, version_id: int, *, now: dt.datetime
) -> tuple[Version, list[str]]:
    """Put a draft before the other widyaiswara of its theme, and name those."""
    version = await _own(session, author, version_id, change=True)
    if version.state not in guidance.UNFINISHED:
        raise Refusal("This button no longer works.")
    version.state, version.submitted_at, version.reason = VersionState.SUBMITTED, now, None
    session.add(version)
    await session.flush()
    told = await _others(session, author, version.theme)
    await _tell(session, told, REVIEW, period_of(version, now), now=now)
    return plain(version), [one.address or one.name for one in told]


async def _others(session: AsyncSession, author: Employee, theme: str) -> list[Employee]:
    """List who may review: those of the theme but the author, else all others."""
    found = [one for one in await guidance.minders(session, theme) if one.id != author.id]
    everybody = await guidance.minders(session, None)
    return found or [one for one in everybody if one.id != author.id]


def period_of(version: GuidanceVersion, now: dt.datetime) -> str:
    """Name an occasion on which something is said of a version."""
    return f"{version.id}:{int(now.timestamp())}"


async def _tell(
    session: AsyncSession, people: list[Employee], kind: str, period: str, *, now: dt.datetime
) -> None:
    rows = [Letter(employee_id=one.id or 0, kind=kind, period=period, due_at=now) for one in people]
    await letters.put(session, rows)


async def take_back(session: AsyncSession, author: Employee, version_id: int) -> Version:
    """Take a version back from review."""
    version = await _own(session, author, version_id, change=True)
    if version.state is VersionState.SUBMITTED:
        version.state, version.submitted_at = VersionState.DRAFT, None
        session.add(version)
        await session.flush()
    return plain(version)


async def delete(session: AsyncSession, author: Employee, version_id: int) -> str:
    """Delete an own draft for good; give its title."""
    version = await _own(session, author, version_id, change=True)
    title = version.title
    await session.delete(version)
    await session.flush()
    return title


async def queue(session: AsyncSession, reviewer: Employee) -> list[Version]:
    """List what waits for this person's review."""
    widyaiswara_only(reviewer)
    return [plain(one) for one in await guidance.queue(session, reviewer)]


async def to_review(session: AsyncSession, reviewer: Employee, version_id: int) -> Version:
    """Show somebody else's version that waits for review."""
    version, author = await _to_review(session, reviewer, version_id)
    return plain(version, author)


async def _to_review(
    session: AsyncSession, reviewer: Employee, version_id: int, *, change: bool = False
) -> tuple[GuidanceVersion, Employee]:
    widyaiswara_only(reviewer)
    version = await guidance.to_review(session, reviewer, version_id, change=change)
    author = await session.get(Employee, version.author_id) if version else None
    if version is None or author is None:
        raise Refusal(
            "This article does not wait for your review any more: it was decided, taken back, or"
            " is your own."
        )
    return version, author


async def publish(
    session: AsyncSession, reviewer: Employee, read: tuple[int, int], *, now: dt.datetime
) -> Version:
    """Publish somebody else's version in place of the one before it, and tell the author.

    What was read is named by its key and by when it was handed in: an author may have taken it
    back, written something else and handed that in.
    """
    version_id, handed_in = read
    version, author = await _to_review(session, reviewer, version_id, change=True)
    if plain(version).handed_in != handed_in:
        raise Refusal("It has changed since you read it. Open /tinjau and read it again.")
    version.number = await guidance.put_aside(session, version.slug)
    await session.flush()
    version.state, version.reviewer_id, version.decided_at = (
        VersionState.PUBLISHED, reviewer.id, now,
    )  # fmt: skip
    await _decided(session, version, author, now=now)
    await guidance.raise_edition(session)
    return plain(version, author)


async def give_back(
    session: AsyncSession, reviewer: Employee, version_id: int, reason: str, *, now: dt.datetime
) -> Version:
    """Return a version to its author with a reason."""
    words = clipped(reason)
    if words is None:
        raise Refusal("Write in one sentence what is to be mended.")
    version, author = await _to_review(session, reviewer, version_id, change=True)
    version.state, version.reason = VersionState.RETURNED, words
    version.reviewer_id, version.decided_at = reviewer.id, now
    await _decided(session, version, author, now=now)
    return plain(version, author)


async def _decided(
    session: AsyncSession, version: GuidanceVersion, author: Employee, *, now: dt.datetime
) -> None:
    session.add(version)
    await session.flush()
    await _tell(session, [author], DECIDED, period_of(version, now), now=now)


async def standing(session: AsyncSession, reader: Employee) -> list[Version]:
    """List the agency's published articles for a widyaiswara."""
    widyaiswara_only(reader)
    return [plain(one) for one in await guidance.standing(session, reader)]


async def history(
    session: AsyncSession, reader: Employee, version_id: int
) -> tuple[Version, list[Version]]:
    """Show a widyaiswara a version that was published, and all versions of the same article."""
    version = await _stood(session, reader, version_id)
    found = await guidance.versions(session, version.slug)
    return plain(version), [plain(one, author) for one, author in found]


async def _stood(
    session: AsyncSession, person: Employee, version_id: int, *, change: bool = False
) -> GuidanceVersion:
    return await held(person, guidance.stood(session, person, version_id, change=change))


async def withdraw(
    session: AsyncSession, person: Employee, version_id: int, *, now: dt.datetime
) -> Version:
    """Take a published article out of the library, and tell its author."""
    version = await _stood(session, person, version_id, change=True)
    if version.state is VersionState.PUBLISHED:
        version.state, version.decided_at = VersionState.WITHDRAWN, now
        session.add(version)
        await session.flush()
        await guidance.raise_edition(session)
        author = await session.get(Employee, version.author_id)
        told = [author] if author is not None and author.id != person.id else []
        await _tell(session, told, WITHDRAWN, period_of(version, now), now=now)
    return plain(version)


async def bring_back(
    session: AsyncSession, person: Employee, version_id: int, *, now: dt.datetime
) -> Version:
    """Undo a withdrawal: what a second widyaiswara has published once stands again."""
    version = await _stood(session, person, version_id, change=True)
    if version.state is VersionState.REPLACED:
        raise Refusal("A newer version stands in the library. Revise that one.")
    if version.state is VersionState.WITHDRAWN:
        version.state, version.decided_at = VersionState.PUBLISHED, now
        session.add(version)
        await session.flush()
        await guidance.raise_edition(session)
    return plain(version)


async def reminders(session: AsyncSession, *, now: dt.datetime) -> list[Letter]:
    """Write to whoever can review an article anew whose review is due soon."""
    found: list[Letter] = []
    for version in await guidance.expiring(session, until=now.date() + REMINDED_BEFORE):
        people = {one.id or 0 for one in await guidance.minders(session, version.theme)}
        found.extend(
            Letter(employee_id=person, kind=DUE, period=str(version.id), due_at=now)
            for person in sorted({version.author_id, *people})
        )
    return found
