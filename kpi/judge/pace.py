"""How much of a period the files tell, and how far a period that is still running has come."""

from __future__ import annotations

from datetime import timedelta
from functools import cache

from kpi.judge.periods import span
from kpi.metrics.cubes import Cube
from kpi.model.formula import field_and_roll, names
from kpi.model.period import Period
from kpi.model.reading import Reason
from kpi.model.view import View


def covers(cube: Cube, formula: str, period: Period, view: View) -> bool:
    """Return whether the files cover every day of a period for all fields of a formula."""
    return all(cube.facts.covers(field, period, view) for field in _dated(formula))


def partly(cube: Cube, formula: str, period: Period, view: View) -> Reason | None:
    """Return the reason where the files cover a period only in part."""
    if covers(cube, formula, period, view):
        return None
    return Reason(
        key="partly_covered", facts={"days": min(_told(cube, formula, period, view)), "all": period.days}
    )


def days_so_far(cube: Cube, formula: str, period: Period, view: View) -> int | None:
    """Return how many days of a running period are told for all fields alike.

    None where the period is not the latest one, or where days are missing in front or between, or for one
    account or field more than for another: then nobody knows what would be due.
    """
    whole = span(cube)
    told = set(_told(cube, formula, period, view))
    if whole is None or whole.last >= period.last or len(told) != 1 or told == {0}:
        return None
    days = told.pop()
    so_far = Period(period.first, period.first + timedelta(days=days - 1))
    return days if covers(cube, formula, so_far, view) else None


def _told(cube: Cube, formula: str, period: Period, view: View) -> list[int]:
    """Return for each field of a formula how many days of a period the files tell."""
    return [sum(one.shared(period) for one in cube.facts.covered(field, view)) for field in _dated(formula)]


@cache
def _dated(formula: str) -> tuple[str, ...]:
    """Return the fields of a formula that come from dated rows."""
    found = [field_and_roll(name)[0] for name in names(formula)]
    return tuple(dict.fromkeys(f for f in found if f.partition(".")[0] not in {"owner", "period"}))
