"""What moved a KPI from one period to another: factors, each with its part of the change, and segments."""

from __future__ import annotations

from dataclasses import dataclass

from kpi.model.kpi import Better, Kpi, Variant
from kpi.model.period import Period
from kpi.model.reading import Reason


@dataclass(frozen=True, slots=True, kw_only=True)
class Factor:
    """A factor before and now, and how much of the KPI's change it made.

    `effect` is in the unit of the KPI and adds up with the others to its change; `share` is its part of that
    change, negative where it worked against it, and all shares add up to 1. `formula` tells what the factor
    is made of; it is empty for a mix, whose values are the KPI without and with that mix alone. `before` is
    None where only what happened in this period counts and the one before does not tell it.
    """

    id: str
    before: float | None
    now: float
    share: float
    effect: float
    formula: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Segment:
    """A network, account, format or campaign: the KPI in it, and how much of the change it made.

    `name` is empty for rows that do not tell theirs; `network` is that of an account. `before` and `now` are
    None where the KPI cannot be told of it alone.
    """

    name: str
    before: float | None
    now: float | None
    share: float
    effect: float
    network: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Drill:
    """The segments of one kind, the largest effect first; `rest` is the share that belongs to none."""

    kind: str
    segments: tuple[Segment, ...]
    rest: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Explained:
    """Why a KPI moved from `previous` to `period`.

    `variant` is the way of counting shown; where that is a median, which has no factors, `mean` is the mean
    that values and factors are told of. Without factors `why` says why the change cannot be told. `checks`
    are what to know before believing any of it, the gravest first.
    """

    kpi: Kpi
    variant: Variant
    period: Period
    previous: Period
    before: float
    now: float
    unit: str
    currency: str | None
    factors: tuple[Factor, ...] = ()
    drills: tuple[Drill, ...] = ()
    checks: tuple[Reason, ...] = ()
    mean: Variant | None = None
    why: Reason | None = None

    @property
    def told_as(self) -> str:
        """Return the way of counting that values and factors are of, as far as it has an id."""
        if self.mean is None:
            return self.variant.id
        same = (one.id for one in self.kpi.variants if one.formula == self.mean.formula)
        return next(same, self.variant.id)

    @property
    def better(self) -> Better:
        """Return which way is good."""
        return self.variant.better or self.kpi.better

    @property
    def change(self) -> float:
        """Return by how much the KPI moved, in its unit."""
        return self.now - self.before
