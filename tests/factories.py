"""Invented people with plans, for tests."""

import datetime as dt
from decimal import Decimal

from bot.skp.plans import Aggregation
from db.engine import Database
from db.models.people import Employee, Placement, Unit
from db.models.plans import Indicator, Plan, WorkResult

LONG_AGO = dt.date(2020, 1, 1)


async def a_team(database: Database, *, members: int = 3) -> tuple[int, list[int]]:
    """Make a unit with a leader (account 100) and members (101, 102, …); give their keys."""
    async with database.writing() as session:
        unit = Unit(code="GIZI", name="Seksi Gizi", zone="Asia/Makassar", week=5)
        session.add(unit)
        await session.flush()
        leader = employee(0, name="Drs. Hendra Contoh", address="Pak Hendra")
        people = [
            employee(n, name=f"Sari Contoh {n}", address=f"Bu Sari {n}")
            for n in range(1, members + 1)
        ]
        everybody = [leader, *people]
        session.add_all(everybody)
        await session.flush()
        plans = []
        for one in everybody:
            above = None if one is leader else leader.id
            session.add(
                Placement(
                    employee_id=one.id,
                    unit_id=unit.id,
                    supervisor_id=above,
                    position="Nutrisionis",
                    since=LONG_AGO,
                )
            )
            plans.append(Plan(employee_id=one.id, year=2026, rater_id=above))
        session.add_all(plans)
        await session.flush()
        await results(session, *plans)
    return leader.id, [one.id for one in people]


def employee(n: int, **more) -> Employee:
    settings = {
        "nip": f"19900101201501{n % 2 + 1}{n + 1:03}",
        "name": f"Orang Contoh {n}",
        "phone": f"+62811000{n:04}",
        "roles": ["pegawai"],
        "zone": "Asia/Makassar",
        "telegram_id": 100 + n,
        # Advice would stand under the receipts of many tests; those of advice switch it on.
        "tips_on": False,
        "consented_at": dt.datetime(2026, 1, 5, tzinfo=dt.UTC),
        "consent_version": "1",
        **more,
    }
    return Employee(**settings)


RESULTS = (
    ("Terlaksananya pemantauan pertumbuhan balita di posyandu", 480, "balita", ["stunting"]),
    (
        "Terlaksananya pendampingan balita berisiko stunting",
        40,
        "balita",
        ["stunting", "gizi-buruk"],
    ),
    ("Tersusunnya laporan bulanan gizi tepat waktu", 12, "laporan", []),
)


async def results(session, *plans: Plan) -> None:
    """Give every plan the same results with their indicators."""
    rows = [
        WorkResult(
            plan_id=plan.id, employee_id=plan.employee_id, number=number, text=text, themes=themes
        )
        for plan in plans
        for number, (text, _, _, themes) in enumerate(RESULTS, start=1)
    ]
    session.add_all(rows)
    await session.flush()
    for row in rows:
        _, target, unit, _ = RESULTS[row.number - 1]
        session.add(
            Indicator(
                work_result_id=row.id,
                text=f"Jumlah {unit}",
                target=Decimal(target),
                unit=unit,
                aggregation=Aggregation.SUM,
            )
        )
