import datetime as dt

import pytest
from sqlmodel import select

from bot.actions.calendars import ensure_holidays
from bot.skp.people import AbsenceKind
from bot.ui.absences import KINDS
from db.models.entries import Absence, Entry
from tests.factories import a_team
from tests.handlers.readers import reads

SARI, OTHER, STRANGER = 101, 102, 900
HOSTILE = '<b>&"</b> {x} \u202e 😀'
# The tests begin on Tuesday, 24 Nov 2026, 16.50 WITA.
DAY = dt.date(2026, 11, 24).toordinal()


@pytest.fixture
async def chat(agora):
    await a_team(agora.database, members=2)
    async with agora.database.writing() as session:
        await ensure_holidays(session, 2026, 2027)
    return agora.chat(SARI)


async def noted(agora) -> list[tuple[str, str, str]]:
    async with agora.database.reading() as session:
        rows = await session.exec(select(Absence).order_by(Absence.employee_id, Absence.first))
        return [(one.kind.value, f"{one.first:%d%m}", f"{one.last:%d%m}") for one in rows]


@pytest.mark.parametrize(
    ("taps", "text", "row"),
    [
        (("Cuti", "Hari ini saja"), "cuti, Selasa, 24 Nov 2026", ("cuti", "2411", "2411")),
        (
            ("Dinas luar", "Sampai Jum 27 Nov"),
            "dinas luar, Selasa, 24 Nov 2026 sampai Jumat, 27 Nov 2026",
            ("dinas", "2411", "2711"),
        ),
        (("Sakit", "Hari ini saja"), "sakit, Selasa, 24 Nov 2026", ("sakit", "2411", "2411")),
    ],
)
async def test_an_absence_takes_a_command_and_two_taps(agora, chat, taps, text, row):
    await chat.say("/cuti")
    assert chat.last.labels == ["Cuti", "Dinas luar", "Sakit"]
    for label in taps:
        await chat.tap(label)

    assert chat.last.text.startswith(f"Tercatat: {text}. Pengingat dijeda")
    assert chat.last.labels == ["Urungkan"]
    assert await noted(agora) == [row]
    assert len(chat.messages) == 1


async def test_an_absence_in_english(agora, chat):
    await reads(agora, SARI, "en")
    assert (await chat.say("/cuti")).startswith("Days away\nWhat is it?")
    assert chat.last.labels == ["Leave", "Official trip", "Sick"]
    assert await chat.tap("Official trip") == "Official trip: which days?"
    assert chat.last.labels == ["Today only", "Until Fri 27 Nov", "Choose days"]
    text = await chat.tap("Until Fri 27 Nov")

    assert text.startswith("Noted: official trip, Tuesday, 24 Nov 2026 to Friday, 27 Nov 2026.")
    assert text.endswith("Back on Monday, 30 Nov 2026.")
    assert await chat.tap("Undo") == (
        "Taken back: official trip, Tuesday, 24 Nov 2026 to Friday, 27 Nov 2026."
    )


async def test_work_begins_again_after_weekends_and_holidays(agora, chat):
    agora.now = dt.datetime(2026, 12, 23, 2, 0, tzinfo=dt.UTC)

    # Thursday is cuti bersama, Friday is Natal.
    assert (await chat.say("cuti hari ini")).endswith("Kembali Senin, 28 Des 2026.")


async def test_on_a_friday_until_friday_means_the_next_one(agora, chat):
    agora.now = dt.datetime(2026, 11, 27, 2, 0, tzinfo=dt.UTC)
    await chat.say("/cuti")
    await chat.tap("Cuti")

    assert chat.last.labels[1] == "Sampai Jum 4 Des"


async def test_days_may_be_typed(agora, chat):
    await chat.say("/cuti")
    await chat.tap("Dinas luar")
    assert "Dari kapan sampai kapan?" in await chat.tap("Pilih tanggal")

    assert "dinas luar, Kamis, 26 Nov 2026 sampai Jumat, 27 Nov 2026" in await chat.say(
        "26 Nov sampai 27 Nov"
    )
    assert await noted(agora) == [("dinas", "2611", "2711")]


@pytest.mark.parametrize("typed", ["entah", "30 Feb", HOSTILE, "x" * 5000])
async def test_days_that_cannot_be_read_are_asked_again(agora, chat, typed):
    await chat.say("/cuti")
    await chat.tap("Cuti")
    await chat.tap("Pilih tanggal")

    assert await chat.say(typed) == "Tanggal belum terbaca. Contoh: 24 Nov"
    assert chat.last.labels == ["Simpan sebagai catatan", "Menu"]
    assert "Tercatat: cuti" in await chat.say("26 Nov")


async def test_work_told_while_days_are_asked_for_is_not_lost(agora, chat):
    await chat.say("/cuti")
    await chat.tap("Cuti")
    await chat.tap("Pilih tanggal")
    await chat.say("dampingi 6 balita di posyandu")

    assert "Tersimpan" in await chat.tap("Simpan sebagai catatan")


@pytest.mark.parametrize(
    ("typed", "row"),
    [
        ("cuti 3 hari mulai besok", ("cuti", "2511", "2711")),
        ("cuti sampai jumat", ("cuti", "2411", "2711")),
        ("hari ini saya sakit", ("sakit", "2411", "2411")),
        ("dinas luar sampai kamis", ("dinas", "2411", "2611")),
    ],
)
async def test_a_sentence_is_enough(agora, chat, typed, row):
    assert (await chat.say(typed)).startswith("Tercatat: ")
    assert await noted(agora) == [row]
    assert chat.last.labels == ["Urungkan"]
    async with agora.database.reading() as session:
        assert (await session.exec(select(Entry))).all() == []


async def test_undo_takes_one_tap_and_can_be_tapped_twice(agora, chat):
    await chat.say("cuti sampai jumat")
    message = chat.last
    key = message.key("Urungkan")
    assert await chat.tap("Urungkan") == (
        "Diurungkan: cuti, Selasa, 24 Nov 2026 sampai Jumat, 27 Nov 2026."
    )
    assert await noted(agora) == []

    assert await chat.press(key, message) == "Tombol ini sudah tidak berlaku."
    assert message.labels == ["Cuti", "Dinas luar", "Sakit"]


@pytest.mark.parametrize(
    ("then", "rows"),
    [
        # Cut in the middle: the whole comes back.
        ("dinas luar besok", [("cuti", "2411", "2711")]),
        ("sakit hari ini", [("cuti", "2411", "2711")]),
        ("dinas luar 7 hari", [("cuti", "2411", "2711")]),
        ("cuti 3 hari mulai jumat", [("cuti", "2411", "2711")]),
    ],
)
async def test_taking_a_newer_absence_back_brings_back_what_it_had_cut(agora, chat, then, rows):
    await chat.say("cuti sampai jumat")
    await chat.say(then)
    await chat.tap("Urungkan", chat.last)

    assert await noted(agora) == rows


async def test_what_stands_on_the_cut_days_by_now_stays_there(agora, chat):
    await chat.say("cuti sampai jumat")
    await chat.say("dinas luar 2 hari mulai besok")
    trip = chat.last
    await chat.say("sakit besok")
    await chat.tap("Urungkan", trip)
    # The trip was cut itself, so its button is old, and all stays as it is.
    assert await noted(agora) == [
        ("cuti", "2411", "2411"),
        ("sakit", "2511", "2511"),
        ("dinas", "2611", "2611"),
        ("cuti", "2711", "2711"),
    ]

    await chat.say("/cuti")
    await chat.tap("Urungkan Rab 25 Nov")
    assert await noted(agora) == [
        ("cuti", "2411", "2411"),
        ("dinas", "2511", "2611"),
        ("cuti", "2711", "2711"),
    ]


async def test_each_noted_absence_can_be_taken_back_from_the_list(agora, chat):
    await chat.say("cuti sampai jumat")
    await chat.say("dinas luar 1 Des sampai 2 Des")
    await chat.say("/cuti")
    assert chat.last.labels[3:] == ["Urungkan Sel 24 Nov", "Urungkan Sel 1 Des"]
    await chat.tap("Urungkan Sel 1 Des")

    assert chat.last.labels == ["Cuti dan dinas", "Menu"]
    assert await noted(agora) == [("cuti", "2411", "2711")]
    await chat.tap("Cuti dan dinas")
    assert chat.last.labels[3:] == ["Urungkan Sel 24 Nov"]


async def test_what_is_noted_stands_above_the_question(chat):
    await chat.say("cuti sampai jumat")

    assert "• cuti: Selasa, 24 Nov 2026 sampai Jumat, 27 Nov 2026" in await chat.say("/cuti")


@pytest.mark.parametrize(
    ("then", "rows"),
    [
        ("sakit hari ini", [("sakit", "2411", "2411"), ("cuti", "2511", "2711")]),
        ("cuti 3 hari mulai jumat", [("cuti", "2411", "2611"), ("cuti", "2711", "2911")]),
        ("cuti besok", [("cuti", "2411", "2711")]),
        (
            "dinas luar besok",
            [("cuti", "2411", "2411"), ("dinas", "2511", "2511"), ("cuti", "2611", "2711")],
        ),
        ("dinas luar 7 hari", [("dinas", "2411", "3011")]),
    ],
)
async def test_the_newer_absence_counts_and_the_days_beside_it_stay(agora, chat, then, rows):
    await chat.say("cuti sampai jumat")
    await chat.say(then)

    assert await noted(agora) == rows


async def test_the_same_absence_twice_is_there_once(agora, chat):
    for _ in range(2):
        assert "cuti" in await chat.say("cuti sampai jumat")

    assert await noted(agora) == [("cuti", "2411", "2711")]


async def test_a_double_tap_notes_one_absence(agora, chat):
    await chat.say("/cuti")
    await chat.tap("Cuti")
    message = chat.last
    key = message.key("Hari ini saja")
    for _ in range(2):
        await chat.press(key, message)

    assert await noted(agora) == [("cuti", "2411", "2411")]


async def test_a_button_means_its_day_also_on_the_next(agora, chat):
    await chat.say("/cuti")
    await chat.tap("Cuti")
    agora.now += dt.timedelta(days=1)

    assert "Selasa, 24 Nov 2026" in await chat.tap("Hari ini saja")
    assert await noted(agora) == [("cuti", "2411", "2411")]


async def test_the_button_of_a_reminder_means_the_reminders_day(agora, chat):
    await chat.say("/menu")
    agora.now += dt.timedelta(days=1)
    await chat.press("away:20261124", chat.last)
    text = await chat.tap("Sakit")

    assert text.startswith("Tercatat: sakit, Selasa, 24 Nov 2026. Pengingat dijeda")
    assert await noted(agora) == [("sakit", "2411", "2411")]


async def test_what_was_noted_from_a_reminder_can_become_longer(agora, chat):
    await chat.say("/menu")
    await chat.press("away:20261124", chat.last)
    await chat.tap("Dinas luar")
    assert chat.last.labels == ["Urungkan", "Sampai Jum 27 Nov", "Pilih tanggal"]
    await chat.tap("Sampai Jum 27 Nov")

    assert await noted(agora) == [("dinas", "2411", "2711")]
    assert chat.last.labels == ["Urungkan"]


async def test_nobody_undoes_the_absence_of_somebody_else(agora, chat):
    await chat.say("cuti sampai jumat")
    other = agora.chat(OTHER)
    await other.say("/menu")

    assert await other.press(chat.last.key("Urungkan"), other.last) == (
        "Tombol ini sudah tidak berlaku."
    )
    assert await noted(agora) == [("cuti", "2411", "2711")]


@pytest.mark.parametrize(
    "key",
    [
        "away:20261399",
        "away:x",
        f"away-kind:9:{DAY}",
        "away-kind:0:-5",
        f"away-now:9:{DAY}",
        "away-now:0:-5",
        f"away-days:0:{DAY}",
        f"away-days:9:{DAY}:{DAY}",
        f"away-days:0:{DAY}:{'9' * 18}",
        "away-other:7",
        "away-undo:x",
    ],
)
async def test_a_key_that_makes_no_sense_is_an_old_button(agora, chat, key):
    await chat.say("/cuti")

    assert await chat.press(key, chat.last) == "Tombol ini sudah tidak berlaku."
    assert await noted(agora) == []


@pytest.mark.parametrize(
    ("key", "words"),
    [
        (f"away-days:0:{DAY}:{DAY - 1}", "sebelum hari pertama"),
        (f"away-days:0:{DAY}:{DAY + 400}", "Lebih dari setahun"),
    ],
)
async def test_days_that_cannot_be_are_refused_with_a_way_on(agora, chat, key, words):
    await chat.say("/cuti")
    toast = await chat.press(key, chat.last)

    assert toast
    assert words.lower() in toast.lower() or "hari" in toast.lower() or "tahun" in toast.lower()
    assert await noted(agora) == []


async def test_a_stranger_is_told_to_come_in(agora, chat):
    assert "/start" in await agora.chat(STRANGER).say("/cuti")
    assert await noted(agora) == []


async def test_all_kinds_have_a_button():
    assert set(KINDS) == set(AbsenceKind)


async def test_leave_that_is_called_off_in_words_leads_to_what_is_noted(agora, chat):
    await chat.say("cuti besok")
    await chat.say("batalkan cuti besok")

    assert "cuti: Rabu, 25 Nov 2026" in chat.last.text
    async with agora.database.reading() as session:
        assert not (await session.exec(select(Entry))).all()

    await chat.tap("Urungkan Rab 25 Nov")
    assert await noted(agora) == []
