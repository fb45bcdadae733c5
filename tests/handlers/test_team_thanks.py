"""A leader thanks the team in two taps, once a week; the group may hear it without a name."""

import datetime as dt

import pytest
from sqlmodel import select

from bot.post.postman import Postman
from db.models.messages import Letter
from tests.handlers.test_quiz_sendings import brought_in, in_group
from tests.team_rows import TODAY, a_day, change, joins, logs, moves

DAY = dt.timedelta(days=1)
STAYS = (
    "Satu pesan untuk tiap orang, sekali sepekan. Yang sudah terkirim tidak dapat ditarik kembali."
)
WORDS = "Pak Hendra berterima kasih atas kerja Anda di Seksi Gizi pekan ini."


async def carried(agora) -> None:
    postman = Postman(agora.application.bot, agora.database, agora.clock)
    while await postman.carry():
        pass


async def thanked(agora) -> list[int]:
    async with agora.database.reading() as session:
        query = select(Letter.employee_id).where(Letter.kind == "team-thanks")
        return sorted(await session.exec(query))


async def test_two_taps_thank_the_whole_team_after_words_and_count_were_shown(agora):
    _, members = await a_day(agora)
    leader = agora.chat(100)
    await leader.say("/tim")

    preview = await leader.tap("Untuk seluruh tim")
    assert preview.splitlines() == [
        "Untuk seluruh tim Seksi Gizi",
        "Ucapan terima kasih yang akan dibaca tiap orang:",
        WORDS,
        STAYS,
    ]
    assert leader.last.labels == ["Ke semua (5)", "Yang mencatat (3)", "Bagikan", "Kembali"]
    assert await thanked(agora) == []
    done = await leader.tap("Ke semua (5)")
    await carried(agora)

    assert done == "✓ Ucapan terima kasih Anda dikirim kepada 5 orang."
    assert await thanked(agora) == members
    for account in range(101, 106):
        assert [one.text for one in agora.chat(account).messages] == [WORDS]


async def test_only_those_who_logged_this_week_may_be_thanked(agora):
    _, members = await a_day(agora)
    leader = agora.chat(100)
    await leader.say("/tim bulan")
    await leader.tap("Untuk seluruh tim")
    await leader.tap("Yang mencatat (3)")

    assert await thanked(agora) == members[:3]


async def test_a_team_is_thanked_once_a_week_and_again_in_the_next(agora):
    await a_day(agora)
    leader = agora.chat(100)
    await leader.say("/tim")
    await leader.tap("Untuk seluruh tim")
    shown, key = leader.last, leader.last.key("Ke semua (5)")
    await leader.press(key, shown)
    toast = await leader.press(key, shown)

    said = "Ucapan terima kasih Anda untuk tim ini sudah terkirim pekan ini."
    assert toast == said
    assert (await leader.tap("Kembali")).splitlines()[1] == said
    assert leader.last.labels == ["Bagikan", "Kembali"]
    agora.now += 7 * DAY
    await leader.say("/tim")
    await leader.tap("Untuk seluruh tim")
    await leader.tap("Ke semua (5)")
    assert len(await thanked(agora)) == 10


async def test_thanks_make_no_sound_outside_working_hours(agora):
    await a_day(agora)
    leader = agora.chat(100)
    agora.now += dt.timedelta(hours=4)
    await leader.say("/tim")
    await leader.tap("Untuk seluruh tim")
    await leader.tap("Yang mencatat (3)")
    await carried(agora)

    sent = [one for name, one in agora.edge.calls if one.get("text") == WORDS]
    assert [one["disable_notification"] for one in sent] == [True] * 3


async def test_who_cannot_be_reached_is_not_counted(agora):
    _, members = await a_day(agora)
    await change(agora.database, members[0], unreachable_since=agora.now)
    for one in members[1:]:
        await change(agora.database, one, telegram_id=None)
    leader = agora.chat(100)
    await leader.say("/tim")

    said = await leader.tap("Untuk seluruh tim")

    assert said.splitlines()[1] == "Belum ada orang yang dapat dikirimi ucapan terima kasih."
    assert leader.last.labels == ["Bagikan", "Kembali"]
    key = f"team-thank:0:{TODAY.toordinal()}:0"
    assert "Belum ada orang" in await leader.press(key, leader.last)
    assert await thanked(agora) == []


async def test_what_was_logged_under_an_earlier_leader_does_not_count(agora):
    head, _ = await a_day(agora)
    other = await joins(agora.database, 60, None)
    comes = await joins(agora.database, 61, other)
    await logs(agora.database, comes)
    await moves(agora.database, comes, head, on=TODAY + DAY)
    agora.now += DAY
    leader = agora.chat(100)
    await leader.say("/tim")
    await leader.tap("Untuk seluruh tim")

    assert leader.last.labels == ["Ke semua (6)", "Yang mencatat (3)", "Bagikan", "Kembali"]


async def test_after_the_last_answer_the_team_may_be_thanked_too(agora):
    await a_day(agora)
    leader = agora.chat(100)
    await leader.say("/tanggapi")
    for _ in range(4):
        await leader.tap("Apresiasi", leader.last)
    assert leader.last.labels == ["Untuk seluruh tim", "Urungkan", "Menu"]
    await leader.tap("Untuk seluruh tim")
    assert WORDS in leader.last.text
    assert (await leader.tap("Kembali")).startswith("Seksi Gizi, Sel 24 Nov")
    await leader.say("/tanggapi")
    assert leader.last.labels == ["Untuk seluruh tim", "Menu"]


async def test_the_group_hears_the_thanks_once_and_no_name(agora):
    await a_day(agora)
    await brought_in(agora, 100)
    leader = agora.chat(100)
    await leader.say("/tim")
    await leader.tap("Untuk seluruh tim")
    said = await leader.tap("Ke semua (5)")
    assert said.endswith("Di grup “Seksi Gizi” ucapan ini dapat saya sampaikan juga, tanpa nama.")
    shown, key = leader.last, leader.last.key("Sampaikan di grup")
    await leader.press(key, shown)
    assert leader.last.text == "✓ Segera disampaikan di grup “Seksi Gizi”."
    await leader.press(key, shown)
    assert leader.last.text == "Ini sudah disampaikan di grup “Seksi Gizi”."
    await carried(agora)

    assert [one.text for one in in_group(agora)[1:]] == [
        "Terima kasih kepada seluruh tim Seksi Gizi atas kerja pekan ini."
    ]


async def test_a_group_that_is_left_hears_nothing_and_at_night_it_waits(agora):
    await a_day(agora)
    await brought_in(agora, 100)
    leader = agora.chat(100)
    agora.now += dt.timedelta(hours=4)
    key = f"team-thank-group:0:{TODAY.toordinal()}"
    await leader.say("/tim")
    await leader.press(key, leader.last)
    await carried(agora)
    assert len(in_group(agora)) == 1
    await brought_in(agora, 100, status="kicked")
    agora.now += dt.timedelta(hours=14)
    await carried(agora)

    assert len(in_group(agora)) == 1
    assert await leader.press(key, leader.last) == "Unit ini belum punya grup bersama saya."


@pytest.mark.parametrize("account", [101, 4711])
async def test_nobody_else_thanks(agora, account):
    await a_day(agora)
    await brought_in(agora, 100)
    chat = agora.chat(account)
    await chat.say("/bantuan")
    at = f"0:{TODAY.toordinal()}"
    for key in (f"team-all:{at}", f"team-thank:{at}:0", f"team-thank-group:{at}"):
        await chat.press(key, chat.last)
    await carried(agora)

    assert await thanked(agora) == []
    assert len(in_group(agora)) == 1


async def test_whom_thanks_go_to_is_one_of_two(agora):
    await a_day(agora)
    leader = agora.chat(100)
    await leader.say("/tim")
    key = f"team-thank:0:{TODAY.toordinal()}:2"

    assert await leader.press(key, leader.last) == "Tombol ini sudah tidak berlaku."
