import pytest
from sqlalchemy import select
from sqlmodel import col

from db.keys import among
from db.models.people import Employee
from tests.factories import a_team


@pytest.mark.parametrize("keys", [[], [1], list(range(2, 600))])
async def test_many_keys_match_their_rows_and_no_others(database, keys):
    _, members = await a_team(database, members=3)
    query = select(col(Employee.id)).where(among(col(Employee.id), keys))
    async with database.reading() as session:
        found = set((await session.execute(query)).scalars())

    assert found & set(members) == set(members) & set(keys)
    assert found <= set(keys)


async def test_many_keys_are_looked_up_and_not_gone_through(database):
    query = select(col(Employee.id)).where(among(col(Employee.id), [1, 2]))
    written = str(query.compile(database.engine.sync_engine))
    if not database.sqlite:
        # What PostgreSQL chooses depends on how many rows there are.
        assert "employee.id = ANY (" in written
        return
    async with database.reading() as session:
        connection = await session.connection()
        plan = await connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {written}", ("[1, 2]",))
        steps = [row[3] for row in plan]

    assert any(step.startswith("SEARCH employee USING INTEGER PRIMARY KEY") for step in steps)
