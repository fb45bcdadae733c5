import datetime as dt

import pytest
from sqlmodel import select

from bot.skp.entries import EntryState
from db.models.entries import Entry
from db.models.messages import Draft
from db.models.people import Employee
from tests.factories import a_team

SARI = 101
LOG = "dampingi 6 balita berisiko stunting"
OTHER = "susun 1 laporan bulanan gizi"
TODAY = dt.date(2026, 11, 24)


@pytest.fixture
async def chat(agora):
    await a_team(agora.database)
    return agora.chat(SARI)


async def earlier(agora, *texts: str, days: int = 1, account: int = SARI, **more) -> None:
    """Let somebody have written sentences some days ago."""
    async with agora.database.writing() as session:
        query = select(Employee).where(Employee.telegram_id == account)
        person = (await session.exec(query)).one()
        for text in texts:
            plain = {"day": TODAY - dt.timedelta(days=days), "text": text, **more}
            moment = {"created_at": agora.now, "changed_at": agora.now}
            session.add(Entry(employee_id=person.id, **plain, **moment))
            await session.flush()


async def today(agora) -> list[str]:
    async with agora.database.reading() as session:
        query = select(Entry).where(Entry.day == TODAY).order_by(Entry.id)
        return [one.text for one in await session.exec(query)]


async def test_a_frequent_sentence_is_logged_by_one_tap(agora, chat):
    await earlier(agora, LOG, "Dampingi 6 balita berisiko stunting!", OTHER, days=9)
    await earlier(agora, LOG, days=2, quantity=6, unit="balita")
    text = await chat.say("/catat")
    assert text.endswith("dengan satu ketukan:")
    assert chat.last.labels == ["Seperti kemarin", "dampingi 6 balita…"]
    await chat.tap("dampingi 6 balita…")

    assert await today(agora) == [LOG]
    assert chat.last.text.startswith("Tersimpan, Selasa 24 Nov. 6 balita")
    assert "Ubah" in chat.last.labels
    assert len(chat.messages) == 1
    async with agora.database.reading() as session:
        assert (await session.exec(select(Draft))).all() == []


async def test_a_double_tap_logs_a_favourite_once(agora, chat):
    await earlier(agora, LOG, LOG, LOG)
    await chat.say("/catat")
    message = chat.last
    pressed = message.key("dampingi 6 balita…")
    for _ in range(2):
        await chat.press(pressed, message)

    assert await today(agora) == [LOG]
    assert message.text.startswith("Tersimpan")
    await chat.say("/catat")
    await chat.tap("dampingi 6 balita…")
    assert await today(agora) == [LOG, LOG]


async def test_at_most_four_favourites_stand_beside_yesterday(agora, chat):
    for place, name in enumerate("abcde"):
        await earlier(agora, *[f"kegiatan <b>{name}</b>"] * (3 + place))
    await chat.say("/catat")

    assert chat.last.labels == [
        "Seperti kemarin",
        *[f"kegiatan <b>{name}</b>" for name in "edcb"],
    ]


@pytest.mark.parametrize(
    ("texts", "more"),
    [
        ([LOG, LOG], {}),
        ([LOG, LOG, LOG], {"days": 61}),
        ([LOG, LOG, LOG], {"state": EntryState.UNDONE}),
        ([LOG, LOG, LOG], {"account": 102}),
    ],
)
async def test_what_is_not_frequent_here_and_now_is_not_offered(agora, chat, texts, more):
    await earlier(agora, *texts, **more)
    await chat.say("/catat")

    assert "dampingi 6 balita…" not in chat.last.labels
    assert "Tersimpan" in await chat.say(OTHER)


async def test_nobody_logs_somebody_elses_sentence(agora, chat):
    await earlier(agora, LOG, LOG, LOG)
    await chat.say("/catat")
    other = agora.chat(102)
    await other.say("/catat")
    toast = await other.press(chat.last.key("dampingi 6 balita…"), other.last)

    assert toast == "Tombol ini sudah tidak berlaku."
    assert await today(agora) == []


async def test_same_as_yesterday_holds_all_of_the_day_before(agora, chat):
    await earlier(agora, "lama", days=3)
    await earlier(agora, LOG, OTHER)
    await earlier(agora, "batal", state=EntryState.UNDONE)
    await chat.say("/catat")
    message = chat.last
    pressed = message.key("Seperti kemarin")
    for _ in range(2):
        await chat.press(pressed, message)

    assert await today(agora) == [LOG, OTHER]
    assert message.text.startswith("Tersimpan, Selasa 24 Nov: 2 catatan.")
    assert message.labels == ["1", "2", "Urungkan semua", "Gabungkan jadi satu"]
    await chat.tap("Urungkan semua")
    await chat.say("/riwayat")
    assert "<s>" in chat.last.html


async def test_without_anything_to_repeat_catat_only_asks(agora, chat):
    await chat.say("/catat")

    assert chat.last.labels == []
    assert await chat.press("repeat-day", chat.last) == (
        "Belum ada catatan terdahulu yang dapat diulang. Tulis satu kalimat."
    )


async def test_a_new_year_brings_its_own_rhk(agora, chat):
    await chat.say(LOG)
    agora.now = dt.datetime(2027, 1, 4, 2, 0, tzinfo=dt.UTC)
    await chat.say("/catat")
    await chat.tap("Seperti kemarin")

    async with agora.database.reading() as session:
        new = (await session.exec(select(Entry).order_by(Entry.id.desc()))).first()
    assert (new.day.year, new.work_result_id, new.nearest) == (2027, None, [])


async def test_a_repeated_figure_is_said_to_be_the_earlier_one(agora, chat):
    line = "Angkanya mengikuti catatan sebelumnya; ubah bila hari ini berbeda."
    await earlier(agora, LOG, quantity=6, unit="balita")
    await chat.say("/catat")
    assert line in await chat.tap("Seperti kemarin")
    await chat.tap("Ubah")
    assert line not in await chat.tap("Kembali")

    agora.now += dt.timedelta(days=1)
    await chat.say("kemarin susun laporan bulanan gizi")
    await chat.say("/catat")
    assert chat.last.labels[0] == "Seperti kemarin"
    assert (await chat.tap("Seperti kemarin")).count(line) == 1


async def test_what_has_no_figure_is_repeated_without_a_word_about_it(agora, chat):
    await earlier(agora, "rapat lintas sektor")
    await chat.say("/catat")
    assert "Angkanya" not in await chat.tap("Seperti kemarin")
