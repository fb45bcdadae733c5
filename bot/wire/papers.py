"""Which paper is drawn how: from the data of an answer to bytes."""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from bot.documents.cascades import (
    HealthChart,
    HealthLine,
    MatrixChart,
    Part,
    TreeChart,
    TreeLine,
    health_chart,
    matrix_chart,
    tree_chart,
)
from bot.documents.charts import Bar, Count, TeamChart, team_chart
from bot.documents.ekinerja import write_progress
from bot.documents.reports import report_pdf, report_xlsx, unpacked
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


def draw_tree(data: dict[str, Any]) -> Paper:
    """Draw a cascade; decimals are kept as text."""
    lines = tuple(
        TreeLine(**{**one, "share": decimal(one["share"]), "expected": decimal(one["expected"])})
        for one in data["lines"]
    )
    return Paper("cascading.png", tree_chart(TreeChart(**{**data, "lines": lines})), picture=True)


def draw_health(data: dict[str, Any]) -> Paper:
    """Draw the health map of a cascade."""
    lines = tuple(
        HealthLine(
            one["label"],
            one["note"],
            tuple(Part(**part) for part in one["work"]),
            tuple(Part(**part) for part in one["goals"]),
        )
        for one in data["lines"]
    )
    legend = tuple((label, tone) for label, tone in data["legend"])
    chart = HealthChart(**{**data, "lines": lines, "legend": legend})
    return Paper("kesehatan-cascading.png", health_chart(chart), picture=True)


def draw_matrix(data: dict[str, Any]) -> Paper:
    """Draw the Matriks Peran Hasil."""
    rows = tuple((name, tuple(cells)) for name, cells in data["rows"])
    chart = MatrixChart(**{**data, "columns": tuple(data["columns"]), "rows": rows})
    return Paper("matriks-peran-hasil.png", matrix_chart(chart), picture=True)


def print_report(data: dict[str, Any]) -> Paper:
    """Print a report."""
    return Paper(f"{data['name']}.pdf", report_pdf(unpacked(data["report"])))


def write_report(data: dict[str, Any]) -> Paper:
    """Write a report as a workbook."""
    return Paper(f"{data['name']}.xlsx", report_xlsx(unpacked(data["report"])))


def read_stored(data: dict[str, Any]) -> Paper:
    """Take a stored bukti dukung as it is; a photo is shown, anything else is a file."""
    path = Path(data["path"])
    name = f"{data['title']}{path.suffix}" if data["title"] else path.name
    return Paper(name.replace("/", " "), path.read_bytes(), picture=data["kind"] == "foto")


DRAWERS: dict[str, Callable[[dict[str, Any]], Paper]] = {
    "team-chart": draw_team_chart,
    "roster-template": draw_roster_template,
    "progress": draw_progress,
    "cascade-tree": draw_tree,
    "cascade-health": draw_health,
    "cascade-matrix": draw_matrix,
    "stored-file": read_stored,
    "report-pdf": print_report,
    "report-xlsx": write_report,
}
STORED = "evidence"
PICTURES = {"team-chart", "cascade-tree", "cascade-health", "cascade-matrix"}


def shows_picture(kind: str) -> bool:
    """Tell whether a kind of paper is a picture that is seen in the chat itself."""
    return kind in PICTURES


def draw(kind: str, data: dict[str, Any], data_dir: Path) -> Paper:
    """Draw one paper; it takes milliseconds of a thread's time, so never on the event loop."""
    return stored_copy(data, data_dir) if kind == STORED else DRAWERS[kind](data)
