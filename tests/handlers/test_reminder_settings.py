import datetime as dt

import pytest
from sqlmodel import select

from bot.skp.reminders import Habits, Kind
from bot.ui.keyboards import MOST_BUTTONS
from db.models.days import Ramadan
from db.models.people import Employee
from tests.factories import a_team
from tests.handlers.readers import reads

SARI, OTHER, STRANGER = 101, 102, 900
# 15.50 in Makassar, a Tuesday.
AFTERNOON = dt.datetime(2026, 11, 24, 7, 50, tzinfo=dt.UTC)
LOG = "dampingi 6 balita di posyandu"


@pytest.fixture
async def chat(agora):
    agora.now = AFTERNOON
    await a_team(agora.database, members=2)
    return agora.chat(SARI)


async def sari(agora) -> Employee:
    async with agora.database.reading() as session:
        query = select(Employee).where(Employee.telegram_id == SARI)
        return (await session.exec(query)).one()


async def go(chat, *labels: str) -> str:
    """Tap one button after another, and give what is read at last."""
    for label in labels:
        await chat.tap(label, chat.last)
    return chat.last.text


async def test_the_settings_show_the_hour_and_the_choices(agora, chat):
    text = await chat.say("/pengingat")

    assert text.startswith("Pengingat (WITA)\n")
    assert "saya bertanya pukul 15.45, hari Jumat pukul 16.15" in text
    assert "Sekali lagi pukul 16.45" in text
    assert "Paling banyak 2 pesan sehari" in text
    assert "Sedang mati: rencana aksi yang belum ada, rencana hari ini" in text
    assert "ringkasan tim" not in text
    assert chat.last.labels == [
        "Harian",
        "Mingguan & bulanan",
        "Panduan",
        "Jeda 7 hari",
        "Jeda 14 hari",
    ]
    await agora.chat(100).say("/pengingat")
    assert agora.chat(100).last.labels[3:] == ["Tim saya", "Jeda 7 hari"]


async def test_the_settings_in_english(agora, chat):
    await reads(agora, SARI, "en")
    text = await chat.say("/pengingat")

    assert "I ask at 15:45, on Fridays at 16:15" in text
    assert chat.last.labels[:2] == ["Every day", "Week and month"]
    assert "– On working days without an entry" in await go(chat, "Every day", "✓ Evening question")
    await go(chat, "Hours and days", "Evening question", "Choose the hour")
    assert chat.last.labels == ["15:45", "16:15", "17:00", "Others", "Back"]
    assert "I ask at 17:00" in await chat.tap("17:00")


async def test_an_hour_is_chosen_by_one_tap_and_given_back_by_another(agora, chat):
    await chat.say("/pengingat")
    await chat.press("prompt-hour", chat.last)
    assert "pukul 17.00" in await chat.tap("17.00")
    assert (await sari(agora)).prompt_at == dt.time(17, 0)

    await go(chat, "Pilih jam", "Lainnya", "Lainnya")
    assert "pukul 15.45" in await chat.tap("Jam biasa")
    assert (await sari(agora)).prompt_at is None
    assert len(chat.messages) == 2


async def test_switching_off_keeps_still_until_an_hour_is_chosen(agora, chat):
    await chat.say("/pengingat")
    await go(chat, "Harian", "✓ Pertanyaan sore")
    assert chat.last.labels[:2] == ["– Pertanyaan sore", "– Pertanyaan kedua"]
    assert not (await sari(agora)).prompts_on
    assert "Sedang mati: pertanyaan sore, pertanyaan kedua" in await chat.tap("Kembali")

    await go(chat, "Harian", "Jam dan hari", "Pertanyaan sore", "Pilih jam", "17.00")
    assert (await sari(agora)).prompts_on


@pytest.mark.parametrize(
    "key",
    [
        *("same:20261399", "same", "snooze:0", "remind-pause:5", "remind-group:9:0"),
        *("remind-at:prompt:99", "remind-at:prompt:-1", "remind-at:prompt:x", "remind-at:plan"),
        *("remind-at:follow-up:1", "remind-at:closing:99", "remind-hours:follow-up:0"),
        *("remind-days:plan:9", "remind-days:closing:0", "remind-week:closing:0"),
        *("remind:x", "remind:2", "remind-on:x:1", "remind-flip:digest:1", "remind-on:digest:1"),
        # Such keys lie under messages from before they carried names.
        *("prompt-at:2", "remind-on:2:1", "remind-list"),
    ],
)
async def test_a_key_that_makes_no_sense_is_an_old_button(agora, chat, key):
    await chat.say("/pengingat")

    assert await chat.press(key, chat.last) == "Tombol ini sudah tidak berlaku."
    assert (await sari(agora)).prompt_at is None
    assert (await sari(agora)).reminders == {}


async def test_every_kind_is_switched_by_two_taps(agora, chat):
    await chat.say("/pengingat")
    text = await chat.tap("Harian")
    assert text == (
        "Harian\n"
        "✓ Pada hari kerja tanpa catatan, saya bertanya pukul 15.45, hari Jumat pukul 16.15\n"
        "✓ Sekali lagi pukul 16.45, bila masih belum ada\n"
        "– Rencana hari ini: setiap hari kerja, 08.00\n"
        "Ketuk untuk menyalakan (✓) atau mematikan (–)."
    )
    assert chat.last.labels == [
        *("✓ Pertanyaan sore", "✓ Pertanyaan kedua", "– Rencana hari ini"),
        *("Jam dan hari", "Kembali"),
    ]
    assert "✓ Rencana hari ini: setiap hari kerja" in await chat.tap("– Rencana hari ini")
    assert (await sari(agora)).reminders == {"plan": {"on": True}}

    await go(chat, "Jam dan hari", "Rencana hari ini", "Pilih jam")
    assert "setiap hari kerja, 09.00\nSedang nyala." in await chat.tap("09.00")
    await chat.tap("Pilih hari")
    assert "Senin, Rabu, Jumat, 09.00" in await chat.tap("Senin, Rabu, Jumat")
    assert (await sari(agora)).reminders == {"plan": {"on": True, "at": "09:00", "days": "135"}}

    await go(chat, "Kembali", "Kembali")
    assert "• Rencana hari ini: Senin, Rabu, Jumat, 09.00" in chat.last.text
    assert len(chat.messages) == 1


async def test_no_screen_has_more_than_five_buttons(agora):
    agora.now = AFTERNOON
    await a_team(agora.database, members=1)
    async with agora.database.writing() as session:
        for person in await session.exec(select(Employee)):
            person.roles = ["pegawai", "admin"]
    seen = set()
    for account in (100, 101):
        chat = agora.chat(account)
        await chat.say("/pengingat")
        ways = [chat.last.key(label) for label in chat.last.labels]
        while ways:
            way = ways.pop()
            if (account, way) in seen or way.startswith("remind-pause"):
                continue
            seen.add((account, way))
            await chat.press(way, chat.last)
            assert 1 <= len(chat.last.labels) <= MOST_BUTTONS
            ways += [chat.last.key(label) for label in chat.last.labels]

    assert {f"remind-flip:{kind}:0" for kind in ("prompt", "digest", "waiting", "closing")} <= {
        way for _, way in seen
    }


async def test_what_the_agency_requires_has_an_hour_but_no_switch(agora, chat):
    agora.agency.habits = Habits(required=frozenset({Kind.CLOSING}))
    await chat.say("/pengingat")
    await chat.tap("Mingguan & bulanan")
    assert "✓ Akhir periode" not in chat.last.labels
    await chat.tap("Jam dan hari")
    text = await chat.tap("Akhir periode")

    assert "Instansi Anda mewajibkan pengingat ini." in text
    assert chat.last.labels == ["Pilih jam", "Kembali"]
    await chat.tap("Pilih jam")
    assert "09.00" in await chat.tap("09.00")
    for verb in ("remind-on", "remind-flip"):
        await agora.take(chat.pressing(f"{verb}:closing:0", chat.last))
    assert (await sari(agora)).reminders == {"closing": {"on": True, "at": "09:00"}}


async def test_a_leader_may_get_the_digest_daily(agora, chat):
    leader = agora.chat(100)
    assert "• Ringkasan tim Anda: awal pekan, 08.00" in await leader.say("/pengingat")
    await go(leader, "Tim saya", "Jam dan hari", "Ringkasan tim", "Pilih hari")

    assert "Ringkasan tim Anda: setiap hari kerja, 08.00" in await leader.tap("Setiap hari kerja")


async def test_a_pause_is_one_tap_and_ends_by_another(agora, chat):
    await chat.say("/pengingat")
    assert "saya diam sampai Selasa, 1 Des 2026" in await chat.tap("Jeda 7 hari")
    assert (await sari(agora)).paused_until == dt.date(2026, 12, 1)
    assert "Dijeda sampai Selasa, 1 Des 2026." in await chat.say("/pengingat")

    await chat.tap("Lanjutkan pengingat")
    assert (await sari(agora)).paused_until is None
    assert "Dijeda" not in chat.last.text


async def test_the_hours_of_ramadan_and_the_learned_hour_are_said(agora, chat):
    async with agora.database.writing() as session:
        session.add(Ramadan(first=dt.date(2026, 11, 20), last=dt.date(2026, 12, 19)))
    text = await chat.say("/pengingat")
    assert "pukul 14.45, hari Jumat pukul 15.15" in text
    assert "Jam kerja Ramadan sedang berlaku." in text

    async with agora.database.writing() as session:
        query = select(Employee).where(Employee.telegram_id == SARI)
        (await session.exec(query)).one().learned_at = dt.time(16, 40)
    text = await chat.say("/pengingat")
    assert "saya bertanya pukul 16.30" in text
    assert "Jam sore mengikuti jam Anda biasa mencatat." in text


async def test_change_the_hour_shows_the_hours_below(agora, chat):
    await chat.say("/menu")
    await chat.press("prompt-hour", chat.last)

    assert chat.last.text.startswith("Pada hari kerja tanpa catatan, saya bertanya pukul 15.45")
    assert "17.00" in chat.last.labels
    assert len(chat.messages) == 2
