import datetime as dt

import pytest

from bot.skp.dealings import PHRASES, FeedbackKind, Phrase, waiting_since
from bot.skp.workdays import WorkCalendar, is_worked

CALENDAR = WorkCalendar(5, {dt.date(2026, 11, 19): "Libur"})


@pytest.mark.parametrize(
    ("today", "since"), [("2026-11-24", "2026-11-17"), ("2026-11-21", "2026-11-13")]
)
def test_entries_wait_for_an_answer_for_five_working_days(today, since):
    assert waiting_since(dt.date.fromisoformat(today), CALENDAR) == dt.date.fromisoformat(since)


def test_every_phrase_belongs_to_one_kind():
    said = [phrase for kind in FeedbackKind for phrase in PHRASES[kind]]

    assert sorted(said) == sorted(Phrase)


@pytest.mark.parametrize(
    ("moment", "leave_at", "free", "worked"),
    [
        ("2026-11-24 07:30", None, False, True),
        ("2026-11-24 07:29", None, False, False),
        ("2026-11-24 15:59", None, False, True),
        ("2026-11-24 16:00", None, False, False),
        ("2026-11-27 16:29", None, False, True),
        ("2026-11-24 14:00", dt.time(14), False, False),
        ("2026-11-24 10:00", None, True, False),
        ("2026-11-28 10:00", None, False, False),
    ],
)
def test_somebody_is_at_work_in_the_hours_of_a_working_day(moment, leave_at, free, worked):
    local = dt.datetime.fromisoformat(moment)

    assert is_worked(local, 5, leave_at, free=free) is worked
