"""How attainable a target is: what comes without change, what would be realistic, and its chance."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from kpi.model.kpi import Better, Kpi, Variant
from kpi.model.period import Period
from kpi.model.reading import Reason


class Reach(StrEnum):
    """How hard a target is to reach, told by its chance if nothing changes."""

    LIKELY = "likely"  # an even chance or better
    REALISTIC = "realistic"  # one in four or better
    AMBITIOUS = "ambitious"  # one in ten or better
    UNLIKELY = "unlikely"


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlook:
    """What is to be expected of one variant of a KPI in the period `goal`, and of the target for it.

    `value` to `top` is the target, `by` its day. `middle` is what comes without change, `usual` the range
    that holds eight times of ten. `realistic` and `ambitious` are ranges of targets, low end first; there are
    none for a KPI that is to stay in a range. `chance` is that of the target, between 0.01 and 0.99.
    `needed_per_week` is the pace that the target asks for: of a total what the rest of `goal` must bring, of
    a level or a rate the change. `reached` of `known` earlier full periods of the length `per` reached it.
    `error` is by which share of itself the method missed the figure in the past. `fact` is the value where
    `goal` is over: then there is no chance but `met`. `reason` says why there is no forecast or no chance.
    """

    kpi: Kpi
    variant: Variant
    per: str
    goal: Period
    currency: str | None = None
    value: float | None = None
    top: float | None = None
    by: date | None = None
    middle: float | None = None
    usual: tuple[float, float] | None = None
    realistic: tuple[float, float] | None = None
    ambitious: tuple[float, float] | None = None
    chance: float | None = None
    reach: Reach | None = None
    needed_per_week: float | None = None
    reached: int | None = None
    known: int = 0
    method: str | None = None
    error: float | None = None
    fact: float | None = None
    met: bool | None = None
    reason: Reason | None = None
    notes: tuple[Reason, ...] = ()

    @property
    def unit(self) -> str:
        """Return the unit of the variant."""
        return self.variant.unit or self.kpi.unit

    @property
    def better(self) -> Better:
        """Return which way is good for the variant."""
        return self.variant.better or self.kpi.better
