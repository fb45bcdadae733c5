"""A second widyaiswara decides, and never the author."""

import datetime as dt

import pytest
from sqlmodel import select

from db.models.guidance import GuidanceVersion
from db.models.messages import Letter
from tests.guidance_desk import (
    ARTICLE,
    RATNA,
    SARI,
    YUDI,
    a_desk,
    becomes,
    carried,
    published,
    sent_in,
)


@pytest.fixture(autouse=True)
async def desk(agora):
    await a_desk(agora)


async def version(agora) -> GuidanceVersion:
    async with agora.database.reading() as session:
        return (await session.exec(select(GuidanceVersion).order_by(GuidanceVersion.id))).first()


async def waits(agora) -> int:
    ratna = agora.chat(RATNA)
    await sent_in(ratna)
    await ratna.tap("Kirim untuk ditinjau")
    return (await version(agora)).id


async def test_the_author_cannot_review_the_own_article(agora):
    ratna = agora.chat(RATNA)
    key = await waits(agora)

    assert await ratna.say("/tinjau") == "Tidak ada yang menunggu tinjauan Anda."
    for verb in (f"review-open:{key}:0", f"review-yes:{key}:0", f"review-no:{key}"):
        assert "tulisan Anda sendiri" in await ratna.press(verb, ratna.last)
    assert (await version(agora)).state == "submitted"


@pytest.mark.parametrize("verb", ["open", "parts", "send", "back", "drop", "drop-now"])
async def test_the_buttons_of_another_author_are_refused(agora, verb):
    yudi = agora.chat(YUDI)
    key = await waits(agora)
    before = (await version(agora)).model_dump()
    await yudi.say("/menu")

    assert "tidak berlaku" in await yudi.press(f"desk-{verb}:{key}", yudi.last)
    assert "Zumba" not in yudi.last.text
    assert (await version(agora)).model_dump() == before


async def test_a_return_carries_its_reason_and_the_article_can_be_sent_again(agora):
    ratna, yudi, sari = (agora.chat(one) for one in (RATNA, YUDI, SARI))
    await waits(agora)
    await yudi.say("/tinjau")
    await yudi.tap("Zumba pagi")
    await yudi.tap("Kembalikan")
    assert "dikembalikan kepada Bu Ratna" in await yudi.say("Tambah <langkah> kedua")

    await carried(agora)
    assert "dikembalikan: “Tambah <langkah> kedua”." in ratna.last.text
    assert "Kata peninjau: “Tambah <langkah> kedua”." in await ratna.tap("Buka")
    await ratna.tap("Kirim untuk ditinjau")
    assert "Zumba" in await yudi.say("/tinjau")
    assert "Belum ada panduan" in await sari.say("/panduan zumba pagi")


async def test_what_was_taken_back_cannot_be_published(agora):
    ratna, yudi = agora.chat(RATNA), agora.chat(YUDI)
    key = await waits(agora)
    await yudi.say("/tinjau")
    await ratna.tap("Tarik kembali")

    assert "ditarik" in await yudi.press(f"review-yes:{key}:0", yudi.last)
    await carried(agora)
    assert "meminta tinjauan" not in yudi.last.text


async def test_what_changed_since_it_was_read_cannot_be_published_unread(agora):
    ratna, yudi = agora.chat(RATNA), agora.chat(YUDI)
    await waits(agora)
    await yudi.say("/tinjau")
    await yudi.tap("Zumba pagi")
    await yudi.tap("Rinci")
    read = yudi.last.key("Terbitkan")
    await ratna.tap("Tarik kembali")
    await ratna.tap("Ubah bagian")
    await ratna.tap("Ringkasan")
    agora.now += dt.timedelta(minutes=1)
    await ratna.say("Lain sama sekali.")
    await ratna.tap("Kirim untuk ditinjau")

    assert "berubah sejak Anda baca" in await yudi.press(read, yudi.last)
    assert (await version(agora)).state == "submitted"


async def test_without_a_second_widyaiswara_it_is_said_honestly(agora):
    await becomes(agora, YUDI, roles=["pegawai"])
    await waits(agora)

    assert "belum ada widyaiswara kedua" in agora.chat(RATNA).last.text


async def test_a_review_that_is_due_is_told_once_to_who_can_do_it(agora):
    ratna, yudi, sari = (agora.chat(one) for one in (RATNA, YUDI, SARI))
    await published(agora, ARTICLE.replace("review_due: 2027-11-24", "review_due: 2027-01-10"))
    await carried(agora)
    agora.now += dt.timedelta(days=20)
    await carried(agora)
    await carried(agora)

    for chat in (ratna, yudi):
        told = [one for one in chat.messages if "perlu ditinjau sampai" in one.text]
        assert len(told) == 1
    assert not [one for one in sari.messages if "perlu ditinjau" in one.text]
    await ratna.tap("Perbarui")
    assert any("Kirim untuk ditinjau" in one.labels for one in ratna.messages)
    async with agora.database.reading() as session:
        query = select(Letter).where(Letter.kind == "guidance-due")
        assert len((await session.exec(query)).all()) == 2
