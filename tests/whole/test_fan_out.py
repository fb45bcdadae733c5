"""A process that is killed in the middle of a fan-out."""

import asyncio

import pytest

from tests.bench.plot import Plot
from tests.bench.storm import Storm
from tests.databases import KINDS, Templates

PEOPLE = 60
SENT = 12


class FanOut(Storm):
    """Remind many at one instant, and kill the postman while it carries the letters."""

    async def blow(self) -> None:
        """Kill once, after some letters have gone out and before the others have."""
        await self.bot.started()
        await self.until_none(self.to_wait_for)
        self.bot.kill()
        self.outcome.kills += 1
        self.outcome.answered_amid = await self.carried()
        await self.look()

    async def to_wait_for(self) -> int:
        return max(0, SENT - await self.carried())

    async def carried(self) -> int:
        calls = await self.world.calls("sendMessage")
        return sum(1 for call in calls if call["ok"])


@pytest.mark.slow
@pytest.mark.parametrize("kind", KINDS)
def test_after_a_kill_in_a_fan_out_the_rest_goes_out_and_none_twice_beyond_what_was_in_flight(
    kind, database_templates: Templates, tmp_path
):
    plot = Plot(kind, "polling", kills=1, seed=1, writers=0, silent=PEOPLE, longest_life=0.0)
    storm = FanOut(plot, tmp_path, database_templates.copy(kind))
    outcome = asyncio.run(storm.run())

    print(outcome)  # noqa: T201  # Shown when it fails.
    assert outcome.faults == []
    assert SENT <= outcome.answered_amid < PEOPLE
    assert outcome.reminders == PEOPLE
    assert outcome.reminders_doubled <= sum(storm.letters_exposed.values())
