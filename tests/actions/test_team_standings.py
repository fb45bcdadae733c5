import datetime as dt
from decimal import Decimal

import pytest

from bot.actions.team_standings import Stock, idle, year_stand
from bot.skp.pace import Pace
from bot.skp.plans import Aggregation, Aspect, ResultKind
from bot.skp.workdays import WorkCalendar
from db.entries import Amount
from db.plans import Measure, Outcome

DAY = dt.date(2026, 11, 24)
CALENDAR = WorkCalendar(5, frozenset())
DUE = [dt.date(2026, 11, n) for n in (16, 17, 18, 19, 20, 23, 24)]
SUM, LATEST, RELEASE = Aggregation


def stock(*amounts, aggregation=SUM, last=DAY, target="40", unit="balita", aspect=Aspect.QUANTITY):
    measure = Measure("Jumlah", aspect, Decimal(target), unit, aggregation)
    outcome = Outcome(1, 1, ResultKind.MAIN, "Terlaksananya", (), (), (measure,))
    return Stock(outcome, tuple(amounts), last)


def amount(quantity, unit="balita", percent=None):
    return Amount(
        1,
        None if quantity is None else Decimal(quantity),
        unit,
        None if percent is None else Decimal(percent),
    )


@pytest.mark.parametrize(
    ("found", "share"),
    [
        (stock(amount(10), amount(10, "Balita")), "0.5"),
        (stock(amount(10), amount(999, "orang")), "0.25"),
        (stock(amount(80)), "1"),
        (stock(amount(10), amount(30), aggregation=LATEST), "0.75"),
        (stock(amount(None, None, 60), unit="persen", target="80"), "0.75"),
        (stock(last=None), "0"),
        (stock(amount(10, "orang")), None),
        (stock(amount(None, None)), None),
        (stock(last=None, aggregation=LATEST), None),
        (stock(amount(10), target="0"), None),
        (Stock(Outcome(1, 1, ResultKind.MAIN, "x", (), (), ()), (amount(3),), DAY), None),
    ],
)
def test_a_share_is_known_only_from_figures_in_the_indicators_own_unit(found, share):
    assert found.share == (None if share is None else Decimal(share))


@pytest.mark.parametrize(
    ("found", "days"),
    [
        (stock(amount(1), last=dt.date(2026, 11, 23)), 0),
        (stock(amount(1), last=dt.date(2026, 11, 17)), 4),
        (stock(amount(1), last=dt.date(2026, 11, 15)), 6),
        (stock(last=None), 6),
        (stock(amount(40), last=dt.date(2026, 11, 16)), 0),
        (stock(last=None, aggregation=RELEASE), 0),
        (stock(amount(1), last=DAY + dt.timedelta(days=3)), 0),
    ],
)
def test_idle_days_are_working_days_before_today_on_which_more_could_have_been_done(found, days):
    assert idle(found, DAY, DUE) == days


def test_the_year_averages_what_is_counted_and_known():
    stand = year_stand(
        [
            stock(amount(40)),
            stock(last=None),
            stock(amount(3, "orang")),
            stock(amount(3), aggregation=RELEASE),
            stock(amount(3), aspect=Aspect.QUALITY),
        ],
        DAY,
        CALENDAR,
    )

    assert (stand.share, stand.measured, stand.countable) == (Decimal("0.5"), 2, 3)
    assert stand.pace is Pace.BEHIND


def test_without_any_figure_there_is_no_share_and_no_pace():
    stand = year_stand([stock(last=None), stock(amount(3, "orang"))], DAY, CALENDAR)

    assert (stand.share, stand.pace, stand.measured) == (None, None, 0)


def test_in_the_first_days_of_a_year_nobody_is_behind():
    stand = year_stand([stock(amount(1), target="1000")], dt.date(2026, 1, 6), CALENDAR)

    assert (stand.share, stand.pace) == (Decimal("0.001"), None)
