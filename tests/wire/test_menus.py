import pytest
from sqlmodel import select

from bot.ui.commands import PLANNED
from bot.wire.menus import publish_menus
from db.models.people import Employee
from tests.factories import a_team

LEADER, SARI = 100, 101


@pytest.fixture
async def team(agora):
    await a_team(agora.database, members=1)
    async with agora.database.writing() as session:
        query = select(Employee).where(Employee.telegram_id == SARI)
        person = (await session.exec(query)).one()
        person.roles, person.language = ["admin"], "en"


async def published(agora) -> dict[tuple, dict[str, str]]:
    """Publish the menus; give each by its chat (0: everybody) and its language."""
    await publish_menus(agora.application.bot, agora.database)
    return {
        (call["scope"].get("chat_id", 0), call.get("language_code", "")): {
            one["command"]: one["description"] for one in call["commands"]
        }
        for name, call in agora.edge.calls
        if name == "setMyCommands"
    }


async def test_everybody_sees_the_menu_in_the_language_of_telegram(agora, team):
    menus = await published(agora)

    assert menus[0, ""]["panduan"] == "Cari panduan menurut tema atau pertanyaan"
    assert menus[0, "en"]["panduan"] == "Find guidance by theme or question"
    assert not {"tim", "undang"} & menus[0, ""].keys()


async def test_leaders_and_admins_see_theirs_in_their_own_language(agora, team):
    menus = await published(agora)

    assert "tim" in menus[LEADER, ""]
    assert "undang" not in menus[LEADER, ""]
    assert menus[SARI, ""]["undang"] == "Make an invitation code"


async def test_nothing_is_offered_that_is_still_to_come(agora, team):
    for menu in (await published(agora)).values():
        assert not menu.keys() & set(PLANNED)
        assert all(0 < len(words) <= 256 for words in menu.values())


@pytest.mark.parametrize(
    "trouble", ["400 Bad Request: chat not found", "403 Forbidden", "429 x: retry after 1"]
)
async def test_one_menu_that_telegram_does_not_take_keeps_no_other_away(agora, team, trouble):
    agora.edge.troubles.append(trouble)
    menus = await published(agora)

    assert {(0, ""), (0, "en"), (LEADER, ""), (SARI, "")} == menus.keys()
