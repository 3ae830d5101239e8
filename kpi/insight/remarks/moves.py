"""Detectors of the course of KPIs: a change, an unusual value, a run, a record, a new way of counting."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping

import numpy as np

from kpi.insight.remarks.chance import apart, bar, certainty, log_error, outlying
from kpi.insight.remarks.scene import Scene
from kpi.judge.periods import by_day
from kpi.model.kpi import Better
from kpi.model.period import Period
from kpi.model.remark import Remark
from kpi.model.verdict import Measure, Verdict

_TELLING = math.log(1.1)
_EARLIER = 6  # periods without which nothing is usual
_LONG = 12  # periods without which nothing is a record
_MANY_TESTS = 0.05


def period_change(scene: Scene) -> Iterator[Remark]:
    """The value moved against the period before by a tenth or more, and chance does not explain it."""
    found = [(one, was) for one in scene.verdicts.values() if (was := scene.before(one)) is not None]
    pairs = [(one, was, z) for one, was in found if (z := _z(one, was)) is not None]
    for one, was, z in pairs:
        change = (one.value or 0) / (was.value or 1) / _longer(one, was.series[-1][0])
        if abs(z) > bar(len(pairs)) and abs(math.log(change)) >= _TELLING:
            facts = {"value": one.value, "previous": was.value}
            yield _of(scene, one, "period_change", facts, up=z > 0, sure=certainty(z))


def signal(scene: Scene) -> Iterator[Remark]:
    """The value lies where the periods before it would not have led one to expect it."""
    courses = [(one, *course) for one in scene.verdicts.values() if (course := _course(one)) is not None]
    for one, last, earlier in courses:
        z = outlying(last, earlier)
        if abs(z) > bar(len(courses)):
            usual = one.reference or float(np.exp(np.median(earlier)))  # as the card tells it
            yield _of(scene, one, "signal", {"value": one.value, "usual": usual}, up=z > 0, sure=certainty(z))


def run(scene: Scene) -> Iterator[Remark]:
    """The value has risen, or fallen, so many periods in a row as chance does not make."""
    courses = [(one, *course) for one in scene.verdicts.values() if (course := _course(one)) is not None]
    for one, last, earlier in courses:
        steps = np.sign(np.diff(np.append(earlier, last)))
        long = 1
        while long < len(steps) and steps[-long - 1] == steps[-1]:
            long += 1
        rare = len(courses) * 2 / math.factorial(long + 1)
        if steps[-1] and rare <= _MANY_TESTS:
            yield _of(scene, one, "run", {"n": long}, up=steps[-1] > 0, sure=1 - rare)


def record(scene: Scene) -> Iterator[Remark]:
    """The value is the best or the worst of a year or more, and clearly so."""
    courses = [(one, *course) for one in scene.verdicts.values() if (course := _course(one)) is not None]
    for one, last, earlier in courses:
        error = log_error(one.interval)
        if len(earlier) < _LONG or not error:
            continue
        over = (last - earlier.max()) / (error * math.sqrt(2))
        under = (earlier.min() - last) / (error * math.sqrt(2))
        if max(over, under) > bar(len(courses)):
            facts = {"value": one.value, "n": len(earlier)}
            yield _of(scene, one, "record", facts, up=over > under, sure=certainty(max(over, under)))


def counted_otherwise(scene: Scene) -> Iterator[Remark]:
    """The KPI is counted in another way than in the period before, so the two do not compare."""
    for one in scene.verdicts.values():
        was = scene.earlier(one)
        if was.variant is not None and was.variant != one.variant:
            yield Remark(
                key="counted_otherwise",
                facts={"kpi": one.kpi.id},
                stake=scene.weight(one.kpi.id),
                kpi=one.kpi.id,
                trace=one.trace,
            )


def missed_again(scene: Scene) -> Iterator[Remark]:
    """The KPI is red for the second period running, or both together prove the miss.

    Where it is held against its own past alone, both together must be further off than chance takes any of
    all the KPIs that are held so.
    """
    usual = [one for one in scene.verdicts.values() if one.measure is Measure.REFERENCE]
    for one in scene.verdicts.values():
        if one.escalated and (one.measure is not Measure.REFERENCE or _both_off(one) > bar(len(usual))):
            facts = {"value": one.value, "bar": one.bar, "normal": one.measure is Measure.REFERENCE}
            yield _of(scene, one, "missed_again", facts, up=False, sure=0.9, good=False)


def _both_off(one: Verdict) -> float:
    """Return by how many standard errors the last two values together are off those before; 0 if too few."""
    found = _course(one)
    if found is None:
        return 0.0
    last, earlier = found
    return abs(outlying((last + float(earlier[-1])) / 2, earlier[:-1], of=2))


def smaller_orders(scene: Scene) -> Iterator[Remark]:
    """Orders came as before or more often, and each brought less."""
    size, count = scene.verdicts.get("avg_order_value"), scene.verdicts.get("conversions")
    was = scene.before(size) if size else None
    if size is None or was is None or (z := _z(size, was)) is None or z > -bar(1):
        return
    if count is not None and count.previous and (count.value or 0.0) >= count.previous:
        facts = {"value": size.value, "previous": was.value}
        yield _of(scene, size, "smaller_orders", facts, up=False, sure=certainty(z), factor="order_value")


def reach_without_sales(scene: Scene) -> Iterator[Remark]:
    """More people were reached, and fewer orders came."""
    reach = scene.verdicts.get("reach") or scene.verdicts.get("views")
    orders = scene.verdicts.get("conversions")
    if reach is None or orders is None:
        return
    before, ordered = scene.before(reach), scene.before(orders)
    up = _z(reach, before) if before else None
    down = _z(orders, ordered) if ordered else None
    if up is not None and down is not None and up > bar(1) and down < -bar(1):
        facts = {"reach": reach.value, "orders": orders.value, "previous": orders.previous}
        yield Remark(
            key="reach_without_sales",
            facts=facts | {"kpi": "conversions", "unit": "orders"},
            good=False,
            certainty=certainty(min(up, -down)),
            stake=scene.weight("conversions"),
            kpi="conversions",
            factor="traffic",
            trace=(*reach.trace, *orders.trace),
        )


def _z(one: Verdict, was: Verdict) -> float | None:
    """Return by how many standard errors a KPI differs from before; None where that cannot be told."""
    now, before = log_error(one.interval), log_error(was.interval)
    if now is None or before is None or not one.value or not was.value or one.value < 0 or was.value < 0:
        return None
    return apart(one.value, now, was.value * _longer(one, was.series[-1][0]), before)


def _longer(one: Verdict, than: Period) -> float:
    """Return how many times longer the period of a total is than another one; 1 for what does not add up."""
    if one.variant is None:
        return 1.0
    now, then = by_day(one.variant.formula, (one.series[-1][0], than))
    return float(now / then)


def _course(one: Verdict) -> tuple[float, np.ndarray[tuple[int], np.dtype[np.float64]]] | None:
    """Return the logs of the last value and of those before it without a gap; None where too few are.

    Totals are told for as many days as the last period has: a February is neither a slump nor a record.
    """
    known: list[float] = []
    for period, number in reversed(one.series):
        if number is None or number <= 0:
            break
        known.append(math.log(number * _longer(one, period)))
    if len(known) <= _EARLIER:
        return None
    return known[0], np.array(known[:0:-1])


def _of(
    scene: Scene,
    one: Verdict,
    key: str,
    facts: Mapping[str, object],
    *,
    up: bool,
    sure: float,
    good: bool | None = None,
    factor: str | None = None,
) -> Remark:
    """Return a remark on a KPI; rising is good news where more is better."""
    if good is None and one.better is not Better.RANGE:
        good = up is (one.better is Better.UP)
    told = {"kpi": one.kpi.id, "unit": one.unit, "currency": one.currency, "up": up}
    return Remark(
        key=key,
        facts=told | dict(facts),
        good=good,
        certainty=sure,
        stake=scene.weight(one.kpi.id),
        kpi=one.kpi.id,
        factor=factor,
        trace=one.trace,
    )
