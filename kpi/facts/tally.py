"""The tally at the till: sales of days that no other file tells, and orders that a network brought."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from kpi.catalog.loader import sources
from kpi.facts.frame import Floats, Frame, Ints, Labels, blank, calendar, joined
from kpi.facts.spans import Span
from kpi.model.period import Period
from kpi.model.reading import Issue, Table


def totals(
    tallies: Sequence[Frame], till: Frame | None, tables: Sequence[Table]
) -> tuple[Frame, list[Issue]]:
    """Return the tallied sales as orders, of those days on which nothing else was told at the till.

    The total of the tally and the till's own report of a day are the same sales: the report is finer.
    """
    whole = joined(list(tallies))
    count, amount = (whole.values.get(name, blank(len(whole))) for name in ("count", "amount"))
    told = ~(np.isnan(count) & np.isnan(amount))
    other = _days(till, tables)
    twice = np.isin(whole.day, other)
    days = sorted(set(whole.day[told & twice].tolist()))
    issues = []
    if days:
        facts = {"n": len(days), "first": calendar(days[0]), "last": calendar(days[-1])}
        issues.append(Issue(key="tally_beside", facts=facts))
    rows = np.flatnonzero(told & ~twice)
    return _orders(whole, rows, "orders", {"count": count, "amount": amount, "revenue": amount}), issues


def _orders(whole: Frame, rows: Ints, table: str, values: dict[str, Floats]) -> Frame:
    labels = {name: label for name, label in whole.labels.items() if name in {"currency", "network"}}
    origin = dict.fromkeys(values, whole.main_origin())
    return Frame(table, whole.day, whole.until, labels, values, origin, whole.row).take(rows)


def _days(till: Frame | None, tables: Sequence[Table]) -> Ints:
    """Return the days of orders that passed the till, as those of an online shop do not."""
    return np.unique(till.day[_at_till(till, tables)]) if till is not None else np.zeros(0, np.int64)


def _at_till(frame: Frame, tables: Sequence[Table]) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    origin = frame.main_origin()
    online = {index for index in np.unique(origin).tolist() if _is_online(tables[index])}
    return ~np.isin(origin, list(online))


def _is_online(table: Table) -> bool:
    return table.source is not None and sources()[table.source].online


def shares(
    tallies: Sequence[Frame],
    traced: Frame | None,
    tables: Sequence[Table],
    table: str,
    reads: Callable[[str], str | None],
) -> Frame | None:
    """Return the orders whose source `reads` knows: the tallied ones, and `traced` of all other days.

    A day on which the buyers were asked at the till is told by the tally alone, but for an online shop.
    """
    whole = joined(list(tallies))
    source = whole.labels.get("source", Labels.same("", len(whole)))
    asked = np.array([bool(name) for name in source.names], bool)[source.codes]
    if not asked.any():
        return traced
    network = [reads(name) if name else None for name in source.names]
    hit = np.array([one is not None for one in network], bool)[source.codes]
    values = {"traced": hit.astype(float)}
    receipts, paid = (whole.values.get(name, blank(len(whole))) for name in ("of_count", "of_amount"))
    paid = np.where(np.isnan(paid) & (receipts == 0), 0.0, paid)  # no receipts are no money
    for name, given in (("count", receipts), ("revenue", paid)):
        if not np.isnan(given[hit & asked]).all() or not (hit & asked).any():
            values[name] = np.where(hit, given, 0.0)
    named = Labels(source.codes, tuple(one or "" for one in network))
    ready = Frame(
        whole.table, whole.day, whole.until, {**whole.labels, "network": named}, {}, whole.origin, whole.row
    )
    tallied = _orders(ready, np.flatnonzero(asked), table, values)
    if traced is None:
        return tallied
    again = _at_till(traced, tables) & np.isin(traced.day, tallied.day)
    both = joined([traced.take(np.flatnonzero(~again)), tallied])
    return both.take(np.argsort(both.day, kind="stable"))


def asked_days(tables: Sequence[Table]) -> tuple[Span, ...]:
    """Return the days of the files that can tell where orders came from, where one of them is a tally."""
    tracing = [
        table for table in tables if table.first and table.last and not table.waiting and _tells_source(table)
    ]
    if not any(table.kind == "tally" for table in tracing):
        return ()
    return tuple(Span(Period(t.first, t.last)) for t in tracing if t.first and t.last)


def _tells_source(table: Table) -> bool:
    wanted = {"tally": {"tally.of_count"}, "orders": {"orders.source", "orders.code"}}.get(
        table.kind or "", set()
    )
    return any(column.field in wanted and column.filled for column in table.columns)
