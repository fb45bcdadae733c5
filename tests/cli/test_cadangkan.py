import json
import os
import resource
import stat

import pytest

from tests import verbs
from tests.db.test_backups import PHOTO_PATH, filled


def verb(database_url, folder, *words, **more):
    surroundings = os.environ | {
        "DATABASE_URL": database_url.replace("+aiosqlite", "").replace("+asyncpg", ""),
        "DATA_DIR": str(folder / "old"),
        "LC_ALL": "en",
    }
    return verbs.run(folder, *words, surroundings=surroundings, **more)


async def test_a_backup_is_its_owners_alone_and_is_never_written_over(
    database, database_url, tmp_path
):
    await filled(database, tmp_path / "old")
    told = verb(database_url, tmp_path, "cadangkan", "--json")

    assert told.returncode == 0, told.stderr
    figures = json.loads(told.stdout)
    (made,) = tmp_path.glob("asisten-asn-*.zip")
    assert (figures["file"], figures["files"], figures["missing"]) == (made.name, 2, [])
    assert figures["size"] == made.stat().st_size
    assert f"{made.name} holds {figures['rows']} rows and 2 files" in told.stderr
    assert stat.S_IMODE(made.stat().st_mode) == 0o600

    again = verb(database_url, tmp_path, "cadangkan", made.name)
    assert (again.returncode, "--ganti" in again.stderr) == (1, True)
    assert verb(database_url, tmp_path, "cadangkan", made.name, "--ganti").returncode == 0
    assert list(tmp_path.glob("*.half")) == []


async def test_a_missing_file_is_told_and_the_exit_code_is_1(database, database_url, tmp_path):
    await filled(database, tmp_path / "old")
    (tmp_path / "old" / PHOTO_PATH).unlink()
    told = verb(database_url, tmp_path, "cadangkan", "b.zip")

    assert told.returncode == 1
    assert f"names {PHOTO_PATH}, but this file is missing" in told.stderr
    assert (tmp_path / "b.zip").exists()


def small_disk() -> None:
    resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))


async def test_a_full_disk_leaves_one_sentence_and_no_half_file(database, database_url, tmp_path):
    await filled(database, tmp_path / "old")
    (tmp_path / "old" / PHOTO_PATH).write_bytes(os.urandom(300_000))

    told = verb(database_url, tmp_path, "cadangkan", "b.zip", first=small_disk)

    assert told.returncode == 1
    assert len(told.stderr.strip().splitlines()) == 1, told.stderr
    assert "b.zip cannot be written" in told.stderr
    assert [path.name for path in tmp_path.iterdir() if "b.zip" in path.name] == []


@pytest.mark.parametrize("target", ["no/such/folder/b.zip", "old"])
async def test_a_place_where_nothing_can_be_written_is_told(
    database, database_url, tmp_path, target
):
    (tmp_path / "old").mkdir()
    told = verb(database_url, tmp_path, "cadangkan", target, "--ganti")

    assert (told.returncode, len(told.stderr.strip().splitlines())) == (1, 1)
