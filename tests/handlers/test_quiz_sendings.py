import datetime as dt

import pytest
from sqlmodel import select

from bot.post.postman import Postman
from bot.post.sorting import Means
from db.models.people import Employee
from db.models.quiz import QuizGroupPoll, QuizRound, QuizSending, UnitGroup
from tests.chat import Agora, Chat
from tests.guidance_desk import RATNA, SARI, YUDI, a_desk, becomes
from tests.handlers.test_quiz import answer, answering

LEADER = 100
GROUP = -500


@pytest.fixture
async def ratna(agora) -> Chat:
    await a_desk(agora)
    return agora.chat(RATNA)


async def carried(agora: Agora) -> None:
    """Let the post carry what is due, also what follows shortly after."""
    means = Means(library=agora.agency.library)
    postman = Postman(agora.application.bot, agora.database, agora.clock, means=means)
    for _ in range(8):
        await postman.plan()
        while await postman.carry():
            pass
        agora.now += dt.timedelta(seconds=2)


async def brought_in(agora: Agora, account: int, *, status: str = "member") -> None:
    """Bring the bot into the group, or take it out."""
    bot = {"id": 1, "is_bot": True, "first_name": "Asisten ASN"}
    member = {"user": bot, "status": status}
    if status == "kicked":
        member["until_date"] = 0
    moved = {
        "chat": {"id": GROUP, "type": "supergroup", "title": "Seksi Gizi"},
        "from": agora.chat(account).user,
        "date": 1,
        "old_chat_member": {"user": bot, "status": "left"},
        "new_chat_member": member,
    }
    await agora.take({"update_id": agora.update_id(), "my_chat_member": moved})


def in_group(agora: Agora) -> list:
    found = [one for (chat, _), one in agora.edge.messages.items() if chat == GROUP]
    return sorted(found, key=lambda one: one.id)


async def rows(agora: Agora, table) -> list:
    async with agora.database.reading() as session:
        return list(await session.exec(select(table).order_by(table.id)))


async def chosen(ratna: Chat, to: str = "Gizi") -> str:
    """Choose the theme and a unit, up to the preview."""
    await ratna.say("/kirimkuis")
    await ratna.tap("Stunting")
    await ratna.tap("Pilih unit")
    await ratna.say(to)
    return await ratna.tap("Seksi Gizi")


async def test_without_a_group_each_person_is_offered_the_quiz(agora, ratna):
    seen = await chosen(ratna)
    assert "Pratinjau untuk Seksi Gizi, 3 orang, satu per satu." in seen
    assert "1. " in seen
    assert "5. " in seen
    await ratna.tap("Kirim")
    await carried(agora)

    sari = agora.chat(SARI)
    assert sari.last.text.startswith("Bu Ratna mengirim kuis tentang Stunting: 5 soal, dua menit.")
    await sari.tap("Mulai")
    for _ in range(5):
        await answer(sari, right=True)
    assert sari.last.text.startswith("5 dari 5 benar.")


async def test_totals_come_back_and_nobody_is_named(agora, ratna):
    await chosen(ratna)
    await ratna.tap("Kirim")
    await carried(agora)
    people = [agora.chat(account) for account in (LEADER, YUDI, SARI)]
    for person, right in zip(people, (True, True, False), strict=True):
        assert not answered(await seen_totals(ratna))
        await person.tap("Mulai")
        await answer(person, right=right)

    totals = await seen_totals(ratna)
    assert "3 dari 3 orang sudah menjawab." in totals
    assert "2 dari 3 benar" in totals
    assert not any(name in totals for name in ("Sari", "Yudi", "Hendra"))


def answered(totals: str) -> bool:
    return " benar" in totals


async def seen_totals(ratna: Chat) -> str:
    sending = (await rows(ratna.agora, QuizSending))[-1]
    await ratna.press(f"quizsend-view:{sending.id}", ratna.last)
    return ratna.last.text


async def test_what_one_or_two_have_answered_is_not_told(agora, ratna):
    await chosen(ratna)
    await ratna.tap("Kirim")
    await carried(agora)
    sari = agora.chat(SARI)
    await sari.tap("Mulai")
    await answer(sari, right=False)

    totals = await seen_totals(ratna)
    assert "kurang dari 3 orang menjawab" in totals
    assert not answered(totals)


async def test_a_units_group_gets_anonymous_quizzes_and_only_counts_return(agora, ratna):
    await brought_in(agora, LEADER)
    assert in_group(agora)[0].text.startswith("Grup ini kini milik Seksi Gizi.")
    assert "Pratinjau untuk grup “Seksi Gizi”: 5 kuis anonim." in await chosen(ratna)
    await ratna.tap("Kirim")
    await carried(agora)

    _, greeting, *polls = in_group(agora)
    assert greeting.text.startswith("Bu Ratna mengirim kuis tentang Stunting: 5 soal.")
    assert [one.text[:4] for one in polls] == ["1/5.", "2/5.", "3/5.", "4/5.", "5/5."]
    assert all(one.poll["is_anonymous"] for one in polls)
    assert not [one for one in agora.chat(SARI).messages if "kuis" in one.text]
    await counted(agora, polls[0], 7)
    assert "7 orang sudah menjawab" in await seen_totals(ratna)
    assert "7 dari 7 benar" in await seen_totals(ratna)


async def counted(agora: Agora, message, votes: int) -> None:
    """Let so many choose the right answer."""
    (right,) = message.poll["correct_option_ids"]
    options = [
        {"persistent_id": str(at), "text": one["text"], "voter_count": votes * (at == right)}
        for at, one in enumerate(message.poll["options"])
    ]
    poll = {
        "id": message.poll["id"], "question": "?", "options": options, "is_closed": False,
        "total_voter_count": votes, "is_anonymous": True, "type": "quiz",
        "allows_multiple_answers": False, "allows_revoting": False, "members_only": False,
    }  # fmt: skip
    await agora.take({"update_id": agora.update_id(), "poll": poll})


async def test_counts_of_a_poll_that_is_not_ours_change_nothing(agora, ratna):
    await brought_in(agora, LEADER)
    await chosen(ratna)
    await ratna.tap("Kirim")
    await carried(agora)
    poll = in_group(agora)[-1]
    poll.poll["id"] = "foreign"
    await counted(agora, poll, 3)

    assert [one.chosen for one in await rows(agora, QuizGroupPoll)] == [[]] * 5


async def test_a_group_is_known_by_its_leader_alone_and_forgotten_with_the_bot(agora, ratna):
    await brought_in(agora, SARI)
    assert await rows(agora, UnitGroup) == []
    assert in_group(agora) == []
    await brought_in(agora, LEADER)
    await brought_in(agora, LEADER, status="administrator")
    assert len(in_group(agora)) == 1
    await brought_in(agora, SARI, status="kicked")
    assert await rows(agora, UnitGroup) == []


async def test_a_group_that_threw_the_bot_out_makes_nobody_unreachable(agora, ratna):
    await brought_in(agora, LEADER)
    await chosen(ratna)
    await ratna.tap("Kirim")
    agora.edge.blocked.add(GROUP)
    await carried(agora)

    assert [one.name for one in await rows(agora, Employee) if one.unreachable_since] == []


async def test_people_of_a_theme_are_those_who_work_on_it(agora, ratna):
    await ratna.say("/kirimkuis")
    await ratna.tap("Stunting")

    assert "pegawai tema Stunting, 3 orang" in await ratna.tap("Pegawai tema ini")


async def test_other_questions_come_and_after_the_last_the_first_again(agora, ratna):
    await ratna.say("/kirimkuis")
    first = await ratna.tap("Stunting")
    second = await ratna.tap("Soal lain")

    assert set(first.splitlines()[1:]) != set(second.splitlines()[1:])
    assert len(second.splitlines()) == 6


async def test_a_second_tap_sends_nothing_twice(agora, ratna):
    await chosen(ratna)
    send = ratna.last.key("Kirim")
    await ratna.tap("Kirim")

    assert "sudah dikirim" in await ratna.press(send, ratna.last)
    await carried(agora)
    assert sum("mengirim kuis" in one.text for one in agora.chat(SARI).messages) == 1


async def test_a_quiz_is_begun_once_and_by_nobody_who_was_not_asked(agora, ratna):
    await chosen(ratna)
    await ratna.tap("Kirim")
    sari = agora.chat(SARI)
    sending = (await rows(agora, QuizSending))[0]
    await ratna.press(f"quiz-from:{sending.id}", ratna.last)
    assert await rows(agora, QuizRound) == []
    await carried(agora)
    begin = sari.last.key("Mulai")
    offer = sari.last
    await sari.tap("Mulai")

    assert "sudah Anda mulai" in await sari.press(begin, offer)
    assert len(await rows(agora, QuizRound)) == 1


async def test_only_a_widyaiswara_sends(agora, ratna):
    sari = agora.chat(SARI)

    assert "widyaiswara" in await sari.say("/kirimkuis")
    await chosen(ratna)
    sending = (await rows(agora, QuizSending))[0]
    await becomes(agora, SARI, roles=["pegawai", "widyaiswara"])
    await sari.say("/menu")
    for verb in ("go", "other", "drop", "view"):
        assert "tidak berlaku" in await sari.press(f"quizsend-{verb}:{sending.id}", sari.last)
    assert "tidak berlaku" in await sari.press(f"quizsend-to:{sending.id}:0", sari.last)


async def test_in_the_night_a_quiz_waits_for_the_morning(agora, ratna):
    agora.now = dt.datetime(2026, 11, 24, 14, tzinfo=dt.UTC)
    await chosen(ratna)
    await ratna.tap("Kirim")
    await carried(agora)
    assert agora.chat(SARI).messages == []

    agora.now = dt.datetime(2026, 11, 24, 23, 30, tzinfo=dt.UTC)
    await carried(agora)
    assert "mengirim kuis" in agora.chat(SARI).messages[-1].text


async def test_an_answer_from_a_group_poll_is_nobodys(agora, ratna):
    await brought_in(agora, LEADER)
    await chosen(ratna)
    await ratna.tap("Kirim")
    await carried(agora)
    sari = agora.chat(SARI)
    await sari.say("/kuis")
    await agora.take(answering(sari, in_group(agora)[-1].poll["id"], 0))

    assert sari.last.text.startswith("1/5.")
