import sqlite3

import pytest

from tests.cli.test_run import run


def tables(folder) -> set[str]:
    with sqlite3.connect(folder / "data" / "asisten-asn.db") as connection:
        found = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        names = {name for (name,) in found}
    connection.close()
    return names


def test_the_schema_comes_up_and_goes_down(tmp_path):
    up = run(tmp_path, "migrasi", LANG="en")
    assert (up.returncode, up.stdout) == (0, "")
    assert up.stderr.startswith("The schema stands at ")
    assert {"employee", "arrival", "answer"} <= tables(tmp_path)

    down = run(tmp_path, "migrasi", "--turun", LANG="id")
    assert down.returncode == 0
    assert down.stderr.strip().endswith(" -.")
    assert "employee" not in tables(tmp_path)


def test_a_second_time_changes_nothing(tmp_path):
    first, second = run(tmp_path, "migrasi"), run(tmp_path, "migrasi")

    assert (first.returncode, first.stderr) == (second.returncode, second.stderr)


@pytest.mark.parametrize("kind", ["postgresql"])
def test_an_address_as_people_write_it_is_enough(tmp_path, database_templates, kind):
    url = database_templates.copy(kind).replace("postgresql+asyncpg://", "postgres://")
    told = run(tmp_path, "migrasi", DATABASE_URL=url, LANG="en")

    assert told.returncode == 0, told.stderr
    assert told.stderr.startswith("The schema stands at ")


def test_an_unknown_option_is_wrong_usage(tmp_path):
    told = run(tmp_path, "migrasi", "--sideways")

    assert told.returncode == 2
    assert "--sideways" in told.stderr
