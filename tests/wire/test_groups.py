import pytest

from bot.ui.commands import BUILT
from tests.factories import a_team

GROUP = {"id": -500, "type": "supergroup", "title": "Seksi Gizi"}
REFUSED = "Ini tidak dapat dijawab di sini. Silakan buka obrolan pribadi dengan saya."


def said_in_the_group(agora):
    return [one.text for (place, _), one in agora.edge.messages.items() if place == GROUP["id"]]


async def write(agora, chat, text):
    entities = [{"type": "bot_command", "offset": 0, "length": len(text.split()[0])}]
    frame = chat.frame(text=text, **({"entities": entities} if text.startswith("/") else {}))
    await agora.take({"update_id": agora.update_id(), "message": frame | {"chat": GROUP}})


@pytest.fixture
async def chat(agora):
    await a_team(agora.database)
    return agora.chat(100)


@pytest.mark.parametrize("command", [name for name, _, _ in BUILT] + ["dataku", "entah"])
async def test_where_others_read_along_a_command_tells_nothing(agora, chat, command):
    await write(agora, chat, f"/{command}")

    assert said_in_the_group(agora) == [REFUSED]
    assert [m.labels for (place, _), m in agora.edge.messages.items() if place == GROUP["id"]] == [
        []
    ]


@pytest.mark.parametrize("text", ["dampingi 6 balita di posyandu", "/skp@bot_lain", "apa itu RHK?"])
async def test_what_people_say_to_each_other_is_passed_over(agora, chat, text):
    await write(agora, chat, text)

    assert said_in_the_group(agora) == []
    assert "Belum ada catatan" in await chat.say("/riwayat")


async def test_a_button_in_a_group_is_refused_over_the_chat_alone(agora, chat):
    await chat.say("/menu")
    query = {
        "id": "7",
        "from": chat.user,
        "chat_instance": "1",
        "data": "menu",
        "message": agora.edge.shape(chat.last) | {"chat": GROUP},
    }
    await agora.take({"update_id": agora.update_id(), "callback_query": query})

    assert agora.edge.toasts[-1] == ("7", REFUSED)
    assert said_in_the_group(agora) == []
