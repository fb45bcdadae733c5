import datetime as dt
from db import teams, people
from tests.factories import a_team
async def test_x(database):
    leader, members = await a_team(database)
    async with database.reading() as s:
        l = await people.by_id(s, leader); m = await people.by_id(s, members[0])
        assert await teams.leads(s, l, on=dt.date(2026,11,24))
        assert not await teams.leads(s, l, on=dt.date(2019,11,24))
        assert not await teams.leads(s, m, on=dt.date(2026,11,24))
        assert await people.with_special_menus(s) == [(100,"id",["leader"])]
