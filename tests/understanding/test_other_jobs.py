"""Messages of well over a hundred jobs, all invented, scored as the scorer scores."""

from pathlib import Path

import pytest

from tests.bench.nlu import figures, leave_one_out, load, score

MESSAGES = Path(__file__).with_name("other_jobs.jsonl")


@pytest.fixture(scope="module")
def cases():
    return load(MESSAGES)


@pytest.fixture(scope="module")
def marks(cases):
    return score(cases, 0.0, 1)[0]


@pytest.mark.parametrize(
    ("figure", "least"),
    [
        ("intent", 0.98),
        ("day", 0.99),
        ("quantity", 0.98),
        ("unit", 0.95),
        ("duration", 0.99),
        ("links", 1.0),
        ("all_slots", 0.98),
        ("rhk_top1", 0.93),
        ("rhk_top3", 0.98),
        ("link_precision", 0.97),
        ("link_coverage", 0.6),
    ],
)
def test_messages_of_many_jobs_are_understood(marks, figure, least):
    assert figures(marks, 0.0)[figure] >= least


def test_links_at_a_level_learnt_from_other_jobs_are_right(marks):
    right, linked, logs = leave_one_out(marks)

    assert right / linked >= 0.95
    assert linked / logs >= 0.60


@pytest.mark.parametrize("seed", [1, 2])
def test_slips_of_the_thumb_cost_little(cases, marks, seed):
    clean = figures(marks, 0.0)["all_slots"]

    assert figures(*score(cases, 0.15, seed))["all_slots"] >= clean - 0.06
