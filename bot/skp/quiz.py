"""The rules of the quiz: when a question comes again, and what a round is made of."""

import datetime as dt
import zlib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

ROUND = 5
# A round that only repeats would tire; one that never does would teach little.
MOST_REPEATED = 3
# After how many days a question comes again, by how often in a row it was answered rightly.
PAUSES = (1, 3, 7, 21, 60)


@dataclass(frozen=True)
class Card:
    """How well one person knows one question: its place among the pauses, and when it is due."""

    place: int
    due: dt.date


@dataclass(frozen=True)
class Offer:
    """A question that could be asked, with what makes it close to a person."""

    id: str
    theme: str
    own_theme: bool = False
    own_job: bool = False
    options: int = 2
    right: int = 0

    def shown_at(self, turn: int) -> int:
        """Tell where the right answer stands once the answers are turned."""
        return (self.right - turn) % self.options


def after(card: Card | None, *, right: bool, today: dt.date) -> Card:
    """Tell when a question comes again: wrong ones tomorrow, right ones after ever longer pauses.

    Whoever is right before a question's day shows that it was seen, not that it stayed.
    """
    if not right:
        return Card(0, today + dt.timedelta(days=PAUSES[0]))
    if card is not None and today < card.due:
        return card
    place = 1 if card is None else min(card.place + 1, len(PAUSES) - 1)
    return Card(place, today + dt.timedelta(days=PAUSES[place]))


def choose(
    offers: Sequence[Offer], cards: Mapping[str, Card], *, person: int, today: dt.date
) -> list[str]:
    """Choose the questions of a round: what is due first, filled up with what is new."""
    known = [one for one in offers if one.id in cards and cards[one.id].due <= today]
    known.sort(key=lambda one: (cards[one.id].due, cards[one.id].place, one.id))
    fresh = spread([one for one in offers if one.id not in cards], person)
    repeated = [one.id for one in known]
    new = fresh[: max(ROUND - MOST_REPEATED, ROUND - len(repeated))]
    return [*repeated[: ROUND - len(new)], *new]


def spread(offers: Collection[Offer], person: int) -> list[str]:
    """Order new questions: a person's own job and themes first, and the themes by turns."""
    by_theme: dict[tuple[int, str], list[Offer]] = {}
    for one in sorted(offers, key=lambda one: mixed(person, one.id)):
        nearness = 2 - one.own_theme - one.own_job
        by_theme.setdefault((nearness, one.theme), []).append(one)
    turns = [
        (nearness, turn, mixed(person, theme), one.id)
        for (nearness, theme), some in by_theme.items()
        for turn, one in enumerate(some)
    ]
    return [question for *_, question in sorted(turns)]


def next_day(cards: Collection[Card]) -> dt.date | None:
    """Tell when the first question that was answered is due again."""
    return min((card.due for card in cards), default=None)


def turned(options: Sequence[str], right: int, shown_at: int) -> list[str]:
    """Turn the answers until the right one stands at a place, so that no place is learned."""
    by = (right - shown_at) % len(options)
    return [*options[by:], *options[:by]]


def mixed(person: int, name: str) -> int:
    """Mix names differently for each person, and in the same way every day."""
    return zlib.crc32(f"{person}:{name}".encode())
