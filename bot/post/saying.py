"""Put what the clock has to say into words, each kind from what is known as it is carried."""

import datetime as dt
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.actions import cards
from bot.actions.occasions import NUDGE, SNOOZE
from bot.actions.rhythms import Person, Watch, utc
from bot.context import library_now
from bot.guidance.article import Article
from bot.guidance.library import Library
from bot.i18n import Translator, translator
from bot.post.letters import Asked, nudge, once_more, prompt
from bot.skp.reminders import Kind
from bot.ui import cards as words
from bot.ui import teams
from bot.ui.calendars import ask_to_confirm
from bot.ui.cards import Part
from bot.ui.keyboards import Button
from db import people, plans
from db.models.people import Employee


@dataclass(frozen=True)
class Told:
    """To whom something is said, and what is known of them."""

    employee: Employee
    person: Person
    seen: Watch
    library: Library | None
    # Whether there is an earlier entry to repeat, and a plan to tick.
    repeats: bool
    planned: bool
    # What else is said to them today.
    met: frozenset[str] = frozenset()

    @property
    def t(self) -> Translator:
        """Give the words of the person's language."""
        return translator(self.employee.language)


Say = Callable[[AsyncSession, Told, dt.date], Awaitable[Part | None]]


async def say(session: AsyncSession, told: Told, ask: tuple[str, str]) -> Part | None:
    """Say one thing; nothing comes back when there turns out to be nothing to say."""
    kind, about = ask
    return await SAYINGS[kind](session, told, dt.date.fromisoformat(about))


async def say_prompt(session: AsyncSession, told: Told, about: dt.date) -> Part:
    """Ask for the day's entry."""
    return prompt(told.t, told.employee, await asked(session, told, about))


async def say_nudge(session: AsyncSession, told: Told, about: dt.date) -> Part:
    """Ask for the day's entry because the leader does."""
    return nudge(told.t, told.employee, await asked(session, told, about))


async def say_once_more(session: AsyncSession, told: Told, about: dt.date) -> Part:
    """Ask once more."""
    return once_more(told.t, told.employee, await asked(session, told, about))


async def asked(session: AsyncSession, told: Told, about: dt.date) -> Asked:
    """Gather what a prompt can offer."""
    plans = await cards.plans_of(session, told.person.id, (about,)) if told.planned else {}
    return Asked(about, about == told.seen.day, plans.get(about, ()), told.repeats)


async def say_digest(session: AsyncSession, told: Told, about: dt.date) -> Part | None:
    """Show a leader the team as /tim does."""
    team = await cards.digest(session, told.employee, told.person, about)
    if team is None:
        return None
    text, keyboard = teams.summary(told.t, team, (utc(told.seen), told.seen.zone))
    shown = [one for line in keyboard["inline_keyboard"] for one in line]
    return text, [Button(one["text"], one["callback_data"], one.get("style")) for one in shown]


async def say_ramadan(session: AsyncSession, told: Told, about: dt.date) -> Part | None:
    """Ask an admin for the dates of Ramadan."""
    fast = await cards.fast(session, about)
    return None if fast is None else ask_to_confirm(told.t, fast)


async def say_waiting(session: AsyncSession, told: Told, about: dt.date) -> Part | None:
    """Tell a leader what waits; beside the team's summary, only what that does not say."""
    found = await cards.waits(session, told.employee, utc(told.seen))
    if found is None:
        return None
    if Kind.DIGEST in told.met:
        return words.waits(told.t, replace(found, obstacles=(), entries=0), told.seen.zone, about)
    return words.waits(told.t, found, told.seen.zone, about)


async def say_closing(session: AsyncSession, told: Told, about: dt.date) -> Part | None:
    """Tell what a period lacks before it ends."""
    found = await cards.ending(session, told.employee, told.person, about)
    return None if found is None else words.ending(told.t, found)


async def say_catch_up(session: AsyncSession, told: Told, about: dt.date) -> Part:
    """List missed days."""
    return words.missed(told.t, await cards.missed(session, told.person, about))


async def say_action_plan(session: AsyncSession, told: Told, about: dt.date) -> Part:
    """Name the RHK without a rencana aksi."""
    return words.unplanned(told.t, await cards.unplanned(session, told.person, about))


async def say_plan(session: AsyncSession, told: Told, about: dt.date) -> Part:
    """Ask for the day's plan."""
    del session
    employee = told.employee
    return words.ask_plan(told.t, employee.address or employee.name, about)


async def say_recap(session: AsyncSession, told: Told, about: dt.date) -> Part:
    """Sum up the week before."""
    return words.recap(told.t, await cards.recap(session, told.person, about))


async def say_help(session: AsyncSession, told: Told, about: dt.date) -> Part:
    """Ask what would help."""
    del session, about
    return words.offer_help(told.t)


async def say_welcome(session: AsyncSession, told: Told, about: dt.date) -> Part:
    """Tell a newcomer one thing."""
    del session
    return words.welcome(told.t, cards.welcome(told.person, about))


async def say_guidance(session: AsyncSession, told: Told, about: dt.date) -> Part | None:
    """Show one article that fits the person's themes and job; every week another one."""
    article = await article_for(session, told, about)
    if article is None:
        return None
    language = told.t.language
    return words.guidance(
        told.t, article.id, article.title_in(language), article.summary_in(language)
    )


async def article_for(session: AsyncSession, told: Told, about: dt.date) -> Article | None:
    """Choose among the articles of the person's themes; those for the own job go first."""
    if told.library is None:
        return None
    library = await library_now(told.library, session)
    outlook = await plans.outlook(session, told.employee, on=about)
    themes = {theme for result in outlook.results for theme in result.themes}
    themes |= set(told.employee.themes)
    shelf = [one for theme in sorted(themes) for one in library.by_theme(theme)]
    shelf = shelf or list(library.by_theme("skp"))
    placed = await people.placement_of(session, told.employee, on=about)
    position = placed[0].position.casefold() if placed else ""
    fitting = [one for one in shelf if any(job.casefold() in position for job in one.jobs)]
    chosen = fitting or shelf
    week = about.isocalendar().week + told.person.id
    return chosen[week % len(chosen)] if chosen else None


async def say_quiz(session: AsyncSession, told: Told, about: dt.date) -> Part:
    """Offer the week's quiz."""
    del session, about
    return words.quiz(told.t)


SAYINGS: dict[str, Say] = {
    SNOOZE: say_prompt,
    NUDGE: say_nudge,
    Kind.PROMPT: say_prompt,
    Kind.FOLLOW_UP: say_once_more,
    Kind.HELP: say_help,
    Kind.DIGEST: say_digest,
    Kind.WAITING: say_waiting,
    Kind.RAMADAN: say_ramadan,
    Kind.CLOSING: say_closing,
    Kind.CATCH_UP: say_catch_up,
    Kind.ACTION_PLAN: say_action_plan,
    Kind.PLAN: say_plan,
    Kind.RECAP: say_recap,
    Kind.WELCOME: say_welcome,
    Kind.GUIDANCE: say_guidance,
    Kind.QUIZ: say_quiz,
}
