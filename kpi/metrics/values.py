"""The value of a KPI: the first variant that can be computed, or why none can."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from kpi.catalog.loader import fields
from kpi.facts.frame import calendar, ordinal
from kpi.metrics import gaps
from kpi.metrics.currencies import by_currency, each_apart, of_one_currency
from kpi.metrics.formula import Vector, divisors, evaluate, multiplies_tables, value_of
from kpi.metrics.levels import OVER_ROWS
from kpi.metrics.numbers import Numbers
from kpi.metrics.pairs import filled
from kpi.model.field import Roll
from kpi.model.formula import field_and_roll, names
from kpi.model.kpi import Kpi, Variant
from kpi.model.period import Period
from kpi.model.reading import Reason
from kpi.model.verdict import Missing

TRACED = frozenset({"social_orders", "social_leads"})
SOCIAL = frozenset({"posts", "link_posts", "account", "engagers"}) | TRACED


@dataclass(frozen=True, slots=True, kw_only=True)
class Value:
    """A KPI over the periods of some numbers; `variant` None means: none can be computed in the first.

    `networks` are those that the figure speaks of where others had to be left out. `nearest` is the variant
    that lacks what is `missing`.
    """

    kpi: Kpi
    variant: Variant | None
    values: Vector
    reasons: tuple[Reason, ...] = ()
    missing: tuple[Missing, ...] = ()
    nearest: Variant | None = None
    networks: frozenset[str] | None = None
    currency: str | None = None

    @property
    def now(self) -> float | None:
        """Return the value of the first period, None where it is unknown."""
        return None if np.isnan(self.values[0]) else float(self.values[0])


def _common(formula: str, numbers: Numbers) -> tuple[frozenset[str] | None, Reason | None]:
    """Return the networks that tell all that the formula takes, where some in view do not, and a note.

    No network at all where each lacks something: figures of two networks make no rate.
    """
    tables = {name.partition(".")[0] for name in names(formula)} & SOCIAL
    everyone = {n for table in tables for n in _networks(table, numbers)}
    common = {n for n in everyone if all(_told(formula, table, n, numbers) for table in tables)}
    if common == everyone:
        return None, None
    facts = {"networks": tuple(sorted(common)), "other_networks": tuple(sorted(everyone - common))}
    return frozenset(common), Reason(key="only_networks", facts=facts)


def alike(formula: str, numbers: Numbers, networks: frozenset[str] | None) -> bool:
    """Return whether a formula speaks of these networks alone, in one currency, and of nothing disputed."""
    facts = numbers.cube.facts
    if _common(formula, numbers)[0] != networks or len(_told_in(formula, numbers)) > 1:
        return False
    return not any(gaps.torn(formula, facts, period) for period in numbers.periods)


def currency(formula: str, numbers: Numbers) -> str | None:
    """Return the one currency of a formula's money; None without money and where there are several."""
    told = _told_in(formula, numbers)
    return told.pop() if len(told) == 1 else None


def _told_in(formula: str, numbers: Numbers) -> set[str]:
    return {currency for currency, sums in by_currency(formula, numbers).items() if sums.any()}


def _networks(table: str, numbers: Numbers) -> frozenset[str]:
    """Return the networks of which a table has rows in view in the first period."""
    named = {s[0] for s in numbers.cube.segments(table) if s[0] and numbers.view.shows(*s)}
    return frozenset(n for n in named if _rows(table, numbers, frozenset({n})) > 0)


def _rows(table: str, numbers: Numbers, networks: frozenset[str] | None) -> float:
    return float(numbers.added(table, ("", frozenset()), networks)[1][0])


def _told(formula: str, table: str, network: str, numbers: Numbers) -> bool:
    """Return whether a table tells a network's part; one that orders or leads never name has none of them."""
    if table in TRACED and network not in _networks(table, numbers):
        return _rows(table, numbers, None) > 0
    wanted = [name for name in names(formula) if name.startswith(f"{table}.")]
    return all(numbers.tells(formula, name, frozenset({network})) for name in wanted)


def _one_account(numbers: Numbers, networks: frozenset[str] | None) -> bool:
    """Return whether a product of two tables speaks of one account, as it must."""
    accounts = {
        segment[:2]
        for table in ("posts", "account")
        for segment in numbers.cube.segments(table)
        if numbers.view.shows(*segment) and (networks is None or segment[0] in networks)
    }
    return len({network for network, _ in accounts}) == 1 and len({name for _, name in accounts if name}) <= 1


def _computed(kpi: Kpi, variant: Variant, numbers: Numbers) -> Value:
    """Return one variant's value, with the reason where it is unknown in the first period."""
    formula = variant.formula
    money = by_currency(formula, numbers)
    now = {currency: float(sums[0]) for currency, sums in sorted(money.items()) if sums[0]}
    networks, note = _common(formula, numbers)
    values = evaluate(formula, numbers.lookup(formula, networks)) + np.zeros(len(numbers.periods))
    if numbers.cube.facts.disputes:
        doubts = [gaps.torn(formula, numbers.cube.facts, period) for period in numbers.periods]
        values = np.where([doubt is not None for doubt in doubts], np.nan, values)
    for currency, sums in money.items():
        if currency not in now or len(now) > 1:
            values = np.where(sums != 0, np.nan, values)  # another currency is another series
    values, left = of_one_currency(values, formula, numbers)
    if len(now) > 1:
        reasons: tuple[Reason, ...] = (
            Reason(key="two_currencies", facts={"sums": each_apart(formula, numbers)}),
        )
    elif multiplies_tables(formula) and not _one_account(numbers, networks):
        values, reasons = values * np.nan, (Reason(key="several_accounts"),)
    elif np.isnan(values[0]):
        reasons = (left or _why(variant, numbers, networks),)
    else:
        reasons = tuple(one for one in (note, left) if one)
        if now and any(numbers.untold(field_and_roll(name)[0]) for name in names(formula)):
            reasons = (*reasons, Reason(key="untold_currency", facts={"currency": next(iter(now))}))
    return Value(
        kpi=kpi,
        variant=variant,
        values=values,
        reasons=reasons,
        networks=networks,
        currency=next(iter(now)) if len(now) == 1 else None,
    )


def _unknown(kpi: Kpi, variant: Variant, numbers: Numbers, why: Reason) -> Value:
    """Return a variant that is unknown in every period, and why."""
    return Value(kpi=kpi, variant=variant, values=np.full(len(numbers.periods), np.nan), reasons=(why,))


def _why(variant: Variant, numbers: Numbers, networks: frozenset[str] | None) -> Reason:
    """Return why a variant whose fields the files do have is unknown in the first period."""
    formula, several = variant.formula, Reason(key="several_accounts")
    lookup = numbers.lookup(formula, networks or None)
    unknown = [name for name in names(formula) if np.isnan(lookup(name)[0])]
    if not unknown:
        zero = [n for n in names(formula) if lookup(n)[0] == 0]
        nought = any(value_of(d, lookup)[0] == 0 for d in divisors(formula))
        return (
            Reason(key="zero_divisor", facts={"field": field_and_roll(zero[-1])[0]})
            if nought and zero
            else several
        )
    field, roll = field_and_roll(unknown[0])
    facts = {"field": field}
    if roll == "start" and not np.isnan(lookup(f"{field}.end")[0]):
        return Reason(key="level_once", facts=facts)
    if field == "ads.reach" and numbers.speaks(field, networks or None):
        return Reason(key="overlapping_reach")
    if numbers.tells(formula, unknown[0], networks or None):
        return several
    if field.endswith((".previous", ".returning")) and numbers.speaks(field, networks or None):
        return Reason(key="no_period_before")
    if field.endswith(".new_customers") and numbers.speaks(field, networks or None):
        return Reason(key="short_history")
    if undivided := gaps.undivided(field, numbers.cube, numbers.view):
        return undivided
    if _only_windows(field, numbers):
        return Reason(key="only_windows", facts=facts)
    if fields()[field].roll is Roll.NONE and not roll:
        return Reason(key="no_exact_window", facts=facts)
    return Reason(
        key="only_sums" if roll in OVER_ROWS and _is_summed(field, numbers) else "no_rows", facts=facts
    )


def _is_summed(field: str, numbers: Numbers) -> bool:
    """Return whether the sum of a field is known in the first period: of a day, where its rows are not."""
    table, _, column = field.partition(".")
    pairs = numbers.cube.slabs[table].pairs if table in numbers.cube.slabs else {}
    return any(numbers.added(table, pair)[1][0] > 0 for pair in pairs if pair[0] == column)


def _only_windows(field: str, numbers: Numbers) -> bool:
    """Return whether the figures exist, but only for windows that stick out of the period."""
    frames = numbers.cube.facts.windows.get(field.partition(".")[0], ())
    return any(not f.spread and field.partition(".")[2] in f.values for f in frames)


def window_of(variant: Variant, numbers: Numbers) -> Period:
    """Return the period a variant can speak of: the windows inside the first one, where only they tell.

    A row that states a longer span is used whole and never spread; what stands beside it in the formula
    is then read for the same days.
    """
    period = numbers.periods[0]
    spans = []
    for table in sorted({name.partition(".")[0] for name in names(variant.formula)}):
        slab = numbers.cube.slabs.get(table)
        if slab is None or not filled(variant.formula, table):
            continue
        told = [
            2 * at + 1
            for (column, beside), at in slab.pairs.items()
            if beside == filled(variant.formula, table)
        ]
        inside = [
            (a, b)
            for a, b, _, spread, row in slab.longer
            if not spread and row[told].any() and _within(a, b, period)
        ]
        daily = [day[matrix[:, told].any(axis=1)] for day, matrix in slab.folded]
        if inside and not any(_any_within(day, period) for day in daily):
            spans.append((min(a for a, _ in inside), max(b for _, b in inside)))
    if not spans:
        return period
    return Period(calendar(min(a for a, _ in spans)), calendar(max(b for _, b in spans)))


def _within(first: int, last: int, period: Period) -> bool:
    return ordinal(period.first) <= first and last <= ordinal(period.last)


def _any_within(day: np.ndarray[tuple[int], np.dtype[np.int64]], period: Period) -> bool:
    return bool(((day >= ordinal(period.first)) & (day <= ordinal(period.last))).any())


def value(kpi: Kpi, numbers: Numbers, variants: Sequence[Variant] | None = None) -> Value:
    """Return the first variant that can be computed, else the one that is nearest to it and why not."""
    facts = numbers.cube.facts
    nearest: Value | None = None
    gap: list[tuple[Missing, ...]] = []
    candidates = tuple(variants or kpi.variants)
    for variant in candidates:
        lacks = gaps.missing(variant.formula, facts, numbers.view)
        gap.append(lacks)
        if doubt := gaps.torn(variant.formula, facts, numbers.periods[0]):
            nearest = nearest or _unknown(kpi, variant, numbers, doubt)
            continue
        if lacks:
            continue
        if nobody := gaps.untraced(variant.formula, facts):
            nearest = nearest or _unknown(kpi, variant, numbers, nobody)
            continue
        found = _computed(kpi, variant, numbers)
        if found.now is not None:
            return found
        nearest = nearest or found
    if nearest is not None:
        return nearest
    closest = gaps.nearest([variant.formula for variant in candidates], gap, facts)
    reason = gaps.waits(candidates[closest].formula, facts, numbers.view) or Reason(
        key="missing", facts={"fields": tuple(m.field for m in gap[closest])}
    )
    return Value(
        kpi=kpi,
        variant=None,
        values=np.full(len(numbers.periods), np.nan),
        reasons=(reason,),
        missing=gaps.absent(gap[closest], facts),
        nearest=candidates[closest],
    )
