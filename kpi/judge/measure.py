"""What a value is judged by: the owner's target, else what the economics demand, else the usual level."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from statistics import median

from kpi.catalog.loader import fields
from kpi.judge.economics import limit
from kpi.metrics.formula import divisors, is_ratio
from kpi.metrics.levels import OVER_ROWS
from kpi.metrics.numbers import Numbers
from kpi.metrics.values import Value
from kpi.model.field import Roll
from kpi.model.formula import field_and_roll, names
from kpi.model.kpi import Better, Kpi, Tolerance, Variant
from kpi.model.period import Period
from kpi.model.reading import Reason
from kpi.model.target import Target, in_force
from kpi.model.verdict import Measure, Trace

ENOUGH_EARLIER = 3
_WEEK = 7
_MONTHS = {"month": 1, "quarter": 3, "year": 12}


@dataclass(frozen=True, slots=True, kw_only=True)
class Yardstick:
    """What a value is judged by: from `bar` on it is green, with `top` up to there.

    `measure` None means: there is nothing to judge by, `why` says what stands in the way. `tolerance` is
    the owner's where one was set. `limit` is the break-even level, also where a target goes before it;
    `traces` tell where its figures came from if the light goes by it. `reference` is there only if the
    light goes by it. `notes` are to be told in any case.
    """

    tolerance: Tolerance
    measure: Measure | None = None
    bar: float | None = None
    top: float | None = None
    limit: float | None = None
    reference: float | None = None
    why: Reason = field(default_factory=lambda: Reason(key="no_target"))
    traces: tuple[Trace, ...] = ()
    notes: tuple[Reason, ...] = ()

    def times(self, factor: float) -> Yardstick:
        """Return the yardstick for a part or a multiple of its period."""
        bar = None if self.bar is None else self.bar * factor
        return replace(self, bar=bar, top=None if self.top is None else self.top * factor)


def yardstick(
    found: Value,
    variant: Variant,
    numbers: Numbers,
    targets: Sequence[Target],
    *,
    better: Better,
    earlier: Sequence[float],
) -> Yardstick:
    """Return what a value is judged by in the first period of its numbers.

    `earlier` are its values in the full periods before: the median of three or more is its usual level.
    """
    plain = Yardstick(tolerance=found.kpi.tolerance)
    demanded = limit(found, variant, numbers)
    if demanded is not None:
        plain = replace(plain, limit=demanded[0])
    period = numbers.periods[0]
    target, other = wanted(targets, found.kpi, variant, period.last)
    if target is not None and (why := _of_something_else(target, found, variant, numbers)):
        target, other = None, why
    if target is not None:
        return _of_target(plain, target, variant, period, better)
    plain = replace(plain, notes=(other,) if other else ())
    if better is Better.RANGE:
        return replace(plain, why=Reason(key="no_range"))
    usual = median(earlier) if len(earlier) >= ENOUGH_EARLIER else None
    if demanded is not None and not (usual is not None and _goes_before(usual, demanded[0], found.kpi)):
        return replace(plain, measure=Measure.ECONOMICS, bar=demanded[0], traces=demanded[1])
    if usual is None:
        return plain
    return replace(plain, measure=Measure.REFERENCE, bar=usual, reference=usual)


def _of_something_else(target: Target, found: Value, variant: Variant, numbers: Numbers) -> Reason | None:
    """Return why a target does not judge what is in view: it is one of everything, or in other money."""
    view, own = numbers.view, numbers.cube.facts.owner_on(numbers.periods[0].last).currency
    whole = not target.part and _adds_up(variant.formula)
    if whole and (view.network or view.account):
        return Reason(key="target_of_all_networks")
    if whole and any(reason.key == "only_currency" for reason in found.reasons):
        return Reason(key="target_of_all_money")
    if view.currency and (variant.unit or found.kpi.unit) == "money" and found.currency != own:
        return Reason(key="target_of_other_money", facts={"currency": found.currency})
    return None


def _adds_up(formula: str) -> bool:
    """Return whether the value of all networks is larger than that of one: no rate and no middle is."""
    return not divisors(formula) and not any(field_and_roll(name)[1] in OVER_ROWS for name in names(formula))


def _goes_before(usual: float, limit: float, kpi: Kpi) -> bool:
    """Return whether the usual level is asked for although there is a break-even level.

    It is where break-even is a bare number, as the 0 of a profit: who earned a hundred thousand and now
    earns ten has a problem, though nothing is lost yet.
    """
    return usual > limit and not any(names(formula) for formula in kpi.limits)


def wanted(
    targets: Sequence[Target], kpi: Kpi, variant: Variant, day: date
) -> tuple[Target | None, Reason | None]:
    """Return the owner's target for a variant in force on a day; one of another variant never judges it."""
    mine = in_force(targets, kpi.id, day)
    fitting = [target for target in mine if target.variant in {None, variant.id}]
    if fitting:
        return max(fitting, key=lambda one: (one.since or date.min, one.variant is not None)), None
    if mine:
        return None, Reason(key="target_of_other_variant", facts={"variant": mine[-1].variant})
    return None, None


def _of_target(
    plain: Yardstick, target: Target, variant: Variant, period: Period, better: Better
) -> Yardstick:
    """Return the owner's target as a yardstick for a period, or without a measure and why."""
    if better is Better.RANGE and target.top is None:
        return replace(plain, why=Reason(key="target_without_top", facts={"target": target.value}))
    times = 1.0 if not target.per or is_ratio(variant.formula) else multiple(target.per, period)
    if times is None:
        return replace(plain, why=Reason(key="target_other_period", facts=_said(target)))
    if times != 1 and counts_people(variant.formula):
        return replace(plain, why=Reason(key="target_of_people", facts=_said(target)))
    tolerance = plain.tolerance if target.tolerance is None else Tolerance(share=target.tolerance)
    mine = replace(plain, tolerance=tolerance, measure=Measure.TARGET, bar=target.value, top=target.top)
    return mine.times(times)


def _said(target: Target) -> dict[str, object]:
    return {
        "target": target.value,
        "week": target.per == "week",
        "month": target.per == "month",
        "quarter": target.per == "quarter",
        "year": target.per == "year",
    }


def multiple(per: str, period: Period) -> float | None:
    """Return how many weeks, months, quarters or years a period is made of; None where they are not whole.

    >>> spring = Period(date(2025, 3, 1), date(2025, 5, 31))
    >>> multiple("month", spring), multiple("quarter", spring), multiple("week", spring)
    (3.0, 1.0, None)
    """
    length, one = (period.days, _WEEK) if per == "week" else (period.months, _MONTHS[per])
    return length / one if length and length % one == 0 else None


def counts_people(formula: str) -> bool:
    """Return whether a total counts different people: those of several periods overlap and never add up.

    >>> counts_people("account.reach"), counts_people("posts.reach")
    (True, False)
    """
    for name in names(formula):
        one, roll = field_and_roll(name)
        if not roll and fields()[one].roll in {Roll.NONE, Roll.DISTINCT}:
            return not is_ratio(formula)
    return False


def together(one: Yardstick, other: Yardstick, formula: str, better: Better) -> Yardstick | None:
    """Return the yardstick of the mean of two periods, None where there is none for both.

    Totals have that of both on average; of two levels the less demanding one counts.
    """
    if one.bar is None or other.bar is None or (one.top is None) != (other.top is None):
        return None
    ends = [(one.bar, other.bar)] + ([] if one.top is None or other.top is None else [(one.top, other.top)])
    if not is_ratio(formula):
        found = [sum(both) / len(both) for both in ends]
    else:
        upper = better is Better.DOWN and one.top is None
        found = [pick(both) for pick, both in zip((max if upper else min, max), ends, strict=False)]
    return replace(one, bar=found[0], top=found[1] if len(found) > 1 else None)
