import re

import pytest
from sqlmodel import select

from db.models.messages import AuditRecord
from db.models.people import Employee
from tests.factories import a_team


@pytest.fixture
async def team(agora):
    leader, members = await a_team(agora.database)
    async with agora.database.writing() as session:
        (await session.get(Employee, leader)).roles = ["pegawai", "admin"]
    return leader, members


@pytest.fixture
def admin(agora, team):
    return agora.chat(100)


async def changed(agora, employee_id: int, **values) -> None:
    async with agora.database.writing() as session:
        person = await session.get(Employee, employee_id)
        for name, value in values.items():
            setattr(person, name, value)


async def loaded(agora, employee_id: int) -> Employee:
    async with agora.database.reading() as session:
        return await session.get(Employee, employee_id)


async def records(agora) -> list[tuple[str, int | None, int | None]]:
    async with agora.database.reading() as session:
        found = await session.exec(select(AuditRecord).order_by(AuditRecord.id))
        return [(one.action, one.actor_id, one.subject_id) for one in found]


@pytest.mark.parametrize("command", ["/pegawai Sari", "/undang Sari", "/impor"])
async def test_only_an_admin_gets_in(agora, team, command):
    said = await agora.chat(101).say(command)

    assert said.startswith("Bagian ini untuk admin kepegawaian.")


async def test_a_name_leads_to_the_card_and_the_look_is_recorded(agora, team, admin):
    said = await admin.say("/pegawai contoh 2")

    assert said == (
        "Sari Contoh 2, NIP …1003\nNutrisionis, Seksi Gizi\nAtasan: Drs. Hendra Contoh\n"
        "PNS · pegawai · +628110000002\n"
        "Masuk sejak Senin, 5 Jan 2026; satu akun Telegram terhubung."
    )
    assert admin.last.labels == ["Lepas akun", "Plt/Plh"]
    assert not any("style" in one for line in admin.last.keyboard for one in line)
    assert await records(agora) == [("staff.viewed", team[0], team[1][1])]


async def test_a_nip_leads_to_the_card(agora, team, admin):
    person = await loaded(agora, team[1][1])

    assert (await admin.say(f"/pegawai {person.nip}")).startswith("Sari Contoh 2")


async def test_several_people_are_offered(agora, team, admin):
    said = await admin.say("/pegawai sari")

    assert said.splitlines()[0] == "Siapa yang dimaksud dengan “sari”?"
    assert admin.last.labels == ["1. Sari Contoh 1", "2. Sari Contoh 2", "3. Sari Contoh 3"]
    assert (await admin.tap("3. Sari Contoh 3")).startswith("Sari Contoh 3, NIP")


@pytest.mark.parametrize(
    ("command", "said"),
    [
        ("/pegawai", "Tulis NIP atau sebagian nama setelah perintah, misalnya /pegawai Sari."),
        ("/undang", "Tulis NIP atau sebagian nama setelah perintah, misalnya /undang Sari."),
        ("/pegawai <b>&🌸", "Belum ada yang cocok dengan “<b>&🌸” di data pegawai."),
        ("/pegawai 100%_", "Belum ada yang cocok dengan “100%_” di data pegawai."),
    ],
)
async def test_what_leads_to_nobody_is_answered_kindly(admin, command, said):
    assert (await admin.say(command)).startswith(said)


async def test_more_than_ten_are_counted(agora, admin):
    async with agora.database.writing() as session:
        for n in range(11):
            session.add(Employee(nip=f"1985010120100110{n:02}", name=f"Banyak Contoh {n}"))

    assert await admin.say("/pegawai banyak") == (
        "11 orang cocok dengan “banyak”. Mohon tulis nama lebih lengkap, atau NIP-nya."
    )


async def test_a_released_account_may_come_back_or_be_invited_anew(agora, team, admin):
    await admin.say("/pegawai contoh 2")

    said = await admin.tap("Lepas akun")
    assert said.startswith("Akun Telegram Sari Contoh 2 sudah dilepas.")
    assert (await loaded(agora, team[1][1])).telegram_id is None
    assert (await agora.chat(102).say("/skp")).startswith("Anda belum")
    assert (await admin.tap("Urungkan")).startswith("Sari Contoh 2, NIP")
    assert (await loaded(agora, team[1][1])).telegram_id == 102
    assert [action for action, _, _ in await records(agora)] == [
        "staff.viewed", "account.released", "account.bound-again", "staff.viewed",
    ]  # fmt: skip


async def test_a_release_is_not_taken_back_once_the_account_is_somebody_else(agora, team, admin):
    await admin.say("/pegawai contoh 2")
    await admin.tap("Lepas akun")
    await changed(agora, team[1][2], telegram_id=102)

    await admin.tap("Urungkan")

    assert admin.toasts[-1] == "Akun Telegram itu sekarang sudah masuk sebagai orang lain."


async def test_a_second_tap_on_release_is_answered_kindly(agora, team, admin):
    await admin.say("/pegawai contoh 2")
    card = admin.last
    key = card.key("Lepas akun")
    await admin.press(key, card)

    assert await admin.press(key, card) == "Sari Contoh 2 belum memiliki akun Telegram di sini."


@pytest.mark.parametrize(
    "verb", ["staff", "staff-release", "staff-rebind", "staff-invite", "invite"]
)
async def test_an_admins_button_is_of_no_use_to_others(agora, team, admin, verb):
    await admin.say("/pegawai contoh 2")

    said = await agora.chat(101).press(f"{verb}:{team[1][1]}", admin.last)

    assert said.startswith("Bagian ini untuk admin kepegawaian.")
    assert (await loaded(agora, team[1][1])).telegram_id == 102


@pytest.mark.parametrize("key", ["staff:99999", "staff-release:x", "invite:", "staff-rebind:2"])
async def test_a_foreign_or_old_button_is_answered_kindly(admin, key):
    await admin.say("/pegawai contoh 2")

    said = await admin.press(key, admin.last)

    assert said in {"Tombol ini sudah tidak berlaku.", "Pegawai ini sudah tidak ada di data."}


async def test_a_code_for_one_person_opens_the_door(agora, team, admin):
    await changed(agora, team[1][1], telegram_id=None)

    said = await admin.say("/undang contoh 2")

    assert said.startswith("Undangan untuk Sari Contoh 2, berlaku sampai Selasa, 8 Des 2026")
    code = re.search(r"Kode: (\S+)", said)[1]
    assert f"?start={code}" in said
    assert admin.last.labels == ["Salin tautan"]
    assert (await agora.chat(900).say(f"/start {code}")).startswith("Data ditemukan: Sari Contoh 2")
    assert ("person.invited", team[0], team[1][1]) in await records(agora)


async def test_the_card_of_somebody_outside_offers_a_code(agora, team, admin):
    await changed(agora, team[1][1], telegram_id=None)

    said = await admin.say("/pegawai contoh 2")
    assert said.endswith("Belum masuk, dan belum punya kode.")
    await admin.tap("Undang")
    assert admin.last.text.startswith("Undangan untuk Sari Contoh 2")
    assert (await admin.say("/pegawai contoh 2")).endswith(
        "Belum masuk; kodenya berlaku sampai Selasa, 8 Des 2026."
    )


async def test_whoever_is_in_is_not_invited(admin):
    assert (await admin.say("/undang contoh 2")).startswith("Sari Contoh 2 sudah masuk.")


async def test_the_same_in_english(agora, team, admin):
    await changed(agora, team[0], language="en")
    await changed(agora, team[1][1], telegram_id=None, name="<b>Sari</b> & 🌸 2")

    assert (await admin.say("/pegawai 🌸 2")).startswith("<b>Sari</b> & 🌸 2, NIP …1003")
    assert admin.last.labels == ["Invite", "Plt/Plh"]
    await admin.tap("Invite")
    assert admin.last.text.startswith("Invitation for <b>Sari</b> & 🌸 2, valid until Tuesday")
    assert (await admin.say("/pegawai Sari Contoh 3")).endswith("one Telegram account is bound.")
    assert (await admin.tap("Release account")).startswith("The Telegram account of Sari Contoh 3")
