"""Every way of counting one KPI side by side: the value of each variant, or why there is none."""

from __future__ import annotations

from dataclasses import dataclass

from kpi.judge.periods import lengthened
from kpi.metrics.cubes import Cube
from kpi.metrics.numbers import Numbers
from kpi.metrics.values import value
from kpi.model.kpi import Kpi, Variant
from kpi.model.period import Period
from kpi.model.reading import Reason
from kpi.model.verdict import Missing
from kpi.model.view import View


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """One variant of a KPI: its value, or the reasons why it has none."""

    variant: Variant
    value: float | None
    unit: str
    currency: str | None = None
    reasons: tuple[Reason, ...] = ()
    missing: tuple[Missing, ...] = ()


def ways(cube: Cube, kpi: Kpi, period: Period, view: View) -> tuple[Way, ...]:
    """Return all variants of a KPI for a period, in the order of the catalogue."""
    numbers = Numbers(cube, (lengthened(kpi, period),), view)
    found = []
    for variant in kpi.variants:
        told = value(kpi, numbers, (variant,))
        found.append(
            Way(
                variant=variant,
                value=told.now,
                unit=variant.unit or kpi.unit,
                currency=told.currency,
                reasons=told.reasons,
                missing=told.missing,
            )
        )
    return tuple(found)
