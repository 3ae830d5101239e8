"""The course of one KPI: the shown variant over months or weeks up to the period looked at."""

from __future__ import annotations

import numpy as np

from kpi.judge.pace import covers
from kpi.judge.periods import lengthened, span
from kpi.metrics.cubes import Cube
from kpi.metrics.formula import is_ratio
from kpi.metrics.numbers import Numbers
from kpi.metrics.values import value
from kpi.model.kpi import Kpi, Variant
from kpi.model.period import Period, months_of, weeks_of
from kpi.model.view import View

MONTHS, WEEKS = 13, 26  # shown at most
Course = tuple[tuple[Period, float | None], ...]


def course(cube: Cube, kpi: Kpi, variant: Variant, until: Period, view: View, *, weekly: bool) -> Course:
    """Return the variant's value for each month or week, oldest first, up to the end of `until`.

    None where it is unknown, and for a total where the files cover the span only in part.
    """
    whole = span(cube)
    if whole is None:
        return ()
    seen = Period(whole.first, max(whole.first, min(whole.last, until.last)))
    steps = weeks_of(seen)[-WEEKS:] if weekly else months_of(seen)[-MONTHS:]
    wanted = tuple(lengthened(kpi, step) for step in steps)
    found = value(kpi, Numbers(cube, (lengthened(kpi, until), *wanted), view), (variant,))
    sound = is_ratio(variant.formula)
    return tuple(
        (
            step,
            float(number)
            if not np.isnan(number) and (sound or covers(cube, variant.formula, long, view))
            else None,
        )
        for step, long, number in zip(steps, wanted, found.values[1:], strict=True)
    )
