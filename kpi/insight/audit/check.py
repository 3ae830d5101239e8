"""Checks a report against the native files: every figure beside its own, and what explains a difference."""

from __future__ import annotations

from kpi.catalog.loader import fields
from kpi.facts.assemble import Facts
from kpi.insight.audit import rates, reported
from kpi.insight.audit.causes import causes
from kpi.insight.audit.figure import Audit, Figure, Line, Match, matched, step
from kpi.insight.audit.native import Told, told
from kpi.insight.remarks.people import follower_jump
from kpi.insight.remarks.scene import Scene
from kpi.judge.board import board
from kpi.metrics.cubes import Cube
from kpi.model.period import Period
from kpi.model.view import EVERYTHING


def audit(cube: Cube, report: Facts) -> Audit:
    """Return how a report stands to the native files of a cube, which know nothing of it.

    `report` are the facts of the report's file alone.
    """
    lines = [_line(cube.facts, column) for column in reported.columns(report)]
    lines += rates.rates(cube, report)
    found = tuple(line for line in lines if line.figures)
    looked_at = {line.heading for line in found}
    skipped = tuple(
        column.heading
        for table in report.tables
        for column in table.columns
        if column.extra and column.field is None and column.heading not in looked_at
    )
    days = [figure.period for line in found for figure in line.figures]
    span = Period(min(one.first for one in days), max(one.last for one in days)) if days else None
    jumps = tuple(follower_jump(Scene(board(cube, (), span, EVERYTHING), cube))) if span else ()
    return Audit(lines=found, jumps=jumps, skipped=skipped)


def _line(facts: Facts, column: reported.Told) -> Line:
    """Return one column of the report beside what the native files tell of the same days."""
    unit = step([one.value for one in column.figures])
    native = [told(facts, column.field, one.period, one.whose) for one in column.figures]
    figures = tuple(_figure(one, its, unit) for one, its in zip(column.figures, native, strict=True))
    return Line(
        field=column.field,
        heading=column.heading,
        network=column.network,
        unit=fields()[column.field].unit,
        currency=column.currency or None,
        figures=figures,
        causes=causes(facts, column.field, column.figures, figures),
        reported=column.trace,
        native=tuple(dict.fromkeys(trace for its in native for trace in its.trace(facts))),
    )


def _figure(said: reported.Said, its: Told, unit: float) -> Figure:
    """Return a reported figure beside the native one; of days told in part only where the two agree."""
    match = Match.UNTOLD if its.value is None else matched(said.value, its.value, unit)
    if match is Match.DIFFERS and not its.whole:
        match = Match.UNTOLD
    known = match is not Match.UNTOLD
    return Figure(
        period=said.period,
        place=said.place,
        reported=said.value,
        native=its.value if known else None,
        match=match,
        reason=None if known else its.reason,
    )
