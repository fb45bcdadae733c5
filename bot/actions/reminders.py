"""The reminders as their reader wishes them: which come, when, and when none."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any
from zoneinfo import ZoneInfo

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.actions.leading import OWN, teams_led
from bot.actions.occasions import SNOOZE
from bot.actions.rhythms import NEWCOMER
from bot.refusal import Refusal
from bot.skp.quiet import LATEST, QUIET_UNTIL
from bot.skp.reminders import SET, WITH_DAYS, WITH_HOUR, Choice, Habits, Kind, Wishes, choices_of
from bot.skp.timetables import MORNING, follow_up, prompt_moment
from bot.skp.workdays import WorkCalendar
from db import calendars, letters, people
from db.models.messages import AuditRecord, Letter
from db.models.people import Employee
from db.staff import is_admin

EARLIEST = QUIET_UNTIL
HELP_ASKED = "help-asked"
MONDAY = dt.date(2026, 1, 5)


@dataclass(frozen=True)
class Line:
    """One kind as it comes to a person; without an hour the calendar decides."""

    kind: Kind
    on: bool
    at: dt.time | None
    friday_at: dt.time | None
    days: str
    required: bool = False


@dataclass(frozen=True)
class Overview:
    """What comes to a person and when."""

    zone: str
    lines: tuple[Line, ...]
    most: int
    learned: bool
    ramadan: bool
    paused_until: dt.date | None
    tips_on: bool

    def of(self, kind: Kind) -> Line:
        """Give the line of a kind; a kind that this person does not get is no button of theirs."""
        found = next((line for line in self.lines if line.kind is kind), None)
        if found is None:
            raise Refusal("This button no longer works.")
        return found


async def overview(
    session: AsyncSession, employee: Employee, habits: Habits, *, now: dt.datetime
) -> Overview:
    """Show a person what comes when."""
    today = now.astimezone(ZoneInfo(employee.zone)).date()
    calendar = await calendars.clock_of(session, employee, on=today)
    wishes = wishes_of(employee)
    shown = set(SET)
    led = await teams_led(session, employee, on=today)
    if not any(one.of == OWN for one in led):
        shown.discard(Kind.DIGEST)
    if not led:
        shown.discard(Kind.WAITING)
    if not is_admin(employee):
        shown.discard(Kind.RAMADAN)
    if employee.consented_at is None or now - employee.consented_at > NEWCOMER:
        shown.discard(Kind.WELCOME)
    paused = employee.paused_until
    return Overview(
        zone=employee.zone,
        lines=tuple(
            line_of(kind, wishes, habits, days_ahead(calendar, today))
            for kind in SET
            if kind in shown
        ),
        most=habits.most,
        learned=employee.prompt_at is None and employee.learned_at is not None,
        ramadan=calendar.is_ramadan(today),
        paused_until=paused if paused is not None and today < paused else None,
        tips_on=employee.tips_on,
    )


Ahead = tuple[WorkCalendar, dt.date, dt.date]


def days_ahead(calendar: WorkCalendar, today: dt.date) -> Ahead:
    """Give a calendar with the next working day and the next one that is a Friday."""
    day = today if calendar.is_working(today) else calendar.next_working(today)
    friday = day
    while friday.isoweekday() != 5:
        friday = calendar.next_working(friday)
    plain = day if day != friday else calendar.next_working(day)
    return calendar, plain, friday


def line_of(kind: Kind, wishes: Wishes, habits: Habits, ahead: Ahead) -> Line:
    """Tell how one kind comes."""
    calendar, day, friday = ahead
    on, choice = wishes.is_on(kind, habits), wishes.of(kind)
    if kind in WITH_HOUR:
        required = kind in habits.required
        return Line(kind, on, choice.at or MORNING, None, choice.days, required)
    hours = [hour_of(kind, calendar, one, wishes) for one in (day, friday)]
    return Line(kind, on, hours[0], hours[1] if hours[1] != hours[0] else None, "")


def hour_of(kind: Kind, calendar: WorkCalendar, day: dt.date, wishes: Wishes) -> dt.time | None:
    """Tell when the prompt or its follow-up comes on a day."""
    moment = prompt_moment(day, calendar, wishes)
    return moment.time() if kind is Kind.PROMPT else follow_up(moment, calendar, day)


def wishes_of(employee: Employee) -> Wishes:
    """Give what a person wishes."""
    return Wishes(
        prompts_on=employee.prompts_on,
        prompt_at=employee.prompt_at,
        learned_at=employee.learned_at,
        choices=choices_of(employee.reminders),
    )


def set_hour(employee: Employee, hour: dt.time | None) -> None:
    """Let the prompt come at an hour, or at the usual one when none is given."""
    refuse_quiet(hour)
    employee.prompt_at = hour
    employee.prompts_on = True
    heard(employee)
    keep(employee, Kind.PROMPT, replace(choice_of(employee, Kind.PROMPT), on=True))


def switch(employee: Employee, kind: Kind, habits: Habits, *, on: bool) -> None:
    """Switch a kind on or off; without the prompt there is no follow-up either."""
    if kind in habits.required:
        raise Refusal("Your agency requires this reminder. You can choose its hour.")
    heard(employee)
    if kind is Kind.PROMPT:
        employee.prompts_on = on
    keep(employee, kind, replace(choice_of(employee, kind), on=on))


def choose_hour(employee: Employee, kind: Kind, hour: dt.time) -> None:
    """Let a kind come at an hour."""
    refuse_quiet(hour)
    if kind not in WITH_HOUR:
        raise Refusal("This button no longer works.")
    heard(employee)
    keep(employee, kind, replace(choice_of(employee, kind), on=True, at=hour))


def choose_days(employee: Employee, kind: Kind, days: str) -> None:
    """Let a kind come on some weekdays, or on its usual ones."""
    if kind not in WITH_DAYS:
        raise Refusal("This button no longer works.")
    heard(employee)
    keep(employee, kind, replace(choice_of(employee, kind), on=True, days=days))


def refuse_quiet(hour: dt.time | None) -> None:
    """Refuse an hour of the evening and the night."""
    if hour is not None and not EARLIEST <= hour <= LATEST:
        raise Refusal("The evening and the night stay quiet: choose an hour from 07.00 to 17.45.")


def choice_of(employee: Employee, kind: Kind) -> Choice:
    """Give what a person has chosen for a kind."""
    return choices_of(employee.reminders).get(kind, Choice())


def keep(employee: Employee, kind: Kind, choice: Choice) -> None:
    """Keep a choice; a new mapping, so that the change is noticed."""
    kept: Mapping[str, Any] = employee.reminders
    employee.reminders = {**kept, kind.value: choice.kept()}


def pause(employee: Employee, days: int, *, today: dt.date) -> dt.date:
    """Let nothing come for some days; give the day on which it begins again."""
    heard(employee)
    employee.paused_until = today + dt.timedelta(days=days)
    return employee.paused_until


def go_on(employee: Employee) -> None:
    """End a pause."""
    heard(employee)
    employee.paused_until = None


def heard(employee: Employee) -> None:
    """Let the clock look at somebody anew who has been heard of."""
    employee.still_since = None
    employee.look_at = ""


async def ask_help(session: AsyncSession, employee: Employee, *, now: dt.datetime) -> int:
    """Tell the admins who are in that somebody asks for help; count them."""
    heard(employee)
    admins = await people.admins(session)
    told = {"name": employee.name, "person": employee.id}
    await letters.put(
        session,
        [
            Letter(
                employee_id=admin,
                kind=HELP_ASKED,
                period=f"{now:%Y-%m-%d} {employee.id}",
                data=told,
                due_at=now,
            )
            for admin in admins
            if admin != employee.id
        ],
    )
    session.add(
        AuditRecord(at=now, actor_id=employee.id, subject_id=employee.id, action=HELP_ASKED)
    )
    return len(admins)


async def snooze(
    session: AsyncSession, employee: Employee, day: dt.date, *, now: dt.datetime, minutes: int = 60
) -> dt.datetime:
    """Ask again in an hour, but before the evening; a second tap asks nothing twice.

    The next days' prompts stay where they are.
    """
    waiting = await letters.waiting(session, employee, SNOOZE, day)
    if waiting is not None:
        return waiting.due_at
    last = dt.datetime.combine(day, LATEST, ZoneInfo(employee.zone))
    if now >= last:
        raise Refusal("In the evening I keep still. Write one sentence now, or log it tomorrow.")
    due = min(now + dt.timedelta(minutes=minutes), last.astimezone(dt.UTC))
    letter = Letter(
        employee_id=employee.id or 0, kind=SNOOZE, period=f"{day} {due:%H:%M}", due_at=due
    )
    await letters.put(session, [letter])
    return due
