"""One value set against its yardstick: the light, the reason for it, and what it was decided on."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

from kpi.judge.interval import Interval
from kpi.judge.measure import Yardstick, counts_people
from kpi.judge.pace import days_so_far, partly
from kpi.judge.sample import sample
from kpi.judge.spread import interval_of
from kpi.judge.status import nearest, rule
from kpi.metrics.formula import is_ratio
from kpi.metrics.numbers import Numbers
from kpi.metrics.values import Value
from kpi.model.kpi import Better, Kpi, Variant
from kpi.model.reading import Reason
from kpi.model.verdict import Measure, Pace, Sample, Status

_HAIR = 0.005  # of the usual level: a value so near is as usual; on a card both are the same figure


@dataclass(frozen=True, slots=True, kw_only=True)
class Light:
    """A light with its first reason; `rest` are those that follow.

    `by` is the yardstick as it was laid on: of a running period the part that is due by now. `missed`
    says that the value is off by more than is tolerated, proven or not.
    """

    status: Status
    why: Reason
    by: Yardstick
    interval: Interval | None = None
    sample: Sample | None = None
    rest: tuple[Reason, ...] = ()
    hollow: bool = False
    missed: bool = False
    pace: Pace | None = None


def better_of(kpi: Kpi, variant: Variant) -> Better:
    """Return which way is good for a variant."""
    return variant.better or kpi.better


def light(found: Value, numbers: Numbers, by: Yardstick) -> Light:
    """Return the light of a value in the first period of its numbers; grey where there is no value."""
    variant = found.variant
    if variant is None or found.now is None:
        return Light(status=Status.GREY, why=by.why, by=by)
    told, enough, enough_for_red = sample(found, numbers)
    part = partly(numbers.cube, variant.formula, numbers.periods[0], numbers.view)
    pace = _pace(variant, numbers, by) if part else None
    dark = Light(
        status=Status.GREY,
        why=by.why,
        by=by,
        interval=interval_of(found, numbers),
        sample=told,
        rest=(part,) if part else (),
    )
    if not variant.colour:
        return replace(dark, why=Reason(key="not_judged"))
    if part and not pace and not is_ratio(variant.formula):
        return replace(dark, why=part, rest=())
    if not enough and told:
        few = Reason(key="too_few", facts={"of": told.of, "n": told.n, "needed": told.needed})
        untold = Reason(key="untold_few", facts={"of": told.of, "needed": told.needed})
        return replace(dark, why=untold if told.n is None else few)
    if pace:
        dark = replace(dark, pace=pace, by=by.times(pace.days / pace.all), rest=(_in_words(pace, found.now),))
    return _lit(dark, found.now, better_of(found.kpi, variant), may_be_red=enough_for_red)


def _pace(variant: Variant, numbers: Numbers, by: Yardstick) -> Pace | None:
    """Return how far a running period has come, for a total that has a target and can be told by days."""
    if by.measure is not Measure.TARGET or by.bar is None:
        return None
    if is_ratio(variant.formula) or counts_people(variant.formula):
        return None
    period = numbers.periods[0]
    days = days_so_far(numbers.cube, variant.formula, period, numbers.view)
    return None if days is None else Pace(days=days, all=period.days, due=by.bar * days / period.days)


def _in_words(pace: Pace, value: float) -> Reason:
    facts = {"days": pace.days, "all": pace.all, "due": pace.due, "value": value}
    return Reason(key="pace", facts=facts)


def _lit(dark: Light, value: float, better: Better, *, may_be_red: bool) -> Light:
    """Return the light that the rule gives, if there is something to judge by."""
    by, interval = dark.by, dark.interval
    if by.bar is None:
        return dark
    usual = by.measure is Measure.REFERENCE
    status, key = rule(
        by.bar if usual and math.isclose(value, by.bar, rel_tol=_HAIR) else value,
        by.bar,
        interval,
        better=better,
        tolerance=by.tolerance,
        may_be_red=may_be_red,
        top=by.top,
    )
    bound, way = nearest(value, by.bar, by.top, better)
    facts = {
        "target": bound,
        "typed": by.measure is Measure.TARGET and dark.pace is None,
        "usual": usual,
        "limit": by.measure is Measure.ECONOMICS,
        "running": dark.pace is not None,
        "down": way is Better.DOWN,
    }
    if by.top is not None:
        facts |= {"low": by.bar, "high": by.top}
    return replace(
        dark,
        status=status,
        why=Reason(key=key, facts=facts),
        hollow=status is Status.AMBER and interval is not None and interval[0] < bound < interval[1],
        missed=status is Status.RED or (status is Status.AMBER and key != "rule_amber_close"),
    )
