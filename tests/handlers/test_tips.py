"""Advice under the receipt of a log: it fits or stays away, once a day, and is easily silenced."""

import copy
import datetime as dt

import pytest
from sqlmodel import select

from bot.actions import tips
from db.engine import Database
from db.models.people import Employee
from tests.chat import Agora, Chat, library
from tests.factories import a_team
from tests.guidance_desk import ARTICLE, RATNA, a_desk, published

SARI, THIRD = 101, 103
LOG = "dampingi 6 keluarga berisiko stunting bersama TPK"
FITTING = "Panduan tentang ini"
READ, NO_MORE = "Baca", "Jangan beri tips"


async def wishing(database: Database, *telegram_ids: int, **more: object) -> None:
    """Let people have tips."""
    async with database.writing() as session:
        for one in await session.exec(select(Employee)):
            if one.telegram_id in telegram_ids:
                one.tips_on = True
                for name, value in more.items():
                    setattr(one, name, value)
                session.add(one)


@pytest.fixture
async def sari(agora: Agora) -> Chat:
    await a_team(agora.database)
    await wishing(agora.database, SARI)
    return agora.chat(SARI)


async def test_a_log_gets_one_line_of_guidance_that_fits_and_it_opens_beside_the_receipt(sari):
    said = await sari.say(LOG)

    assert said.splitlines()[-1].startswith(FITTING)
    assert said.startswith("Tersimpan")
    receipt = sari.last
    assert receipt.labels[-2:] == [READ, NO_MORE]
    assert len(receipt.labels) <= 5

    await sari.tap(READ)

    assert sari.last.id != receipt.id
    assert sari.last.text.splitlines()[0] in said
    assert "Membantu" in sari.last.labels
    assert receipt.text == said


async def test_advice_comes_once_a_day_and_never_twice_the_same(agora, sari):
    first = await sari.say(LOG)
    assert FITTING not in await sari.say(LOG)

    agora.now += dt.timedelta(days=1)
    second = await sari.say(LOG)
    assert second.splitlines()[-1] != first.splitlines()[-1]

    agora.now += dt.timedelta(weeks=7)
    assert (await sari.say(LOG)).splitlines()[-1] == first.splitlines()[-1]


async def test_what_was_read_lately_is_no_advice(agora, sari):
    title = (await sari.say(LOG)).splitlines()[-1].partition(": ")[2]
    await wishing(agora.database, SARI, tipped_on=None, articles_seen={})

    await sari.say(f"/panduan {title}")
    await sari.tap("①")
    assert sari.last.text.startswith(title)

    assert title not in await sari.say(LOG)


@pytest.mark.parametrize(
    "log",
    [
        "ttd 18 surat pengantar",
        "rapat koordinasi staf, kompeten dan loyal",
        "laporan bulanan selesai",
        "perbaikan jaringan kantor 3 titik",
    ],
)
async def test_a_log_that_no_article_fits_gets_none(sari, log):
    assert FITTING not in await sari.say(log)


async def test_tips_are_silenced_by_a_tap_and_put_on_again_in_the_settings(agora, sari):
    said = await sari.say(LOG)
    await sari.tap(NO_MORE)

    assert sari.last.text == "\n".join(said.splitlines()[:-1])
    assert NO_MORE not in sari.last.labels
    assert "/pengingat" in sari.toasts[-1]

    agora.now += dt.timedelta(days=1)
    assert FITTING not in await sari.say(LOG)

    assert "tips di bawah catatan" in await sari.say("/pengingat")
    await sari.tap("Panduan")
    await sari.tap("– Tips")
    assert "✓ Tips" in sari.last.labels
    assert FITTING in await sari.say(LOG)


async def test_the_day_is_taken_once_whatever_a_process_believes(agora, sari):
    async with agora.database.writing() as session:
        person = (await session.exec(select(Employee).where(Employee.telegram_id == SARI))).one()
    today = dt.date(2026, 11, 24)
    async with agora.database.writing() as session:
        mine = await session.merge(person)
        assert await tips.take(session, mine, "satu", today=today)
    async with agora.database.writing() as session:
        # Another process that has loaded the person before still believes that none was given.
        assert person.tipped_on is None
        assert not await tips.take(session, person, "dua", today=today)


async def test_a_newcomer_gets_no_advice(agora, sari):
    await wishing(agora.database, SARI, consented_at=agora.now)

    assert FITTING not in await sari.say(LOG)


async def test_several_activities_and_what_had_better_be_left_out_get_no_advice(sari):
    assert "2 catatan" in await sari.say(f"{LOG}\ndampingi 3 balita berisiko stunting")
    assert FITTING not in sari.last.text
    assert "NIK" in await sari.say(f"{LOG}, NIK 3604011234567890")
    assert FITTING not in sari.last.text


async def test_an_article_that_another_process_has_withdrawn_is_no_advice(agora):
    await a_desk(agora)
    here, ratna, sari = agora.agency.library, agora.chat(RATNA), agora.chat(THIRD)
    await wishing(agora.database, THIRD)
    first = (await sari.say(LOG)).splitlines()[-1]
    (shipped,) = [one for one in here.articles() if one.title in first]
    await wishing(agora.database, THIRD, tipped_on=None, articles_seen={})

    agora.agency.library = copy.copy(library())
    await published(agora, ARTICLE.replace("id: zumba-pagi", f"id: {shipped.id}"))
    await ratna.say("/tulis")
    await ratna.tap("Yang terbit")
    await ratna.tap("Zumba pagi")
    await ratna.tap("Tarik dari pustaka")
    agora.agency.library = here

    assert here.article(shipped.id) == shipped
    assert shipped.title not in await sari.say(LOG)
