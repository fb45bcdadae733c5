"""A leader's word on entries: in two taps or in words, and what comes back."""

import datetime as dt

import pytest
from sqlmodel import select

from bot.actions.calendars import ensure_holidays
from bot.post.postman import Postman
from bot.skp.people import AbsenceKind
from db.models.dealings import Feedback
from db.models.entries import Entry
from db.models.messages import AuditRecord, Letter
from db.models.people import Acting
from tests.factories import a_team
from tests.team_rows import TODAY, change, is_away, joins, logs, moves

LEADER, SARI = 100, 101
DAY = dt.timedelta(days=1)


@pytest.fixture
async def team(agora):
    """Give three people with two, one and no entries of these days."""
    agora.now = dt.datetime(2026, 11, 24, 3, tzinfo=dt.UTC)
    leader, members = await a_team(agora.database, members=3)
    async with agora.database.writing() as session:
        await ensure_holidays(session, 2025, 2026, 2027)
    await logs(agora.database, members[0], TODAY - 30 * DAY, text="Terlalu lama")
    await logs(agora.database, members[0], TODAY - DAY, text="Rapat lintas sektor")
    await logs(
        agora.database,
        members[1],
        text="Kunjungan <b>6</b> balita",
        number=2,
        quantity="6",
        unit="balita",
    )
    await logs(agora.database, members[0], text="Menyusun laporan", late=True)
    return leader, members


async def carried(agora) -> None:
    postman = Postman(agora.application.bot, agora.database, agora.clock)
    while await postman.carry():
        pass


async def given(agora) -> list[tuple[str, str | None, str | None, bool]]:
    async with agora.database.reading() as session:
        rows = await session.exec(select(Feedback).order_by(Feedback.id))
        return [(one.kind, one.phrase, one.text, one.undone_at is None) for one in rows]


async def test_two_taps_appreciate_and_lead_to_the_next_entry(agora, team):
    chat = agora.chat(LEADER)

    first = await chat.say("/tanggapi")
    second = await chat.tap("Apresiasi")

    assert first.splitlines() == [
        "3 catatan menunggu tanggapan Anda",
        "Bu Sari 1, Sel 24 Nov: “Menyusun laporan”",
        "susulan",
    ]
    assert second.splitlines() == [
        "✓ Apresiasi terkirim kepada Bu Sari 1.",
        "2 catatan menunggu tanggapan Anda",
        "Bu Sari 2, Sel 24 Nov: “Kunjungan <b>6</b> balita”",
        "RHK 2 · 6 balita",
    ]
    assert chat.last.labels == [
        "Apresiasi", "Beri arahan", "Minta perbaikan", "Lewati", "Urungkan",
    ]  # fmt: skip
    assert await given(agora) == [("apresiasi", None, None, True)]
    assert len(chat.messages) == 1


async def test_it_reaches_the_person_at_once_with_three_ways_to_answer(agora, team):
    chat, sari = agora.chat(LEADER), agora.chat(SARI)
    await chat.say("/tanggapi")
    await chat.tap("Apresiasi")
    await carried(agora)

    assert sari.last.text == (
        "Pak Hendra memberi apresiasi untuk catatan Sel 24 Nov, “Menyusun laporan”."
    )
    assert sari.last.labels == ["Terima kasih", "Balas", "Lihat catatan"]
    told = sari.last

    await sari.tap("Terima kasih", told)
    assert (told.labels, sari.toasts[-1]) == (
        ["Balas", "Lihat catatan"], "Ucapan terima kasih tersimpan.",
    )  # fmt: skip
    await sari.tap("Lihat catatan", told)
    assert "Menyusun laporan" in sari.last.text
    await sari.tap("Balas", told)
    assert sari.last.text == "Tulis balasan Anda untuk Pak Hendra."
    assert await sari.say("Siap, Pak") == "✓ Balasan Anda diteruskan kepada Pak Hendra."
    await carried(agora)
    assert chat.last.text == "Bu Sari 1 membalas tentang “Menyusun laporan”: “Siap, Pak”"


async def test_an_answer_in_words_needs_no_tap(agora, team):
    chat, sari = agora.chat(LEADER), agora.chat(SARI)
    await chat.say("/tanggapi")
    card = chat.last

    text = await chat.say("Bagus, lanjutkan <minggu> depan", reply_to=card.id)
    await carried(agora)
    told = sari.last
    back = await sari.say("terima kasih pak", reply_to=told.id)

    assert text.startswith("✓ Apresiasi terkirim kepada Bu Sari 1.")
    assert "“Menyusun laporan”.\nBagus, lanjutkan <minggu> depan" in told.text
    assert back == "✓ Balasan Anda diteruskan kepada Pak Hendra."
    async with agora.database.reading() as session:
        assert len(list(await session.exec(select(Entry)))) == 4


@pytest.mark.parametrize(
    ("label", "usual", "kept"),
    [
        ("Beri arahan", "Bicarakan dulu", ("arahan", "bicarakan", "Mari kita bicarakan dulu.")),
        ("Minta perbaikan", "Lengkapi bukti", ("perbaikan", "bukti", "Mohon lengkapi buktinya.")),
    ],
)
async def test_the_usual_words_take_one_tap(agora, team, label, usual, kept):
    kind, phrase, says = kept
    chat, sari = agora.chat(LEADER), agora.chat(SARI)
    await chat.say("/tanggapi")
    await chat.tap(label)
    await chat.tap(usual)
    await carried(agora)

    assert await given(agora) == [(kind, phrase, None, True)]
    assert says in sari.last.text
    assert len(chat.messages) == 1


async def test_usual_words_reach_each_reader_in_the_own_language(agora, team):
    _, members = team
    await change(agora.database, members[0], language="en")
    chat = agora.chat(LEADER)
    await chat.say("/tanggapi")
    await chat.tap("Minta perbaikan")
    await chat.tap("Tambahkan angka")
    await carried(agora)

    assert agora.chat(SARI).last.text == (
        "Pak Hendra asks you to mend your entry of Tue 24 Nov, “Menyusun laporan”."
        "\nPlease add the amount."
    )


async def test_own_words_are_typed_after_the_kind_and_can_be_left(agora, team):
    chat = agora.chat(LEADER)
    card = await chat.say("/tanggapi")
    await chat.tap("Minta perbaikan")

    assert await chat.tap("Kembali") == card
    await chat.tap("Minta perbaikan")
    text = await chat.say("Sebutkan desanya")

    assert text.startswith("✓ Permintaan perbaikan terkirim kepada Bu Sari 1.")
    assert await given(agora) == [("perbaikan", None, "Sebutkan desanya", True)]


async def test_what_was_mended_waits_again(agora, team):
    chat, sari = agora.chat(LEADER), agora.chat(SARI)
    await chat.say("/tanggapi")
    await chat.tap("Minta perbaikan")
    await chat.tap("Tambahkan angka")
    assert (await chat.say("/tanggapi")).startswith("2 catatan menunggu")
    await carried(agora)
    agora.now += dt.timedelta(minutes=5)

    await sari.tap("Lihat catatan")
    await sari.tap("Ubah")
    await sari.tap(next(label for label in sari.last.labels if label.startswith("Jumlah")))
    await sari.say("1 laporan")

    assert (await chat.say("/tanggapi")).splitlines()[:2] == [
        "3 catatan menunggu tanggapan Anda",
        "Bu Sari 1, Sel 24 Nov: “Menyusun laporan”",
    ]


async def test_skipping_goes_through_all_and_ends(agora, team):
    chat = agora.chat(LEADER)
    seen = [await chat.say("/tanggapi")]

    seen += [await chat.tap("Lewati") for _ in range(3)]

    assert [text.splitlines()[1] for text in seen[:3]] == [
        "Bu Sari 1, Sel 24 Nov: “Menyusun laporan”",
        "Bu Sari 2, Sel 24 Nov: “Kunjungan <b>6</b> balita”",
        "Bu Sari 1, Sen 23 Nov: “Rapat lintas sektor”",
    ]
    assert seen[3] == "Sudah semua. 3 catatan dilewati dan masih menunggu tanggapan Anda."
    assert await given(agora) == []


async def test_ten_people_take_ten_taps(agora):
    _, members = await a_team(agora.database, members=10)
    for one in members:
        await logs(agora.database, one)
    chat = agora.chat(LEADER)
    await chat.say("/tanggapi")

    for _ in members:
        await chat.tap("Apresiasi")

    assert chat.last.text.splitlines()[-1] == "Tidak ada catatan yang menunggu tanggapan Anda."
    assert len(await given(agora)) == 10
    assert len(chat.messages) == 1


async def test_a_double_tap_says_it_once(agora, team):
    chat = agora.chat(LEADER)
    await chat.say("/tanggapi")
    key = chat.last.key("Apresiasi")

    await chat.press(key, chat.last)
    await chat.press(key, chat.last)

    assert len(await given(agora)) == 1


async def test_undo_before_it_is_read_says_nothing(agora, team):
    chat = agora.chat(LEADER)
    card = await chat.say("/tanggapi")
    await chat.tap("Apresiasi")

    assert await chat.tap("Urungkan") == card
    await carried(agora)

    assert agora.chat(SARI).messages == []
    assert [kept for *_, kept in await given(agora)] == [False]


async def test_undo_after_it_was_read_is_told(agora, team):
    chat, sari = agora.chat(LEADER), agora.chat(SARI)
    await chat.say("/tanggapi")
    await chat.tap("Apresiasi")
    await carried(agora)
    told = sari.last
    await chat.tap("Urungkan")
    await carried(agora)

    assert sari.last.text == "Pak Hendra menarik kembali tanggapan atas “Menyusun laporan”."
    assert await sari.press(told.key("Balas"), told) == "Tombol ini sudah tidak berlaku."


@pytest.mark.parametrize(
    ("moment", "away", "silent"),
    [
        (dt.datetime(2026, 11, 24, 3, tzinfo=dt.UTC), False, False),
        (dt.datetime(2026, 11, 24, 11, tzinfo=dt.UTC), False, True),
        (dt.datetime(2026, 11, 24, 3, tzinfo=dt.UTC), True, True),
        (dt.datetime(2026, 11, 22, 3, tzinfo=dt.UTC), False, True),
    ],
    ids=["at-work", "evening", "on-leave", "sunday"],
)
async def test_it_comes_without_a_sound_outside_working_hours(agora, team, moment, away, silent):
    _, members = team
    if away:
        await is_away(agora.database, members[0], AbsenceKind.LEAVE)
    agora.now = moment
    chat = agora.chat(LEADER)
    await chat.say("/tanggapi")
    while "Bu Sari 1" not in chat.last.text:
        await chat.tap("Lewati")
    await chat.tap("Apresiasi")
    await carried(agora)

    call = [
        params for name, params in agora.edge.calls
        if name == "sendMessage" and str(params["chat_id"]) == str(SARI)
    ][-1]  # fmt: skip
    assert bool(call.get("disable_notification")) is silent


async def test_looking_is_recorded(agora, team):
    leader, members = team
    await agora.chat(LEADER).say("/tanggapi")

    async with agora.database.reading() as session:
        looks = list(await session.exec(select(AuditRecord)))
    assert [(one.action, one.actor_id, one.subject_id) for one in looks] == [
        ("looked", leader, members[0])
    ]


async def test_who_stands_in_answers_like_the_leader(agora, team):
    leader, _ = team
    other = await joins(agora.database, 40, None, name="Pengganti Contoh", address="Bu Ganti")
    chat = agora.chat(140)
    assert "atasan" in await chat.say("/tanggapi")
    async with agora.database.writing() as session:
        session.add(Acting(leader_id=leader, employee_id=other, since=TODAY))

    await chat.say("/tanggapi")
    await chat.tap("Apresiasi")
    await carried(agora)

    assert agora.chat(SARI).last.text.startswith("Bu Ganti memberi apresiasi")


async def test_what_was_logged_under_an_earlier_leader_waits_for_nobody_else(agora, team):
    _, members = team
    other = await joins(agora.database, 40, None, name="Atasan Baru")
    await moves(agora.database, members[0], other, on=TODAY)

    text = await agora.chat(140).say("/tanggapi")

    assert text.splitlines()[:2] == [
        "1 catatan menunggu tanggapan Anda",
        "Bu Sari 1, Sel 24 Nov: “Menyusun laporan”",
    ]
    assert "1 catatan" in (await agora.chat(LEADER).say("/tanggapi")).splitlines()[0]


@pytest.mark.parametrize("account", [102, 150, 4711])
async def test_nobody_else_answers_or_reads_an_answer(agora, team, account):
    await joins(agora.database, 50, None, name="Atasan Lain")
    await joins(agora.database, 51, 5, name="Anggota Lain")
    owner = agora.chat(LEADER)
    await owner.say("/tanggapi")
    await owner.tap("Apresiasi")
    await carried(agora)
    before = await given(agora)
    async with agora.database.reading() as session:
        letters = len(list(await session.exec(select(Letter))))
        entry = (await session.exec(select(Entry.id).where(Entry.late))).one()
    chat = agora.chat(account)
    await chat.say("/bantuan")

    for key in (
        f"respond-say:{entry}:0", f"respond-say:{entry}:1", f"respond-words:{entry}:2:0",
        f"respond-card:{entry}", "respond-undo:1", "feedback-thank:1", "feedback-reply:1",
        "feedback-entry:1", "respond-words:1:0:0", "respond-say:1:9",
    ):  # fmt: skip
        await chat.press(key, chat.last)

    said = "\n".join([one.text for one in chat.messages] + list(chat.toasts))
    assert "Menyusun" not in said
    assert await given(agora) == before
    async with agora.database.reading() as session:
        assert len(list(await session.exec(select(Letter)))) == letters
