import datetime as dt
import json
import os

import pytest
from sqlmodel import select

from bot.actions import corrections, entries
from bot.actions.corrections import Grip
from bot.actions.entries import Typed
from bot.documents.ekinerja import read_progress
from db.models.people import Employee
from db.models.plans import ActionPlan
from tests import verbs
from tests.factories import a_team

NOW = dt.datetime(2026, 11, 24, 8, 50, tzinfo=dt.UTC)


def ekspor(database_url, folder, *words):
    surroundings = os.environ | {
        "DATABASE_URL": database_url.replace("+aiosqlite", "").replace("+asyncpg", ""),
        "DATA_DIR": str(folder),
        "LANG": "id_ID.UTF-8",
        "LC_ALL": "id_ID.UTF-8",
    }
    return verbs.run(folder, "ekspor", *words, surroundings=surroundings)


@pytest.fixture
async def filled(database, database_url):
    await a_team(database)
    async with database.writing() as session:
        people = await session.exec(select(Employee).where(Employee.telegram_id.in_([101, 102])))
        sari, other = sorted(people, key=lambda one: one.telegram_id)
        texts = (
            "jam 9-11 dampingi 6 balita berisiko stunting <b> & https://contoh.go.id/a",
            "20-22 nov survei 2,5 hektare lahan bersama kader",
            "rapat zoom dengan kecamatan",
        )
        for text in texts:
            await entries.record(session, sari, Typed(text, NOW), edit_days=5)
        gone = await entries.record(session, sari, Typed("dampingi 9 balita", NOW), edit_days=5)
        await corrections.undo(session, sari, Grip(gone.entry_id, 1, NOW, 5))
        await entries.record(
            session, other, Typed("dampingi 1 balita berisiko stunting", NOW), edit_days=5
        )
        outlook = (await entries.hear(session, sari, "x", sent_at=NOW)).outlook
        session.add(
            ActionPlan(
                work_result_id=outlook.results[1].id, period="2026-11", text="Kunjungan rumah"
            )
        )
        nip = sari.nip
    return database_url, nip


async def test_entries_come_out_as_json_exactly_as_they_stand(filled, tmp_path):
    url, nip = filled
    told = ekspor(url, tmp_path, "catatan", "--nip", nip, "--json")

    assert told.returncode == 0, told.stderr
    first, second, third = json.loads(told.stdout)
    assert first == {
        "id": first["id"],
        "nip": nip,
        "tanggal": "2026-11-24",
        "mulai": "09:00",
        "selesai": "11:00",
        "kegiatan": "jam 9-11 dampingi 6 balita berisiko stunting <b> & https://contoh.go.id/a",
        "rhk": 2,
        "realisasi": 6,
        "satuan": "balita",
        "persen": None,
        "bukti": [
            {
                "jenis": "tautan",
                "judul": "2026-11-24 contoh.go.id",
                "tautan": "https://contoh.go.id/a",
                "sha256": None,
            }
        ],
        "susulan": False,
        "dibuat": "2026-11-24T08:50:00Z",
    }
    assert (second["tanggal"], second["sampai"], second["realisasi"]) == (
        "2026-11-20",
        "2026-11-22",
        2.5,
    )
    assert second["susulan"] is True
    assert (third["rhk"], third["realisasi"], third["mulai"]) == (None, None, None)
    assert "sampai" not in third


async def test_the_days_bound_what_comes_out(filled, tmp_path):
    url, _ = filled
    told = ekspor(
        url, tmp_path, "catatan", "--dari", "2026-11-24", "--sampai", "2026-11-24", "--json"
    )

    assert len(json.loads(told.stdout)) == 3


async def test_the_workbook_has_the_eight_columns(filled, tmp_path):
    url, nip = filled
    path = tmp_path / "out.xlsx"
    told = ekspor(url, tmp_path, "catatan", "--nip", nip, "--berkas", str(path))

    assert told.returncode == 0, told.stderr
    assert "3 catatan" in told.stderr
    second, first, _ = read_progress(path.read_bytes()).rows
    assert (first.plan, first.quantity, first.unit) == ("Kunjungan rumah", 6, "balita")
    assert first.evidence_url == "https://contoh.go.id/a"
    assert second.quantity is None


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["catatan"], 2),
        (["catatan", "--json", "--berkas", "x.xlsx"], 2),
        (["catatan", "--json", "--dari", "kemarin"], 2),
        (["catatan", "--json", "--dari", "2026-11-02", "--sampai", "2026-11-01"], 2),
        (["catatan", "--json", "--nip", "123"], 2),
        (["catatan", "--json", "--nip", "198001012005011009"], 1),
        (["gaji", "--json"], 2),
        (["--help"], 0),
    ],
)
async def test_wrong_usage_is_told_in_a_sentence(database_url, tmp_path, words, code):
    told = ekspor(database_url, tmp_path, *words)

    assert told.returncode == code, told.stderr
    assert "Traceback" not in told.stderr
    assert (code == 0) or told.stdout == ""
