"""Articles that came with the bot and are past their review date: readers see it, minders hear."""

import datetime as dt

import pytest
from sqlmodel import select

from bot.post.postman import Postman
from bot.post.sorting import Means
from db.models.messages import Letter
from tests.chat import Agora, library
from tests.guidance_desk import ARTICLE, RATNA, SARI, YUDI, a_desk, becomes, published

LEADER = 100
SHIPPED = "stunting-apa-itu"
DAYS = 4
# When four themes have something that is overdue.
SPRING = dt.datetime(2027, 4, 5, 3, tzinfo=dt.UTC)
LATE = dt.datetime(2028, 1, 12, 3, tzinfo=dt.UTC)


@pytest.fixture(autouse=True)
async def desk(agora: Agora) -> None:
    await a_desk(agora)


def post(agora: Agora) -> Postman:
    means = Means(library=agora.agency.library)
    return Postman(agora.application.bot, agora.database, agora.clock, means=means)


async def days(agora: Agora, many: int = 1) -> None:
    """Let the post plan once a day and carry what is due, and once more as a second tick does."""
    postman = post(agora)
    for _ in range(many):
        await postman.plan()
        while await postman.carry():
            pass
        agora.now += dt.timedelta(days=1)
    await postman.plan()
    while await postman.carry():
        pass


def heard(agora: Agora, account: int) -> list[str]:
    """Give what somebody was told of articles that are overdue."""
    return [one.text for one in agora.chat(account).messages if "perlu ditinjau sampai" in one.text]


async def test_a_reader_sees_that_the_review_is_overdue(agora):
    sari = agora.chat(SARI)
    title = library().article(SHIPPED).title
    assert "mungkin sudah tidak berlaku" not in await sari.say("apa itu stunting?")
    agora.now = LATE
    text = await sari.say("apa itu stunting?")

    assert text.startswith(title)
    assert "seharusnya ditinjau sampai" in text
    assert "2027" in text


async def test_an_article_that_is_due_today_is_not_overdue_yet():
    article = library().article(SHIPPED)

    assert not article.stale(article.review_due)
    assert article.stale(article.review_due + dt.timedelta(days=1))
    assert article not in library().overdue(article.review_due)


async def test_the_widyaiswara_of_the_theme_hear_once(agora):
    await becomes(agora, RATNA, themes=["stunting"])
    await becomes(agora, YUDI, themes=["inflasi"])
    await days(agora)
    assert not heard(agora, RATNA)
    agora.now = SPRING
    await post(agora).plan()
    while await post(agora).carry():
        pass
    assert len(heard(agora, RATNA)) <= 1
    await days(agora, DAYS)

    about = [one for one in heard(agora, RATNA) if one.startswith("Stunting")]
    due = [one for one in library().overdue(SPRING.date()) if one.theme == "stunting"]
    assert len(about) == 1
    assert due
    assert all(one.title in about[0] and one.id in about[0] for one in due)
    assert not [one for one in heard(agora, YUDI) if one.startswith("Stunting")]
    assert not heard(agora, SARI)
    assert all(len(one) <= 1000 for one in heard(agora, RATNA))


async def test_what_the_agency_has_revised_is_not_spoken_of(agora):
    theme = "inflasi"
    article = next(one for one in library().overdue(SPRING.date()) if one.theme == theme)
    await becomes(agora, RATNA, themes=[theme])
    again = ARTICLE.replace("zumba-pagi", article.id).replace("theme: inovasi", "theme: inflasi")
    await published(agora, again)
    agora.now = SPRING
    await days(agora, DAYS)

    assert heard(agora, RATNA)
    assert not [one for one in heard(agora, RATNA) if article.title in one]


async def test_where_there_is_no_widyaiswara_the_admins_hear(agora):
    for account in (RATNA, YUDI):
        await becomes(agora, account, roles=["pegawai"])
    await becomes(agora, LEADER, roles=["pegawai", "admin"])
    agora.now = SPRING
    await days(agora, DAYS)

    told = heard(agora, LEADER)
    assert any(one.startswith("Stunting") for one in told)
    assert all("belum ada widyaiswara" in one.lower() for one in told)
    assert not heard(agora, RATNA)


async def test_the_letter_leads_to_the_theme(agora):
    await becomes(agora, RATNA, themes=["stunting"])
    agora.now = SPRING
    await days(agora, DAYS)
    ratna = agora.chat(RATNA)
    message = next(one for one in ratna.messages if one.text.startswith("Stunting: "))

    await ratna.press(message.key("Baca"), message)
    assert "①" in message.text


async def test_what_was_reviewed_before_the_letter_went_out_is_not_said(agora):
    await becomes(agora, RATNA, themes=["stunting"])
    agora.now = SPRING
    postman = post(agora)
    await postman.plan()
    # As though every article had been reviewed meanwhile.
    agora.now = dt.datetime(2026, 11, 25, 3, tzinfo=dt.UTC)
    async with agora.database.writing() as session:
        for letter in await session.exec(select(Letter).where(Letter.kind == "guidance-due")):
            letter.due_at = agora.now
            session.add(letter)
    while await postman.carry():
        pass

    assert not heard(agora, RATNA)
