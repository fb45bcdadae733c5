"""Which paper is drawn how: from the data of an answer to bytes."""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from bot.documents.charts import Bar, Count, TeamChart, team_chart
from bot.documents.ekinerja import write_progress
from bot.documents.roster_writing import write_template
from bot.skp.progress_rows import ProgressRow


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


def draw_progress(data: dict[str, Any]) -> Paper:
    """Write the daily record in e-Kinerja's eight columns."""
    return Paper(data["name"], write_progress(map(ProgressRow.from_data, data["rows"])))


def stored_copy(data: dict[str, Any], data_dir: Path) -> Paper:
    """Take our own copy of a bukti dukung under the name it is sent with."""
    return Paper(data["name"], (data_dir / data["path"]).read_bytes())


DRAWERS: dict[str, Callable[[dict[str, Any]], Paper]] = {
    "team-chart": draw_team_chart,
    "roster-template": draw_roster_template,
    "progress": draw_progress,
}
STORED = "evidence"


def draw(kind: str, data: dict[str, Any], data_dir: Path) -> Paper:
    """Draw one paper; it takes milliseconds of a thread's time, so never on the event loop."""
    return stored_copy(data, data_dir) if kind == STORED else DRAWERS[kind](data)
