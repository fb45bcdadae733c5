"""A team on paper: the same figures as in the chat, as PDF or XLSX."""

import datetime as dt
from decimal import Decimal

from bot.actions.team_views import Scale
from bot.actions.teams import Below, Line, Team
from bot.documents.reports import Cell, Report, Table
from bot.i18n import Translator
from bot.ui.bars import pace_words
from bot.ui.team_attention import attention, waiting
from bot.ui.team_words import counts, local_day, person_state, stretch
from bot.ui.teams import year_line


def report(t: Translator, team: Team, now: dt.datetime, zone: str) -> Report:
    """Put a team on paper."""
    tables = [people(t, team), results(t, team)]
    if team.below:
        tables.append(units(t, team))
    needs = [line.striptags() for line in (*attention(t, team), *waiting(t, team))]
    when = t.day_long(team.view.day) if team.view.scale is Scale.DAY else stretch(t, team.view)
    if local_day(now, zone) == team.view.day:
        when = f"{when}, {t.clock(now, zone)}"
    return Report(
        title=t.gettext("Team summary: {unit}", unit=team.unit),
        subtitle=when,
        lead=(counts(t, team), year_line(t, team).striptags(), *needs),
        tables=tuple(tables),
        footer=t.gettext("Figures from entries; a discussion aid, not a rating."),
        language=t.language,
    )


def people(t: Translator, team: Team) -> Table:
    """List the people with their days and how the year goes."""
    return Table(
        title=t.gettext("People"),
        columns=(
            t.gettext("Name"),
            t.gettext("Position"),
            t.gettext("State"),
            t.gettext("Entries"),
            t.gettext("This year"),
            t.gettext("Expected"),
        ),
        widths=(6, 5, 6, 2, 3, 3),
        rows=tuple(person_row(t, team, line) for line in team.lines),
    )


def person_row(t: Translator, team: Team, line: Line) -> tuple[Cell, ...]:
    """Write one person."""
    share = line.year.share
    return (
        line.member.name,
        line.member.position,
        person_state(t, line, team.view),
        Decimal(line.entries),
        None if share is None else t.whole_percent(share),
        t.whole_percent(line.year.expected),
    )


def results(t: Translator, team: Team) -> Table:
    """List every RHK with where it stands and for how long nothing was done."""
    rows: list[tuple[Cell, ...]] = []
    for line in team.lines:
        for one in line.results:
            leading = one.view.leading
            stand = leading.stand if leading else None
            rows.append(
                (
                    line.member.name,
                    Decimal(one.view.number),
                    one.view.text,
                    stand.done if stand and one.known else t.gettext("no data"),
                    stand.target if stand else None,
                    stand.unit if stand else None,
                    pace_words(t, leading.pace) if one.known and leading and leading.pace else None,
                    Decimal(one.idle) if one.idle else None,
                )
            )
    return Table(
        title=t.gettext("RHK"),
        columns=(
            t.gettext("Name"),
            t.gettext("No."),
            t.gettext("RHK"),
            t.gettext("Done"),
            t.gettext("Target"),
            t.gettext("Unit of measure"),
            t.gettext("Pace"),
            t.gettext("Working days without activity"),
        ),
        widths=(5, 1, 9, 2, 2, 3, 3, 3),
        rows=tuple(rows),
    )


def units(t: Translator, team: Team) -> Table:
    """List the units below by their sums."""
    return Table(
        title=t.gettext("Units"),
        columns=(t.gettext("Unit"), t.gettext("People"), t.gettext("Logged"), t.gettext("Away")),
        widths=(9, 2, 2, 2),
        rows=tuple(unit_row(one) for one in team.below),
    )


def unit_row(unit: Below) -> tuple[Cell, ...]:
    """Write one unit; of few people only how many they are."""
    if unit.logged is None:
        return unit.name, Decimal(unit.people), None, None
    return unit.name, Decimal(unit.people), Decimal(unit.logged), Decimal(unit.away or 0)
