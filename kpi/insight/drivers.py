"""Why a KPI moved: the first of its identities whose figures are all known, split exactly into factors."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from kpi.catalog.loader import fields
from kpi.insight.checks import Move, checks, halted
from kpi.insight.identity import slopes
from kpi.insight.mix import cells, mixes
from kpi.insight.segments import drills
from kpi.metrics.cubes import Cube
from kpi.metrics.formula import evaluate
from kpi.metrics.numbers import Numbers
from kpi.metrics.values import Value, alike, currency, value
from kpi.model.driver import Drill, Explained, Factor
from kpi.model.field import Roll
from kpi.model.formula import field_and_roll, names, parse
from kpi.model.identity import MIXES, Identity, mean_of, tree
from kpi.model.kpi import Kpi, Variant
from kpi.model.period import Period
from kpi.model.reading import Reason
from kpi.model.verdict import Verdict
from kpi.model.view import View

_SAME = 1e-9  # of a value: two ways of computing the same number differ by less
_NO_CHANGE = 1e-12


def explained(
    cube: Cube, kpi: Kpi, variant: Variant, period: Period, previous: Period, *, view: View
) -> Explained | None:
    """Return why a variant moved from one period to another; None where one of the two has no value.

    The contributions of the factors add up to the change. A median is told by its mean, which has factors.
    """
    numbers = Numbers(cube, (period, previous), view)
    found = value(kpi, numbers, (variant,))
    if np.isnan(found.values).any():
        return None
    move = Move(cube, kpi, variant, period, previous, view)
    told = _told(found, variant, period, previous)
    if why := halted(move) or _other_networks(found, cube, previous, view):
        return replace(told, why=why)
    factors, mean = _first(kpi, variant, numbers, found)
    shown = mean or found
    if mean is not None:
        told = replace(told, before=float(mean.values[1]), now=float(mean.values[0]), mean=mean.variant)
    split = _drills(numbers, shown)
    return replace(
        told,
        currency=found.currency or _currency(factors, numbers),
        factors=factors,
        drills=split,
        checks=checks(move, split, told.change),
        why=None if factors else Reason(key="why.unknown"),
    )


def of_verdict(cube: Cube, verdict: Verdict, view: View) -> Explained | None:
    """Return why a judged KPI moved against the period before; None where either has no value."""
    if verdict.variant is None or len(verdict.series) < 2:  # noqa: PLR2004 - two make a change
        return None
    (previous, _), (period, _) = verdict.series[-2:]
    return explained(cube, verdict.kpi, verdict.variant, period, previous, view=view)


def _told(found: Value, variant: Variant, period: Period, previous: Period) -> Explained:
    return Explained(
        kpi=found.kpi,
        variant=variant,
        period=period,
        previous=previous,
        before=float(found.values[1]),
        now=float(found.values[0]),
        unit=variant.unit or found.kpi.unit,
        currency=found.currency,
    )


def _other_networks(found: Value, cube: Cube, previous: Period, view: View) -> Reason | None:
    """Return the reason where the value before speaks of other networks than the one now."""
    before = Numbers(cube, (previous,), view)
    if found.variant is None or alike(found.variant.formula, before, found.networks):
        return None
    return Reason(key="why.networks")


def _currency(factors: tuple[Factor, ...], numbers: Numbers) -> str | None:
    """Return the currency of the factors that are money, of a KPI that is none itself."""
    made = " + ".join(f"({one.formula})" for one in factors if one.formula)
    return currency(made, numbers) if made else None


def _first(
    kpi: Kpi, variant: Variant, numbers: Numbers, found: Value
) -> tuple[tuple[Factor, ...], Value | None]:
    """Return the factors of the first identity that can be told, and the mean where it tells of that."""
    average = None if kpi.own else mean_of(variant.formula)
    summed = average and fields()[field_and_roll(names(average)[0])[0]].roll is Roll.SUM
    mean = value(kpi, numbers, (replace(variant, formula=average),)) if average and summed else None
    for one in _identities(kpi, variant):
        for shown in (mean, found):
            if shown is not None and (factors := _factors(one, numbers, shown)):
                return factors, mean if shown is mean else None
    return (), None


def _identities(kpi: Kpi, variant: Variant) -> tuple[Identity, ...]:
    """Return the identities of a variant; one that the owner wrote is made of the totals it names."""
    if not kpi.own:
        return tuple(one for one in kpi.identities if one.of == variant.id)
    named = {name: name for name in names(variant.formula)}
    return (Identity(of=variant.id, formula=variant.formula, factors=named),)


def _factors(one: Identity, numbers: Numbers, found: Value) -> tuple[Factor, ...]:
    """Return the factors of an identity; none where a figure is unknown or it does not give the value."""
    if np.isnan(found.values).any():
        return ()
    whole, networks = one.whole, found.networks
    both = [Numbers(numbers.cube, (period,), numbers.view) for period in numbers.periods]
    if not all(alike(whole, alone, networks) for alone in both):
        return ()
    lookup = numbers.lookup(whole, networks)
    values = {id_: evaluate(formula, lookup) + np.zeros(2) for id_, formula in one.factors.items()}
    wanted = found.values
    if one.change:
        wanted = np.array([found.values[0] - found.values[1], np.nan])
    given = evaluate(whole, lookup) + np.zeros(2)
    close = np.isclose(given, wanted, rtol=_SAME, atol=_SAME * abs(float(found.values[0])))
    if not close[0] or not (one.change or close[1]):
        return ()
    before = {id_: 0.0 if one.change else float(v[1]) for id_, v in values.items()}
    now = {id_: float(v[0]) for id_, v in values.items()}
    slope = slopes(tree(one.formula), before, now)
    if slope is None:
        return ()
    effects = {id_: slope[id_] * (now[id_] - before[id_]) for id_ in values}
    start, change = float(found.values[1]), float(found.values[0] - found.values[1])
    made = []
    for mix, moved in zip(MIXES, _mixed(one, numbers, found), strict=True):
        effect = sum(slope[id_] * part for id_, part in moved.items())
        effects |= {id_: effects[id_] - slope[id_] * part for id_, part in moved.items()}
        if abs(effect) > _SAME * abs(start):
            share = _share(effect, change)
            made.append(Factor(id=mix, before=start, now=start + effect, share=share, effect=effect))
    for id_, (current, was) in values.items():
        made.append(
            Factor(
                id=id_,
                before=None if np.isnan(was) else float(was),
                now=float(current),
                share=_share(effects[id_], change),
                effect=effects[id_],
                formula=one.factors[id_],
            )
        )
    return tuple(sorted(made, key=lambda factor: -abs(factor.effect)))


def _mixed(one: Identity, numbers: Numbers, found: Value) -> tuple[dict[str, float], dict[str, float]]:
    """Return by how much the mix of networks and that of formats moved each factor that is mixed."""
    among: dict[str, float] = {}
    inside: dict[str, float] = {}
    for id_ in one.mixed:
        table = names(one.factors[id_])[0].partition(".")[0]
        if (parts := cells(numbers, one.whole, table, found.networks)) is not None:
            among[id_], inside[id_] = mixes(one.factors[id_], parts)
    return among, inside


def _share(effect: float, change: float) -> float:
    return effect / change if abs(change) > _NO_CHANGE else 0.0


def _drills(numbers: Numbers, found: Value) -> tuple[Drill, ...]:
    """Return the segments of a change, none where the formula is no plain product or sum of its names."""
    formula = found.variant.formula if found.variant else ""
    lookup = numbers.lookup(formula, found.networks)
    now, before = ({name: float(lookup(name)[at]) for name in names(formula)} for at in range(2))
    slope = slopes(parse(formula), before, now)
    return () if slope is None else drills(numbers, formula, found.networks, slope)
