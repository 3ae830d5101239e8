"""The past of one variant: its full periods, and which of them stand in one unbroken row up to the last."""

from __future__ import annotations

import ast
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from kpi.catalog.loader import fields
from kpi.judge.board import Judge
from kpi.judge.forecast import FREE, Bounds, Course, Parts
from kpi.judge.periods import by_day, span
from kpi.metrics.cubes import Cube
from kpi.metrics.numbers import Numbers
from kpi.metrics.values import Value, value
from kpi.model.field import Roll
from kpi.model.formula import field_and_roll, name, parse
from kpi.model.kpi import Kpi, Spread, Variant
from kpi.model.period import Period, months_of, quarters_of, weeks_of
from kpi.model.reading import Reason
from kpi.model.view import View

A_YEAR = {"week": 52, "month": 12, "quarter": 4, "year": 1}  # so many of them
SILENT = 6  # periods without a value after which a variant counts as gone


@dataclass(frozen=True, slots=True, kw_only=True)
class History:
    """The full periods of length `per` that tell a variant.

    `known` are all of them with their values, oldest first; `row` those after the last gap, and `course`
    their values, a total by the day, so that long and short months compare. Where nothing is known,
    `course` is None and `reason` says why. `gap` is the period that broke the row.
    """

    per: str
    known: tuple[tuple[Period, float], ...] = ()
    row: tuple[Period, ...] = ()
    course: Course | None = None
    gap: Period | None = None
    currency: str | None = None
    reason: Reason | None = None


def history(cube: Cube, kpi: Kpi, variant: Variant, view: View, until: date, *, per: str) -> History:
    """Return the history of a variant up to a day, by full `week`, `month`, `quarter` or `year`."""
    steps, judge = steps_of(_days(cube, until), per), Judge(cube, view, ())
    full = [step for step in steps if step.last <= until and judge.covers(variant.formula, step)]
    found, numbers = _newest(cube, kpi, variant, view, full or steps[-1:])
    if found.now is None:
        return History(per=per, reason=found.reasons[0])
    if not full:
        return History(per=per, reason=Reason(key="outlook.no_periods"))
    values = dict(zip(numbers.periods, found.values, strict=True))
    known = tuple((step, float(values[step])) for step in full if not np.isnan(values.get(step, np.nan)))
    row = _unbroken(steps, [step for step, _ in known])
    at = [numbers.periods.index(step) for step in row]
    return History(
        per=per,
        known=known,
        row=row,
        course=Course(
            values=found.values[at] / by_day(variant.formula, row),
            season=A_YEAR[per],
            parts=_parts(variant.formula, found, numbers, at),
            bounds=_bounds(kpi, variant),
            counts=(variant.spread or kpi.spread) is Spread.COUNT,
        ),
        gap=steps[steps.index(row[0]) - 1] if known[0][0] < row[0] else None,
        currency=found.currency,
    )


def steps_of(days: Period, per: str) -> tuple[Period, ...]:
    """Return every calendar period of a length that shares a day with `days`, oldest first."""
    match per:
        case "week":
            return weeks_of(days)
        case "month":
            return months_of(days)
        case "quarter":
            return quarters_of(days)
    years = range(days.first.year, days.last.year + 1)
    return tuple(Period(date(year, 1, 1), date(year, 12, 31)) for year in years)


def is_level(formula: str) -> bool:
    """Return whether a value is that of the last day of its period."""
    return isinstance(parse(formula), ast.Attribute) and field_and_roll(formula)[1] == "end"


def _days(cube: Cube, until: date) -> Period:
    """Return the days from the first in the data to `until`."""
    whole = span(cube)
    first = until if whole is None else min(whole.first, until)
    return Period(first, until)


def _newest(
    cube: Cube, kpi: Kpi, variant: Variant, view: View, full: Sequence[Period]
) -> tuple[Value, Numbers]:
    """Return the values of full periods, newest first from the newest that is known.

    The networks and the currency of that one are those of the series. Where none is known, the newest.
    """
    tried = []
    for last in range(len(full), max(0, len(full) - SILENT), -1):
        numbers = Numbers(cube, full[:last][::-1], view)
        tried.append((value(kpi, numbers, (variant,)), numbers))
        if tried[-1][0].now is not None:
            return tried[-1]
    return tried[0]


def _unbroken(steps: Sequence[Period], known: Sequence[Period]) -> tuple[Period, ...]:
    """Return the known periods that stand in one row up to the last known one."""
    first = last = steps.index(known[-1])
    while first > 0 and steps[first - 1] in known:
        first -= 1
    return tuple(steps[first : last + 1])


def _parts(formula: str, found: Value, numbers: Numbers, at: Sequence[int]) -> Parts | None:
    """Return the two sums of a formula that is one ratio of them, None for any other."""
    factor = 1.0
    match parse(formula):
        case ast.BinOp(
            left=ast.BinOp(left=ast.Constant(value=int() | float() as number), op=ast.Mult(), right=above),
            op=ast.Div(),
            right=below,
        ):
            factor = float(number)
        case ast.BinOp(left=above, op=ast.Div(), right=below):
            pass
        case _:
            return None
    sides = [name(side) for side in (above, below) if isinstance(side, ast.Attribute)]
    if len(sides) < len((above, below)) or not all(map(_is_sum, sides)):
        return None
    sums = [numbers.total(formula, side, found.networks)[at] for side in sides]
    return Parts(above=sums[0], below=sums[1], factor=factor) if (sums[1] > 0).all() else None


def _is_sum(name: str) -> bool:
    field, roll = field_and_roll(name)
    return not roll and fields()[field].roll is Roll.SUM and not field.startswith("period.")


def _bounds(kpi: Kpi, variant: Variant) -> Bounds:
    """Return between which values a figure lies whatever happens: shares of people, marks in stars."""
    unit = variant.unit or kpi.unit
    if (variant.spread or kpi.spread) is Spread.SHARE and unit == "percent":
        return (0.0, 100.0)
    return (1.0, 5.0) if unit == "stars" else FREE
