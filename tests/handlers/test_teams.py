import datetime as dt
import io

import pytest
from PIL import Image
from sqlmodel import select

from db.models.people import Placement
from tests.factories import a_team
from tests.handlers.pages import choose, every_choice
from tests.team_rows import TODAY, a_day, a_unit, change, is_away, joins, logs

DAY = dt.timedelta(days=1)
IDLE = "tanpa kegiatan, terlama 233 hari kerja"


async def test_the_summary_is_one_picture_with_the_result_in_its_first_line(agora):
    await a_day(agora)
    chat = agora.chat(100)

    text = await chat.say("/tim")

    assert [message.kind for message in chat.messages] == ["photo"]
    assert text.splitlines() == [
        "Seksi Gizi, Sel 24 Nov, 16.50 WITA – 3 dari 5 tercatat · 1 dinas/cuti · 1 belum.",
        "Laju tahun ini 44% (harapan hingga hari ini 90%); 3 dari 5 orang sudah punya angka.",
        "Perlu perhatian",
        "• Belum tercatat: Bu Sari 5",
        f"• RHK “Tersusunnya laporan bulanan gizi tepat waktu”, 5 orang: {IDLE}",
        f"• RHK “Terlaksananya pendampingan balita berisiko…”, 4 orang: {IDLE}",
        f"• RHK “Terlaksananya pemantauan pertumbuhan balita…”, 2 orang: {IDLE}",
        "• Di bawah laju tahun ini: Bu Sari 1, Bu Sari 2, Bu Sari 3",
        "• 4 catatan menunggu tanggapan Anda",
    ]
    assert chat.last.labels == [
        "Tanggapi (4)", "Rinci orang", "Untuk seluruh tim", "Minggu ini", "Bulan ini",
    ]  # fmt: skip
    image = Image.open(io.BytesIO(chat.last.content))
    assert (image.format, image.width) == ("PNG", 1080)


async def test_the_summary_speaks_english_to_who_reads_english(agora):
    await a_day(agora, language="en")
    chat = agora.chat(100)

    lines = (await chat.say("/tim")).splitlines()

    assert lines[:4] == [
        "Seksi Gizi, Tue 24 Nov, 16:50 WITA – 3 of 5 logged · 1 away · 1 not yet.",
        "Progress this year 44%, expected by now 90%; 3 of 5 people have figures.",
        "Needs attention",
        "• Not logged yet: Bu Sari 5",
    ]
    assert chat.last.labels == [
        "Respond (4)", "People in detail", "For the whole team", "This week", "This month",
    ]  # fmt: skip


async def test_from_the_summary_to_a_person_and_back_in_the_same_message(agora):
    await a_day(agora)
    chat = agora.chat(100)
    summary = await chat.say("/tim")

    people = await chat.tap("Rinci orang")
    person = await choose(chat, "Sari Contoh 1")
    again = await chat.tap("Kembali")
    back = await chat.tap("Kembali")

    assert people.splitlines() == [
        "Seksi Gizi, Sel 24 Nov",
        "1. Sari Contoh 5 – belum tercatat",
        "2. Sari Contoh 4 – cuti",
        "3. Sari Contoh 1 – 2 catatan",
        "4. Sari Contoh 2 – 1 catatan",
        "5. Sari Contoh 3 – 1 catatan",
    ]
    assert person.splitlines()[:6] == [
        "Sari Contoh 1, Nutrisionis",
        "Sel 24 Nov: 2 catatan.",
        "• “Dampingi <b>&</b> 😀” → RHK 2",
        "• “Dampingi balita” → RHK 1",
        "RHK 2026 (harapan hingga hari ini 90%)",
        "1. Terlaksananya pemantauan pertumbuhan balita di posyandu",
    ]
    assert "100% · 480 dari 480 balita" in person
    assert (again, back) == (people, summary)
    assert len(chat.messages) == 1


async def test_a_person_is_shown_in_english_too(agora):
    await a_day(agora, language="en")
    chat = agora.chat(100)
    await chat.say("/tim")

    people = await chat.tap("People in detail")
    away = await choose(chat, "Sari Contoh 4", "Others")

    assert people.splitlines()[1:3] == [
        "1. Sari Contoh 5 – not logged yet",
        "2. Sari Contoh 4 – leave",
    ]
    assert away.splitlines()[:3] == [
        "Sari Contoh 4, Nutrisionis",
        "Tue 24 Nov: leave.",
        "RHK 2026 (expected by now 90%)",
    ]
    assert chat.last.labels == ["RHK 1", "RHK 2", "RHK 3", "Back"]


@pytest.mark.parametrize(
    ("language", "word", "head", "person"),
    [
        (
            "id",
            "minggu",
            (
                "Seksi Gizi, Sen 23 Nov sampai Min 29 Nov, 16.50 WITA – 4 dari 8 hari kerja"
                " tercatat (jumlah 5 orang) · 1 susulan · 1 dinas/cuti · 4 kosong."
            ),
            "5. Sari Contoh 1 – 2 dari 2 hari, 1 susulan",
        ),
        (
            "en",
            "week",
            (
                "Seksi Gizi, Mon 23 Nov to Sun 29 Nov, 16:50 WITA – 4 of 8 working days"
                " logged (5 people together) · 1 late · 1 away · 4 empty."
            ),
            "5. Sari Contoh 1 – 2 of 2 days, 1 late",
        ),
        (
            "id",
            "bulan",
            (
                "Seksi Gizi, November 2026, 16.50 WITA – 4 dari 83 hari kerja tercatat"
                " (jumlah 5 orang) · 1 susulan · 1 dinas/cuti · 79 kosong."
            ),
            "1. Sari Contoh 1 – 2 dari 17 hari, 1 susulan, 15 kosong",
        ),
    ],
)
async def test_a_week_and_a_month_count_days_and_today_is_not_empty_yet(
    agora, language, word, head, person
):
    _, members = await a_day(agora, language=language)
    await logs(agora.database, members[0], TODAY - DAY, late=True)
    chat = agora.chat(100)

    text = await chat.say(f"/tim {word}")
    people = await chat.tap(chat.last.labels[1])

    assert text.splitlines()[0] == head
    assert person in people.splitlines()


@pytest.mark.parametrize(
    ("language", "says", "labels"),
    [
        (
            "id",
            "Tulis /tim, /tim minggu, atau /tim bulan.",
            ["Hari ini", "Minggu ini", "Bulan ini"],
        ),
        (
            "en",
            "Write /tim, /tim minggu for the week or /tim bulan for the month.",
            ["Today", "This week", "This month"],
        ),
    ],
)
async def test_an_unknown_word_is_answered_with_those_that_are_known(agora, language, says, labels):
    await a_day(agora, language=language)
    chat = agora.chat(100)

    assert await chat.say("/tim <b>tahun</b>") == says
    assert chat.last.labels == labels
    await chat.tap(labels[0])
    assert chat.last.kind == "photo"


async def test_the_week_and_the_month_come_into_the_same_message_with_their_own_picture(agora):
    await a_day(agora)
    chat = agora.chat(100)
    await chat.say("/tim")
    day = chat.last.content

    await chat.tap("Bulan ini")

    assert [message.kind for message in chat.messages] == ["photo"]
    assert chat.last.text.startswith("Seksi Gizi, November 2026")
    assert chat.last.content != day


async def test_each_stretch_leads_to_both_others(agora):
    await a_day(agora)
    chat = agora.chat(100)
    await chat.say("/tim minggu")
    seen = [chat.last.labels[1:]]

    for label in ("Bulan ini", "Hari ini"):
        await chat.tap(label, chat.last)
        seen.append(chat.last.labels[1:])

    assert seen == [
        ["Rinci orang", "Untuk seluruh tim", "Hari ini", "Bulan ini"],
        ["Rinci orang", "Untuk seluruh tim", "Hari ini", "Minggu ini"],
        ["Rinci orang", "Untuk seluruh tim", "Minggu ini", "Bulan ini"],
    ]
    assert chat.last.text.startswith("Seksi Gizi, Sel 24 Nov, 16.50 WITA")
    assert len(chat.messages) == 1


async def test_an_old_summary_leads_to_the_day_of_the_tap(agora):
    await a_day(agora)
    chat = agora.chat(100)
    await chat.say("/tim minggu")
    old = chat.last
    agora.now += dt.timedelta(days=2)

    await chat.tap("Hari ini", old)

    assert chat.last.text.startswith("Seksi Gizi, Kam 26 Nov")


@pytest.mark.parametrize(
    "key",
    [
        "team:0",
        "team:7:739000",
        "team:0:1",
        "team:x:y",
        "team-one:0:739000:1",
        "team:0:99999999999",
        "team:0:800000",
    ],
)
async def test_a_button_of_nonsense_no_longer_works(agora, key):
    await a_day(agora)
    chat = agora.chat(100)
    await chat.say("/tim")

    assert await chat.press(key, chat.last) == "Tombol ini sudah tidak berlaku."


async def test_an_old_summary_still_speaks_of_its_own_day(agora):
    await a_day(agora)
    chat = agora.chat(100)
    await chat.say("/tim")
    agora.now += dt.timedelta(days=2)

    assert (await chat.tap("Rinci orang")).startswith("Seksi Gizi, Sel 24 Nov\n")
    assert (await chat.tap("Kembali")).startswith("Seksi Gizi, Sel 24 Nov – 3 dari 5 tercatat")


async def test_long_names_and_forty_people_fit(agora):
    _, members = await a_team(agora.database, members=40)
    name = "<b>&amp;</b> 😀 " + "Wulandari-Kusumaningtyas " * 7
    for number, one in enumerate(members):
        await change(agora.database, one, name=f"{name}{number}"[-200:], address=None)
    await logs(agora.database, members[0], text="x & <y> " * 200, number=1)
    chat = agora.chat(100)

    text = await chat.say("/tim")
    pages = {await chat.tap("Rinci orang"): chat.last.labels[:2]}
    labels = await every_choice(chat)
    for _ in range(20):
        pages[await chat.tap("Lainnya")] = chat.last.labels[:2]
    person = await chat.tap(chat.last.labels[0])

    assert len(text.encode("utf-16-le")) // 2 <= 1000
    assert "1 dari 40 tercatat · 39 belum" in text
    assert "dan 35 lainnya" in text
    assert len(pages) == 5
    assert all("Atau tulis siapa yang dimaksud" in page for page in pages)
    assert len(labels) == 40 + len(["Lainnya", "Ajak mencatat (39)", "Kembali"])
    assert all(len(label) <= 22 for label in labels)
    assert all(len(page.encode("utf-16-le")) // 2 <= 1024 for page in [*pages, person])
    assert all(len(line) <= 2 for line in chat.last.keyboard)


async def test_units_below_are_sums_and_name_nobody(agora):
    _, members = await a_day(agora)
    await a_unit(agora.database, "SUB", name="Subbagian <Data>", parent="GIZI")
    async with agora.database.writing() as session:
        query = select(Placement).where(Placement.employee_id == members[1])
        placement = (await session.exec(query)).one()
        placement.unit_id += 1
        session.add(placement)
    few = [await joins(agora.database, n, members[1], unit="SUB") for n in (40, 41)]
    many = [await joins(agora.database, n, members[0]) for n in (50, 51, 52)]
    await logs(agora.database, few[0], text="Rahasia kecil")
    await logs(agora.database, many[0], text="Rahasia besar")
    await is_away(agora.database, many[1])
    chat = agora.chat(100)

    text = await chat.say("/tim")
    units = await chat.tap("Rinci unit")
    back = await chat.tap("Kembali")

    assert "Unit di bawahnya: 1 dari 3 orang tercatat." in text
    assert units.splitlines() == [
        "Unit di bawah Seksi Gizi, Sel 24 Nov",
        "• Seksi Gizi: 1 dari 3 tercatat, 1 dinas/cuti",
        "• Subbagian <Data>: 2 orang, terlalu sedikit untuk dirinci",
    ]
    assert back == text


async def test_units_below_are_shown_in_english_too(agora):
    _, members = await a_day(agora, language="en")
    for n in (50, 51, 52):
        await joins(agora.database, n, members[0])
    chat = agora.chat(100)

    text = await chat.say("/tim")
    units = await chat.tap("Units in detail")

    assert "Units below: 0 of 3 people logged." in text
    assert units.splitlines() == [
        "Units below Seksi Gizi, Tue 24 Nov",
        "• Seksi Gizi: 0 of 3 logged",
    ]


async def test_a_double_tap_does_no_harm(agora):
    await a_day(agora)
    chat = agora.chat(100)
    await chat.say("/tim")
    key = chat.last.key("Rinci orang")

    await chat.press(key, chat.last)
    await chat.press(key, chat.last)

    assert len(chat.messages) == 1
    assert chat.last.text.startswith("Seksi Gizi, Sel 24 Nov\n")
