import datetime as dt

import pytest

from bot.actions.team_views import Scale, View
from bot.actions.teams import survey
from bot.i18n import translator
from bot.ui.team_charts import chart
from db.models.people import Employee
from tests.factories import a_team
from tests.team_rows import TODAY, logs

NOW = dt.datetime(2026, 11, 24, 8, 50, tzinfo=dt.UTC)


@pytest.mark.parametrize(
    ("language", "scale", "labels"),
    [
        ("id", Scale.DAY, ["tercatat", "belum"]),
        ("en", Scale.DAY, ["logged", "not yet"]),
        ("id", Scale.WEEK, ["hari tercatat", "hari kosong"]),
        ("en", Scale.WEEK, ["days logged", "days empty"]),
    ],
)
async def test_the_picture_leaves_out_what_is_none(database, language, scale, labels):
    leader, members = await a_team(database, members=2)
    await logs(database, members[0], number=1)
    async with database.reading() as session:
        person = await session.get(Employee, leader)
        team = await survey(session, person, View(scale, TODAY), today=TODAY)

    shown = chart(translator(language), team, NOW, "Asia/Makassar")

    assert [one.label for one in shown.counts] == labels


async def test_the_picture_says_also_that_nobody_logged(database):
    leader, _ = await a_team(database, members=2)
    async with database.reading() as session:
        person = await session.get(Employee, leader)
        team = await survey(session, person, View(Scale.DAY, TODAY), today=TODAY)

    shown = chart(translator("id"), team, NOW, "Asia/Makassar")

    assert [(one.label, one.number) for one in shown.counts] == [("tercatat", 0), ("belum", 2)]
