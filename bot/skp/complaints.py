from dataclasses import dataclass, field


def N_(sentence: str) -> str:  # noqa: N802  # The name by which Babel finds sentences kept for later.
    """Mark a sentence for the catalogue; it is translated where it is shown."""
    return sentence


@dataclass(frozen=True, slots=True)
class Complaint:
    """Hold what is wrong and how to mend it, as sentences of the catalogue."""

    problem: str
    mend: str


@dataclass(frozen=True, slots=True)
class Problem:
    """Name what is wrong at one place of a workbook, and how to mend it.

    Both sentences are translated with the values: `t.gettext(problem, **values)`. The row is the
    spreadsheet's own number; the column is the heading as it stands in the file, or nothing.
    """

    sheet: str
    row: int
    column: str
    problem: str
    mend: str
    values: dict[str, str] = field(default_factory=dict)
