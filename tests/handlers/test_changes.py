import datetime as dt
from decimal import Decimal

import pytest
from sqlmodel import select

from db.models.entries import Entry
from tests.factories import a_team

LOG = "tadi pagi dampingi 6 balita berisiko stunting"


@pytest.fixture
async def chat(agora):
    await a_team(agora.database)
    chat = agora.chat(101)
    await chat.say(LOG)
    return chat


async def the_entry(agora) -> Entry:
    async with agora.database.reading() as session:
        return (await session.exec(select(Entry).order_by(Entry.id))).first()


@pytest.mark.parametrize(
    ("typed", "shown", "kept"),
    [
        ("7", "7 balita", (Decimal(7), "balita")),
        ("8 anak", "8 anak", (Decimal(8), "anak")),
        ("1.250 lembar", "1.250 lembar", (Decimal(1250), "lembar")),
        ("2,5", "2,5 balita", (Decimal("2.5"), "balita")),
        ("\u202e9 balita", "9 balita", (Decimal(9), "balita")),
    ],
)
async def test_another_amount_is_typed(agora, chat, typed, shown, kept):
    await chat.tap("Ubah")
    assert chat.last.labels == ["Jumlah", "Hari", "Jam", "Kalimat", "Kembali"]
    assert "Berapa jumlah yang benar?" in await chat.tap("Jumlah")

    await chat.say(typed)
    entry = await the_entry(agora)
    assert (entry.quantity, entry.unit) == kept
    assert len(chat.messages) == 1
    assert f"{shown} → RHK 2" in chat.last.text
    assert chat.last.labels == ["Ganti RHK", "Ubah", "Urungkan"]


async def test_a_percentage_is_typed(agora, chat):
    await chat.tap("Ubah")
    await chat.tap("Jumlah")
    await chat.say("75%")

    assert (await the_entry(agora)).percent == 75
    assert "6 balita, 75% → RHK 2" in chat.last.text


@pytest.mark.parametrize("typed", ["0", "150%"])
async def test_an_absurd_amount_is_refused_and_asked_again(agora, chat, typed):
    await chat.tap("Ubah")
    await chat.tap("Jumlah")

    assert ("lebih dari nol" in await chat.say(typed)) == (typed == "0")
    assert chat.last.labels == ["Menu"]
    await chat.say("7")
    assert "7 balita" in chat.messages[0].text


@pytest.mark.parametrize("typed", ["banyak", "<b>enam</b> & lima", "-6", "👍"])
async def test_an_amount_that_cannot_be_read_is_asked_again_kindly(agora, chat, typed):
    await chat.tap("Ubah")
    await chat.tap("Jumlah")

    assert await chat.say(typed) == "Jumlah belum terbaca. Contoh: 6 balita"
    assert chat.last.labels == ["Simpan sebagai catatan", "Menu"]
    await chat.say("7")
    assert "7 balita" in chat.messages[0].text


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("23 Nov", "2026-11-23"),
        ("kemarin", "2026-11-23"),
        ("24/11", "2026-11-24"),
        ("Selasa", "2026-11-24"),
    ],
)
async def test_another_day_is_typed(agora, chat, typed, day):
    await chat.tap("Ubah")
    await chat.tap("Hari")
    await chat.say(typed)

    entry = await the_entry(agora)
    assert entry.day.isoformat() == day
    assert entry.late is (day != "2026-11-24")
    assert ("Ditandai susulan." in chat.last.text) is entry.late


async def test_yesterday_is_one_tap_away_and_means_its_day_also_tomorrow(agora, chat):
    await chat.tap("Ubah")
    await chat.tap("Hari")
    assert chat.last.labels == ["Kemarin", "Kembali"]
    agora.now += dt.timedelta(days=1)
    await chat.tap("Kemarin")

    entry = await the_entry(agora)
    assert (entry.day.isoformat(), entry.late, entry.version) == ("2026-11-23", True, 2)
    assert "Senin 23 Nov" in chat.last.text
    await chat.tap("Ubah")
    await chat.tap("Hari")
    assert chat.last.labels == ["Hari ini", "Kemarin", "Kembali"]
    # The question was answered by the tap, so a sentence is a log again.
    await chat.tap("Hari ini")
    assert "Tersimpan" in await chat.say("dampingi 2 balita berisiko stunting")


@pytest.mark.parametrize("day", ["0", "-5", "9" * 18, "740000"])
async def test_a_day_that_no_button_has_is_refused(agora, chat, day):
    toast = await chat.press(f"entry-day-to:{(await the_entry(agora)).id}:1:0:{day}", chat.last)

    assert toast
    assert (await the_entry(agora)).version == 1


@pytest.mark.parametrize(
    ("typed", "kept", "shown"),
    [
        ("09.00-11.30", ("09:00", "11:30", 150), "Jam 09.00–11.30."),
        ("8-10", ("08:00", "10:00", 120), "Jam 08.00–10.00."),
        ("22.00-02.00", ("22:00", "02:00", 240), "Jam 22.00–02.00."),
        ("2 jam", (None, None, 120), "Lama: 2 jam."),
        ("90 menit", (None, None, 90), "Lama: 1 jam 30 menit."),
        ("45 menit", (None, None, 45), "Lama: 45 menit."),
    ],
)
async def test_hours_are_typed_as_a_span_or_a_duration(agora, chat, typed, kept, shown):
    await chat.tap("Ubah")
    assert "Dari jam berapa" in await chat.tap("Jam")
    await chat.say(typed)

    entry = await the_entry(agora)
    assert (clock(entry.start), clock(entry.end), entry.minutes) == kept
    assert len(chat.messages) == 1
    assert shown in chat.last.text


def clock(time: dt.time | None) -> str | None:
    return time and f"{time:%H:%M}"


@pytest.mark.parametrize("typed", ["<b>pagi</b>", "25.00-26.00", "rapat jam 8-10", "👍", "jam 9"])
async def test_hours_that_cannot_be_read_are_asked_again_kindly(agora, chat, typed):
    await chat.tap("Ubah")
    await chat.tap("Jam")

    assert await chat.say(typed) == "Jam belum terbaca. Contoh: 09.00-11.30"
    await chat.say("9-11")
    assert "Jam 09.00–11.00." in chat.messages[0].text


async def test_hours_beyond_the_entrys_days_are_refused(agora, chat):
    await chat.tap("Ubah")
    await chat.tap("Jam")

    assert "lebih lama daripada hari catatan" in await chat.say("30 jam")
    assert (await the_entry(agora)).minutes is None


@pytest.mark.parametrize(
    "typed", ["entah kapan", "32 Nov", "24 Nov 0001", "1 Jan 2099", "<i>kapan</i> & siapa"]
)
async def test_a_day_that_cannot_be_read_is_asked_again_kindly(agora, chat, typed):
    await chat.tap("Ubah")
    await chat.tap("Hari")

    assert await chat.say(typed) == "Tanggal belum terbaca. Contoh: 24 Nov"
    await chat.say("23 nov")
    assert "Senin 23 Nov" in chat.messages[0].text


async def test_another_sentence_is_typed_and_understood_anew(agora, chat):
    await chat.tap("Ubah")
    await chat.tap("Kalimat")
    await chat.say("dampingi 9 balita berisiko stunting <b>& ibu</b>")

    entry = await the_entry(agora)
    assert (entry.text, entry.quantity) == ("dampingi 9 balita berisiko stunting <b>& ibu</b>", 9)


async def test_the_question_can_be_left(agora, chat):
    await chat.tap("Ubah")
    await chat.tap("Jumlah")
    await chat.tap("Kembali")
    await chat.say("dampingi 2 balita berisiko stunting")

    assert (await the_entry(agora)).quantity == 6
    assert "(8 dari 40)" in chat.last.text


async def test_a_receipt_that_is_gone_comes_anew(agora, chat):
    await chat.tap("Ubah")
    await chat.tap("Jumlah")
    del agora.edge.messages[chat.id, chat.last.id]

    assert "7 balita" in await chat.say("7")


async def test_a_day_set_by_hand_stays_when_the_sentence_changes(agora, chat):
    await chat.tap("Ubah")
    await chat.tap("Hari")
    await chat.say("kemarin")
    await chat.tap("Ubah")
    await chat.tap("Kalimat")
    await chat.say("dampingi 7 balita berisiko stunting")

    entry = await the_entry(agora)
    assert (entry.day.isoformat(), entry.late, entry.quantity) == ("2026-11-23", True, 7)
