"""Whether the files can tell a KPI: ready, partly or not, for how many months, and what stands in the way."""

from __future__ import annotations

import numpy as np

from kpi.facts.assemble import Facts
from kpi.insight.beside import TRACED, untraced
from kpi.insight.nearness import Nearness
from kpi.judge.board import Judge
from kpi.judge.periods import NO_DAYS, first_shown, lengthened, months
from kpi.metrics.cubes import Cube
from kpi.metrics.gaps import absent, missing
from kpi.metrics.numbers import Numbers
from kpi.metrics.values import Value, value
from kpi.model.formula import field_and_roll, names
from kpi.model.kpi import Kpi, Variant
from kpi.model.period import Period
from kpi.model.plan import Readiness, Standing
from kpi.model.reading import Reason
from kpi.model.view import EVERYTHING


class Standings:
    """Tells of the KPIs of one cube where they stand; the totals of a period are shared by all."""

    def __init__(self, cube: Cube) -> None:
        self._cube = cube
        self._judge = Judge(cube, EVERYTHING, ())
        self._shown = first_shown(cube) or NO_DAYS
        self._months = months(cube.facts)[::-1]
        self._untraced = untraced(cube.facts)
        self.near = Nearness(cube.facts)
        self._numbers: dict[tuple[Period, ...], Numbers] = {}

    def of(self, kpi: Kpi) -> Standing:
        """Return how far the files go for a KPI in the month shown first, and in all months before."""
        periods = tuple(lengthened(kpi, one) for one in (self._shown, *self._months))
        if periods not in self._numbers:
            self._numbers[periods] = Numbers(self._cube, periods, EVERYTHING)
        found = value(kpi, self._numbers[periods])
        if found.variant is None:
            return self._lacking(kpi, found)
        depth = self._depth(found, found.variant, periods[1:])
        if self._untraced and _traces(found.variant):
            return Standing(
                kpi=kpi, readiness=Readiness.MISSING, depth=depth, hitch=Reason(key="plan.untraced")
            )
        hitch = self._hitch(found, found.variant, periods[0])
        return Standing(
            kpi=kpi,
            readiness=Readiness.PARTLY if hitch else Readiness.READY,
            variant=found.variant if found.now is not None or depth else None,
            depth=depth,
            hitch=hitch,
        )

    def _lacking(self, kpi: Kpi, found: Value) -> Standing:
        """Return where a KPI stands that no way of counting tells: a column is missing, or an answer.

        Where nobody exports what the nearest way of counting lacks, another way is looked for.
        """
        columns = [one for one in found.missing if not one.field.startswith("owner.")]
        readiness = Readiness.MISSING if columns else Readiness.PARTLY
        if unheard := self.near.unheard(found.missing):
            closed = Reason(key="plan.unheard", facts={"fields": unheard})
            return Standing(kpi=kpi, readiness=readiness, hitch=closed)
        facts = self._cube.facts
        others = [absent(missing(one.formula, facts, EVERYTHING), facts) for one in kpi.variants]
        ways = [self.near.fetched(gap) for gap in (found.missing, *sorted(others, key=len))]
        exported = [gap for gap in ways if all(one.sources or one.field.startswith("owner.") for one in gap)]
        wanted = (exported or ways)[0]
        why = found.reasons[0]
        if why.key == "missing":
            why = Reason(key="plan.lacks", facts={"fields": tuple(one.field for one in wanted)})
        return Standing(kpi=kpi, readiness=readiness, hitch=why, missing=wanted)

    def _depth(self, found: Value, variant: Variant, periods: tuple[Period, ...]) -> int:
        """Return how many months are covered to their ends and have a value."""
        return sum(
            not np.isnan(number) and self._judge.covers(variant.formula, period)
            for number, period in zip(found.values[1:], periods, strict=True)
        )

    def _hitch(self, found: Value, variant: Variant, period: Period) -> Reason | None:
        """Return why a KPI is told in part only: no value, not of all networks, not of all days."""
        if found.now is None:
            return found.reasons[0]
        some = next((reason for reason in found.reasons if reason.key == "only_networks"), None)
        if some or self._judge.covers(variant.formula, period):
            return some
        return Reason(
            key="partly_covered",
            facts={"days": _days(variant, self._cube.facts, period), "all": period.days},
        )


def _traces(variant: Variant) -> bool:
    """Return whether a way of counting takes orders that came from social networks."""
    return any(name.startswith(f"{TRACED}.") for name in names(variant.formula))


def _days(variant: Variant, facts: Facts, period: Period) -> int:
    """Return how many days of a period the least covered field of a formula has."""
    told = {field_and_roll(name)[0] for name in names(variant.formula)}
    dated = [field for field in told if field.partition(".")[0] not in {"owner", "period"}]
    return min(sum(one.shared(period) for one in facts.covered(field)) for field in dated)
