import datetime as dt
import hashlib
import sqlite3
import zipfile
from decimal import Decimal

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import IntegrityError

from bot.cli.backups import Occasion, Terms, back_up, restore
from bot.documents.backups import BackupReader
from bot.refusal import Refusal
from bot.skp.entries import EvidenceKind, EvidenceState
from db.engine import Database
from db.metadata import metadata
from db.models.entries import Entry, Evidence
from db.models.messages import Answer, Arrival, Draft, Letter
from db.models.people import Unit
from tests.databases import KINDS
from tests.factories import a_team

NOW = dt.datetime(2026, 11, 24, 8, 50, 1, 234567, tzinfo=dt.UTC)
PHOTO = b"\xff\xd8\xff invented"
PHOTO_PATH = f"evidence/ab/{hashlib.sha256(PHOTO).hexdigest()}.jpg"


async def filled(database, data_dir):
    _, (sari, *_) = await a_team(database)
    async with database.writing() as session:
        top = Unit(code="DINKES", name="Dinas 'Kesehatan' \u202e😀")
        session.add(top)
        await session.flush()
        for unit in await session.scalars(select(Unit).where(Unit.code == "GIZI")):
            unit.parent_id = top.id  # The parent's key is higher than the child's.
        arrivals = [
            Arrival(update_id=2**40 + n, chat_id=101, payload="{}", received_at=NOW)
            for n in range(3)
        ]
        session.add_all(arrivals)
        entry = Entry(
            employee_id=sari,
            day=NOW.date(),
            start=dt.time(9, 30),
            text="dampingi balita\n\ttab \\ ' \" é",
            quantity=Decimal("123456789.0001"),
            nearest=[3, 1],
            chat_id=-(2**50),
            created_at=NOW,
            changed_at=NOW,
        )
        session.add(entry)
        await session.flush()
        session.add_all(
            [
                Evidence(
                    entry_id=entry.id,
                    employee_id=sari,
                    kind=EvidenceKind.PHOTO,
                    state=EvidenceState.STORED,
                    title="foto",
                    path=PHOTO_PATH,
                    created_at=NOW,
                ),
                Answer(
                    arrival_id=arrivals[0].id,
                    chat_id=101,
                    method="sendMessage",
                    params={"text": "😀", "n": 1.5, "none": None},
                    created_at=NOW,
                ),
                Letter(employee_id=sari, kind="prompt", period="2026-11-24", due_at=NOW),
                Letter(
                    employee_id=sari,
                    kind="prompt",
                    period="2026-11-25",
                    due_at=NOW + dt.timedelta(days=1),
                ),
                Draft(
                    chat_id=101,
                    user_id=101,
                    step="roster.preview",
                    data={"path": "book.xlsx"},
                    expires_at=NOW,
                ),
            ]
        )
        await session.delete(arrivals[2])
    for path, content in ((PHOTO_PATH, PHOTO), ("workbooks/book.xlsx", b"PK book")):
        (data_dir / path).parent.mkdir(parents=True, exist_ok=True)
        (data_dir / path).write_bytes(content)


async def everything(database):
    found = {}
    async with database.reading() as session:
        for table in metadata.sorted_tables:
            query = select(table).order_by(*table.primary_key)
            found[table.name] = [tuple(row) for row in await session.execute(query)]
    return found


async def backed_up(database, folder):
    path = folder / "backup.zip"
    with path.open("wb") as stream:
        return path, await back_up(database, stream, folder / "old", Occasion("1", NOW))


async def brought_back(database, path, data_dir, **terms):
    with path.open("rb") as stream:
        backup = BackupReader(stream)
        backup.check()
        return await restore(database, backup, data_dir, Terms(NOW, **terms))


@pytest.fixture(params=KINDS)
def other_url(request, database_templates):
    return database_templates.copy(request.param)


@pytest.fixture
async def other(other_url):
    opened = Database(other_url)
    yield opened
    await opened.close()


async def test_every_row_and_file_comes_back_also_in_the_other_kind(database, other, tmp_path):
    await filled(database, tmp_path / "old")
    path, made = await backed_up(database, tmp_path)
    waiting = await brought_back(other, path, tmp_path / "new", moved=True)

    assert made.missing == []
    assert await everything(other) == await everything(database)
    assert made.manifest.rows == sum(map(len, (await everything(other)).values()))
    assert (tmp_path / "new" / PHOTO_PATH).read_bytes() == PHOTO
    assert (tmp_path / "new/workbooks/book.xlsx").read_bytes() == b"PK book"
    assert waiting.arrivals == 2


async def test_keys_once_given_out_are_never_given_out_again(database, other, tmp_path):
    await filled(database, tmp_path / "old")
    path, _ = await backed_up(database, tmp_path)
    await brought_back(other, path, tmp_path / "new")
    async with other.writing() as session:
        arrival = Arrival(update_id=7, chat_id=1, payload="{}", received_at=NOW)
        session.add(arrival)
        await session.flush()

        assert arrival.id == 4  # The third is gone, but its number was given out.


async def test_what_may_have_been_sent_since_is_let_go(database, other, tmp_path):
    await filled(database, tmp_path / "old")
    path, _ = await backed_up(database, tmp_path)
    waiting = await brought_back(other, path, tmp_path / "new")
    async with other.reading() as session:
        letters = list(await session.scalars(select(Letter.state).order_by(Letter.id)))
        answers = list(await session.scalars(select(Answer.state)))

    assert (waiting.answers, waiting.letters, letters, answers) == (
        1,
        1,
        ["dropped", "due"],
        ["dropped"],
    )


async def test_a_database_in_use_is_kept_unless_told_to_replace_it(database, other, tmp_path):
    await filled(database, tmp_path / "old")
    path, _ = await backed_up(database, tmp_path)
    await a_team(other, members=1)
    before = await everything(other)
    with pytest.raises(Refusal, match="--ganti"):
        await brought_back(other, path, tmp_path / "new")
    assert await everything(other) == before
    assert not (tmp_path / "new" / PHOTO_PATH).exists()

    await brought_back(other, path, tmp_path / "new", replace=True, moved=True)
    assert await everything(other) == await everything(database)


@pytest.fixture
def sqlite_url(database_templates):
    return database_templates.copy("sqlite")


async def test_rows_that_refer_to_nothing_are_refused_and_nothing_changes(
    sqlite_url, other, tmp_path
):
    url = sqlite_url
    with sqlite3.connect(url.partition("///")[2]) as raw:
        raw.execute("INSERT INTO unit (code, name, parent_id) VALUES ('A', 'A', 99)")
    raw.close()
    broken = Database(url)
    path, _ = await backed_up(broken, tmp_path)
    await broken.close()
    before = await everything(other)
    with pytest.raises(Refusal, match="does not take"):
        await brought_back(other, path, tmp_path / "new")

    assert await everything(other) == before


async def test_a_restore_that_fails_midway_leaves_the_files_as_they_were(database, other, tmp_path):
    await filled(database, tmp_path / "old")
    path, _ = await backed_up(database, tmp_path)
    photo, book = tmp_path / "new" / PHOTO_PATH, tmp_path / "new/workbooks/book.xlsx"
    photo.parent.mkdir(parents=True)
    photo.write_bytes(b"another photo")
    book.mkdir(parents=True)
    before = await everything(other)
    with pytest.raises(OSError, match="book"):
        await brought_back(other, path, tmp_path / "new")

    assert photo.read_bytes() == b"another photo"
    assert [one.name for one in photo.parent.iterdir()] == [photo.name]
    assert await everything(other) == before

    book.rmdir()
    await brought_back(other, path, tmp_path / "new")
    assert photo.read_bytes() == PHOTO
    assert [one.name for one in photo.parent.iterdir()] == [photo.name]


async def test_references_are_as_strict_after_a_restore_as_before(database, other, tmp_path):
    await filled(database, tmp_path / "old")
    path, _ = await backed_up(database, tmp_path)
    await brought_back(other, path, tmp_path / "new")
    async with other.engine.connect() as connection:
        with pytest.raises(IntegrityError):
            await connection.execute(text("UPDATE unit SET parent_id = 99"))


async def test_a_missing_file_is_named_and_stops_nothing(database, tmp_path):
    await filled(database, tmp_path / "old")
    (tmp_path / "old" / PHOTO_PATH).unlink()
    path, made = await backed_up(database, tmp_path)

    assert made.missing == [PHOTO_PATH]
    assert zipfile.is_zipfile(path)
