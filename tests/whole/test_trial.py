"""The trial as a newcomer meets it: one command, a page, and a living agency."""

import contextlib
import datetime as dt
import io
import os
import re
import signal
import socket
import sqlite3
import time
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import aiohttp
import pytest
import typer
from PIL import Image
from selenium import webdriver
from selenium.webdriver.common.by import By

from bot.cli.coba import moment_of
from bot.documents.roster_writing import write_roster
from bot.i18n import translator
from bot.skp.people import EmploymentKind
from bot.skp.roster_rows import EmployeeRow, Roster
from tests.sandbox.browser import Page, browser_path, chromium_running
from tests.whole.trial import BEGIN, PATIENCE, Trial, Visit

LOG = "tadi pagi menimbang 12 balita di posyandu melati"
NIP_OF_NEW = "199001012020032999"


class Stage:
    """Keep one trial for all tests, and start another when one has ended it."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.trial: Trial | None = None
        self.url = ""

    def running(self) -> Trial:
        if self.trial is None or self.trial.process.poll() is not None:
            self.close()
            self.trial = Trial(self.home, "--waktu", BEGIN)
            self.url = self.trial.address()
        return self.trial

    def close(self) -> None:
        if self.trial is not None:
            self.trial.close()


@pytest.fixture(scope="module")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    made = Stage(tmp_path_factory.mktemp("trial"))
    yield made
    made.close()


@pytest.fixture
async def visit(stage: Stage) -> AsyncIterator[Visit]:
    stage.running()
    async with Visit(stage.url) as opened:
        yield opened


@pytest.fixture(scope="module")
def chromium() -> Iterator[webdriver.Chrome]:
    if browser_path() is None and os.environ.get("DEMAND_BROWSER") != "1":
        pytest.skip("needs Chromium and chromedriver")
    with chromium_running() as driver:
        yield driver


@pytest.fixture
def page(chromium: webdriver.Chrome, visit: Visit) -> Iterator[Page]:
    yield Page(chromium, visit)
    complaints = [one for one in chromium.get_log("browser") if one["level"] == "SEVERE"]
    assert complaints == []


def picture(colour: str) -> bytes:
    drawn = io.BytesIO()
    Image.new("RGB", (64, 48), colour).save(drawn, "PNG")
    return drawn.getvalue()


def evidence(stage: Stage) -> list[bytes]:
    """Give everything that the trial has stored beside its database."""
    (folder,) = stage.home.glob("asisten-asn-*")
    files = [path for path in (folder / "data").rglob("*") if path.is_file()]
    # What is half written has another name in a moment.
    whole = [path for path in files if ".db" not in path.name and path.suffix != ".half"]
    return [path.read_bytes() for path in whole]


async def test_a_person_logs_and_chooses_another_rhk(visit):
    person = (await visit.person("Nutrisionis"))["id"]
    await visit.say(person, LOG)
    receipt = await visit.heard(person, "Tersimpan, Selasa 24 Nov")

    assert "12 balita → RHK 1" in receipt.text
    assert receipt.buttons == ["Ganti RHK", "Ubah", "Urungkan"]
    await visit.press(person, "Ganti RHK")
    choice = await visit.heard(person, "RHK 2")
    await visit.tap(person, choice, choice.data("RHK 2"))
    changed = await visit.heard(person, "→ RHK 2")
    assert changed.id == receipt.id


async def test_a_photo_is_kept_as_evidence(visit, stage):
    person, taken = (await visit.person("Nutrisionis", place=1))["id"], picture("teal")
    await visit.photo(person, taken, caption="kunjungan rumah 2 balita berisiko stunting")
    receipt = await visit.heard(person, "Tersimpan")

    assert "2 balita" in receipt.text
    assert "1 foto" in receipt.text
    deadline = time.monotonic() + 20
    while taken not in evidence(stage):
        assert time.monotonic() < deadline, "the photo was not stored"
        await visit.look("state")


async def test_a_newcomer_comes_in_and_logs(visit):
    newcomer = await visit.newcomer()
    person = newcomer["id"]
    await visit.start(person, newcomer["start"])
    card = await visit.heard(person, "Data ditemukan")
    assert f"{newcomer['first_name']} {newcomer['last_name']}" in card.text
    for label in ("Benar", f" {newcomer['first_name']}", "Saya setuju"):
        await visit.press(person, label)
    await visit.heard(person, "Coba sekarang")
    await visit.say(person, "rapat koordinasi di kantor camat")
    await visit.heard(person, "Tersimpan")


async def test_a_leader_sees_the_team_as_a_picture(visit):
    leader = (await visit.person("Kepala Seksi Gizi"))["id"]
    await visit.say(leader, "/tim")
    summary = await visit.heard(leader, "Seksi Gizi")

    assert re.search(r"\b\d+ dari 11 tercatat · 1 dinas/cuti", summary.text)
    assert "Perlu perhatian" in summary.text
    drawn = Image.open(io.BytesIO(await visit.file(summary.file_ids[0])))
    assert min(drawn.size) > 300
    await visit.press(leader, "Rinci orang")
    assert (await visit.heard(leader, "Kembali")).id == summary.id


async def test_moving_the_clock_brings_the_prompt_within_seconds(visit):
    person = (await visit.person("Pekerja Sosial"))["id"]
    state = await visit.look("state")
    now = dt.datetime.fromtimestamp(state["clock"]["now"], dt.timezone(dt.timedelta(hours=8)))
    later = now.replace(hour=15, minute=50) + dt.timedelta(days=1)
    await visit.control("clock", to=later.isoformat())
    prompt = await visit.heard(person, "belum ada", within=10)

    assert prompt.buttons[:2] == ["Seperti kemarin", "Tunda 1 jam"]
    await visit.press(person, "Seperti kemarin")
    await visit.heard(person, "Tersimpan, Rabu 25 Nov")


async def all_noted(visit: Visit, stage: Stage) -> None:
    """Wait until the post has noted all that went out.

    What is out but not noted when the clock jumps an hour is asked about a quarter later.
    """
    (file,) = stage.home.glob("asisten-asn-*/data/*.db")
    deadline = time.monotonic() + PATIENCE
    with contextlib.closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True)) as looked:
        while looked.execute("SELECT 1 FROM letter WHERE state IN ('due', 'claimed')").fetchone():
            assert time.monotonic() < deadline, "the post does not come to its end"
            await visit.look("state")


async def test_moving_the_clock_over_a_weekend_brings_prompt_follow_up_and_digest(visit, stage):
    silent = (await visit.person("Pekerja Sosial"))["id"]
    leader = (await visit.person("Kepala Seksi Gizi"))["id"]
    earlier = max((one.id for one in await visit.messages(silent)), default=0)
    # A Friday ends an hour later than the other days, and the next digest comes on Monday.
    await visit.control("clock", to="2026-11-27T16:15:30+08:00")
    prompt = await visit.heard(silent, "belum ada", PATIENCE, after=earlier)
    assert prompt.buttons[1:] == ["Tunda 1 jam", "Cuti/Dinas", "Ada kendala"]

    await all_noted(visit, stage)
    await visit.control("clock", to="2026-11-27T17:15:30+08:00")
    again = await visit.heard(silent, "tidak bertanya lagi", PATIENCE)
    assert again.id > prompt.id

    await visit.control("clock", to="2026-11-30T08:00:30+08:00")
    digest = await visit.heard(leader, "Sen 23 Nov", PATIENCE)
    assert "Seksi Gizi" in digest.text
    assert "hari kerja" in digest.text


async def test_an_admin_applies_a_workbook(visit):
    admin = (await visit.person("(admin)"))["id"]
    await visit.document(admin, a_workbook(), "pegawai baru.xlsx")
    preview = await visit.heard(admin, "Terapkan 1")
    assert "pegawai baru.xlsx" in preview.text
    await visit.press(admin, "Terapkan 1")
    await visit.heard(admin, "sudah diterapkan: 1 baru")
    await visit.say(admin, f"/pegawai {NIP_OF_NEW}")
    await visit.heard(admin, "Baru Umpamawan")


def a_workbook() -> bytes:
    """Write one new person as an admin would."""
    person = EmployeeRow(
        row=2,
        nip=NIP_OF_NEW,
        name="Baru Umpamawan",
        position="Nutrisionis",
        unit="DINKES-GIZI",
        kind=EmploymentKind.PNS,
    )
    return write_roster(Roster(employees=(person,), total=1))


@pytest.mark.browser
async def test_a_visitor_logs_with_a_photo_before_the_page(page, visit, tmp_path):
    person = await visit.person("Bidan")
    page.open(person["id"])
    page.write("dampingi 3 ibu di puskesmas")
    page.see("article.from-bot", "Tersimpan", within=20)
    page.tap("article button", "RHK 2")
    page.see("article.from-bot", "→ RHK 2", within=20)
    (tmp_path / "foto.png").write_bytes(picture("olive"))
    page.tap("#attach")
    page.exists("#pick-photo").send_keys(str(tmp_path / "foto.png"))
    page.see(".strip", "foto.png")
    page.write("kelas ibu hamil di Melati, 1 kelas")
    page.see("article.from-bot", "1 foto", within=20)


@pytest.mark.browser
async def test_a_visitor_plays_a_round_of_the_quiz_before_the_page(page, visit):
    page.open((await visit.person("Nutrisionis"))["id"])
    page.write("/kuis")
    for place in range(1, 6):
        question = f"{place}/5. "
        page.see("article .poll-question", question, within=20)
        first = (By.CSS_SELECTOR, ".option")
        page.steadily(lambda: page.see("article", question).find_element(*first).click())  # noqa: B023  # Called at once.
        page.see("article .poll-why", "Sumber: ", within=20)
    page.see("article.from-bot", "dari 5 benar", within=20)
    page.tap("article button", "Lagi")
    page.until(lambda: len([one for one in page.all(".poll-question") if "1/5." in one.text]) == 2)


@pytest.mark.browser
async def test_a_visitor_comes_in_with_one_tap_on_the_page(page, visit):
    newcomer = await visit.newcomer()
    page.driver.get("about:blank")
    page.driver.get(visit.page)
    page.tap(f'[data-chat="{newcomer["id"]}"]', newcomer["first_name"])
    page.tap("#start", "Mulai")
    page.see("article.from-bot", "Data ditemukan", within=20)
    page.tap("article button", "Benar")
    page.see("article.from-bot", "menyapa", within=20)


@pytest.mark.browser
async def test_a_leader_sees_the_picture_and_moves_the_clock_on_the_page(page, visit):
    leader = await visit.person("Kepala Seksi Gizi")
    page.open(leader["id"])
    page.write("/tim minggu")
    page.see("article.from-bot", "Seksi Gizi", within=20)
    images = "article.from-bot .photo img"
    page.see(images, within=20)
    # Pictures far above are not fetched until they come into sight.
    page.until(lambda: int(page.all(images)[-1].get_attribute("naturalWidth") or 0) > 300)
    silent = await visit.person("Analis Ketahanan Pangan")
    page.driver.get("about:blank")
    page.open(silent["id"])
    before = page.see("#time").text
    page.tap("#clock-tomorrow")
    page.until(lambda: page.see("#time").text != before)
    page.tap("#clock-to1545")
    page.see("article.from-bot", "belum ada", within=15)
    assert page.see("#time").text.endswith("WITA")


async def test_ending_it_leaves_nothing_behind(visit, stage):
    trial = stage.running()
    assert list(stage.home.glob("asisten-asn-*"))
    trial.process.send_signal(signal.SIGTERM)

    assert trial.process.wait(10) == 0
    said = trial.silence(within=2)
    assert said[-1] == "Percobaan selesai; tidak ada yang disimpan."
    assert not any("Traceback" in line for line in said)
    assert not list(stage.home.glob("asisten-asn-*"))
    with pytest.raises(aiohttp.ClientConnectorError):
        await visit.look("state")


def test_in_english_it_speaks_english_and_ends_even_before_it_is_ready(tmp_path):
    trial = Trial(tmp_path, language="en_GB.UTF-8")
    trial.hear("Inventing an agency and a year of its work …")
    trial.process.send_signal(signal.SIGTERM)

    assert trial.process.wait(10) == 0
    assert trial.silence(within=2)[-1] == "The trial has ended; nothing of it is kept."
    assert not list(tmp_path.glob("asisten-asn-*"))
    trial.close()


def test_a_taken_port_gives_one_sentence(tmp_path):
    with socket.socket() as holder:
        holder.bind(("127.0.0.1", 0))
        holder.listen()
        port = holder.getsockname()[1]
        trial = Trial(tmp_path, "--port", str(port))
        assert trial.process.wait(PATIENCE) == 1
        said = trial.silence(within=2)
    trial.close()
    assert said == [f"Porta {port} sudah dipakai; sebutkan yang lain, atau hilangkan --port."]


@pytest.mark.parametrize("wish", ["besok", "9999-12-31", "2026-02-30T10:00"])
def test_an_hour_that_cannot_be_gives_one_sentence(capsys, wish):
    with pytest.raises(typer.Exit) as ended:
        moment_of(wish, translator("id"))

    assert ended.value.exit_code == 2
    assert capsys.readouterr().err == f"“{wish}” bukan hari dan jam seperti 2026-11-24T15:40.\n"
