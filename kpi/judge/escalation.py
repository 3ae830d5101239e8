"""When a miss is more than one bad period: red twice running, or proven by both periods together."""

from __future__ import annotations

from kpi.judge.light import Light, better_of
from kpi.judge.measure import counts_people, together
from kpi.judge.sample import sample
from kpi.judge.spread import pooled, spread_of
from kpi.judge.status import rule
from kpi.metrics.numbers import Numbers
from kpi.metrics.values import Value
from kpi.model.kpi import Spread, Variant
from kpi.model.period import Period
from kpi.model.reading import Reason
from kpi.model.verdict import Status


def escalation(now: Light, before: Light, found: Value, variant: Variant, numbers: Numbers) -> Reason | None:
    """Return why a miss is to be taken up at once, None where it is not.

    Each period is held against what was in force in it. Both must miss by more than is tolerated: a bad
    month behind a good one is no more than that, however bad both are on average.
    """
    if not now.missed or not before.missed:
        return None
    if now.status is Status.RED and before.status is Status.RED:
        return Reason(key="escalated_twice")
    if now.pace or not _proven_together(now, before, found, variant, numbers):
        return None
    return Reason(key="escalated_together")


def _proven_together(now: Light, before: Light, found: Value, variant: Variant, numbers: Numbers) -> bool:
    """Return whether the mean of both periods would be red by what was in force in them."""
    better = better_of(found.kpi, variant)
    by = together(now.by, before.by, variant.formula, better)
    both = None if _overlap(found, variant) else pooled(found, numbers)
    if by is None or by.bar is None or both is None:
        return False
    mean, interval = both
    status, _ = rule(
        mean, by.bar, interval, better=better, tolerance=by.tolerance, may_be_red=True, top=by.top
    )
    joined = Period(numbers.periods[1].first, numbers.periods[0].last)
    return status is Status.RED and sample(found, Numbers(numbers.cube, (joined,), numbers.view))[2]


def _overlap(found: Value, variant: Variant) -> bool:
    """Return whether people would be added up who are partly the same; a mean of two periods adds nobody."""
    return counts_people(variant.formula) and spread_of(found) is not Spread.PERIODS
