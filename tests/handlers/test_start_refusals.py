import datetime as dt

import pytest
from sqlmodel import select

from bot.actions import invitations
from db.models.messages import AuditRecord
from db.models.people import CodeTries, Employee
from tests.factories import a_team

WORK = "tadi pagi dampingi 6 balita berisiko stunting"
STRANGER = 900


@pytest.fixture
async def team(agora):
    """Give the keys of a team whose first member is not yet in."""
    leader, members = await a_team(agora.database)
    async with agora.database.writing() as session:
        person = await session.get(Employee, members[0])
        person.telegram_id = person.consented_at = person.address = None
    return leader, members


async def code_for(agora, employee_id: int, *, days: int = 14) -> str:
    async with agora.database.writing() as session:
        person = await session.get(Employee, employee_id)
        (made,) = await invitations.invite(session, [person], now=agora.now, days=days)
    return made.code


async def person(agora, employee_id: int) -> Employee:
    async with agora.database.reading() as session:
        return await session.get(Employee, employee_id)


async def rows(agora, model) -> list:
    async with agora.database.reading() as session:
        return list(await session.exec(select(model)))


async def come_in(agora, code: str, *, language: str = "id"):
    yes, agree = ("Benar", "Saya setuju") if language == "id" else ("Correct", "I agree")
    chat = agora.chat(STRANGER, language=language)
    await chat.say(f"/start {code}")
    await chat.tap(yes)
    await chat.tap("Bu Sari")
    await chat.tap(agree)
    return chat


async def test_a_code_works_once(agora, team):
    code = await code_for(agora, team[1][0])
    await come_in(agora, code)

    said = await agora.chat(901).say(f"/start {code}")

    assert said.startswith("Pemilik kode ini sudah masuk dengan akun Telegram lain.")


async def test_a_used_code_stays_used_after_the_account_is_released(agora, team):
    code = await code_for(agora, team[1][0])
    await come_in(agora, code)
    async with agora.database.writing() as session:
        (await session.get(Employee, team[1][0])).telegram_id = None

    said = await agora.chat(901).say(f"/start {code}")

    assert said.startswith("Kode ini sudah dipakai.")


async def test_a_code_ends_with_its_days(agora, team):
    code = await code_for(agora, team[1][0], days=14)
    agora.now += dt.timedelta(days=14)

    said = await agora.chat(STRANGER).say(f"/start {code}")

    assert said.startswith("Kode ini benar, tetapi masa berlakunya sudah habis.")


async def test_a_new_code_replaces_the_old_one_even_halfway_in(agora, team):
    old = await code_for(agora, team[1][0])
    chat = agora.chat(STRANGER)
    await chat.say(f"/start {old}")
    await chat.tap("Benar")
    await chat.tap("Bu Sari")
    new = await code_for(agora, team[1][0])

    await chat.tap("Saya setuju")
    assert chat.toasts[-1].startswith("Kode ini sudah diganti dengan yang lebih baru.")
    assert (await agora.chat(901).say(f"/start {old}")).startswith("Kode ini belum dikenal.")
    assert (await chat.say(f"/start {new}")).startswith("Data ditemukan")


async def test_five_wrong_codes_wait_an_hour_and_use_no_code_up(agora, team):
    code = await code_for(agora, team[1][0])
    chat = agora.chat(STRANGER)
    for _ in range(4):
        assert (await chat.say("/start keliru-sekali")).startswith("Kode ini belum dikenal.")

    waiting = "Sudah lima kode yang tidak cocok."
    assert (await chat.say("/start keliru-lagi")).startswith(waiting)
    assert "16.50 WIB" in chat.last.text
    assert (await chat.say(f"/start {code}")).startswith(waiting)
    # Another account does not wait with this one.
    assert (await agora.chat(901).say(f"/start {code}")).startswith("Data ditemukan")
    agora.now += dt.timedelta(hours=1)
    assert (await chat.say(f"/start {code}")).startswith("Data ditemukan")
    assert await rows(agora, CodeTries) == []


async def test_somebody_elses_contact_is_refused(agora, team):
    chat = agora.chat(STRANGER)
    await chat.say("/start")

    (said,) = await chat.contact("628110000001", user_id=901)

    assert said.text.startswith("Itu kontak orang lain.")


@pytest.mark.parametrize(
    ("shared", "phones", "said"),
    [
        ("628999", {}, "Nomor ini belum ada di data kepegawaian."),
        ("628110000001", {2: "+628110000001"}, "Nomor ini tercatat untuk lebih dari satu orang"),
        ("628110000002", {}, "Sari Contoh 2 sudah masuk dengan akun Telegram lain."),
    ],
)
async def test_a_number_that_does_not_lead_to_one_free_person(agora, team, shared, phones, said):
    async with agora.database.writing() as session:
        for place, phone in phones.items():
            (await session.get(Employee, team[1][place])).phone = phone
    chat = agora.chat(STRANGER)
    await chat.say("/start")

    (answer,) = await chat.contact(shared)

    assert answer.text.startswith(said)


async def test_whoever_is_in_is_greeted_and_cannot_take_a_second_identity(agora, team):
    code = await code_for(agora, team[1][0])
    chat = agora.chat(102)

    assert (await chat.say("/start")).startswith("Selamat datang kembali, Bu Sari 2.")
    assert chat.last.labels == ["SKP saya", "Menu"]
    assert (await chat.say(f"/start {code}")).startswith(
        "Akun Telegram ini sudah dipakai Sari Contoh 2."
    )


async def test_two_accounts_cannot_come_in_as_one_person(agora, team):
    code = await code_for(agora, team[1][0])
    first, second = agora.chat(STRANGER), agora.chat(901)
    for chat in (first, second):
        await chat.say(f"/start {code}")
        await chat.tap("Benar")
        await chat.tap("Bu Sari")

    await first.tap("Saya setuju")
    await second.tap("Saya setuju")

    assert second.toasts[-1].startswith("Sari Contoh 1 sudah masuk dengan akun Telegram lain.")
    assert (await person(agora, team[1][0])).telegram_id == STRANGER


async def test_an_old_button_and_a_double_tap_change_nothing(agora, team):
    code = await code_for(agora, team[1][0])
    chat = agora.chat(STRANGER)
    await chat.say(f"/start {code}")
    card = chat.last
    yes = card.key("Benar")
    await chat.tap("Benar")

    assert await chat.press(yes, card) == "Tombol ini sudah tidak berlaku."
    assert chat.last.text == "Bagaimana kami menyapa?"
    await chat.tap("Bu Sari")
    message = chat.last
    agree = message.key("Saya setuju")
    await chat.press(agree, message)
    assert await chat.press(agree, message) == "Tombol ini sudah tidak berlaku."
    assert (
        len([one for one in await rows(agora, AuditRecord) if one.action == "consent.given"]) == 1
    )


async def test_somebody_elses_button_leads_nowhere(agora, team):
    code = await code_for(agora, team[1][0])
    chat, other = agora.chat(STRANGER), agora.chat(901)
    await chat.say(f"/start {code}")
    await other.say("/start")

    assert await other.press(chat.last.key("Benar"), chat.last) == "Tombol ini sudah tidak berlaku."
    assert other.last.text.startswith("Selamat datang")
