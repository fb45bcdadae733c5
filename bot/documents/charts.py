from dataclasses import dataclass
from decimal import Decimal
from typing import Literal, NamedTuple

from bot.documents.fonts import drawable, fitted
from bot.documents.papers import picture

Tone = Literal["good", "warn", "calm"]


@dataclass(frozen=True)
class Bar:
    """Hold one person's line: what is done of the target and what was expected, 1 being all.

    Without a share nothing is known, and the line says so with a dash and its note.
    """

    label: str
    share: Decimal | None
    expected: Decimal | None
    note: str
    tone: Tone


@dataclass(frozen=True)
class Count:
    """Hold one number of the strip at the head."""

    label: str
    number: int
    tone: Tone


@dataclass(frozen=True)
class TeamChart:
    """Hold what the team's picture says, in the reader's words.

    `legend` explains the mark of the expected pace; `empty` stands where there are no bars.
    """

    title: str
    subtitle: str
    bars: tuple[Bar, ...]
    counts: tuple[Count, ...]
    footer: str
    legend: str = ""
    empty: str = ""


class Room(NamedTuple):
    """Hold how many points wide each column of the picture is."""

    label: float
    bar: float
    note: float


# More bars than these stand in two columns: a longer picture would be shrunk by the phone until
# its letters could not be read.
ONE_COLUMN = 14
WIDE = Room(label=328, bar=300, note=242)
WIDE_WITHOUT_NOTES = Room(label=388, bar=500, note=0)
NARROW = Room(label=268, bar=388, note=204)
NARROW_WITHOUT_NOTES = Room(label=480, bar=388, note=0)

INNER_WIDTH = 1000
COUNT_GAP = 16
COUNT_PADDING = 50
BAR_SIZE = 26
NOTE_SIZE = 24
COUNT_SIZE = 25
COUNT_NUMBER_DIGIT = 23
TITLE_WIDTH, TITLE_SIZE = 1900, 42
SUBTITLE_WIDTH, SUBTITLE_SIZE = 1900, 26

NOTHING = "–"
MOST_PERCENT = 999


def team_chart(chart: TeamChart) -> bytes:
    """Draw the team's picture as PNG, 1080 pixels wide; the alternative text is the caller's."""
    room = _room(chart.bars)
    count_width = _count_width(len(chart.counts))
    marked = any(None not in (bar.share, bar.expected) for bar in chart.bars)
    return picture(
        "team.typ",
        {
            "title": fitted(chart.title, TITLE_WIDTH, TITLE_SIZE, "Bold"),
            "subtitle": fitted(chart.subtitle, SUBTITLE_WIDTH, SUBTITLE_SIZE),
            "bars": [_bar(bar, room) for bar in chart.bars],
            "columns": 1 if len(chart.bars) <= ONE_COLUMN else 2,
            "room": {**room._asdict(), "count": count_width},
            "counts": [_count(one, count_width) for one in chart.counts],
            "legend": drawable(chart.legend) if marked else "",
            "footer": drawable(chart.footer),
            "empty": drawable(chart.empty),
        },
    )


def _room(bars: tuple[Bar, ...]) -> Room:
    noted = any(bar.note for bar in bars)
    if len(bars) <= ONE_COLUMN:
        return WIDE if noted else WIDE_WITHOUT_NOTES
    return NARROW if noted else NARROW_WITHOUT_NOTES


def _bar(bar: Bar, room: Room) -> dict[str, str | float | None]:
    # What nothing is known of is not held against a pace.
    expected = None if bar.share is None else bar.expected
    return {
        "label": fitted(bar.label, room.label, BAR_SIZE, "Medium") or NOTHING,
        "note": fitted(bar.note, room.note, NOTE_SIZE),
        "tone": bar.tone,
        "percent": percent_of(bar.share),
        "fill": 0 if bar.share is None else length_of(bar.share),
        "expected": None if expected is None else length_of(expected),
    }


def _count_width(counts: int) -> float:
    return (INNER_WIDTH - COUNT_GAP * (counts - 1)) / max(counts, 1)


def _count(one: Count, width: float) -> dict[str, str]:
    number = str(one.number)
    room = width - COUNT_PADDING - len(number) * COUNT_NUMBER_DIGIT
    return {"label": fitted(one.label, room, COUNT_SIZE), "number": number, "tone": one.tone}


def percent_of(share: Decimal | None) -> str:
    """Write a whole percent, which both languages write alike."""
    if share is None:
        return NOTHING
    percent = round(share * 100)
    return f">{MOST_PERCENT}%" if percent > MOST_PERCENT else f"{percent}%"


def length_of(share: Decimal) -> float:
    """Give how long a bar is, 1 being all."""
    return float(min(max(share, Decimal(0)), Decimal(1)))
