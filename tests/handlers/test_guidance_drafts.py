"""Guidance from a widyaiswara's first word to a reader's search, and out of the library again."""

import asyncio
import copy

import pytest
from sqlmodel import select

from bot.context import library_now
from db.models.guidance import GuidanceUse, GuidanceVersion
from tests.chat import library
from tests.guidance_desk import ARTICLE, RATNA, SARI, YUDI, a_desk, carried, published, sent_in
from tests.handlers.pages import choose

QUESTION = "/panduan zumba pagi"


@pytest.fixture(autouse=True)
async def desk(agora):
    await a_desk(agora)


async def test_an_article_written_step_by_step_reaches_a_readers_search(agora):
    ratna, yudi, sari = (agora.chat(one) for one in (RATNA, YUDI, SARI))
    assert "Belum ada panduan" in await sari.say(QUESTION)

    await ratna.say("/tulis")
    await ratna.tap("Tulis baru")
    await choose(ratna, "Inovasi", "Tema lain")
    assert "Judul (1 dari 7)" in ratna.last.text
    await ratna.say("Zumba pagi")
    await ratna.say("Morning zumba")
    await ratna.say("Cara mendata zumba pagi.")
    await ratna.say("How to list morning zumba.")
    await ratna.say("Zumba pagi didata oleh kelurahan.")
    await ratna.say("Datangi, lalu catat.")
    shown = await ratna.say("Perpres 72/2021")
    assert "Tidak ada yang perlu diperbaiki" in shown
    assert "Zumba pagi didata" in await ratna.tap("Pratinjau")
    await ratna.tap("Kembali")
    assert "Pak Yudi sudah diberi tahu" in await ratna.tap("Kirim untuk ditinjau")
    assert "Belum ada panduan" in await sari.say(QUESTION)

    await carried(agora)
    assert yudi.last.text == "Bu Ratna meminta tinjauan atas “Zumba pagi”."
    await yudi.tap("Baca")
    assert "Terbitkan" not in yudi.last.labels
    await yudi.tap("Rinci")
    assert "versi 1" in await yudi.tap("Terbitkan")
    await carried(agora)
    assert "“Zumba pagi” sudah terbit." in ratna.last.text

    assert "Zumba pagi" in await sari.say(QUESTION)
    assert (await sari.inline("zumba"))[0]["title"] == "Zumba pagi"


async def test_readers_see_exactly_what_the_preview_showed(agora):
    ratna, sari = agora.chat(RATNA), agora.chat(SARI)
    await sent_in(ratna)
    previewed = await ratna.tap("Pratinjau")
    await ratna.tap("Kembali")
    await published(agora)

    await sari.say(QUESTION)
    assert await sari.tap("①") == previewed


async def test_another_process_finds_and_loses_an_article_without_a_restart(agora):
    sari = agora.chat(SARI)
    await published(agora)
    agora.agency.library = copy.copy(library())
    assert "Zumba pagi" in await sari.say(QUESTION)

    other = agora.agency.library
    agora.agency.library = copy.copy(library())
    ratna = agora.chat(RATNA)
    await ratna.say("/tulis")
    await ratna.tap("Yang terbit")
    await ratna.tap("Zumba pagi")
    await ratna.tap("Tarik dari pustaka")
    agora.agency.library = other
    assert "Belum ada panduan" in await sari.say(QUESTION)


async def test_a_withdrawn_article_is_gone_everywhere_and_can_be_brought_back(agora):
    ratna, yudi, sari = (agora.chat(one) for one in (RATNA, YUDI, SARI))
    await published(agora)
    await sari.say(QUESTION)
    old = sari.last
    await yudi.say("/tulis")
    await yudi.tap("Yang terbit")
    assert "Versi 1 oleh Bu Ratna: ada di pustaka" in await yudi.tap("Zumba pagi")
    await yudi.tap("Tarik dari pustaka")

    assert await sari.inline("zumba pagi") == []
    assert "Belum ada panduan" in await sari.say(QUESTION)
    await sari.tap("①", old)
    assert "sudah tidak ada di pustaka" in sari.toasts[-1]
    await carried(agora)
    assert "ditarik dari pustaka oleh widyaiswara lain" in ratna.last.text

    await yudi.tap("Kembalikan")
    assert "Zumba pagi" in await sari.say(QUESTION)


async def test_a_new_version_takes_the_place_of_the_old_one_which_is_kept(agora):
    ratna, sari = agora.chat(RATNA), agora.chat(SARI)
    await published(agora)
    await published(agora, ARTICLE.replace("didata oleh", "dicatat oleh"))

    await sari.say(QUESTION)
    assert "dicatat oleh" in await sari.tap("①")
    await ratna.say("/tulis")
    await ratna.tap("Yang terbit")
    text = await ratna.tap("Zumba pagi")
    assert "Versi 2 oleh Bu Ratna: ada di pustaka" in text
    assert "Versi 1 oleh Bu Ratna: digantikan" in text


async def test_a_published_article_of_a_shipped_ones_id_stands_in_its_place(agora):
    shipped = library().by_theme("inovasi")[0]
    text = ARTICLE.replace("id: zumba-pagi", f"id: {shipped.id}")
    await published(agora, text)
    await agora.chat(SARI).say(QUESTION)

    assert agora.agency.library.article(shipped.id).title == "Zumba pagi"
    assert library().article(shipped.id).title == shipped.title


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("theme: inovasi", "theme: kopi", "Tema kopi tidak ada dalam daftar tema."),
        ("Catat hasilnya", "Catat NIK 3604 0112 3456 7890", "tampak seperti NIK"),
        ('sources: [{name: "Perpres 72/2021"}]\n', "", "Belum ada sumber."),
        ("Catat hasilnya", "Hasilnya 40%", "Angka tanpa sumber"),
        ("Zumba pagi didata", "kopi " * 200 + "didata", "lebih dari 900"),
        ('title_en: "Morning zumba"\n', "", "belum memuat Judul Inggris"),
        ("review_due: 2027-11-24", "review_due: 2026-11-24", "Tinjauan berikutnya"),
        ("Catat hasilnya", "Baca [itu](panduan:tiada)", "panduan tiada yang tidak ada"),
    ],
)
async def test_what_is_to_be_mended_is_said_and_nothing_can_be_sent(agora, old, new, said):
    ratna = agora.chat(RATNA)
    assert old in ARTICLE
    text = await sent_in(ratna, ARTICLE.replace(old, new, 1))

    assert said in text
    assert "Kirim untuk ditinjau" not in ratna.last.labels


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("bukan panduan", "tidak diawali kepala"),
        ("---\nid: [\n---\nisi", "bukan YAML"),
        ("---\na: &a [1]\nb: *a\n---\nisi", "bukan YAML"),
        ("---\nid: x\n---\n" + "panjang " * 3000, "lebih dari 20000 karakter"),
        ("---\nid: x\n---\n\0", "bukan teks UTF-8"),
    ],
)
async def test_a_file_that_is_no_article_is_refused_with_an_example(agora, content, said):
    text = await sent_in(agora.chat(RATNA), content)

    assert said in text
    assert "title_en" in text


async def test_a_markdown_file_of_anybody_else_is_no_article(agora):
    await agora.chat(SARI).document(ARTICLE.encode(), "kopi.md")

    async with agora.database.reading() as session:
        assert (await session.exec(select(GuidanceVersion))).all() == []


async def test_a_part_can_be_written_anew_and_a_draft_deleted(agora):
    ratna = agora.chat(RATNA)
    await sent_in(ratna)
    await ratna.tap("Ubah bagian")
    await ratna.tap("Judul")
    assert "Kopi baru" in await ratna.say("Kopi baru")
    await ratna.tap("Hapus")
    assert "untuk selamanya" in ratna.last.text
    await ratna.tap("Hapus")
    assert "Kopi baru" not in ratna.last.text


async def test_what_is_read_and_found_helpful_is_counted_without_anybodys_name(agora):
    ratna, sari = agora.chat(RATNA), agora.chat(SARI)
    await published(agora)
    await sari.say("/panduan kilang minyak angkasa")
    await sari.say(QUESTION)
    await sari.tap("①")
    await sari.tap("Membantu")
    assert "Membantu" not in sari.last.labels

    await ratna.say("/tulis")
    text = await ratna.tap("Yang dibaca")
    assert "1 pencarian menemukan panduan, 1 tidak menemukan" in text
    assert "dibaca 1 kali, membantu 1, kurang membantu 0" in text
    assert not {"employee_id", "user_id"} & GuidanceUse.model_fields.keys()


async def test_whoever_is_no_widyaiswara_is_shown_the_way_to_the_guidance(agora):
    sari = agora.chat(SARI)
    for command in ("/tulis", "/tinjau", "/pertanyaan"):
        assert "Ini untuk widyaiswara" in await sari.say(command)
        assert command not in await sari.say("/menu")
        assert command in await agora.chat(RATNA).say("/menu")


async def test_the_loop_goes_on_while_a_changed_library_is_indexed(agora):
    await published(agora)
    changed = copy.copy(library())
    ticks = 0

    async def tick() -> None:
        nonlocal ticks
        while changed.edition == 0:
            ticks += 1
            await asyncio.sleep(0)

    async with agora.database.reading() as session:
        ticking = asyncio.create_task(tick())
        found = await library_now(changed, session)
        indexed = ticks
        await ticking

    assert [hit.article.id for hit in found.search("zumba pagi")] == ["zumba-pagi"]
    # On the loop there would be none while the index is made, only those between the questions.
    assert indexed > 100
