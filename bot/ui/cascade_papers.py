"""What the pictures and the workbook of a cascade say, in the reader's words."""

from decimal import Decimal

from bot.actions.cascade_health import Health
from bot.actions.cascade_matrix import Matrix, Role
from bot.actions.cascade_views import Cascade, Node
from bot.documents.cascades import (
    HealthChart,
    HealthLine,
    MatrixChart,
    Part,
    TreeChart,
    TreeLine,
)
from bot.documents.charts import Tone
from bot.documents.reports import Cell, Report, Table
from bot.i18n import Translator
from bot.skp.pace import Pace
from bot.ui.cascades import goal_name
from bot.ui.figures import against, coverage
from bot.ui.receipts import cut

# Longer pictures would be shrunk by the phone until they cannot be read.
MOST_LINES = 24
# So much of a name leaves room for the RHK beside it.
NAME = 22
MOST_UNITS = 24
MOST_ROWS, MOST_COLUMNS = 14, 5
TONES: dict[Pace | None, Tone] = {Pace.AHEAD: "good", Pace.ON: "good", Pace.BEHIND: "warn"}


def tree(t: Translator, found: Cascade) -> TreeChart:
    """Draw a leader's goals with what stands on them."""
    goals = found.nodes[:MOST_LINES]
    # Every goal is seen, and of what stands on each as much as on the others.
    room = max(0, MOST_LINES - len(goals)) // max(1, sum(bool(one.below) for one in goals))
    shown = [
        tree_line(t, line, depth)
        for one in goals
        for line, depth in ((one, 0), *((below, 1) for below in one.below[:room]))
    ]
    footer = t.gettext("Figures from entries; a discussion aid, not a rating.")
    more = sum(1 + len(one.below) for one in found.nodes) - len(shown)
    if more > 0:
        footer = t.ngettext("{count} more line", "{count} more lines", more, count=more)
    return TreeChart(
        title=t.gettext("Cascade of {unit}", unit=found.unit),
        subtitle=t.day(found.day),
        lines=tuple(shown),
        legend=t.gettext("expected by now"),
        footer=footer,
    )


def tree_line(t: Translator, node: Node, depth: int) -> TreeLine:
    """Draw one goal, or those of a unit together."""
    figure = node.figure
    note = t.gettext("no indicator")
    if figure is not None:
        done = against(t, figure.gauge, figure.done, figure.target)
        covered = coverage(t, figure.known, figure.people)
        note = " · ".join(filter(None, (done, covered)))
    elif node.id is None:
        note = t.gettext("no numbers (small groups are protected)")
    return TreeLine(
        depth=depth,
        label=label(t, node),
        note=note,
        share=figure.share if figure else None,
        expected=figure.expected if figure and node.id is not None else None,
        tone=TONES.get(figure.pace if figure else None, "calm"),
        measured=figure is not None,
    )


def label(t: Translator, node: Node) -> str:
    """Name a goal: the leader's own by number and text, another's by the owner, too."""
    if node.id is None:
        return t.ngettext(
            "{unit}: {count} RHK", "{unit}: {count} RHK", node.goals,
            unit=node.whose, count=node.goals,
        )  # fmt: skip
    if not node.whose:
        return f"{node.number}. {node.text}"
    return f"{cut(node.whose, NAME)} · {node.number}. {node.text}"


def health_map(t: Translator, found: Health) -> HealthChart:
    """Draw the month of every unit."""
    lines = []
    for one in found.units[:MOST_UNITS]:
        count = t.ngettext("{count} person", "{count} people", one.people, count=one.people)
        if not one.told:
            note = t.gettext("{people}, no numbers", people=count)
            lines.append(HealthLine(one.name, note, (), ()))
            continue
        work = (
            Part(one.aligned, "good"),
            Part(one.additional, "calm"),
            Part(one.loose + one.unlinked, "warn"),
        )
        goals = (Part(one.goals - one.idle, "good"), Part(one.idle, None))
        lines.append(HealthLine(one.name, count, work, goals))
    return HealthChart(
        title=t.gettext("Health of the cascade"),
        subtitle=t.month(found.day),
        work=t.gettext("Entries"),
        goals=t.gettext("RHK"),
        legend=(
            (t.gettext("serves a goal"), "good"),
            (t.gettext("additional task"), "calm"),
            (t.gettext("without a goal"), "warn"),
            (t.gettext("no activity"), None),
        ),
        lines=tuple(lines),
        footer=t.gettext("Units of fewer than three people are left without numbers."),
    )


def matrix_picture(t: Translator, found: Matrix) -> MatrixChart:
    """Draw the matrix, as much of it as can be read on a phone."""
    more = len(found.rows) > MOST_ROWS or len(found.columns) > MOST_COLUMNS
    return MatrixChart(
        title="Matriks Peran Hasil",
        subtitle=f"{found.unit}, {found.year}",
        columns=tuple(named(one) for one in found.columns[:MOST_COLUMNS]),
        rows=tuple(
            (row.name, tuple(joined(cell) for cell in row.cells[:MOST_COLUMNS]))
            for row in found.rows[:MOST_ROWS]
        ),
        footer=t.gettext("The workbook holds all of it.") if more else "",
    )


def named(role: Role) -> str:
    """Name an RHK by number and text."""
    return f"{role.number}. {role.text}"


def joined(roles: tuple[Role, ...]) -> str:
    """Put several roles into one cell."""
    return "; ".join(named(one) for one in roles)


def workbook(t: Translator, found: Matrix, health: Health) -> Report:
    """Put the matrix and the checks into a workbook."""
    other = t.gettext("Other RHK")
    wide = (5, 5, *(8 for _ in found.columns), 8)
    matrix = Table(
        title="Matriks Peran Hasil",
        columns=(
            t.gettext("Name"),
            t.gettext("Position"),
            *(named(one) for one in found.columns),
            other,
        ),
        widths=wide,
        rows=tuple(
            (row.name, row.position, *map(joined, row.cells), joined(row.other))
            for row in found.rows
        ),
    )
    return Report(
        title=t.gettext("Cascade of {unit}", unit=found.unit),
        subtitle=str(found.year),
        lead=(),
        tables=(matrix, checks(t, health)),
        footer="",
        language=t.language,
    )


def checks(t: Translator, health: Health) -> Table:
    """List everything that the checks found."""
    found: list[tuple[Cell, ...]] = [
        (t.gettext("serves no goal above"), one.unit, None, Decimal(one.count))
        for one in health.orphans
    ]
    found += [
        (t.gettext("nobody carries it"), goal_name(one.whose, one.number), one.text, None)
        for one in health.uncarried
    ]
    for gap in health.gaps:
        what = t.gettext("target {target} {unit}", target=t.number(gap.target), unit=gap.unit)
        place = goal_name(gap.whose, gap.number)
        found.append((t.gettext("planned below"), place, f"{gap.text}: {what}", gap.planned))
    loads = health.loads
    found += [
        (t.gettext("very many RHK"), name, None, Decimal(count)) for name, count in loads.many
    ]
    found += [(t.gettext("no RHK"), name, None, None) for name in loads.none]
    return Table(
        title=t.gettext("Checks"),
        columns=(t.gettext("Check"), t.gettext("Where"), t.gettext("What"), t.gettext("Number")),
        widths=(5, 6, 10, 3),
        rows=tuple(found),
    )
