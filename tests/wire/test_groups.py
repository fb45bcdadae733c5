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


@pytest.mark.parametrize(
    "command", [name for name, _, _ in BUILT if name != "tim"] + ["dataku", "entah"]
)
async def test_where_others_read_along_a_command_tells_nothing(agora, chat, command):
    await write(agora, chat, f"/{command}")

    assert said_in_the_group(agora) == [REFUSED]
    assert [m.labels for (place, _), m in agora.edge.messages.items() if place == GROUP["id"]] == [
        []
    ]


@pytest.mark.parametrize("command", ["/tim", "/tim minggu", "/TIM@asisten_asn_bot"])
async def test_a_leader_who_asks_for_the_team_is_answered_alone(agora, chat, command):
    await write(agora, chat, command)

    assert said_in_the_group(agora) == ["Jawabannya ada di obrolan pribadi dengan saya."]
    assert chat.last.kind == "photo"
    assert chat.last.text.startswith("Seksi Gizi")
    await chat.tap("Rinci orang")
    assert "Sari Contoh 1" in chat.last.text
    assert len(said_in_the_group(agora)) == 1


async def test_who_leads_nobody_is_told_so_alone(agora, chat):
    sari = agora.chat(101)
    await write(agora, sari, "/tim")

    assert said_in_the_group(agora) == ["Jawabannya ada di obrolan pribadi dengan saya."]
    assert "belum dikenali sebagai atasan" in sari.last.text
    assert chat.messages == []


@pytest.mark.parametrize(("account", "command"), [(4711, "/tim"), (100, "/timur")])
async def test_a_stranger_and_another_word_are_shown_the_way(agora, chat, account, command):
    await write(agora, agora.chat(account), command)

    assert said_in_the_group(agora) == [REFUSED]
    assert agora.chat(account).messages == []


async def test_a_reply_in_the_group_to_anything_is_answered_alone_too(agora, chat):
    entities = [{"type": "bot_command", "offset": 0, "length": 4}]
    frame = chat.frame(text="/tim", entities=entities) | {"chat": GROUP}
    frame["reply_to_message"] = chat.frame(text="x") | {"chat": GROUP}
    await agora.take({"update_id": agora.update_id(), "message": frame})

    assert chat.last.kind == "photo"


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
