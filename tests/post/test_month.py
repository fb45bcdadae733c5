"""A month of an invented agency by the real clock: some days here, the whole in `make proof`."""

import asyncio
import dataclasses
import datetime as dt
import os

import pytest

from tests.bench.manners import judge
from tests.bench.simulated import Month, World, simulate
from tests.databases import KINDS, Templates

WHOLE = os.environ.get("PROOF") == "1"
WORLD = World(300, 30, 5) if WHOLE else World(30, 8, 5, dt.timedelta(minutes=30))


@pytest.fixture(scope="module")
def month(database_templates: Templates, tmp_path_factory: pytest.TempPathFactory) -> Month:
    url = database_templates.copy(KINDS[0])
    return asyncio.run(simulate(url, tmp_path_factory.mktemp("month"), WORLD))


@pytest.mark.slow
def test_every_message_is_accounted_for_and_none_is_rude(month):
    report = judge(month, WORLD.days)

    assert report.faults == {}, report.examples
    assert {"prompt", "follow-up", "help", "digest", "catch-up", "snooze"} <= set(report.letters)
    assert report.messages == sum(report.letters.values()) > WORLD.people
    assert report.blocked > 0


@pytest.mark.slow
@pytest.mark.parametrize(
    ("change", "fault"),
    [
        (lambda one: dataclasses.replace(one, at=one.at + dt.timedelta(hours=12)), "quiet hours"),
        (lambda one: dataclasses.replace(one, number=-1), "sent, not heard"),
        (lambda one: dataclasses.replace(one, at=one.at + dt.timedelta(days=5)), "on a day off"),
    ],
)
def test_the_judge_sees_what_is_rude_or_lost(month, change, fault):
    worse = dataclasses.replace(month, heard=[change(month.heard[0]), *month.heard[1:]])

    assert any(fault in one for one in judge(worse, WORLD.days).faults)
