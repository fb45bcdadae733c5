"""Plans that are put before a rater, and what became of them."""

from sqlmodel import select

from bot.post.postman import Postman
from db.models.people import Employee, Placement
from db.models.plans import Plan, WorkResult
from tests.factories import LONG_AGO, a_team, employee

LEADER, SARI, NEWCOMER, ADMIN = 100, 101, 107, 108


async def a_team_with_a_newcomer(agora):
    """Make a team in which one person has no plan yet; give the leader's chat."""
    leader_id, _ = await a_team(agora.database, members=2)
    async with agora.database.writing() as session:
        place = (await session.exec(select(Placement))).first()
        person = employee(7, name="Made Contoh")
        session.add_all([person, employee(8, name="Admin Contoh", roles=["admin"])])
        await session.flush()
        session.add(
            Placement(
                employee_id=person.id,
                unit_id=place.unit_id,
                supervisor_id=leader_id,
                position="Nutrisionis",
                since=LONG_AGO,
            )
        )
    return agora.chat(LEADER)


async def carried(postman: Postman) -> None:
    while await postman.carry():
        pass


async def all_of(agora, model) -> list:
    async with agora.database.reading() as session:
        return list(await session.exec(select(model).order_by(model.id)))


async def plan_of(agora, account: int) -> tuple[Plan, list[WorkResult]]:
    async with agora.database.reading() as session:
        query = select(Plan).join(Employee, Employee.id == Plan.employee_id)
        plan = (await session.exec(query.where(Employee.telegram_id == account))).one()
        below = select(WorkResult).where(WorkResult.plan_id == plan.id).order_by(WorkResult.number)
        return plan, list(await session.exec(below))


async def drafted(agora, text: str = "Pelatihan kader; 2 kegiatan\nKajian; 1 dokumen"):
    """Let the newcomer draft a plan; give their chat with the plan in view."""
    chat = agora.chat(NEWCOMER)
    await chat.say("/skp")
    await chat.tap("Tambah RHK")
    await chat.say(text)
    await chat.tap("Simpan")
    return chat


async def submitted(agora, text: str = "Pelatihan kader; 2 kegiatan\nKajian; 1 dokumen"):
    chat = await drafted(agora, text)
    await chat.tap("Ajukan ke atasan")
    return chat


async def revised(
    agora, reason: str = "Target disesuaikan dengan anggaran", target: str = "60 balita"
):
    """Let Sari hand in a new target for an RHK that is approved."""
    sari = agora.chat(SARI)
    await sari.say("/skp")
    await sari.tap("Rinci 2")
    await sari.tap("Ubah")
    await sari.tap("Target")
    await sari.say(target)
    await sari.tap("Kembali")
    assert "ini sebuah revisi. Apa alasannya?" in await sari.tap("Ajukan ke atasan")
    await sari.say(reason)
    return sari
