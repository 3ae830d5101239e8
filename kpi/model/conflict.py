"""Targets that cannot all be reached: one follows from others by arithmetic, and they do not add up."""

from __future__ import annotations

from dataclasses import dataclass

from kpi.model.kpi import Kpi, Variant


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """A variant of a KPI with a value; `wanted` says that it is its target, else it is what it is now."""

    kpi: Kpi
    variant: Variant
    value: float
    wanted: bool = True

    @property
    def unit(self) -> str:
        """Return the unit of the variant."""
        return self.variant.unit or self.kpi.unit


@dataclass(frozen=True, slots=True, kw_only=True)
class Conflict:
    """The target of `whole` would need `needed` of `part`, whose target is another.

    `beside` are the other KPIs that the arithmetic takes, `totals` the plain sums of the files as they are
    now, by name. `come` is what `whole` comes to if all other targets are just reached.
    """

    whole: Named
    part: Named
    needed: float
    come: float
    beside: tuple[Named, ...] = ()
    totals: tuple[tuple[str, float], ...] = ()
    currency: str | None = None
