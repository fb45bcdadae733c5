"""Understand one informal Indonesian sentence."""

import datetime as dt
from dataclasses import replace
from decimal import Decimal

from bot.understanding.absences import absence_of
from bot.understanding.activities import activities_of
from bot.understanding.almanac import ONE_DAY
from bot.understanding.clocks import Clock, clock_of, through_the_night
from bot.understanding.counts import Count, choose, counts_of
from bot.understanding.days import Days, days_of
from bot.understanding.english import as_typed
from bot.understanding.intents import Evidence, about_of, intent_of
from bot.understanding.links import links_of, without_links
from bot.understanding.matching import LEVEL, Match, match
from bot.understanding.phrases import blank
from bot.understanding.proposal import Absence, Correction, Intent, Profile, Proposal, Result
from bot.understanding.shares import percent_of
from bot.understanding.spelling import Reading, read
from bot.understanding.traps import money_of
from bot.understanding.words import Unit, Words, load_words, with_units

__all__ = [
    "Absence",
    "Correction",
    "Intent",
    "Profile",
    "Proposal",
    "Result",
    "understand",
    "understand_parts",
]

_MOST_PERCENT = 1000
_MONEY = frozenset({"rupiah", "rp"})
_SHARES = frozenset({"%", "persen"})


def understand(
    text: str, sent_at: dt.datetime, profile: Profile, words: Words | None = None
) -> Proposal:
    """Read what a person wrote and propose what it means.

    `sent_at` is aware and in the sender's zone. A log is never dated after the day it was sent.
    """
    return _propose(text, sent_at, profile, words or load_words(), otherwise=None)


def understand_parts(
    proposal: Proposal, sent_at: dt.datetime, profile: Profile, words: Words | None = None
) -> tuple[Proposal, ...]:
    """Read each activity of a message on its own; one without a day has the day of the one before.

    A part that says too little to be a log by itself is one all the same, since the whole was.
    """
    if len(proposal.parts) < 2 or proposal.intent is not Intent.LOG:
        return (proposal,)
    told: list[Proposal] = []
    before: Days | None = None
    for part in proposal.parts:
        one = _propose(part, sent_at, profile, words or load_words(), otherwise=before)
        told.append(
            one if one.intent is Intent.LOG else replace(one, intent=Intent.LOG, about=None)
        )
        before = Days(one.day, one.last_day, stated=True, spans=())
    return tuple(told)


def _propose(
    text: str, sent_at: dt.datetime, profile: Profile, words: Words, *, otherwise: Days | None
) -> Proposal:
    links, plain = links_of(text), without_links(text)
    reading = read(plain, words)
    away = None if otherwise else absence_of(reading.line, sent_at, words)
    if away:
        intent = Intent.ABSENCE
        return Proposal(intent, away.first, away.last, links=links, absence=away, parts=(text,))
    days, clock = days_of(reading.line, sent_at, otherwise), clock_of(reading.line)
    if not days.stated and not otherwise and through_the_night(clock, sent_at):
        days = days_of(reading.line, sent_at - ONE_DAY)
    line = blank(reading.line, (*days.spans, *clock.spans))
    percent, spans = percent_of(line)
    units = tuple((result.unit or "").lower() for result in profile.results)
    counts = counts_of(reading, blank(line, spans), with_units(words, units))
    found = match(reading, _units_of(counts, reading), profile, words)
    evidence = Evidence(
        counted=bool(spans) or any(_is_count(count) for count in counts),
        linked=bool(links),
        timed=clock.minutes is not None,
        strength=found.strength,
    )
    intent = intent_of(plain, reading, evidence, words)
    proposal = Proposal(
        intent, days.first, days.last, links=links, parts=(text,), misdated=days.misdated
    )
    if intent is Intent.QUESTION:
        return replace(proposal, about=about_of(reading.line, words))
    if intent is not Intent.LOG:
        return proposal
    unit = _unit_of(profile, found)
    quantity, name = _quantity(choose(counts, unit, words), unit, reading)
    if name and reading.english:
        name = as_typed(name, reading.typed, words)
    share = percent if percent is not None and percent <= _MOST_PERCENT else None
    proposal = replace(proposal, quantity=quantity, unit=name, percent=share)
    return _with_link(_with_hours(proposal, clock), found, activities_of(text, words))


def _with_hours(proposal: Proposal, clock: Clock) -> Proposal:
    return replace(proposal, start=clock.start, end=clock.end, minutes=clock.minutes)


def _with_link(proposal: Proposal, found: Match, parts: tuple[str, ...]) -> Proposal:
    """Add the nearest work results; link at once only above the level."""
    at_once = found.certainty >= LEVEL and not found.none_fits
    return replace(
        proposal,
        result=found.nearest[0] if at_once else None,
        certainty=found.certainty,
        nearest=found.nearest,
        additional=found.none_fits,
        parts=parts,
    )


def _units_of(counts: list[Count], reading: Reading) -> tuple[str, ...]:
    """Name the unit of the first count, and rupiah if money is spoken of."""
    first = next((c.unit.name for c in counts if c.unit and _is_count(c)), None)
    return (*([first] if first else ()), *(("rupiah",) if money_of(reading) else ()))


def _is_count(count: Count) -> bool:
    return count.unit is None or count.unit.group != "waktu"


def _unit_of(profile: Profile, found: Match) -> str | None:
    """Give the unit of the nearest work result, in which the count that matters may be told."""
    if not found.nearest or found.none_fits:
        return None
    return next((r.unit for r in profile.results if r.number == found.nearest[0]), None)


def _quantity(
    count: Count | None, unit: str | None, reading: Reading
) -> tuple[Decimal | None, str | None]:
    money = money_of(reading) if unit and unit.lower() in _MONEY else None
    if money:
        return money, "rupiah"
    # What is counted without a unit is in the work result's; nobody counts per cents or money.
    own = None if unit and unit.lower() in _SHARES | _MONEY else unit
    if count is None:
        return None, own
    return count.value, _named(count.unit, own) if count.unit else own


def _named(unit: Unit, own: str | None) -> str:
    """Name what was counted: animals are counted by the head where the work result does."""
    return "ekor" if own and own.lower() == "ekor" and unit.group == "hewan" else unit.name
