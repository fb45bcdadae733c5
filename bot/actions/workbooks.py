"""A workbook that somebody has sent: a roster is shown and applied, a daily record taken in."""

import datetime as dt
from dataclasses import asdict, dataclass, field
from typing import Any

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.actions.roster_comparison import Comparison
from bot.skp.complaints import Problem
from db import drafts, rosters
from db.models.messages import Draft

READING, PREVIEW, APPLYING = (f"roster.{step}" for step in ("reading", "preview", "applying"))
# A daily record that a pegawai has sent back.
TAKING = "progress.taking"
# Who has more problems than this mends these first; a draft is no place for thousands.
LISTED = 200


@dataclass(frozen=True)
class Preview:
    """Hold what a workbook would do, as it is kept until the admin decides."""

    name: str
    rows: int
    created: int
    updated: int
    unchanged: int
    problem_count: int = 0
    note_count: int = 0
    problems: list[Problem] = field(default_factory=list)
    notes: list[Problem] = field(default_factory=list)

    @property
    def changes(self) -> int:
        """Count the rows that would change something."""
        return self.created + self.updated


def preview_of(name: str, comparison: Comparison) -> Preview:
    """Keep of a comparison what is shown."""
    return Preview(
        name=name,
        rows=comparison.rows,
        created=comparison.created,
        updated=comparison.updated,
        unchanged=comparison.unchanged,
        problem_count=len(comparison.problems),
        note_count=len(comparison.notes),
        problems=list(comparison.problems[:LISTED]),
        notes=list(comparison.notes[:LISTED]),
    )


def as_data(preview: Preview) -> dict[str, Any]:
    """Give a preview as a draft keeps it."""
    return asdict(preview)


def from_data(data: dict[str, Any]) -> Preview:
    """Read a preview from a draft."""
    lists = {name: [Problem(**one) for one in data[name]] for name in ("problems", "notes")}
    return Preview(**{**data, **lists})


async def next_waiting(session: AsyncSession, *, now: dt.datetime) -> Draft | None:
    """Find the workbook that waits longest for its next step."""
    return await rosters.next_draft(session, (READING, APPLYING, TAKING), now=now)


async def advance(
    session: AsyncSession, waiting: Draft, step: str, data: dict[str, Any], *, now: dt.datetime
) -> Draft | None:
    """Take a workbook a step further, unless the admin has begun something else meanwhile."""
    place = (waiting.chat_id, waiting.user_id)
    current = await drafts.find(session, place, now=now)
    if current is None or (current.id, current.version) != (waiting.id, waiting.version):
        return None
    return await drafts.put(session, place, step, data, now=now)


async def finish(session: AsyncSession, waiting: Draft, *, now: dt.datetime) -> bool:
    """End a workbook's dialogue; tell whether it was still the open one."""
    current = await drafts.find(session, (waiting.chat_id, waiting.user_id), now=now)
    if current is None or (current.id, current.version) != (waiting.id, waiting.version):
        return False
    await session.delete(current)
    return True
