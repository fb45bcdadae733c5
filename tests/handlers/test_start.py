import pytest
from sqlmodel import select

from bot.actions import invitations
from db.models.entries import Entry
from db.models.messages import AuditRecord
from db.models.people import Employee, Invitation
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


async def test_five_steps_lead_from_the_link_to_a_first_real_log(agora, team):
    code = await code_for(agora, team[1][0])
    chat = agora.chat(STRANGER)

    card = await chat.say(f"/start {code}")
    assert card == (
        "Data ditemukan: Sari Contoh 1, NIP …2002.\nNutrisionis, Seksi Gizi.\n"
        "Atasan: Drs. Hendra Contoh.\nSudah benar?"
    )
    assert chat.last.labels == ["Benar", "Atasan salah", "Bukan saya"]
    assert await chat.tap("Benar") == "Bagaimana kami menyapa?"
    assert chat.last.labels == ["Bu Sari", "Pak Sari", "Sari Contoh 1", "Tulis sendiri"]
    assert (await chat.tap("Bu Sari")).startswith("Yang kami simpan: identitas kepegawaian")
    assert chat.last.labels == ["Baca", "Saya setuju", "Tidak"]
    assert await chat.tap("Saya setuju") == "Anda sudah masuk. Persetujuan Anda tercatat."
    assert chat.last.text == (
        "Terima kasih, Bu Sari. Coba sekarang: tulis satu pekerjaan hari ini, misalnya"
        " pemantauan pertumbuhan balita di posyandu, 2 balita."
    )
    assert (await chat.say(WORK)).startswith("Tersimpan")

    inside = await person(agora, team[1][0])
    assert (inside.telegram_id, inside.address) == (STRANGER, "Bu Sari")
    assert (inside.consented_at, inside.consent_version) == (agora.now, "1")
    (consent,) = [one for one in await rows(agora, AuditRecord) if one.action == "consent.given"]
    assert (consent.subject_id, consent.details["by"]) == (team[1][0], "code")


async def test_the_same_way_in_english(agora, team):
    code = await code_for(agora, team[1][0])
    chat = agora.chat(STRANGER, language="en")

    assert (await chat.say(f"/start {code}")).startswith("Found: Sari Contoh 1, NIP …2002.")
    assert chat.last.labels == ["Correct", "Wrong supervisor", "Not me"]
    assert await chat.tap("Correct") == "How shall we address you?"
    assert (await chat.tap("Bu Sari")).startswith("What we keep: your personnel identity")
    assert (await chat.tap("Read")).startswith("Consent to data processing (Law 27 of 2022)")
    assert await chat.tap("I agree") == "You are in. Your consent is recorded."
    assert chat.last.text.startswith("Thank you, Bu Sari. Try it now")
    assert (await person(agora, team[1][0])).language == "en"


async def test_ones_own_number_opens_the_door_too(agora, team):
    chat = agora.chat(STRANGER)

    assert (await chat.say("/start")).startswith("Selamat datang di ")
    assert chat.last.labels == ["Bagikan nomor saya", "Pakai kode undangan"]
    (card,) = await chat.contact("628110000001")
    assert card.text.startswith("Data ditemukan: Sari Contoh 1")
    await chat.tap("Benar")
    await chat.tap("Sari Contoh 1")
    await chat.tap("Saya setuju")

    assert (await person(agora, team[1][0])).address == "Sari Contoh 1"


async def test_the_code_may_be_typed_after_the_button(agora, team):
    code = await code_for(agora, team[1][0])
    chat = agora.chat(STRANGER)
    await chat.say("/start")

    assert await chat.say("Pakai kode undangan") == (
        "Kirimkan kode undangan Anda, atau buka tautan yang Anda terima."
    )
    assert (await chat.say(code)).startswith("Data ditemukan")


@pytest.mark.parametrize("end", ["a", "-", "_", "--"])
@pytest.mark.parametrize("after", ["", " ini kodenya", "."])
async def test_a_pasted_link_is_a_code(agora, team, end, after):
    await code_for(agora, team[1][0])
    code = f"Kode_yang-dipilih-sendiri{end}"
    async with agora.database.writing() as session:
        invitation = (await session.exec(select(Invitation))).one()
        invitation.digest = invitations.digest(code)
        session.add(invitation)

    said = await agora.chat(STRANGER).say(f"https://t.me/contoh_bot?start={code}{after}")

    assert said.startswith("Data ditemukan")


async def test_what_is_typed_on_the_way_in_is_logged_after_the_consent(agora, team):
    code = await code_for(agora, team[1][0])
    chat = agora.chat(STRANGER)
    await chat.say(f"/start {code}")

    again = await chat.say(WORK)
    assert again.startswith("Data ditemukan")
    assert "Kalimat ini saya simpan sampai besok dan dicatat begitu Anda masuk." in [
        message.text for message in chat.messages
    ]
    assert await rows(agora, Entry) == []
    await chat.tap("Benar")
    await chat.tap("Bu Sari")
    await chat.tap("Saya setuju")

    (entry,) = await rows(agora, Entry)
    assert (entry.text, entry.employee_id) == (WORK, team[1][0])
    assert chat.last.text.startswith("Tersimpan")


async def test_a_stranger_who_writes_at_once_is_welcomed_and_loses_nothing(agora, team):
    chat = agora.chat(STRANGER)

    assert (await chat.say(WORK)).startswith("Selamat datang")
    await chat.contact("628110000001")
    await chat.tap("Benar")
    await chat.tap("Bu Sari")
    await chat.tap("Saya setuju")

    assert [entry.text for entry in await rows(agora, Entry)] == [WORK]


async def test_a_form_of_address_in_ones_own_words_is_shown_as_typed(agora, team):
    code = await code_for(agora, team[1][0])
    chat = agora.chat(STRANGER)
    await chat.say(f"/start {code}")
    await chat.tap("Benar")
    await chat.tap("Tulis sendiri")

    assert "paling banyak 60" in await chat.say("x" * 61)
    await chat.say("Bu <b>Sari</b> & 🌸")
    await chat.tap("Saya setuju")

    assert chat.last.text.startswith("Terima kasih, Bu <b>Sari</b> & 🌸.")


async def test_the_roster_decides_the_form_of_address_where_it_has_one(agora, team):
    async with agora.database.writing() as session:
        (await session.get(Employee, team[1][0])).roster_address = "Ibu Sari"
    chat = agora.chat(STRANGER)
    await chat.say(f"/start {await code_for(agora, team[1][0])}")
    await chat.tap("Benar")

    assert chat.last.labels == ["Ibu Sari", "Sari Contoh 1", "Tulis sendiri"]


async def test_a_hostile_name_is_shown_and_not_obeyed(agora, team):
    async with agora.database.writing() as session:
        (await session.get(Employee, team[1][0])).name = "<b>Sari</b> & 🌸"
    chat = agora.chat(STRANGER)

    assert "Data ditemukan: <b>Sari</b> & 🌸, NIP" in await chat.say(
        f"/start {await code_for(agora, team[1][0])}"
    )


async def test_nothing_is_bound_before_the_consent_and_a_no_keeps_nothing(agora, team):
    code = await code_for(agora, team[1][0])
    chat = agora.chat(STRANGER)
    await chat.say(f"/start {code}")
    await chat.tap("Benar")
    await chat.tap("Bu Sari")

    assert (await chat.tap("Tidak")).startswith("Baik. Tidak ada yang disimpan.")
    assert (await person(agora, team[1][0])).telegram_id is None
    # The code is not used up by a refusal.
    assert (await chat.say(f"/start {code}")).startswith("Data ditemukan")


async def test_not_me_binds_nobody_and_keeps_the_code(agora, team):
    code = await code_for(agora, team[1][0])
    chat = agora.chat(STRANGER)
    await chat.say(f"/start {code}")

    assert (await chat.tap("Bukan saya")).startswith("Terima kasih sudah memberi tahu.")
    (record,) = [one for one in await rows(agora, AuditRecord) if one.action == "identity.denied"]
    assert record.subject_id == team[1][0]
    assert (await chat.say(code)).startswith("Data ditemukan")


async def test_a_wrong_supervisor_is_noted_and_stops_nobody(agora, team):
    code = await code_for(agora, team[1][0])
    chat = agora.chat(STRANGER)
    await chat.say(f"/start {code}")

    assert (await chat.tap("Atasan salah")).startswith("Dicatat: atasan Anda di data belum benar.")
    await chat.tap("Bu Sari")
    await chat.tap("Saya setuju")

    assert "supervisor.disputed" in [one.action for one in await rows(agora, AuditRecord)]


async def test_only_the_digest_of_a_code_is_kept(agora, team):
    code = await code_for(agora, team[1][0])

    (kept,) = await rows(agora, Invitation)

    assert code not in str(kept.model_dump())
    assert kept.digest == invitations.digest(code)


async def test_a_long_message_from_a_stranger_is_kept_whole(agora, team):
    long = "rapat " * 680
    chat = agora.chat(STRANGER)
    await chat.say(long)
    await chat.contact("628110000001")
    await chat.tap("Benar")
    await chat.tap("Bu Sari")
    await chat.tap("Saya setuju")

    (entry,) = await rows(agora, Entry)
    assert entry.text.startswith("rapat rapat")
    assert len(entry.text) > 4000


async def test_a_photo_before_coming_in_is_asked_for_again(agora, team):
    chat = agora.chat(STRANGER)

    await chat.photo("kunjungan 6 balita")

    assert any(message.text.startswith("Foto dan berkas baru") for message in chat.messages)


async def test_cancel_on_the_way_in_loses_nothing_and_leads_back(agora, team):
    code = await code_for(agora, team[1][0])
    chat = agora.chat(STRANGER)
    await chat.say(f"/start {code}")
    await chat.tap("Benar")

    assert (await chat.say("/batal")).startswith("Dibatalkan.")
    await chat.tap("Lanjutkan")
    assert chat.last.text == "Bagaimana kami menyapa?"
    await chat.tap("Bu Sari")
    await chat.tap("Saya setuju")
    assert (await person(agora, team[1][0])).telegram_id == STRANGER


async def test_what_is_typed_while_cancelled_is_kept_too(agora, team):
    chat = agora.chat(STRANGER)
    await chat.say(WORK)
    await chat.say("/batal")

    assert (await chat.say("rapat koordinasi")).startswith("Selamat datang")
    await chat.contact("628110000001")
    await chat.tap("Benar")
    await chat.tap("Bu Sari")
    await chat.tap("Saya setuju")
    assert {entry.text for entry in await rows(agora, Entry)} == {WORK, "rapat koordinasi"}


async def test_a_stranger_who_asks_gets_guidance_and_nothing_is_kept(agora, team):
    chat = agora.chat(STRANGER)

    assert (await chat.say("apa itu stunting")).startswith("Apa itu stunting")
    assert "saya simpan" not in " ".join(message.text for message in chat.messages)
    await chat.contact("628110000001")
    await chat.tap("Benar")
    await chat.tap("Bu Sari")
    await chat.tap("Saya setuju")
    assert await rows(agora, Entry) == []


async def test_a_sentence_that_a_stranger_repeats_is_logged_once(agora, team):
    chat = agora.chat(STRANGER)
    await chat.say(WORK)
    await chat.say(WORK)
    await chat.say("halo")
    await chat.contact("628110000001")
    await chat.tap("Benar")
    await chat.tap("Bu Sari")
    await chat.tap("Saya setuju")

    assert [entry.text for entry in await rows(agora, Entry)] == [WORK]
