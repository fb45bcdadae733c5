"""Kills at random instants: a handful here, hundreds in `make proof`."""

import asyncio
import os

import pytest

from tests.bench.plot import Plot
from tests.bench.storm import Storm
from tests.databases import KINDS, Templates

# The seeds differ from run to run only when somebody wishes it.
SEED = int(os.environ.get("CHAOS_SEED", "5"))
WHOLE = os.environ.get("PROOF") == "1"


@pytest.mark.slow
@pytest.mark.parametrize("receive", ["polling", "webhook"])
@pytest.mark.parametrize("kind", KINDS)
def test_kills_lose_nothing_and_repeat_only_what_was_in_flight(
    kind, receive, database_templates: Templates, tmp_path
):
    plot = (
        Plot(kind, receive, kills=75, seed=SEED)
        if WHOLE
        else Plot(kind, receive, kills=2, seed=SEED, silent=6, longest_life=2.4)
    )
    outcome = asyncio.run(Storm(plot, tmp_path, database_templates.copy(kind)).run())

    print(outcome)  # noqa: T201  # Shown when it fails; the seed repeats the instants.
    assert outcome.faults == []
    assert outcome.kills == plot.kills
    assert outcome.messages > 0
    assert outcome.reminders == plot.silent
