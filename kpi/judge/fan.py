"""What a KPI will be in the next periods if nothing changes: the middle of each, and its 80 % range."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from kpi.judge.ahead import finer, predicted, rest
from kpi.judge.forecast import Forecast
from kpi.judge.history import History, history, steps_of
from kpi.judge.outlook import LIMIT, MIDDLE, TENTH
from kpi.judge.periods import lengthened, span
from kpi.metrics.cubes import Cube
from kpi.model.kpi import Kpi, Variant
from kpi.model.period import Period
from kpi.model.reading import Reason
from kpi.model.view import View

AHEAD = {"month": 3, "week": 6}  # so many periods at most


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One period ahead: the middle, and from where to where it ends eight times of ten."""

    period: Period
    low: float
    middle: float
    high: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Fan:
    """The next periods, nearest first; without any, `reason` says why, unless nothing was to be foretold.

    `error` is how far the nearest was missed in the past on average, as a share of its size.
    """

    steps: tuple[Step, ...] = ()
    error: float | None = None
    reason: Reason | None = None


def fan(cube: Cube, kpi: Kpi, variant: Variant, view: View, until: Period, *, per: str) -> Fan:
    """Return what the past of a variant says of the `week`s or `month`s that follow the last full one.

    Empty where that lies after `until`: who looks at earlier days is told no future that has passed. Empty
    too for a KPI that wants a longer period than such a step.
    """
    whole = span(cube)
    if whole is None or lengthened(kpi, until) != until:
        return Fan()
    past = history(cube, kpi, variant, view, whole.last, per=per)
    if past.course is None:
        return Fan(reason=past.reason)
    if past.row[-1].first > until.last:
        return Fan()
    fine = finer(cube, kpi, variant, view, last=whole.last, past=past)
    course = fine.course or past.course

    def foretold(goal: Period) -> Forecast | Reason:
        left = rest(cube, kpi, variant, view, goal=goal, last=whole.last)
        return predicted(variant.formula, fine, course, goal, left)

    return _opened(past, foretold)


def _opened(past: History, foretold: Callable[[Period], Forecast | Reason]) -> Fan:
    """Return the steps as far as something can be told of them."""
    found, last = Fan(), past.row[-1].last
    while len(found.steps) < AHEAD[past.per]:
        day = last + timedelta(days=1)
        goal = steps_of(Period(day, day), past.per)[0]
        told = foretold(goal)
        if isinstance(told, Reason):
            return found if found.steps else Fan(reason=told)
        low, middle, high = (told.quantile(part) for part in (TENTH, MIDDLE, LIMIT))
        step, last = Step(period=goal, low=low, middle=middle, high=high), goal.last
        found = Fan(steps=(*found.steps, step), error=told.error if not found.steps else found.error)
    return found
