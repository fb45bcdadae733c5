import datetime as dt

import pytest

from bot.skp.quiet import out_of_quiet
from bot.skp.reminders import Choice, Habits, Kind, Wishes
from bot.skp.seasons import Season
from bot.skp.timetables import Slot, closing, next_look, push, timetable, too_late
from bot.skp.workdays import WorkCalendar

FREE = {dt.date(2026, 12, 24): "Cuti bersama", dt.date(2026, 12, 25): "Natal"}
OFFICE = WorkCalendar(5, FREE)
ALL = Habits(frozenset(Kind))
SILENT_EVENING = Wishes(prompts_on=False)
MONDAY = ["08:00 digest", "08:00 waiting", "08:00 catch-up"]


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def told(slots) -> list[str]:
    return [f"{slot.at:%H:%M} {slot.kind}" for slot in slots]


def kinds(date: str, wishes=SILENT_EVENING, habits=ALL, came_in=None) -> set[str]:
    return {slot.kind.value for slot in timetable(day(date), OFFICE, wishes, habits, came_in)}


@pytest.mark.parametrize(
    ("date", "slots"),
    [
        ("2026-11-24", ["08:00 waiting", "15:45 prompt", "16:45 follow-up"]),
        ("2026-11-27", ["08:00 waiting", "16:15 prompt", "17:15 follow-up"]),
        ("2026-11-28", []),
        ("2026-12-25", []),
        ("2026-11-23", [*MONDAY, "15:45 prompt", "16:45 follow-up"]),
        ("2026-12-28", [*MONDAY, "15:45 prompt", "16:45 follow-up"]),
        (
            "2026-11-30",
            [*MONDAY[:2], "08:00 closing", MONDAY[2], "15:45 prompt", "16:45 follow-up"],
        ),
    ],
)
def test_by_default_little_comes_and_nothing_on_free_days(date, slots):
    assert told(timetable(day(date), OFFICE, Wishes(), Habits())) == slots


@pytest.mark.parametrize(
    ("date", "more"),
    [
        ("2026-11-24", {"plan", "waiting"}),
        ("2026-11-25", {"plan", "waiting", "guidance"}),
        ("2026-11-26", {"plan", "waiting", "closing", "quiz"}),
        ("2026-11-30", {"plan", "waiting", "closing", "digest", "catch-up", "recap"}),
        ("2026-12-01", {"plan", "waiting", "action-plan"}),
        ("2026-12-24", set()),
    ],
)
def test_each_kind_has_its_days(date, more):
    assert kinds(date) == more


@pytest.mark.parametrize(
    ("date", "ends"),
    [
        ("2026-11-25", None),
        ("2026-11-26", "2026-11-01"),
        ("2026-11-30", "2026-11-01"),
        # Before a quarter and a year end there are more days for what they lack.
        ("2026-09-23", None),
        ("2026-09-24", "2026-07-01"),
        ("2026-09-28", "2026-07-01"),
        ("2026-09-30", "2026-07-01"),
        ("2026-12-16", "2026-01-01"),
        ("2026-12-17", None),
        ("2026-12-23", "2026-01-01"),
        ("2026-12-29", "2026-01-01"),
        ("2026-12-31", "2026-01-01"),
    ],
)
def test_the_end_of_the_longest_period_is_counted_down_to(date, ends):
    found = closing(day(date), OFFICE)

    assert (found and found.start) == (ends and day(ends))


@pytest.mark.parametrize(
    ("came_in", "told_of_it"),
    [("2026-11-26", False), ("2026-11-24", False), ("2026-11-23", True), (None, True)],
)
def test_whoever_has_just_come_in_is_not_counted_down_to(came_in, told_of_it):
    found = kinds("2026-11-26", came_in=came_in and day(came_in))

    assert ("closing" in found) is told_of_it


@pytest.mark.parametrize(
    ("at", "kind", "late"),
    [
        (dt.time(8), Kind.CLOSING, True),
        (dt.time(10), Kind.CLOSING, False),
        (dt.time(8), Kind.PROMPT, False),
    ],
)
def test_a_change_does_not_bring_what_had_its_hour_long_before(at, kind, late):
    slot = Slot(at, kind, day("2026-11-24"))

    assert too_late(slot, dt.datetime.combine(slot.about, dt.time(11))) is late


@pytest.mark.parametrize(
    ("came_in", "days"),
    [
        ("2026-11-20", ["2026-11-23", "2026-11-25", "2026-11-27"]),
        ("2026-11-27", ["2026-11-30", "2026-12-02", "2026-12-04"]),
        ("2026-12-23", ["2026-12-28", "2026-12-30", "2027-01-01"]),
    ],
)
def test_a_newcomer_is_told_something_three_times(came_in, days):
    span = [day(came_in) + dt.timedelta(days=n) for n in range(15)]
    found = [f"{one}" for one in span if "welcome" in kinds(f"{one}", came_in=day(came_in))]

    assert found == days


@pytest.mark.parametrize(
    ("date", "confirmed", "comes"),
    [
        ("2027-01-11", False, False),
        ("2027-01-18", False, True),
        ("2027-01-19", False, False),
        ("2027-01-25", False, True),
        ("2027-01-25", True, False),
        ("2027-03-15", False, False),
    ],
)
def test_the_dates_of_a_near_ramadan_are_asked_for_weekly_until_they_are_known(
    date, confirmed, comes
):
    season = Season(day("2027-02-08"), day("2027-03-10"), confirmed)
    calendar = WorkCalendar(5, {}, seasons=(season,))
    slots = timetable(day(date), calendar, SILENT_EVENING, Habits())

    assert ("08:00 ramadan" in told(slots)) is comes


@pytest.mark.parametrize(
    ("days", "comes"),
    [("", [True, False, False]), ("123456", [True, True, True]), ("2", [False, True, False])],
)
def test_chosen_days_take_the_place_of_the_usual_ones(days, comes):
    wishes = Wishes(prompts_on=False, choices={Kind.DIGEST: Choice(days=days)})
    week = ("2026-11-23", "2026-11-24", "2026-11-25")

    assert ["digest" in kinds(date, wishes) for date in week] == comes


def test_a_kind_comes_at_its_chosen_hour():
    wishes = Wishes(prompts_on=False, choices={Kind.PLAN: Choice(on=True, at=dt.time(9))})

    assert told(timetable(day("2026-11-24"), OFFICE, wishes, Habits())) == [
        "08:00 waiting",
        "09:00 plan",
    ]


@pytest.mark.parametrize(
    ("wishes", "evening"),
    [
        (Wishes(prompt_at=dt.time(17, 0)), ["17:00 prompt", "17:45 follow-up"]),
        (Wishes(prompt_at=dt.time(17, 30)), ["17:30 prompt"]),
        (Wishes(prompt_at=dt.time(9, 0)), ["09:00 prompt", "15:45 follow-up"]),
        (Wishes(learned_at=dt.time(17, 10)), ["17:00 prompt", "17:45 follow-up"]),
        (Wishes(learned_at=dt.time(10, 0)), ["12:00 prompt", "15:45 follow-up"]),
        (
            Wishes(learned_at=dt.time(10, 0), prompt_at=dt.time(16, 0)),
            ["16:00 prompt", "17:00 follow-up"],
        ),
        (Wishes(choices={Kind.FOLLOW_UP: Choice(on=False)}), ["15:45 prompt"]),
    ],
)
def test_the_second_question_waits_for_the_end_of_work_and_never_for_the_evening(wishes, evening):
    assert told(timetable(day("2026-11-24"), OFFICE, wishes, Habits()))[1:] == evening


def test_the_own_hour_does_not_move_what_is_asked_after_a_shift():
    shifts = {day("2026-11-24"): (dt.time(7), dt.time(14))}
    calendar = WorkCalendar(5, {}, shifts)
    slots = timetable(day("2026-11-24"), calendar, Wishes(prompt_at=dt.time(17)), Habits())

    assert told(slots)[-2:] == ["13:45 prompt", "14:45 follow-up"]


@pytest.mark.parametrize(
    ("begun", "moment", "moved"),
    [
        ("24T07:00", "24T13:45", "24T13:45"),
        ("24T14:00", "24T20:45", "24T17:45"),
        ("24T17:45", "24T23:45", "25T07:00"),
        ("24T21:00", "25T06:45", "25T07:00"),
        ("24T20:00", "25T03:45", "25T07:00"),
        ("25T00:00", "25T07:45", "25T07:45"),
        ("24T22:00", "25T09:45", "25T09:45"),
    ],
)
def test_what_falls_into_the_quiet_hours_goes_before_them_or_to_their_end(begun, moment, moved):
    at = [dt.datetime.fromisoformat(f"2026-11-{one}") for one in (begun, moment, moved)]

    assert out_of_quiet(at[0], at[1]) == at[2]


def slot(kind: Kind, at: str = "08:00") -> Slot:
    return Slot(dt.time.fromisoformat(at), kind, day("2026-11-24"))


PROMPT = slot(Kind.PROMPT, "15:45")


@pytest.mark.parametrize(
    ("wanted", "later", "left", "out"),
    [
        ([], [PROMPT], 2, []),
        ([slot(Kind.PLAN)], [PROMPT], 2, ["plan"]),
        ([slot(Kind.RECAP), slot(Kind.DIGEST)], [PROMPT], 2, ["digest", "recap"]),
        # The last message of a day is kept for the evening, and what waits joins it.
        ([slot(Kind.PLAN)], [PROMPT], 1, []),
        ([slot(Kind.PLAN), PROMPT], [], 1, ["prompt", "plan"]),
        ([slot(Kind.PLAN)], [], 1, ["plan"]),
        ([PROMPT], [], 0, []),
    ],
)
def test_what_meets_goes_out_together_and_the_evening_keeps_its_place(wanted, later, left, out):
    assert [one.kind.value for one in push(wanted, later, left)] == out


@pytest.mark.parametrize(
    ("now", "look"),
    [
        ("2026-11-24T07:00", "2026-11-24T08:00"),
        ("2026-11-24T08:00", "2026-11-24T15:45"),
        ("2026-11-24T15:45", "2026-11-24T16:45"),
        ("2026-11-24T16:50", "2026-11-25T07:00"),
        ("2026-11-27T17:15", "2026-11-28T07:00"),
    ],
)
def test_somebody_is_looked_at_at_the_next_hour_of_the_day_or_in_the_morning(now, look):
    moment = dt.datetime.fromisoformat(now)
    slots = timetable(moment.date(), OFFICE, Wishes(), Habits())

    assert next_look(moment, slots) == dt.datetime.fromisoformat(look)
