"""A leader asks in words; anybody else is answered as ever."""

import pytest
from sqlmodel import select

from bot.actions.themes import ensure_themes
from bot.skp.people import AbsenceKind
from bot.ui.keyboards import MOST_BUTTONS
from db.models.entries import Entry
from db.models.messages import AuditRecord
from db.models.people import Acting
from tests.factories import a_team
from tests.team_rows import TODAY, a_day, change, is_away, joins


@pytest.fixture
async def office(agora):
    leader, members = await a_day(agora)
    async with agora.database.writing() as session:
        await ensure_themes(session)
    return leader, members


async def entries(agora) -> int:
    async with agora.database.reading() as session:
        return len(list(await session.exec(select(Entry))))


@pytest.mark.parametrize(
    ("said", "command"),
    [
        ("gimana tim saya", "/tim"),
        ("ada kendala apa di tim?", "/tim"),
        ("bagaimana tim saya minggu ini?", "/tim minggu"),
        ("how is my team this month?", "/tim bulan"),
        ("bagaimana stunting bulan ini?", "/tema stunting bulan"),
        ("progres tengkes minggu ini", "/tema stunting"),
        ("bagaimana progres stunting di tim saya", "/tema stunting"),
        ("berapa persen capaian tim?", "/tim"),
        ("RHK mana yang macet?", "/tim"),
    ],
)
async def test_a_leader_who_asks_is_answered_as_by_the_command(agora, office, said, command):
    chat = agora.chat(100)
    expected = await chat.say(command)
    buttons, before = chat.last.labels, await entries(agora)

    assert await chat.say(said) == expected
    assert chat.last.labels[:3] == buttons[:3]
    assert chat.last.labels[-1] == "Simpan sebagai catatan"
    assert len(chat.last.labels) <= MOST_BUTTONS
    assert await entries(agora) == before


async def test_who_has_not_logged_is_listed_first(agora, office):
    lines = (await agora.chat(100).say("siapa belum lapor hari ini?")).splitlines()

    assert lines[1] == "Seksi Gizi, Sel 24 Nov"
    missing = [line for line in lines if line.endswith("belum tercatat")]
    assert missing[0] == "1. Sari Contoh 5 – belum tercatat"
    assert lines[0] == f"{len(missing)} orang belum tercatat. 1 orang dinas/cuti."


async def test_the_week_before_is_asked_for(agora, office):
    assert "Sen 16 Nov sampai Min 22 Nov" in await agora.chat(100).say("progres tim minggu lalu")


async def test_also_of_many_people_an_answer_has_five_buttons_and_one_saves_the_words(agora):
    await a_team(agora.database, members=12)
    chat = agora.chat(100)

    await chat.say("siapa belum lapor minggu ini?")

    assert len(chat.last.labels) == MOST_BUTTONS
    assert chat.last.labels[-1] == "Simpan sebagai catatan"


async def test_what_was_meant_as_an_entry_is_still_saved(agora, office):
    chat, before = agora.chat(100), await entries(agora)
    await chat.say("progres tim minggu lalu")

    await chat.tap("Simpan sebagai catatan")

    assert await entries(agora) == before + 1


async def test_what_was_asked_for_as_an_entry_is_one(agora, office):
    chat, before = agora.chat(100), await entries(agora)
    await chat.say("/catat")

    await chat.say("progres tim minggu lalu")

    assert await entries(agora) == before + 1


async def test_who_stands_in_asks_for_that_team(agora, office):
    leader, _ = office
    deputy = await joins(agora.database, 20, None)
    async with agora.database.writing() as session:
        session.add(Acting(leader_id=leader, employee_id=deputy, since=TODAY))

    assert "Sari Contoh 5" in await agora.chat(120).say("siapa belum lapor?")


@pytest.mark.parametrize(
    "said", ["siapa belum lapor minggu ini?", "gimana tim saya", "bagaimana stunting bulan ini?"]
)
async def test_who_leads_nobody_is_told_nothing_of_others(agora, office, said):
    answer = await agora.chat(101).say(said)

    assert "Sari" not in answer
    assert "orang di" not in answer


async def test_who_looks_after_a_theme_may_ask_for_it(agora, office):
    _, members = office
    await change(agora.database, members[0], themes=["stunting"])

    assert "Penurunan stunting, November 2026" in await agora.chat(101).say(
        "bagaimana stunting bulan ini?"
    )


@pytest.mark.parametrize(
    ("said", "begins"),
    [
        ("apa itu stunting?", "Apa itu stunting"),
        ("bagaimana urusan lain bulan ini?", "Posisi SKP Anda"),
    ],
)
async def test_another_question_stays_what_it_was(agora, office, said, begins):
    assert (await agora.chat(100).say(said)).startswith(begins)


@pytest.mark.parametrize("said", ["siapa yang sakit hari ini", "siapa yang cuti minggu ini?"])
async def test_who_is_excused_is_listed_with_the_kind_and_the_days(agora, office, said):
    _, members = office
    friday = TODAY.replace(day=27)
    await change(agora.database, members[0], name="Wayan Contoh")
    await is_away(agora.database, members[0], AbsenceKind.SICK, first=TODAY, last=friday)
    chat, before = agora.chat(100), await entries(agora)

    answer = await chat.say(said)

    assert "• Wayan Contoh – sakit, Selasa, 24 Nov 2026 sampai Jumat" in answer
    assert "dikecualikan" in answer.splitlines()[0]
    assert await entries(agora) == before


async def test_nobody_excused_is_said_so(agora, office):
    answer = await agora.chat(100).say("siapa yang cuti bulan lalu")

    assert answer.startswith("Tidak ada yang dikecualikan.")


@pytest.mark.parametrize(
    "said",
    ["kinerja wayan minggu ini gimana?", "wayan ngapain aja minggu ini?", "capaian pak wayan"],
)
async def test_a_name_of_the_team_opens_that_persons_card(agora, office, said):
    _, members = office
    await change(agora.database, members[0], name="Wayan Contoh")
    chat, before = agora.chat(100), await entries(agora)

    assert (await chat.say(said)).startswith("Wayan Contoh, ")

    assert await entries(agora) == before
    async with agora.database.reading() as session:
        looks = list(await session.exec(select(AuditRecord)))
    assert [(one.action, one.subject_id) for one in looks] == [("looked", members[0])]


async def test_a_name_of_several_is_asked_after(agora, office):
    answer = await agora.chat(100).say("capaian sari minggu ini")

    assert answer.splitlines()[0] == "Siapa yang Anda maksud?"
    assert "tulis siapa yang dimaksud" in answer
    assert len(agora.chat(100).last.labels) == MOST_BUTTONS


async def test_a_name_is_nobody_to_whom_leads_nobody(agora, office):
    _, members = office
    await change(agora.database, members[1], name="Wayan Contoh")

    assert "Wayan" not in await agora.chat(101).say("wayan ngapain aja minggu ini?")
