"""What may explain that a report differs: tried one after another, said only where all its figures fit."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import timedelta
from functools import partial
from statistics import median

from kpi.catalog.loader import fields
from kpi.facts.assemble import Facts
from kpi.insight.audit.figure import CLOSE, Cause, Figure, Match, near, step
from kpi.insight.audit.native import Told, told
from kpi.insight.audit.reported import Said
from kpi.model.field import Roll
from kpi.model.period import Period
from kpi.model.verdict import Trace

CAUSES = (
    *(f"shifted_{by}_{way}" for by in ("day", "week", "month") for way in ("earlier", "later")),
    *("rounded", "paid_in", "other_field", "summed_people", "post_sum", "inflated", "other_formula"),
)
"""Every explanation there is."""
_FEW = 3  # figures: of fewer, only what fits closely is no chance
_CLOSE_IF_FEW = 0.002
_PAID = {
    "reach": "ads.reach",
    "views": "ads.impressions",
    "impressions": "ads.impressions",
    "link_clicks": "ads.link_clicks",
    "followers_new": "ads.follows",
}
_CALLED = {
    "account.reach": ("account.views",),
    "account.engaged": ("account.engagements",),
    "account.followers_new": ("account.followers_net",),
    "account.engagements": ("account.reactions",),
    "posts.reach": ("posts.views", "posts.impressions"),
    "posts.reach_organic": ("posts.reach",),
    "posts.engagements": ("posts.reactions", "posts.public_engagements"),
    "posts.link_clicks": ("posts.all_clicks",),
    "ads.link_clicks": ("ads.all_clicks",),
    "ads.reach": ("ads.impressions",),
    "orders.revenue": ("orders.margin",),
}
"""What else a figure of the same name may be at other hands."""


def causes(facts: Facts, field: str, said: Sequence[Said], figures: Sequence[Figure]) -> tuple[Cause, ...]:
    """Return what explains a column whose figures do not agree; the simplest that fits, at most one."""
    if all(figure.match is Match.AGREES for figure in figures):
        return ()
    found = next(_tried(facts, field, said, figures), None)
    return () if found is None else (found,)


def _tried(facts: Facts, field: str, said: Sequence[Said], figures: Sequence[Figure]) -> Iterator[Cause]:
    if any(figure.match is Match.DIFFERS for figure in figures):
        yield from rounded(figures)
        yield from _shifted(facts, field, said)
    yield from _fitting("paid_in", _paid(facts, field), facts, said, name="paid")
    for other in _CALLED.get(field, ()):
        yield from _fitting("other_field", _plain(facts, other), facts, said, name="field", named=other)
    if fields()[field].roll is Roll.NONE and any(one.period.days > 1 for one in said):
        yield from _fitting("summed_people", _plain(facts, field), facts, said)
    if field == "account.reach":
        yield from _fitting("post_sum", _plain(facts, "posts.reach"), facts, said)
    yield from inflated(figures)


def _plain(facts: Facts, field: str) -> Callable[[Said], tuple[Told, ...]]:
    """Return how one field is read, people of days added up."""
    return lambda one: (told(facts, field, one.period, one.whose, added=True),)


def _paid(facts: Facts, field: str) -> Callable[[Said], tuple[Told, ...]]:
    """Return how a field is read together with what advertising brought; nothing where it brings none."""
    paid = _PAID.get(field.partition(".")[2]) if field.startswith(("account.", "posts.")) else None

    def both(one: Said) -> tuple[Told, ...]:
        if paid is None:
            return ()
        unnamed = replace(one.whose, account="", posts=None)
        advertised = told(facts, paid, one.period, unnamed, added=True)
        return told(facts, field, one.period, one.whose, added=True), advertised

    return both


def _fitting(
    key: str,
    read: Callable[[Said], tuple[Told, ...]],
    facts: Facts,
    said: Sequence[Said],
    *,
    name: str = "",
    named: object = None,
) -> Iterator[Cause]:
    """Yield a cause where what is read is what the report says, over all that can be read."""
    pairs: list[tuple[float, float]] = []
    traces: dict[Trace, None] = {}
    extra = 0.0
    for one in said:
        parts = read(one)
        values = [part.value for part in parts if part.value is not None]
        if not parts or len(values) < len(parts):
            continue
        pairs.append((one.value, sum(values)))
        extra += values[-1] if len(values) > 1 else 0.0
        traces |= dict.fromkeys(trace for part in parts for trace in part.trace(facts))
    if fits(pairs, len(said)):
        facts_told = {name: extra if name == "paid" else named} if name else {}
        if name != "paid" or extra:
            yield Cause(key=key, facts=facts_told, trace=tuple(traces))


def fits(pairs: Sequence[tuple[float, float]], wanted: int) -> bool:
    """Return whether all figures, and at least two of three, are as expected; few of them closely."""
    part = CLOSE if len(pairs) >= _FEW else _CLOSE_IF_FEW
    enough = len(pairs) > 0 and 3 * len(pairs) >= 2 * wanted
    return enough and any(one for one, _ in pairs) and all(near(*pair, part) for pair in pairs)


def rounded(figures: Sequence[Figure]) -> Iterator[Cause]:
    """Yield that the report rounds, where that alone makes the difference."""
    unit = step([one.reported for one in figures])
    known = [(one.reported, one.native) for one in figures if one.native is not None]
    if len(known) >= _FEW and all(abs(ours - theirs) <= unit / 2 * 1.001 for ours, theirs in known):
        yield Cause(key="rounded", facts={"unit": unit})


def _shifted(facts: Facts, field: str, said: Sequence[Said]) -> Iterator[Cause]:
    """Yield that the report tells the figures of other days."""
    if any(one.whose.posts is not None for one in said):
        return
    for by, days in (("day", 1), ("week", 7)):
        for sign in (-1, 1):
            yield from _moved(facts, field, said, by=by, sign=sign, move=partial(_by_days, sign * days))
    if all(one.period.months == 1 for one in said):
        yield from _moved(facts, field, said, by="month", sign=-1, move=Period.before)
        yield from _moved(facts, field, said, by="month", sign=1, move=_next_month)


def _moved(
    facts: Facts,
    field: str,
    said: Sequence[Said],
    *,
    by: str,
    sign: int,
    move: Callable[[Period], Period],
) -> Iterator[Cause]:
    moved = [replace(one, period=move(one.period)) for one in said]
    native = [told(facts, field, one.period, one.whose) for one in moved]
    pairs = [
        (one.value, its.value)
        for one, its in zip(moved, native, strict=True)
        if its.value is not None and its.whole
    ]
    if (len({value for value, _ in pairs}) > 1 or len(said) == 1) and fits(pairs, len(said)):
        trace = dict.fromkeys(trace for its in native for trace in its.trace(facts))
        yield Cause(key=f"shifted_{by}_{'later' if sign > 0 else 'earlier'}", trace=tuple(trace))


def _by_days(days: int, period: Period) -> Period:
    return Period(period.first + timedelta(days=days), period.last + timedelta(days=days))


def _next_month(period: Period) -> Period:
    after = period.last + timedelta(days=1)
    return Period.month(after.year, after.month)


def inflated(figures: Sequence[Figure]) -> Iterator[Cause]:
    """Yield that every figure is higher, or lower, by about the same part, which no chance does."""
    ratios = [one.reported / one.native for one in figures if one.native]
    if len(ratios) < _FEW or len({one.native for one in figures}) < _FEW:
        return
    middle = median(ratios)
    if abs(middle - 1) > CLOSE and all(near(one, middle) for one in ratios):
        yield Cause(key="inflated", facts={"part": 100 * (middle - 1)})
