import datetime as dt

import pytest
from sqlmodel import select

from bot.post.postman import Postman
from db.models.messages import AuditRecord, Broadcast, Letter
from db.models.people import Employee, Placement, Unit
from db.states import BroadcastState, LetterState
from tests.factories import LONG_AGO, a_team, employee

MORNING = dt.datetime(2026, 11, 24, 2, 0, tzinfo=dt.UTC)
EVENING = dt.datetime(2026, 11, 24, 12, 0, tzinfo=dt.UTC)
TEXT = "Apel pagi <b>pindah</b> & jam:\n  08.00 WITA"


@pytest.fixture
async def admin(agora):
    agora.now = MORNING
    leader, _ = await a_team(agora.database, members=3)
    async with agora.database.writing() as session:
        (await session.get(Employee, leader)).roles = ["pegawai", "admin"]
        below = Unit(code="SUB", name="Subseksi Contoh", parent_id=1)
        apart = Unit(code="LAIN", name="Dinas Lain")
        session.add_all([below, apart])
        await session.flush()
        for n, unit in ((11, below), (12, apart)):
            one = employee(n, telegram_id=100 + n)
            session.add(one)
            await session.flush()
            session.add(
                Placement(employee_id=one.id, unit_id=unit.id, position="x", since=LONG_AGO)
            )
    return agora.chat(100)


async def carried(agora) -> Postman:
    postman = Postman(agora.application.bot, agora.database, agora.clock, per_second=300)
    while await postman.carry():
        pass
    return postman


def got(agora, account: int) -> list[str]:
    return [message.text for message in agora.chat(account).messages]


async def rows(agora, model) -> list:
    async with agora.database.reading() as session:
        return list(await session.exec(select(model).order_by(model.id)))


async def test_a_broadcast_reaches_everyone_as_it_was_written_and_is_reported(agora, admin):
    await admin.say(f"/siaran {TEXT}")
    shown = await admin.tap("Semua")
    assert shown == f"Pratinjau untuk semua, 6 orang, sekitar 5 detik.\n\n{TEXT}"
    assert admin.last.labels == ["Kirim", "Ubah", "Ganti penerima", "Batal"]

    said = await admin.tap("Kirim")
    assert said == "Sedang dikirim ke semua: 6 dari 6 masih menunggu.\n0 sampai."
    assert admin.last.labels == ["Hentikan", "Perbarui"]
    # Red is for what deletes.
    assert not any("style" in one for line in admin.last.keyboard for one in line)
    agora.edge.blocked.add(103)
    agora.now += dt.timedelta(seconds=2)
    await carried(agora)

    for account in (101, 102, 111, 112):
        assert got(agora, account) == [TEXT]
    assert admin.last.text == "Siaran untuk semua selesai.\n5 sampai, 1 memblokir bot."
    (broadcast,) = await rows(agora, Broadcast)
    assert broadcast.state is BroadcastState.DONE
    assert [one.action for one in await rows(agora, AuditRecord)] == ["broadcast.sent"]


async def test_the_text_may_come_after_and_a_unit_brings_those_below_it(agora, admin):
    assert "Tulis teksnya" in await admin.say("/siaran")
    await admin.say("Rapat\n\nbesok")
    assert admin.last.labels == ["Semua", "Dinas Lain", "Seksi Gizi", "Subseksi Contoh"]
    assert "Seksi Gizi, 5 orang" in await admin.tap("Seksi Gizi")
    await admin.tap("Kirim")
    agora.now += dt.timedelta(seconds=2)
    await carried(agora)

    assert got(agora, 111) == ["Rapat\n\nbesok"]
    assert got(agora, 112) == []


async def test_many_units_are_searched_by_name(agora, admin):
    async with agora.database.writing() as session:
        session.add_all([Unit(code=f"P{n}", name=f"Puskesmas {n}") for n in range(12)])
    await admin.say("/siaran Rapat")
    assert admin.last.labels == ["Semua"]
    assert "12 unit cocok" in await admin.say("puskesmas")
    assert "Belum ada unit" in await admin.say("<b>tidak ada")
    await admin.say("dinas lain")
    assert "Dinas Lain, 1 orang" in await admin.tap("Dinas Lain")


async def test_a_changed_text_keeps_its_addressees_and_the_old_button_sends_nothing(agora, admin):
    await admin.say("/siaran Lama")
    await admin.tap("Dinas Lain")
    old = admin.last.key("Kirim")
    await admin.tap("Ubah")
    assert "Dinas Lain, 1 orang" in await admin.say("Baru")

    assert await admin.press(old, admin.last) == "Tombol ini sudah tidak berlaku."
    assert await rows(agora, Letter) == []
    await admin.tap("Kirim")
    agora.now += dt.timedelta(seconds=2)
    await carried(agora)
    assert got(agora, 112) == ["Baru"]


async def test_a_double_tap_sends_once(agora, admin):
    await admin.say("/siaran Rapat")
    await admin.tap("Semua")
    key = admin.last.key("Kirim")
    await admin.press(key, admin.last)
    await admin.press(key, admin.last)
    agora.now += dt.timedelta(seconds=2)
    await carried(agora)

    assert got(agora, 101) == ["Rapat"]
    assert len(await rows(agora, AuditRecord)) == 1


async def test_what_is_not_out_yet_can_be_stopped(agora, admin):
    await admin.say("/siaran Rapat")
    await admin.tap("Semua")
    await admin.tap("Kirim")
    assert await admin.tap("Hentikan") == (
        "Siaran untuk semua dihentikan.\n0 sampai, 6 dihentikan sebelum terkirim."
    )
    postman = await carried(agora)
    await postman.plan()
    assert got(agora, 101) == []
    actions = [one.action for one in await rows(agora, AuditRecord)]
    assert actions == ["broadcast.sent", "broadcast.stopped"]


async def test_in_quiet_hours_it_waits_for_the_morning(agora, admin):
    agora.now = EVENING
    await admin.say("/siaran Rapat")
    shown = await admin.tap("Semua")
    assert "Sedang jam tenang bagi 6 orang" in shown
    assert "Kirim sekarang" in admin.last.labels
    await admin.tap("Kirim")
    await carried(agora)
    assert got(agora, 101) == []

    agora.now = dt.datetime(2026, 11, 24, 23, 0, tzinfo=dt.UTC)
    await carried(agora)
    assert got(agora, 101) == ["Rapat"]


async def test_it_may_go_out_at_once_in_quiet_hours_but_silently(agora, admin):
    agora.now = EVENING
    await admin.say("/siaran Rapat")
    await admin.tap("Semua")
    await admin.tap("Kirim sekarang")
    agora.now += dt.timedelta(seconds=2)
    await carried(agora)

    assert got(agora, 101) == ["Rapat"]
    sent = [params for name, params in agora.edge.calls if params.get("chat_id") == 101]
    assert sent[-1]["disable_notification"] is True


@pytest.mark.parametrize(
    ("text", "said"), [("x" * 3501, "Teksnya 3501 karakter; siaran paling panjang 3500.")]
)
async def test_a_text_that_is_too_long_is_refused_with_its_length(admin, text, said):
    assert (await admin.say(f"/siaran {text}")).startswith(said)
    assert "Untuk siapa?" in await admin.say(f"/siaran {'x' * 3500}")
    await admin.tap("Semua")
    assert admin.last.text.endswith("x" * 3500)


async def test_a_cancelled_broadcast_leaves_nothing(agora, admin):
    await admin.say("/siaran Rapat")
    await admin.tap("Semua")
    assert await admin.tap("Batal") == "Dibatalkan. Tidak ada yang dikirim."
    assert await rows(agora, Broadcast) == []


async def test_only_an_admin_may_and_only_the_own_one(agora, admin):
    assert "admin kepegawaian" in await agora.chat(101).say("/siaran Rapat")
    await admin.say("/siaran Rapat")
    await admin.tap("Semua")
    await admin.tap("Kirim")
    key = admin.last.key("Hentikan")
    async with agora.database.writing() as session:
        session.add(employee(20, roles=["pegawai", "admin"]))

    assert "admin kepegawaian" in await agora.chat(101).press(key, admin.last)
    assert await agora.chat(120).press(key, admin.last) == "Tombol ini sudah tidak berlaku."
    assert {one.state for one in await rows(agora, Letter)} == {LetterState.DUE}


async def test_the_same_in_english(agora, admin):
    async with agora.database.writing() as session:
        (
            await session.exec(select(Employee).where(Employee.telegram_id == 100))
        ).one().language = "en"
    await admin.say("/siaran Hello")
    assert (await admin.tap("Everyone")).startswith("Preview for everyone, 6 people, about 5 sec")
    await admin.tap("Send")
    agora.now += dt.timedelta(seconds=2)
    await carried(agora)
    assert admin.last.text == "The broadcast to everyone is out.\n6 arrived."
