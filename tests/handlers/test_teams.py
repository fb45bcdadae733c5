import datetime as dt
import io

import pytest
from PIL import Image
from sqlmodel import select

from bot.skp.people import AbsenceKind
from db.models.entries import Entry
from db.models.messages import AuditRecord
from db.models.people import Employee, Placement
from db.models.plans import Holiday, Plan
from tests.factories import a_team
from tests.team_rows import TODAY, a_unit, change, is_away, joins, logs, moves

DAY = dt.timedelta(days=1)
IDLE = "tanpa kegiatan, terlama 233 hari kerja"
NOT_A_LEADER = (
    "This account is not known as the supervisor of Seksi Gizi yet,"
    " so the summary cannot be opened."
)


async def a_day(agora, *, language="id"):
    """Let three log, one of them two things, one be away and one say nothing."""
    leader, members = await a_team(agora.database, members=5)
    await change(agora.database, leader, language=language)
    for one in members[:3]:
        await logs(agora.database, one, number=1, quantity="480", unit="balita")
    await logs(
        agora.database,
        members[0],
        number=2,
        quantity="40",
        unit="balita",
        text="Dampingi <b>&</b> 😀",
    )
    await is_away(agora.database, members[3], AbsenceKind.LEAVE)
    return leader, members


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
    ]
    assert chat.last.labels == ["Rinci orang", "Minggu ini", "Bulan ini"]
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
    assert chat.last.labels == ["People in detail", "This week", "This month"]


async def test_from_the_summary_to_a_person_and_back_in_the_same_message(agora):
    await a_day(agora)
    chat = agora.chat(100)
    summary = await chat.say("/tim")

    people = await chat.tap("Rinci orang")
    person = await chat.tap("Sari Contoh 1")
    again = await chat.tap("Kembali")
    back = await chat.tap("Kembali")

    assert people.splitlines() == [
        "Seksi Gizi, Sel 24 Nov",
        "• Sari Contoh 5 – belum tercatat",
        "• Sari Contoh 4 – cuti",
        "• Sari Contoh 1 – 2 catatan",
        "• Sari Contoh 2 – 1 catatan",
        "• Sari Contoh 3 – 1 catatan",
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
    away = await chat.tap("Sari Contoh 4")

    assert people.splitlines()[1:3] == [
        "• Sari Contoh 5 – not logged yet",
        "• Sari Contoh 4 – leave",
    ]
    assert away.splitlines()[:3] == [
        "Sari Contoh 4, Nutrisionis",
        "Tue 24 Nov: leave.",
        "RHK 2026 (expected by now 90%)",
    ]
    assert chat.last.labels == ["Back"]


async def test_who_looked_at_whom_is_kept(agora):
    leader, members = await a_day(agora)
    chat = agora.chat(100)
    await chat.say("/tim")
    await chat.tap("Rinci orang")
    await chat.tap("Sari Contoh 1")

    async with agora.database.reading() as session:
        looks = list(await session.exec(select(AuditRecord)))

    assert [(one.action, one.actor_id, one.subject_id) for one in looks] == [
        ("looked", leader, members[0])
    ]


@pytest.mark.parametrize(
    ("language", "word", "head", "person"),
    [
        (
            "id",
            "minggu",
            (
                "Seksi Gizi, 23 Nov sampai 29 Nov, 16.50 WITA"
                " – 4 dari 8 hari kerja tercatat · 1 susulan · 1 dinas/cuti · 4 kosong."
            ),
            "• Sari Contoh 1 – 2 dari 2 hari, 1 susulan",
        ),
        (
            "en",
            "week",
            (
                "Seksi Gizi, 23 Nov to 29 Nov, 16:50 WITA"
                " – 4 of 8 working days logged · 1 late · 1 away · 4 empty."
            ),
            "• Sari Contoh 1 – 2 of 2 days, 1 late",
        ),
        (
            "id",
            "bulan",
            (
                "Seksi Gizi, November 2026, 16.50 WITA"
                " – 4 dari 83 hari kerja tercatat · 1 susulan · 1 dinas/cuti · 79 kosong."
            ),
            "• Sari Contoh 1 – 2 dari 17 hari, 1 susulan, 15 kosong",
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
    people = await chat.tap(chat.last.labels[0])

    assert text.splitlines()[0] == head
    assert person in people.splitlines()


@pytest.mark.parametrize(
    ("language", "says"),
    [
        ("id", "Tulis /tim, /tim minggu, atau /tim bulan."),
        ("en", "Write /tim, /tim minggu for the week or /tim bulan for the month."),
    ],
)
async def test_an_unknown_word_is_answered_with_those_that_are_known(agora, language, says):
    await a_day(agora, language=language)

    assert await agora.chat(100).say("/tim <b>tahun</b>") == says


async def test_the_week_and_the_month_are_one_tap_away_with_their_own_picture(agora):
    await a_day(agora)
    chat = agora.chat(100)
    await chat.say("/tim")

    await chat.tap("Bulan ini")

    assert [message.kind for message in chat.messages] == ["photo", "photo"]
    assert chat.last.text.startswith("Seksi Gizi, November 2026")
    assert chat.messages[0].content != chat.messages[1].content


@pytest.mark.parametrize(
    ("language", "says", "menu"),
    [
        (
            "id",
            "Akun ini belum dikenali sebagai atasan Seksi Gizi, jadi ringkasan tidak dapat dibuka.",
            "Menu",
        ),
        (
            "en",
            NOT_A_LEADER,
            "Menu",
        ),
    ],
)
async def test_who_leads_nobody_is_told_so(agora, language, says, menu):
    _, members = await a_team(agora.database)
    await change(agora.database, members[0], language=language)
    chat = agora.chat(101)

    assert await chat.say("/tim") == says
    assert chat.last.labels == [menu]


async def test_who_has_no_place_in_the_roster_is_told_so(agora):
    await a_team(agora.database)
    async with agora.database.writing() as session:
        session.add(
            Employee(
                nip="199001012015012099",
                name="Orang Contoh",
                telegram_id=999,
                consented_at=agora.now,
            )
        )

    assert await agora.chat(999).say("/tim") == (
        "Akun ini belum dikenali sebagai atasan, jadi ringkasan tidak dapat dibuka."
    )


async def test_a_stranger_is_asked_to_come_in(agora):
    await a_team(agora.database)

    assert "/start" in await agora.chat(4711).say("/tim")


@pytest.mark.parametrize("account", [101, 120, 4711])
async def test_nobody_opens_what_is_not_their_own_team(agora, account):
    """Every button, tried by a member, by a leader of others, and by a stranger."""
    leader, members = await a_day(agora)
    other = await joins(agora.database, 20, None, name="Lain Contoh")
    await joins(agora.database, 21, other, name="Anggota Lain")
    day = TODAY.toordinal()
    keys = [f"team:0:{day}", f"team-people:0:{day}:0", f"team-new:1:{day}", f"team-units:0:{day}"]
    keys += [f"team-one:0:{day}:{one}:0" for one in (leader, *members)]
    own, chat = agora.chat(100), agora.chat(account)
    before = await own.say("/tim")
    await chat.say("/bantuan")

    for key in keys:
        await chat.press(key, chat.last)
        await chat.press(key, own.last)

    said = "\n".join([message.text for message in chat.messages] + list(chat.toasts))
    assert "Sari" not in said
    assert "balita" not in said.replace("6 balita", "")
    assert (own.last.text, own.last.edits, len(own.messages)) == (before, 0, 1)


async def test_a_foreign_person_is_refused_in_words(agora):
    leader, members = await a_day(agora)
    outsider = await joins(agora.database, 20, members[0])
    chat = agora.chat(100)
    await chat.say("/tim")

    for one in (leader, outsider, 999_999):
        toast = await chat.press(f"team-one:0:{TODAY.toordinal()}:{one}:0", chat.last)
        assert toast == "Orang ini tidak berada dalam tim Anda."
    async with agora.database.reading() as session:
        assert list(await session.exec(select(AuditRecord))) == []


async def test_who_moved_away_is_refused_at_an_old_button(agora):
    _, members = await a_day(agora)
    chat = agora.chat(100)
    await chat.say("/tim")
    await chat.tap("Rinci orang")
    await moves(agora.database, members[0], members[1], on=TODAY)

    toast = await chat.press(chat.last.key("Sari Contoh 1"), chat.last)

    assert toast == "Orang ini tidak berada dalam tim Anda."


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


async def test_in_a_group_nobody_is_named(agora):
    await a_day(agora)
    chat = agora.chat(100)
    frame = chat.frame(text="/tim", entities=[{"type": "bot_command", "offset": 0, "length": 4}])
    frame["chat"] = {"id": -5, "type": "supergroup", "title": "Seksi Gizi"}
    await agora.take({"update_id": agora.update_id(), "message": frame})

    said = [message.text for (room, _), message in agora.edge.messages.items() if room == -5]
    assert said == ["Ini tidak dapat dijawab di sini. Silakan buka obrolan pribadi dengan saya."]


@pytest.mark.parametrize(
    ("now", "second"),
    [
        (dt.datetime(2026, 11, 28, 2, tzinfo=dt.UTC), "Sab 28 Nov bukan hari kerja."),
        (
            dt.datetime(2026, 11, 25, 2, tzinfo=dt.UTC),
            "Rab 25 Nov bukan hari kerja: Hari Jadi Daerah.",
        ),
    ],
)
async def test_a_day_off_is_said_and_nobody_is_missing(agora, now, second):
    await a_day(agora)
    async with agora.database.writing() as session:
        session.add(Holiday(day=dt.date(2026, 11, 25), name="Hari Jadi Daerah"))
    agora.now = now

    lines = (await agora.chat(100).say("/tim")).splitlines()

    assert lines[0].endswith("– 5 libur.")
    assert lines[1] == second
    assert not any("Belum tercatat" in line for line in lines)


async def test_a_person_of_a_six_day_week_is_expected_on_saturday(agora):
    _, members = await a_day(agora)
    await change(agora.database, members[0], week=6)
    agora.now = dt.datetime(2026, 11, 28, 2, tzinfo=dt.UTC)

    lines = (await agora.chat(100).say("/tim")).splitlines()

    assert "– 0 dari 1 tercatat · 4 libur · 1 belum." in lines[0]


async def test_a_team_of_one_without_a_plan(agora):
    leader, _ = await a_team(agora.database, members=1)
    async with agora.database.writing() as session:
        plans = list(await session.exec(select(Plan)))
        for plan in plans:
            plan.year = 2025
            session.add(plan)
    chat = agora.chat(100)

    lines = (await chat.say("/tim")).splitlines()
    await chat.tap("Rinci orang")
    person = await chat.tap("Sari Contoh 1")

    assert lines[0].endswith("– 0 dari 1 tercatat · 1 belum.")
    assert lines[1] == "Belum ada SKP 2026 di tim ini."
    assert "Belum ada SKP 2026." in person
    assert leader


async def test_nothing_logged_is_no_figure_and_not_zero(agora):
    await a_team(agora.database, members=2)

    lines = (await agora.chat(100).say("/tim")).splitlines()

    assert lines[1] == "Laju tahun ini belum punya angka."
    assert not any("Di bawah laju" in line for line in lines)


async def test_a_team_that_keeps_pace_needs_no_attention(agora):
    _, members = await a_team(agora.database, members=2)
    for one in members:
        for number, quantity, unit in ((1, 480, "balita"), (2, 40, "balita"), (3, 12, "lap.")):
            await logs(agora.database, one, number=number, quantity=quantity, unit=unit)

    lines = (await agora.chat(100).say("/tim")).splitlines()

    assert lines[0].endswith("2 dari 2 tercatat.")
    assert "Laju tahun ini 100%" in lines[1]
    assert lines[2] == "Tidak ada yang perlu perhatian khusus."


async def test_an_rhk_without_activity_for_eight_working_days_is_named(agora):
    _, members = await a_team(agora.database, members=1)
    for number, days in ((1, 0), (2, 13), (3, 12)):
        await logs(
            agora.database, members[0], TODAY - days * DAY, number=number, quantity=12, unit="orang"
        )
    chat = agora.chat(100)
    before = await chat.say("/tim")
    await is_away(agora.database, members[0], first=TODAY - 6 * DAY, last=TODAY - 6 * DAY)

    after = await chat.say("/tim")

    assert (
        "RHK 2 “Terlaksananya pendampingan balita berisiko…”, Bu Sari 1:"
        " tanpa kegiatan 8 hari kerja" in before
    )
    assert "RHK 3" not in before
    assert "tanpa kegiatan" not in after


async def test_who_cannot_be_reached_and_who_has_not_come_in_are_named(agora):
    _, members = await a_day(agora)
    await change(agora.database, members[3], unreachable_since=agora.now)
    await change(agora.database, members[4], telegram_id=None)
    chat = agora.chat(100)

    lines = (await chat.say("/tim")).splitlines()
    people = await chat.tap("Rinci orang")

    assert lines[-2:] == ["• Tidak terjangkau bot: Bu Sari 4", "• Belum bergabung: Bu Sari 5"]
    assert "• Sari Contoh 5 – belum bergabung" in people


async def test_who_has_left_is_in_no_summary(agora):
    _, members = await a_day(agora)
    async with agora.database.writing() as session:
        query = select(Placement).where(Placement.employee_id == members[4])
        placement = (await session.exec(query)).one()
        placement.until = TODAY
        session.add(placement)
    chat = agora.chat(100)

    assert "3 dari 4 tercatat · 1 dinas/cuti." in await chat.say("/tim")
    assert "Contoh 5" not in await chat.tap("Rinci orang")


async def test_what_was_written_under_an_earlier_leader_stays_there(agora):
    leader, members = await a_day(agora)
    newcomer = await joins(agora.database, 30, members[0], name="Made Contoh")
    await logs(agora.database, newcomer, TODAY - DAY, text="Ditulis di tim lama")
    await logs(agora.database, newcomer, text="Ditulis di tim baru")
    await moves(agora.database, newcomer, leader, on=TODAY)
    chat = agora.chat(100)
    await chat.say("/tim bulan")
    await chat.tap("Rinci orang")

    person = await chat.tap("Made Contoh")

    assert "November 2026: 1 dari 1 hari." in person
    assert "tim baru" in person
    assert "tim lama" not in person


async def test_long_names_and_forty_people_fit(agora):
    _, members = await a_team(agora.database, members=40)
    name = "Dr. <b>&amp;</b> 😀 " + "Wulandari-Kusumaningtyas " * 7
    for number, one in enumerate(members):
        await change(agora.database, one, name=f"{number:02} {name}"[:200], address=None)
    await logs(agora.database, members[0], text="x & <y> " * 200, number=1)
    chat = agora.chat(100)

    text = await chat.say("/tim")
    pages = [await chat.tap("Rinci orang")]
    labels = list(chat.last.labels)
    while "Berikutnya" in chat.last.labels:
        pages.append(await chat.tap("Berikutnya"))
    first = chat.last.labels[-4] if chat.last.labels[-2] == "Sebelumnya" else chat.last.labels[0]
    person = await chat.tap(first)

    assert len(text.encode("utf-16-le")) // 2 <= 1000
    assert "1 dari 40 tercatat · 39 belum" in text
    assert "dan 35 lainnya" in text
    assert len(pages) == 5
    assert all(len(label) <= 22 for label in labels)
    assert len(labels) == len(set(labels))
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
        "• Seksi Gizi: 0 of 3 logged, 0 away",
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


async def test_an_undone_entry_does_not_count(agora):
    _, members = await a_day(agora)
    async with agora.database.writing() as session:
        for entry in await session.exec(select(Entry).where(Entry.employee_id == members[0])):
            entry.state = "undone"
            session.add(entry)

    assert "2 dari 5 tercatat" in await agora.chat(100).say("/tim")
