import datetime as dt

import pytest
from sqlmodel import select

from bot.actions.calendars import ensure_holidays
from bot.post.postman import Postman
from db.models.days import Ramadan
from db.models.people import Employee
from db.models.plans import Holiday
from tests.factories import a_team

ADMIN, SARI, STRANGER = 100, 101, 900


@pytest.fixture
async def admin(agora):
    await a_team(agora.database, members=2)
    async with agora.database.writing() as session:
        await ensure_holidays(session, 2026, 2027)
        query = select(Employee).where(Employee.telegram_id == ADMIN)
        (await session.exec(query)).one().roles = ["pegawai", "admin"]
    return agora.chat(ADMIN)


async def rows(agora, model) -> list:
    async with agora.database.reading() as session:
        return list(await session.exec(select(model).order_by(model.id)))


async def ramadan_2027(agora) -> Ramadan:
    return next(one for one in await rows(agora, Ramadan) if one.first.year == 2027)


async def evening(agora, moment: dt.datetime) -> int:
    """Let the clock tick at a moment, and count Sari's prompts."""
    agora.now = moment
    postman = Postman(agora.application.bot, agora.database, agora.clock)
    await postman.plan()
    while await postman.carry():
        pass
    return sum("hari ini belum ada" in one.text for one in agora.chat(SARI).messages)


async def test_the_calendar_shows_days_off_and_ramadan_with_estimates_marked(admin):
    text = await admin.say("/kalender")

    assert text.startswith("Hari libur mendatang\n1. Kamis, 24 Des 2026: Cuti Bersama Hari Raya")
    assert (
        "Ramadan: Senin, 8 Feb 2027 sampai Selasa, 9 Mar 2027"
        " (perkiraan, dihitung mundur dari Idulfitri)." in text
    )
    assert admin.last.labels[-3:] == ["Berikutnya", "Pastikan Ramadan", "Tanggal lain"]
    await admin.tap("Berikutnya")
    assert "Rabu, 10 Mar 2027: Hari Raya Idul Fitri (perkiraan)" in admin.last.text
    assert "belum ada SKB" not in admin.last.text


async def test_a_year_without_a_decree_is_named(agora, admin):
    agora.now = dt.datetime(2027, 11, 24, 8, 50, tzinfo=dt.UTC)

    assert "Untuk 2028 belum ada SKB: tanggalnya perkiraan" in await admin.say("/kalender")


async def test_a_day_is_added_and_holds_at_once_and_taken_off_again(agora, admin):
    text = await admin.say("/kalender 24 Nov Hari jadi kabupaten contoh")
    assert "1. Selasa, 24 Nov 2026: Hari jadi kabupaten contoh" in text
    moment = dt.datetime(2026, 11, 24, 8, 50, tzinfo=dt.UTC)
    assert await evening(agora, moment) == 0

    assert (
        await admin.tap("1")
        == "Dicoret dari daftar: Selasa, 24 Nov 2026: Hari jadi kabupaten contoh."
    )
    assert await evening(agora, moment + dt.timedelta(minutes=1)) == 1


async def test_a_day_that_is_known_gets_its_new_name_and_is_no_estimate_any_more(agora, admin):
    await admin.say("/kalender 10 Maret 2027 Idulfitri 1448 H")

    (day,) = [one for one in await rows(agora, Holiday) if one.day == dt.date(2027, 3, 10)]
    assert (day.name, day.estimated) == ("Idulfitri 1448 H", False)


@pytest.mark.parametrize("words", ["entah Hari jadi", "26 Nov", "30 Feb Hari jadi"])
async def test_a_day_that_cannot_be_read_is_asked_again(agora, admin, words):
    before = len(await rows(agora, Holiday))

    assert await admin.say(f"/kalender {words}") == (
        "Mohon tulis tanggal dan namanya, misalnya 26 Nov Hari jadi."
    )
    assert len(await rows(agora, Holiday)) == before


async def test_ramadan_is_confirmed_by_a_tap(agora, admin):
    await admin.say("/kalender")
    assert await admin.tap("Pastikan Ramadan") == (
        "Ramadan: Senin, 8 Feb 2027 sampai Selasa, 9 Mar 2027. Pada hari-hari itu jam kerja lebih"
        " pendek, dan pengingat datang lebih awal."
    )
    known = await ramadan_2027(agora)

    assert (known.confirmed_at, known.confirmed_by) == (agora.now, 1)
    await admin.tap("Kembali")
    assert "sudah dipastikan" in admin.last.text
    assert "Pastikan Ramadan" not in admin.last.labels


async def test_other_dates_move_the_hour_of_the_prompt(agora, admin):
    await admin.say("/kalender")
    await admin.tap("Tanggal lain")
    assert "29 atau 30 hari" in await admin.say("9 Feb 2027 sampai 12 Feb 2027")
    assert "belum terbaca" in await admin.say("entah")
    await admin.say("9 Feb 2027 sampai 9 Mar 2027")
    known = await ramadan_2027(agora)
    assert (known.first, known.last) == (dt.date(2027, 2, 9), dt.date(2027, 3, 9))

    # 14.50 in Makassar: on the 8th work still ends at 16.00, on the 9th at 15.00.
    assert await evening(agora, dt.datetime(2027, 2, 8, 6, 50, tzinfo=dt.UTC)) == 0
    assert await evening(agora, dt.datetime(2027, 2, 9, 6, 50, tzinfo=dt.UTC)) == 1


async def test_an_estimate_holds_until_somebody_knows_better(agora, admin):
    assert await evening(agora, dt.datetime(2027, 2, 8, 6, 50, tzinfo=dt.UTC)) == 1


async def moved_by(agora, days: int) -> None:
    """Let both days of Idulfitri 2027 be some days later."""
    async with agora.database.writing() as session:
        found = select(Holiday).where(Holiday.name.contains("Raya Idul Fitri"))
        for holiday in await session.exec(found):
            if holiday.day.year == 2027 and "Cuti" not in holiday.name:
                holiday.day += dt.timedelta(days=days)
                session.add(holiday)
        await session.flush()
        await ensure_holidays(session, 2027)


async def test_an_idulfitri_that_moves_moves_the_estimate_but_nothing_confirmed(agora, admin):
    await moved_by(agora, 1)
    assert (await ramadan_2027(agora)).first == dt.date(2027, 2, 9)

    await admin.say("/kalender")
    await admin.tap("Pastikan Ramadan")
    await moved_by(agora, 2)
    assert (await ramadan_2027(agora)).first == dt.date(2027, 2, 9)
    assert len([one for one in await rows(agora, Ramadan) if one.first.year == 2027]) == 1


async def test_only_admins_keep_the_calendar(agora, admin):
    await admin.say("/kalender")
    before = [one.model_dump() for one in await rows(agora, Holiday)]
    sari = agora.chat(SARI)
    for words in ("/kalender", "/kalender 26 Nov Hari jadi"):
        assert "admin" in (await sari.say(words)).lower()
    assert [one.model_dump() for one in await rows(agora, Holiday)] == before
    assert "/start" in await agora.chat(STRANGER).say("/kalender")


@pytest.mark.parametrize("key", ["holiday-drop:9999", "ramadan-yes:9999", "calendar:x"])
async def test_a_key_that_makes_no_sense_is_an_old_button(admin, key):
    await admin.say("/kalender")

    assert await admin.press(key, admin.last) == "Tombol ini sudah tidak berlaku."


async def test_a_day_that_is_over_is_confirmed_while_the_list_begins_with_what_comes(admin):
    text = await admin.say("/kalender 23 Nov Hari jadi <b>kabupaten</b>")

    assert text.splitlines()[:3] == [
        "Ditambahkan: Senin, 23 Nov 2026, Hari jadi <b>kabupaten</b>.",
        "Hari libur mendatang",
        "1. Kamis, 24 Des 2026: Cuti Bersama Hari Raya Natal",
    ]
