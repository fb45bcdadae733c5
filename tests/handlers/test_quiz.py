import datetime as dt

import pytest
from sqlmodel import select

from bot.guidance.quiz import questions_in
from bot.skp.reminders import SET, Kind
from db.models.quiz import QuizAsked, QuizCard
from tests.chat import Agora, Chat, library
from tests.factories import a_team
from tests.guidance_desk import carried

SARI, OTHER, STRANGER = 101, 102, 999
QUESTIONS = questions_in(library().folder)


@pytest.fixture
async def chat(agora) -> Chat:
    await a_team(agora.database)
    return agora.chat(SARI)


def answering(chat: Chat, poll_id: str, option: int) -> dict:
    told = {
        "poll_id": poll_id,
        "user": chat.user,
        "option_ids": [option],
        "option_persistent_ids": [str(option)],
    }
    return {"update_id": chat.agora.update_id(), "poll_answer": told}


async def answer(chat: Chat, *, right: bool, message=None) -> None:
    """Answer the last quiz, or another one, rightly or wrongly."""
    asked = message or chat.last
    (good,) = asked.poll["correct_option_ids"]
    chosen = good if right else (good + 1) % len(asked.poll["options"])
    await chat.agora.take(answering(chat, asked.poll["id"], chosen))


async def rows(agora: Agora, table) -> list:
    async with agora.database.reading() as session:
        return list(await session.exec(select(table).order_by(table.id)))


async def test_a_round_of_five_ends_with_what_was_right_and_what_to_read(chat):
    await chat.say("/kuis")
    assert chat.last.text.startswith("1/5. ")
    for right in (True, False, True, False, True):
        assert chat.last.kind == "poll"
        await answer(chat, right=right)

    assert chat.last.text.startswith("3 dari 5 benar. Hanya Anda yang melihat ini.")
    assert "2 soal datang lagi besok" in chat.last.text
    assert chat.last.labels[0] == "Lagi"
    title = chat.last.text.splitlines()[2].partition(". ")[2]
    opened = await chat.tap(next(one for one in chat.last.labels if one.startswith("Baca")))
    assert opened.startswith(title)


async def test_each_question_is_a_private_quiz_with_its_reason_its_source_and_its_year(chat):
    await chat.say("/kuis")
    asked = chat.last.poll
    question = next(one for one in QUESTIONS.values() if one.question in asked["question"])

    assert asked["type"] == "quiz"
    assert asked["is_anonymous"] is False
    assert (
        asked["options"][asked["correct_option_ids"][0]]["text"]
        == (question.options[question.right])
    )
    assert asked["explanation"].startswith(question.why)
    assert question.cite in asked["explanation"]
    assert str(question.year) in asked["explanation"]


async def test_the_themes_of_the_own_work_come_first(chat):
    await chat.say("/kuis")
    for _ in range(4):
        await answer(chat, right=True)

    asked = [QUESTIONS[one.question] for one in await rows(chat.agora, QuizAsked)]
    assert {one.theme for one in asked} <= {"stunting", "gizi-buruk"}


async def test_a_theme_can_be_chosen_and_an_unknown_one_is_refused_kindly(chat):
    await chat.say("/kuis inflasi")
    asked = await rows(chat.agora, QuizAsked)
    assert {QUESTIONS[one.question].theme for one in asked} == {"inflasi"}
    assert "Tidak ada tema “kopi”" in await chat.say("/kuis kopi")


async def test_what_was_wrong_comes_again_the_next_day_in_another_order(chat, agora):
    await chat.say("/kuis")
    first = chat.last.poll
    await answer(chat, right=False)
    for _ in range(4):
        await answer(chat, right=True)
    agora.now += dt.timedelta(days=1)
    await chat.say("/kuis")

    assert chat.last.poll["question"] == first["question"]
    assert chat.last.poll["options"] != first["options"]
    await answer(chat, right=True)
    card = next(one for one in await rows(agora, QuizCard) if one.wrong)
    assert (card.right, card.wrong) == (1, 1)
    assert card.due == dt.date(2026, 11, 28)


async def test_a_restart_between_question_and_answer_loses_nothing(chat, agora):
    await chat.say("/kuis")
    await answer(chat, right=True)
    await agora.restart()
    await answer(chat, right=False)

    assert chat.last.text.startswith("3/5. ")
    assert [one.answered_at is not None for one in await rows(agora, QuizAsked)] == [
        True, True, False, False, False,
    ]  # fmt: skip


async def test_an_answer_before_the_poll_is_noted_is_still_its_own(chat, agora):
    await chat.say("/kuis")
    poll = chat.last.poll
    async with agora.database.writing() as session:
        asked = (await session.exec(select(QuizAsked).where(QuizAsked.place == 1))).one()
        asked.poll_id = None
        session.add(asked)
    await agora.take(answering(chat, poll["id"], 0))

    assert chat.last.text.startswith("2/5. ")
    assert (await rows(agora, QuizAsked))[0].poll_id == poll["id"]


async def test_an_old_poll_is_remembered_but_moves_no_newer_round(chat, agora):
    await chat.say("/kuis")
    old = chat.last
    await chat.say("/kuis")
    seen = len(chat.messages)
    await answer(chat, right=False, message=old)

    assert len(chat.messages) == seen
    assert [one.wrong for one in await rows(agora, QuizCard)] == [1]


async def test_the_same_answer_twice_counts_once(chat, agora):
    await chat.say("/kuis")
    first = chat.last
    await answer(chat, right=True, message=first)
    seen = len(chat.messages)
    await answer(chat, right=False, message=first)

    assert len(chat.messages) == seen
    assert [(one.right, one.wrong) for one in await rows(agora, QuizCard)] == [(1, 0)]


@pytest.mark.parametrize("account", [OTHER, STRANGER])
async def test_somebody_elses_poll_is_nobodys_business(chat, agora, account):
    await chat.say("/kuis")
    other = agora.chat(account)
    await agora.take(answering(other, chat.last.poll["id"], 0))
    await agora.take(answering(other, "never sent", 0))

    assert other.messages == []
    assert [one.answered_at for one in await rows(agora, QuizAsked)] == [None] * 5
    assert await rows(agora, QuizCard) == []


async def test_somebody_else_in_a_round_of_their_own_cannot_answer_for_me(chat, agora):
    await chat.say("/kuis")
    other = agora.chat(OTHER)
    await other.say("/kuis")
    await agora.take(answering(other, chat.last.poll["id"], 0))

    assert [one.answered_at for one in await rows(agora, QuizAsked)] == [None] * 10


async def test_a_withdrawn_vote_changes_nothing(chat, agora):
    await chat.say("/kuis")
    update = answering(chat, chat.last.poll["id"], 0)
    update["poll_answer"] |= {"option_ids": [], "option_persistent_ids": []}
    await agora.take(update)

    assert (await rows(agora, QuizAsked))[0].answered_at is None


async def test_when_everything_is_known_the_next_day_is_named(chat, agora):
    theme = [one for one in QUESTIONS.values() if one.theme == "cascading"]
    await chat.say("/kuis cascading")
    for _ in theme:
        await answer(chat, right=True)

    said = await chat.say("/kuis cascading")
    assert said == (
        "Semua soal yang jatuh tempo sudah Anda jawab. Soal berikutnya datang Jumat, 27 Nov 2026."
    )


async def test_a_stranger_is_asked_to_come_in(agora, chat):
    assert "Anda belum terdaftar" in await agora.chat(STRANGER).say("/kuis")


async def test_the_weeks_quiz_comes_only_to_whoever_wants_it_and_has_not_played(agora, chat):
    agora.now = dt.datetime(2026, 11, 26, 1, tzinfo=dt.UTC)
    other = agora.chat(OTHER)
    await switched_on(chat)
    await switched_on(other)
    await other.say("/kuis")
    await answer(other, right=True)
    await carried(agora)

    assert "Kuis pekan ini: lima soal" in chat.last.text
    assert not [one for one in other.messages if "lima soal" in one.text]
    assert not [one for one in agora.chat(103).messages if "lima soal" in one.text]
    await chat.tap("Mulai")
    assert chat.last.text.startswith("1/5. ")


async def switched_on(chat: Chat) -> None:
    place = SET.index(Kind.QUIZ)
    await chat.say("/pengingat")
    await chat.press(f"remind:{place}", chat.last)
    assert "Kuis pekan ini: Kamis, 08.00" in chat.last.text
    await chat.tap("Nyalakan")
