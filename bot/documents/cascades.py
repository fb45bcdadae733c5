"""The pictures of a cascade: its tree, its health, and the Matriks Peran Hasil."""

from dataclasses import dataclass
from decimal import Decimal

from bot.documents.charts import Tone, length_of, percent_of
from bot.documents.fonts import drawable, fitted
from bot.documents.papers import picture

WIDTH = 1000
INDENT = 46
BAR = 320
TITLE_SIZE, TITLE_WIDTH = 42, 1900
LABEL_SIZE, NOTE_SIZE = 26, 24
CELL_SIZE, HEAD_SIZE, NAME_SIZE = 24, 24, 26
# How many lines of text a cell, a heading and a name take.
CELL_LINES, HEAD_LINES, NAME_LINES = 3, 4, 2
NAME_WIDTH = 260
# Words break before the end of a line; so much of several lines is used.
USED = 0.82


@dataclass(frozen=True)
class TreeLine:
    """One goal, so deep in the tree; `measured` tells whether it has a bar at all."""

    depth: int
    label: str
    note: str
    share: Decimal | None
    expected: Decimal | None
    tone: Tone
    measured: bool


@dataclass(frozen=True)
class TreeChart:
    """Hold what the picture of a cascade says, in the reader's words."""

    title: str
    subtitle: str
    lines: tuple[TreeLine, ...]
    legend: str
    footer: str


@dataclass(frozen=True)
class Part:
    """One part of a bar, with its number."""

    number: int
    tone: Tone | None


@dataclass(frozen=True)
class HealthLine:
    """One unit: where its entries belong, and how many of its RHK moved; without, a note."""

    label: str
    note: str
    work: tuple[Part, ...]
    goals: tuple[Part, ...]


@dataclass(frozen=True)
class HealthChart:
    """Hold the health map: two bars a unit, and what the colours of each mean."""

    title: str
    subtitle: str
    work: str
    goals: str
    legend: tuple[tuple[str, Tone | None], ...]
    lines: tuple[HealthLine, ...]
    footer: str


@dataclass(frozen=True)
class MatrixChart:
    """Hold the Matriks Peran Hasil: people down, the leader's RHK across, a cell for each role."""

    title: str
    subtitle: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, tuple[str, ...]], ...]
    footer: str


def tree_chart(chart: TreeChart) -> bytes:
    """Draw a cascade as PNG, 1080 pixels wide."""
    marked = any(None not in (one.share, one.expected) for one in chart.lines)
    return picture(
        "tree.typ",
        {
            **headed(chart.title, chart.subtitle, chart.footer),
            "legend": drawable(chart.legend) if marked else "",
            "lines": [_tree_line(one) for one in chart.lines],
        },
    )


def _tree_line(one: TreeLine) -> dict[str, object]:
    room = WIDTH - INDENT * one.depth - (BAR + 20 if one.measured else 0) - 10
    expected = None if one.share is None else one.expected
    return {
        "depth": one.depth,
        "label": fitted(one.label, room, LABEL_SIZE, "Medium"),
        "note": fitted(one.note, room, NOTE_SIZE),
        "measured": one.measured,
        "percent": percent_of(one.share),
        "fill": 0 if one.share is None else length_of(one.share),
        "expected": None if expected is None else length_of(expected),
        "tone": one.tone,
    }


def health_chart(chart: HealthChart) -> bytes:
    """Draw the health map as PNG, 1080 pixels wide."""
    return picture(
        "health.typ",
        {
            **headed(chart.title, chart.subtitle, chart.footer),
            "work": fitted(chart.work, WIDTH, NOTE_SIZE),
            "goals": fitted(chart.goals, WIDTH, NOTE_SIZE),
            "legend": [{"label": drawable(label), "tone": tone} for label, tone in chart.legend],
            "lines": [
                {
                    "label": fitted(one.label, 620, LABEL_SIZE, "Medium"),
                    "note": fitted(one.note, 360, NOTE_SIZE),
                    "work": _parts(one.work),
                    "goals": _parts(one.goals),
                }
                for one in chart.lines
            ],
        },
    )


def _parts(parts: tuple[Part, ...]) -> list[dict[str, object]]:
    total = sum(part.number for part in parts)
    return [
        {"number": str(part.number), "share": part.number / total, "tone": part.tone}
        for part in parts
        if part.number
    ]


def matrix_chart(chart: MatrixChart) -> bytes:
    """Draw the Matriks Peran Hasil as PNG, 1080 pixels wide."""
    width = (WIDTH - NAME_WIDTH) / max(1, len(chart.columns)) - 24
    names = (NAME_WIDTH - 24) * NAME_LINES * USED
    heads, cells = width * HEAD_LINES * USED, width * CELL_LINES * USED
    return picture(
        "matrix.typ",
        {
            **headed(chart.title, chart.subtitle, chart.footer),
            "name": NAME_WIDTH,
            "columns": [fitted(one, heads, HEAD_SIZE, "Medium") for one in chart.columns],
            "rows": [
                {
                    "name": fitted(name, names, NAME_SIZE, "Medium"),
                    "cells": [fitted(cell, cells, CELL_SIZE) for cell in row],
                }
                for name, row in chart.rows
            ],
        },
    )


def headed(title: str, subtitle: str, footer: str) -> dict[str, str]:
    """Give the words that stand at the head and the foot of every picture."""
    return {
        "title": fitted(title, TITLE_WIDTH, TITLE_SIZE, "Bold"),
        "subtitle": fitted(subtitle, TITLE_WIDTH, LABEL_SIZE),
        "footer": drawable(footer),
    }
