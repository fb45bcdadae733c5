import pytest
from sqlmodel import select

from bot.wire.fitting import visible
from db.models.messages import Answer
from db.people import by_telegram, mark_unreachable
from tests.chat import library
from tests.factories import a_team
from tests.handlers.readers import reads

SARI, STRANGER = 101, 900


@pytest.fixture
async def chat(agora):
    await a_team(agora.database, members=1)
    return agora.chat(SARI)


async def test_a_word_behind_the_name_offers_three_articles(chat):
    cards = await chat.inline("stunting")

    assert len(cards) == 3
    for card in cards:
        article = library().article(card["id"])
        assert card["title"] == article.title
        assert card["description"] == article.summary
        assert card["input_message_content"]["parse_mode"] == "HTML"
        assert article.title in card["input_message_content"]["message_text"]
        ((button,),) = card["reply_markup"]["inline_keyboard"]
        assert button["url"] == "https://t.me/asisten_asn_bot"
    assert chat.messages == []


async def test_the_cards_are_in_the_readers_language(agora, chat):
    await reads(agora, SARI, "en")
    cards = await chat.inline("apa itu RHK")

    assert cards[0]["title"] == library().article("skp-apa-itu-rhk-iki").title_en


async def test_a_stranger_is_offered_guidance_and_nothing_else(agora):
    cards = await agora.chat(STRANGER).inline("inflasi")

    assert len(cards) == 3


async def test_before_anything_is_typed_the_basics_are_offered(chat):
    assert [card["id"] for card in await chat.inline("  ")] == [
        "skp-apa-itu-rhk-iki",
        "skp-rhk-berdampak",
        "ekinerja-menulis-catatan",
    ]


async def test_what_nothing_fits_is_answered_with_nothing(agora, chat):
    assert await chat.inline("kilang minyak angkasa") == []
    async with agora.database.reading() as session:
        (answer,) = await session.exec(select(Answer))
    assert answer.method == "answerInlineQuery"
    assert answer.params["results"] == []


async def test_hostile_words_and_long_ones_are_answered(chat):
    await chat.inline('<b>&"</b> {x} %s \u202e 😀 </a> stunting')
    assert len(await chat.inline("stunting " * 28)) == 3


async def test_every_card_can_be_sent(chat):
    for question in ("stunting", "skp", "tkdn", "pakta integritas", "bansos salah sasaran"):
        for card in await chat.inline(question):
            assert 0 < visible(card["input_message_content"]["message_text"]) <= 4096


async def test_whoever_blocked_us_stays_unreachable(agora, chat):
    async with agora.database.writing() as session:
        await mark_unreachable(session, SARI, now=agora.now)
    await chat.inline("stunting")

    async with agora.database.reading() as session:
        assert (await by_telegram(session, SARI)).unreachable_since is not None
