"""Draw a leader's papers in hard cases, to be looked at: `python -m tests.paper_cases FOLDER`."""

import asyncio
import datetime as dt
import sys
import tempfile
from pathlib import Path

from sqlmodel import select

from bot.actions.themes import ensure_themes
from db.engine import Database
from db.models.people import Employee, Placement, Unit
from db.models.plans import WorkResult
from tests.chat import Agora, Chat
from tests.databases import migrated
from tests.factories import a_team
from tests.team_rows import TODAY, change, is_away, logs

NOW = dt.datetime(2026, 11, 24, 8, 50, tzinfo=dt.UTC)
LONG = "Ni Luh Putu Sri Wahyuningtyas Kusumaningrum Contoh, S.Tr.Keb., M.Kes., Sp.Gz. {n}"
UNIT = "Seksi Kesehatan Keluarga, Gizi Masyarakat dan Promosi Kesehatan Kabupaten Contoh"
# How many people, whether their names are long, whether they log, whether one has left.
CASES = {
    "one": (1, False, True, False),
    "twelve": (12, True, True, False),
    "forty": (40, True, True, False),
    "nothing": (3, False, False, False),
    "left": (4, False, True, True),
}
# The team's PDF stands behind the list of people.
MORE = [f"team-file:1:{TODAY.toordinal()}:0"]
ASKED = ("/tim", "/tim minggu", "/cascading", "/tema stunting bulan")
LABELS = ("Unduh PDF", "Download PDF")
LABELS += ("Peta kesehatan", "Health map", "Matriks", "Role matrix")


async def staged(agora: Agora, case: str, language: str) -> None:
    """Fill the database with a case."""
    count, long, busy, left = CASES[case]
    leader, members = await a_team(agora.database, members=count)
    await change(agora.database, leader, language=language)
    async with agora.database.writing() as session:
        await ensure_themes(session)
        await tied(session, leader)
        if long:
            unit = (await session.exec(select(Unit))).one()
            unit.name = UNIT
            for n, key in enumerate(members):
                (await session.get(Employee, key)).name = LONG.format(n=n)
    for n, key in enumerate(members if busy else ()):
        if n % 5 == 4:
            await is_away(agora.database, key)
        else:
            more = {"number": 1, "quantity": str(60 * (n % 9)), "unit": "balita"}
            await logs(agora.database, key, TODAY - dt.timedelta(days=n % 3), **more)
    if left:
        async with agora.database.writing() as session:
            query = select(Placement).where(Placement.employee_id == members[-1])
            (await session.exec(query)).one().until = TODAY


async def tied(session, leader: int) -> None:
    """Let everybody's RHK serve the leader's of the same number."""
    rows = list(await session.exec(select(WorkResult)))
    above = {one.number: one.id for one in rows if one.employee_id == leader}
    for one in rows:
        if one.employee_id != leader:
            one.parent_id = above[one.number]


def kept(chat: Chat, seen: dict[int, int], name: str) -> None:
    """Write what is new or changed in a chat."""
    for message in chat.messages:
        if message.content and seen.get(message.id) != hash(message.content):
            seen[message.id] = hash(message.content)
            ending = "pdf" if message.content[:4] == b"%PDF" else "png"
            place = FOLDER / f"{name}-{len(seen)}-{message.edits}.{ending}"
            place.write_bytes(message.content)


async def drawn(case: str, language: str) -> None:
    """Ask for every paper in one case and language."""
    with tempfile.TemporaryDirectory() as home:
        url = f"sqlite+aiosqlite:///{home}/papers.db"
        await asyncio.to_thread(asyncio.run, migrated(url))
        agora = Agora(Database(url), Path(home), now=NOW)
        await agora.open()
        await staged(agora, case, language)
        chat, seen = agora.chat(100), {}
        for asked in ASKED:
            await chat.say(asked)
            kept(chat, seen, f"{case}-{language}")
            shown = chat.last
            keys = [shown.key(one) for one in shown.labels if one.startswith(LABELS)]
            for key in [*keys, *(MORE if asked.startswith("/tim") else ())]:
                await chat.press(key, shown)
                kept(chat, seen, f"{case}-{language}")
        await agora.close()
        await agora.database.close()


async def main() -> None:
    """Draw all cases in both languages."""
    for case in CASES:
        for language in ("id", "en"):
            await drawn(case, language)


if __name__ == "__main__":
    FOLDER = Path(sys.argv[1] if len(sys.argv) > 1 else "papers")
    FOLDER.mkdir(parents=True, exist_ok=True)
    asyncio.run(main())
