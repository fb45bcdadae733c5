"""Which logs get advice: few, and those that it fits."""

import json
from pathlib import Path

import pytest

from bot.guidance.library import Library
from bot.guidance.tips import Work
from tests.chat import library

OTHER_JOBS = Path(__file__).parents[1] / "understanding" / "other_jobs.jsonl"
STUNTING = "Terlaksananya pendampingan keluarga berisiko stunting"
BASELESS = "Terlaksananya pelayanan administrasi umum"


def works() -> list[Work]:
    """Read the logs of other jobs, each with the RHK that it belongs to."""
    rows = [json.loads(line) for line in OTHER_JOBS.read_text(encoding="utf-8").splitlines()]
    profiles = {row["profile"]: row for row in rows if row["kind"] == "profile"}
    found = []
    for row in rows:
        if row["kind"] == "message" and row["gold"]["intent"] == "log":
            profile = profiles[row["profile"]]
            texts = {one["no"]: one["text"] for one in profile["rhk"]}
            result = texts.get(row["gold"].get("rhk"), "")
            found.append(Work(row["text"], profile["job"], result))
    return found


def test_of_many_logs_few_get_advice_and_all_of_it_is_of_their_theme():
    found = [(one, library().tip(one)) for one in works()]
    given = [(one, article) for one, article in found if article is not None]

    assert len(given) < len(found) / 20
    for work, article in given:
        assert article.theme in work.led_to(library().chains())


@pytest.mark.parametrize(
    ("work", "article"),
    [
        (Work("damping 4 krs sm tpk", "Penyuluh KB", STUNTING), "stunting-keluarga-berisiko"),
        (Work("rakor tpps kab dipimpin wabup, bahas stunting", "Perencana"), "stunting-tpps"),
        (
            Work("verval dtsen 12 kk usulan bansos", "Peksos"),
            "kemiskinan-ekstrem-dtsen",
        ),
        (Work("ngajar latsar angkatan XII agenda 2", "Widyaiswara"), "inovasi-latsar"),
        (Work("gelar pasar murah di 3 kelurahan", "Analis Perdagangan"), "inflasi-pasar-murah"),
        (Work("PMT hari ke 14 utk 9 bumil KEK", "Nutrisionis"), "gizi-buruk-pmt"),
    ],
)
def test_advice_that_fits_is_given(work, article):
    assert library().tip(work).id == article


@pytest.mark.parametrize(
    "work",
    [
        # `ttd` is a signature here; elsewhere it means the tablets for anaemia.
        Work("ttd 18 surat pengantar + 2 akta tanah", "Lurah", BASELESS),
        Work("uji kompetensi menjahit, kompeten 14 belum 2", "Instruktur BLK"),
        Work("kawin suntik 7 ekor, 2 pkb positif", "Dokter Hewan"),
        Work("ngebug form pendaftaran, login error beres", "Pranata Komputer"),
        Work("piket kantor", "Penyuluh KB", STUNTING, ("stunting",)),
        Work("rapat zona integritas di aula, 3,5 jam", "Penguji Kendaraan"),
        Work("", "Bidan", STUNTING),
    ],
)
def test_where_nothing_surely_fits_nothing_is_said(work):
    assert library().tip(work) is None


def test_the_example_of_another_job_is_no_advice():
    work = Work("rapat tim P3DN bahas tkdn dengan inspektorat", "Pengelola Pengadaan")

    assert "contoh jabatan" not in getattr(library().tip(work), "tags", ())


def test_what_was_passed_gives_way_to_the_next_that_fits_or_to_none():
    work = Work("bagi pmt ke 12 balita gizi buruk", "Nutrisionis")
    seen: list[str] = []
    while (article := library().tip(work, seen)) is not None:
        assert article.id not in seen
        seen.append(article.id)

    assert 1 <= len(seen) <= 3


def test_no_log_waits_for_an_index(tmp_path):
    fresh = Library.load(library().folder)
    work = Work("bagi pmt ke 12 balita gizi buruk", "Nutrisionis")
    assert fresh.tip(work) is None

    fresh.renew(0, None)
    assert fresh.tip(work) is not None
    assert not fresh.outdated()
