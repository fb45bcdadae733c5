"""Which paper is drawn how: from the data of an answer to bytes."""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from bot.documents.charts import Bar, Count, TeamChart, team_chart
from bot.documents.reports import report_pdf, report_xlsx, unpacked
from bot.documents.roster_writing import write_template


@dataclass(frozen=True)
class Paper:
    """A drawn paper, ready to be sent."""

    name: str
    content: bytes
    picture: bool = False


def draw_team_chart(data: dict[str, Any]) -> Paper:
    """Draw a team's picture; decimals are kept as text."""
    bars = tuple(
        Bar(**{**one, "share": decimal(one["share"]), "expected": decimal(one["expected"])})
        for one in data["bars"]
    )
    counts = tuple(Count(**one) for one in data["counts"])
    chart = TeamChart(**{**data, "bars": bars, "counts": counts})
    return Paper("tim.png", team_chart(chart), picture=True)


def decimal(text: str | None) -> Decimal | None:
    """Read a decimal that was kept as text."""
    return None if text is None else Decimal(text)


def draw_roster_template(_data: dict[str, Any]) -> Paper:
    """Write the empty roster workbook."""
    return Paper("templat-data-pegawai.xlsx", write_template())


def print_report(data: dict[str, Any]) -> Paper:
    """Print a report."""
    return Paper(f"{data['name']}.pdf", report_pdf(unpacked(data["report"])))


def write_report(data: dict[str, Any]) -> Paper:
    """Write a report as a workbook."""
    return Paper(f"{data['name']}.xlsx", report_xlsx(unpacked(data["report"])))


DRAWERS: dict[str, Callable[[dict[str, Any]], Paper]] = {
    "team-chart": draw_team_chart,
    "roster-template": draw_roster_template,
    "report-pdf": print_report,
    "report-xlsx": write_report,
}


def draw(kind: str, data: dict[str, Any]) -> Paper:
    """Draw one paper; it takes milliseconds of a thread's time, so never on the event loop."""
    return DRAWERS[kind](data)
