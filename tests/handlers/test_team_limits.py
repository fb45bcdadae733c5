"""The leader's screens hold few buttons and few words, however much there is to show."""

import pytest
from sqlmodel import select

from bot.ui.keyboards import MOST_BUTTONS
from db.models.plans import Plan, WorkResult
from tests.factories import a_team
from tests.handlers.pages import choose, every_choice
from tests.team_rows import a_day, change, is_away, logs, proved, raised

SCREENS = {
    "team", "team-now", "team-one", "team-more", "team-result", "team-entry", "team-proofs",
    "team-units", "team-obstacles", "team-people", "team-all", "team-share",
}  # fmt: skip


async def with_many_results(agora, person: int) -> None:
    async with agora.database.writing() as session:
        query = select(Plan).where(Plan.employee_id == person)
        plan = (await session.exec(query)).one()
        session.add_all(
            WorkResult(plan_id=plan.id, employee_id=person, number=n, text=f"Tugas {n}")
            for n in range(4, 10)
        )


@pytest.mark.parametrize("count", [1, 12, 40])
async def test_the_summary_fits_a_screen_for_every_size_and_stretch(agora, count):
    _, members = await a_team(agora.database, members=count)
    for n, one in enumerate(members):
        name = f"Ni Luh Putu Sri Wahyuningtyas Kusumaningrum Contoh, S.Tr.Keb., M.Kes. {n}"
        await change(agora.database, one, name=name, address=None)
        if n % 5 == 4:
            await is_away(agora.database, one)
        elif n % 2:
            await logs(agora.database, one, number=1, quantity="60", unit="balita")
        if n % 3 == 0:
            await raised(agora, one, "alat ukur rusak dan belum ada gantinya " * 5, days=2)
    chat = agora.chat(100)

    for word in ("", "minggu", "bulan"):
        text = await chat.say(f"/tim {word}".strip())
        assert len(text.encode("utf-16-le")) // 2 <= 1000
        assert len(chat.last.labels) <= MOST_BUTTONS
        assert "Perlu perhatian" in text


async def test_no_screen_of_a_team_has_more_than_five_buttons(agora):
    _, members = await a_day(agora)
    await with_many_results(agora, members[0])
    for _ in range(4):
        await proved(agora, members[0])
    await raised(agora, members[2], "alat rusak")
    chat = agora.chat(100)
    await chat.say("/tim")
    shown, met, left = chat.last, set(), keys(chat.last)

    while left:
        key = left.pop()
        verb = key.partition(":")[0]
        if key in met or verb not in SCREENS:
            continue
        met.add(key)
        assert not await chat.press(key, shown)
        left |= keys(shown)
        assert all(len(label) <= 22 for label in shown.labels), key
        assert all(len(line) <= 2 for line in shown.keyboard), key
        assert len(shown.labels) <= MOST_BUTTONS, key

    assert {key.partition(":")[0] for key in met} == SCREENS - {"team-units"}


def keys(shown) -> set[str]:
    return {shown.key(label) for label in shown.labels}


async def test_a_person_with_much_to_open_is_turned_part_by_part(agora):
    _, members = await a_day(agora)
    await with_many_results(agora, members[0])
    chat = agora.chat(100)
    await chat.say("/tim")
    await chat.tap("Rinci orang")
    await choose(chat, "Sari Contoh 1")

    found = await every_choice(chat)

    assert [one for one in found if one.startswith("RHK")] == [f"RHK {n}" for n in range(1, 10)]
    assert {"Catatan 1", "Catatan 2", "Lainnya", "Kembali"} < set(found)
    assert "RHK 9" in await choose(chat, "RHK 9")
    assert (await chat.tap("Kembali")).startswith("Sari Contoh 1, Nutrisionis")
    assert len(chat.messages) == 1


async def test_much_proof_is_turned_part_by_part_and_all_of_it_can_be_seen(agora):
    _, members = await a_day(agora)
    for _ in range(9):
        await proved(agora, members[0])
    chat = agora.chat(100)
    await chat.say("/tim")
    await chat.tap("Rinci orang")
    await choose(chat, "Sari Contoh 1")
    first = await chat.tap("Catatan 1")

    found = await every_choice(chat)
    await choose(chat, "Bukti 17")

    # Every other proof is a link, which stands in the text.
    assert [one for one in found if one.startswith("Bukti")] == [
        f"Bukti {place}" for place in range(1, 18, 2)
    ]
    assert {"Tanggapi", "Kembali"} < set(found)
    assert "6. Daftar" in first
    assert "7." not in first
    assert "17. 1 foto: Foto <posyandu>" in chat.messages[0].text
    assert chat.last.kind == "photo"
