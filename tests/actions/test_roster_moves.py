"""What becomes of the cascade when people move: what was logged under a leader stays there."""

from dataclasses import replace

import pytest
from sqlmodel import select

from bot.actions import rosters
from db.models.plans import FormerParent, WorkResult
from tests.actions.test_rosters import take_in
from tests.rosters import HEAD, MADE, PEOPLE, RESULTS, SARI, TODAY, TOMORROW, only, result, roster
from tests.rosters import ResultRef as Ref

MADES = result(4, MADE, 1, "Kader dilatih")
TO_MADE = (replace(RESULTS[0], parent=Ref(MADE, 1)),)
UNDER_MADE = (replace(PEOPLE[0], supervisor=MADE),)


async def former(database) -> list[tuple[int, int | None, object]]:
    async with database.reading() as session:
        query = select(FormerParent.work_result_id, FormerParent.parent_id, FormerParent.until)
        return [tuple(row) for row in await session.exec(query.order_by(FormerParent.id))]


async def results(database) -> dict[tuple[str, int], WorkResult]:
    async with database.reading() as session:
        return {one.text: one for one in await session.exec(select(WorkResult))}


@pytest.fixture
async def here(database):
    """Give a database with the small roster, in which Made has an RHK of their own."""
    await take_in(database, roster(work_results=(*RESULTS, MADES)))
    return database


async def test_who_moves_leaves_what_was_logged_with_the_earlier_goal(here):
    await take_in(here, only(employees=UNDER_MADE, work_results=TO_MADE), today=TOMORROW)

    rows = await results(here)
    own = rows["Balita didampingi"]
    assert own.parent_id == rows["Kader dilatih"].id
    assert await former(here) == [(own.id, rows["Stunting turun"].id, TOMORROW)]


@pytest.mark.parametrize("first", ["people", "results"])
async def test_it_does_not_matter_which_sheet_comes_first(here, first):
    files = [only(employees=UNDER_MADE), only(work_results=TO_MADE)]
    for one in files if first == "people" else files[::-1]:
        await take_in(here, one, today=TOMORROW)

    ((_, _, until),) = await former(here)
    assert until == TOMORROW


async def test_a_goal_that_follows_days_after_the_move_counts_from_the_move(here):
    await take_in(here, only(employees=UNDER_MADE), today=TOMORROW)
    await take_in(here, only(work_results=TO_MADE), today=TOMORROW.replace(day=30))

    ((_, _, until),) = await former(here)
    assert until == TOMORROW


async def test_linking_later_takes_everything_along(database):
    await take_in(database, roster(work_results=(replace(RESULTS[0], parent=None), RESULTS[1])))
    await take_in(database, roster(), today=TOMORROW)

    assert await former(database) == []


async def test_a_link_that_was_a_slip_takes_everything_along(here):
    await take_in(here, only(work_results=TO_MADE), today=TODAY)
    # Sari works under the head and has never worked under Made.
    async with here.writing() as session:
        for row in await session.exec(select(FormerParent)):
            await session.delete(row)

    await take_in(here, only(work_results=RESULTS[:1]), today=TOMORROW)

    assert await former(here) == []


async def test_another_goal_of_the_same_leader_takes_everything_along(here):
    second = result(5, HEAD, 2, "Gizi membaik")
    moved = replace(RESULTS[0], parent=Ref(HEAD, 2))

    await take_in(here, only(work_results=(second, moved)), today=TOMORROW)

    assert await former(here) == []


async def test_the_same_move_twice_is_kept_once(here):
    await take_in(here, only(employees=UNDER_MADE, work_results=TO_MADE), today=TOMORROW)
    await take_in(here, only(work_results=RESULTS[:1]), today=TOMORROW)
    await take_in(here, only(work_results=TO_MADE), today=TOMORROW)

    assert len(await former(here)) == 1


async def test_a_circle_is_refused(here):
    circle = (replace(MADES, parent=Ref(SARI, 1)), *TO_MADE)
    async with here.reading() as session:
        found = await rosters.compare(
            session, only(work_results=circle), today=TODAY, agency_zone="Asia/Jakarta"
        )

    assert [one.column for one in found.problems] == ["parent"]
