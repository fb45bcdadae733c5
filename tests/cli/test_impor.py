import dataclasses
import json

import pytest
import typer
from typer.testing import CliRunner

from bot.cli import impor
from bot.documents.roster_reading import read_roster
from bot.documents.roster_writing import write_roster
from tests.rosters import PEOPLE, RESULTS, roster

GHOST = "199001012015011999"

verb = typer.Typer()
verb.command()(impor.command)


@pytest.fixture
def run(database_url, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DATABASE_URL", database_url)
    monkeypatch.setenv("DATA_DIR", str(tmp_path / "data"))
    monkeypatch.setenv("LC_ALL", "id_ID.UTF-8")
    return lambda *words: CliRunner().invoke(verb, list(words))


@pytest.fixture
def workbook(tmp_path):
    path = tmp_path / "pegawai.xlsx"
    path.write_bytes(write_roster(roster()))
    return str(path)


def counts(result) -> tuple[int, int, int, int]:
    told = json.loads(result.stdout)
    return told["rows"], told["created"], told["updated"], told["unchanged"]


def test_the_dry_run_tells_and_the_second_import_changes_nothing(run, workbook):
    dry = run(workbook, "--json")
    assert (dry.exit_code, counts(dry)) == (0, (13, 13, 0, 0))
    assert "Belum ada yang ditulis; tambahkan --terapkan" in dry.stderr
    first = run(workbook, "--terapkan", "--json")
    assert (first.exit_code, counts(first)) == (0, (13, 13, 0, 0))
    second = run(workbook, "--terapkan", "--json")
    assert (second.exit_code, counts(second)) == (0, (13, 0, 0, 13))
    assert "13 baris: 0 baru, 0 berubah, 13 tetap." in second.stderr


def test_problems_are_told_in_json_and_in_words_and_nothing_is_written(run, workbook, tmp_path):
    people = (dataclasses.replace(PEOPLE[0], supervisor=GHOST), *PEOPLE[1:])
    faulty = tmp_path / "salah.xlsx"
    faulty.write_bytes(write_roster(roster(employees=people)))

    result = run(str(faulty), "--terapkan", "--json")

    assert result.exit_code == 1
    assert json.loads(result.stdout)["problems"] == [
        {
            "sheet": "Pegawai",
            "row": 2,
            "column": "Atasan (NIP)",
            "problem": f"Tidak ada pegawai dengan NIP {GHOST}, jadi tidak dapat menjadi atasan.",
            "mend": "Tambahkan atasan itu di lembar “Pegawai”, atau perbaiki NIP-nya.",
        }
    ]
    assert "Pegawai, baris 2, Atasan (NIP): Tidak ada pegawai" in result.stderr
    assert "13 baris: 1 masalah. Belum ada yang diubah." in result.stderr
    assert counts(run(workbook, "--json")) == (13, 13, 0, 0)


def test_notes_stop_nothing(run, tmp_path):
    odd = tmp_path / "tema.xlsx"
    results = (dataclasses.replace(RESULTS[0], themes=("kopi",)), RESULTS[1])
    odd.write_bytes(write_roster(roster(work_results=results)))

    result = run(str(odd), "--terapkan", "--json")

    assert (result.exit_code, counts(result)) == (0, (13, 13, 0, 0))
    (note,) = json.loads(result.stdout)["notes"]
    assert (note["sheet"], note["row"], note["column"]) == ("RHK", 2, "Tema")


def test_english_speaks_english(run, tmp_path, monkeypatch):
    monkeypatch.setenv("LC_ALL", "en_GB.UTF-8")
    people = (dataclasses.replace(PEOPLE[0], unit="TIDAK"), *PEOPLE[1:])
    faulty = tmp_path / "faulty.xlsx"
    faulty.write_bytes(write_roster(roster(employees=people)))

    result = run(str(faulty))

    assert result.exit_code == 1
    assert "The unit “TIDAK” is not known." in result.stderr
    assert result.stdout == ""


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"bukan buku kerja", "bukan buku kerja XLSX"),
        (b"PK\x03\x04rusak", "rusak"),
    ],
)
def test_a_file_that_is_no_workbook_is_one_problem(run, tmp_path, content, sentence):
    path = tmp_path / "x.xlsx"
    path.write_bytes(content)

    result = run(str(path), "--json")

    assert result.exit_code == 1
    (problem,) = json.loads(result.stdout)["problems"]
    assert sentence in problem["problem"]
    assert sentence in result.stderr
    assert "Traceback" not in result.stderr


def test_a_file_that_is_not_there_is_said_in_a_sentence(run):
    result = run("tidak-ada.xlsx")

    assert result.exit_code == 1
    assert result.stderr.startswith("tidak-ada.xlsx tidak dapat dibaca:")


def test_without_a_file_the_use_is_explained(run):
    result = run()

    assert result.exit_code == 2
    assert "--templat" in result.stderr


def test_the_template_is_an_empty_roster(run, tmp_path):
    path = tmp_path / "templat.xlsx"

    result = run("--templat", str(path))

    assert result.exit_code == 0
    assert read_roster(path.read_bytes()).total == 0


def test_a_template_that_cannot_be_written_is_said_in_a_sentence(run, tmp_path):
    result = run("--templat", str(tmp_path / "tidak" / "ada.xlsx"))

    assert result.exit_code == 1
    assert "tidak dapat ditulis" in result.stderr
