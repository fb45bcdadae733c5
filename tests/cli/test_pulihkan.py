import hashlib

import pytest

from db import migrating
from db.engine import Database
from tests.cli.test_cadangkan import verb
from tests.databases import KINDS
from tests.db.test_backups import PHOTO, PHOTO_PATH, everything, filled


@pytest.fixture(params=KINDS)
def other_url(request, database_templates):
    return database_templates.copy(request.param)


async def test_a_backup_moves_from_one_kind_to_the_other(
    database, database_url, other_url, tmp_path
):
    await filled(database, tmp_path / "old")
    assert verb(database_url, tmp_path, "cadangkan", "b.zip").returncode == 0
    (tmp_path / "old" / PHOTO_PATH).unlink()
    told = verb(other_url, tmp_path, "pulihkan", "b.zip", "--pindahan")

    assert told.returncode == 0, told.stderr
    assert "Restored as of" in told.stderr
    assert "2 messages that were received but not yet handled" in told.stderr
    other = Database(other_url)
    assert await everything(other) == await everything(database)
    await other.close()
    assert (tmp_path / "old" / PHOTO_PATH).read_bytes() == PHOTO
    again = verb(other_url, tmp_path, "pulihkan", "b.zip")
    assert (again.returncode, "--ganti" in again.stderr) == (1, True)


async def test_a_backup_comes_into_a_database_in_which_nothing_has_ever_been(
    database, database_url, tmp_path
):
    await filled(database, tmp_path / "old")
    assert verb(database_url, tmp_path, "cadangkan", "b.zip").returncode == 0
    url = f"sqlite+aiosqlite:///{tmp_path / 'fresh.db'}"
    told = verb(url, tmp_path, "pulihkan", "b.zip", "--pindahan")

    assert told.returncode == 0, told.stderr
    fresh = Database(url)
    assert await everything(fresh) == await everything(database)
    await fresh.close()


async def test_a_backup_of_an_older_schema_is_brought_up(database, database_url, tmp_path):
    await migrating.walk(database, "downgrade", "base")
    await migrating.walk(database, "upgrade", "0001")
    assert verb(database_url, tmp_path, "cadangkan", "b.zip").returncode == 0
    await migrating.upgrade(database)
    told = verb(database_url, tmp_path, "pulihkan", "b.zip", "--ganti")

    assert told.returncode == 0, told.stderr
    now, newest = await migrating.state(database)
    assert now == newest


@pytest.mark.parametrize("content", [b"", b"something else", None])
async def test_what_is_no_backup_is_told_in_one_sentence(database_url, tmp_path, content):
    if content is not None:
        (tmp_path / "b.zip").write_bytes(content)
    told = verb(database_url, tmp_path, "pulihkan", "b.zip")

    assert (told.returncode, len(told.stderr.strip().splitlines())) == (1, 1), told.stderr
    assert "b.zip" in told.stderr


async def test_a_damaged_backup_changes_nothing(database, database_url, tmp_path):
    await filled(database, tmp_path / "old")
    assert verb(database_url, tmp_path, "cadangkan", "b.zip").returncode == 0
    content = bytearray((tmp_path / "b.zip").read_bytes())
    content[content.index(PHOTO)] ^= 0x01
    (tmp_path / "b.zip").write_bytes(bytes(content))
    before = hashlib.sha256(repr(await everything(database)).encode()).digest()
    told = verb(database_url, tmp_path, "pulihkan", "b.zip", "--ganti")

    assert (told.returncode, "damaged" in told.stderr) == (1, True)
    assert hashlib.sha256(repr(await everything(database)).encode()).digest() == before
