import datetime as dt

import pytest
from sqlmodel import select

from db.models.messages import AuditRecord
from db.models.people import Employee, Placement
from tests.factories import a_team
from tests.handlers.pages import choose
from tests.team_rows import TODAY, a_day, change, joins, logs, moves

DAY = dt.timedelta(days=1)
NOT_A_LEADER = (
    "This account is not known as the supervisor of Seksi Gizi yet,"
    " so the summary cannot be opened."
)


async def test_who_looked_at_whom_is_kept(agora):
    leader, members = await a_day(agora)
    chat = agora.chat(100)
    await chat.say("/tim")
    await chat.tap("Rinci orang")
    await choose(chat, "Sari Contoh 1")

    async with agora.database.reading() as session:
        looks = list(await session.exec(select(AuditRecord)))

    assert [(one.action, one.actor_id, one.subject_id) for one in looks] == [
        ("looked", leader, members[0])
    ]


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
    keys += ["team-now:0", "team-now:1"]
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
    old = chat.last.key("Sari Contoh 5")
    await moves(agora.database, members[4], members[1], on=TODAY)

    toast = await chat.press(old, chat.last)

    assert toast == "Orang ini tidak berada dalam tim Anda."


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

    person = await choose(chat, "Made Contoh")

    assert "November 2026: 1 dari 1 hari." in person
    assert "tim baru" in person
    assert "tim lama" not in person
