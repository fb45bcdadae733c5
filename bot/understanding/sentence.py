"""Understand one informal Indonesian sentence."""

import datetime as dt
from decimal import Decimal

from bot.understanding.absences import absence_of
from bot.understanding.activities import activities_of
from bot.understanding.clocks import blank, clock_of
from bot.understanding.counts import Count, choose, counts_of
from bot.understanding.days import days_of
from bot.understanding.intents import Evidence, about_of, intent_of
from bot.understanding.links import links_of, without_links
from bot.understanding.matching import LEVEL, Match, match
from bot.understanding.proposal import Absence, Correction, Intent, Profile, Proposal, Result
from bot.understanding.shares import percent_of
from bot.understanding.spelling import Reading, read
from bot.understanding.traps import money_of
from bot.understanding.words import Words, load_words

__all__ = [
    "Absence",
    "Correction",
    "Intent",
    "Profile",
    "Proposal",
    "Result",
    "understand",
]


def understand(
    text: str, sent_at: dt.datetime, profile: Profile, words: Words | None = None
) -> Proposal:
    """Read what a person wrote and propose what it means.

    `sent_at` is aware and in the sender's zone. A log is never dated after the day it was sent.
    """
    words = words or load_words()
    links = links_of(text)
    plain = without_links(text)
    reading = read(plain, words)
    days = days_of(reading.line, sent_at)
    away = absence_of(reading.line, sent_at, words)
    if away:
        return Proposal(
            Intent.ABSENCE, away.first, away.last, links=links, absence=away, parts=(text,)
        )
    clock = clock_of(reading.line)
    line = blank(reading.line, (*days.spans, *clock.spans))
    percent, spans = percent_of(line)
    counts = counts_of(reading, blank(line, spans), words)
    pieces = [token.text for token in reading.tokens]
    found = match(pieces, _first_unit(counts), profile, words)
    evidence = Evidence(
        counted=any(not (c.unit and c.unit.group == "waktu") for c in counts)
        or percent is not None,
        linked=bool(links),
        timed=clock.minutes is not None,
        strength=found.strength,
    )
    intent = intent_of(plain, reading, evidence, words)
    if intent is not Intent.LOG:
        about = about_of(reading.line, words) if intent is Intent.QUESTION else None
        return Proposal(intent, days.first, days.last, links=links, about=about, parts=(text,))
    unit = _unit_of(profile, found)
    count = choose(counts, unit, words)
    quantity, name = _quantity(count, unit, reading)
    return Proposal(
        intent,
        days.first,
        days.last,
        clock.start,
        clock.end,
        clock.minutes,
        quantity,
        name,
        percent if percent is None or 0 <= percent <= 1000 else None,
        links,
        found.nearest[0] if found.certainty >= LEVEL and not found.none_fits else None,
        found.certainty,
        found.nearest,
        additional=found.none_fits,
        parts=activities_of(text, words),
    )


def _first_unit(counts: list[Count]) -> str | None:
    return next((c.unit.name for c in counts if c.unit and c.unit.group != "waktu"), None)


def _unit_of(profile: Profile, found: Match) -> str | None:
    if not found.nearest or found.none_fits:
        return None
    return next((r.unit for r in profile.results if r.number == found.nearest[0]), None)


def _quantity(
    count: Count | None, unit: str | None, reading: Reading
) -> tuple[Decimal | None, str | None]:
    if unit and unit.lower() in {"rupiah", "rp"}:
        money = money_of(reading)
        if money:
            return money, "rupiah"
    if count is None:
        return None, None
    return count.value, count.unit.name if count.unit else unit
