"""Which days the files cover, of which account and for which fields."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow.compute as pc

from kpi.facts.frame import Frame, Ints, Labels, calendar, ordinal
from kpi.model.period import Period, months_of
from kpi.model.reading import Table

_BY_MONTH = frozenset({"costs", "audience"})  # a day of theirs speaks for its month


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Days that a file covers, for which account and which fields; `daily` if its rows are days."""

    period: Period
    network: str = ""
    account: str = ""
    fields: frozenset[str] = frozenset()
    daily: bool = True


def merged(spans: Iterable[Period]) -> tuple[Period, ...]:
    """Return the same days in as few spans as possible, oldest first."""
    return bridged(spans, 1)


def bridged(spans: Iterable[Period], pause: int) -> tuple[Period, ...]:
    """Return spans as few as possible, oldest first; one that begins so many days after another goes on."""
    found: list[Period] = []
    for span in sorted(spans):
        if found and ordinal(span.first) - ordinal(found[-1].last) <= pause:
            found[-1] = Period(found[-1].first, max(found[-1].last, span.last))
        else:
            found.append(span)
    return tuple(found)


def within(spans: Iterable[Period], days: Ints) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    """Return which days lie in one of some spans."""
    found = np.zeros(len(days), bool)
    for span in spans:
        found |= (days >= ordinal(span.first)) & (days <= ordinal(span.last))
    return found


def covered_days(
    ranked: Sequence[Table], windows: Mapping[str, Sequence[Frame]]
) -> dict[str, tuple[Span, ...]]:
    """Return the covered days of every canonical table."""
    found: dict[str, list[Span]] = defaultdict(list)
    for table in ranked:
        if table.kind and table.first and table.last and not table.waiting:
            period = Period(table.first, table.last)
            if table.kind in _BY_MONTH:
                period = Period(months_of(period)[0].first, months_of(period)[-1].last)
            told = frozenset(column.field for column in table.columns if column.field)
            daily = table.kind not in _BY_MONTH and not _has_windows(table)
            span = Span(table.window or period, table.network or "", table.account or "", told, daily)
            found["orders" if table.kind == "tally" else table.kind].append(span)
    for frame in windows.get("ads", ()):
        if frame.spread:
            days = zip(frame.day, frame.until, strict=True)
            found["ads"] += [Span(Period(calendar(a), calendar(b)), daily=False) for a, b in days]
    return {table: tuple(spans) for table, spans in found.items()}


def _has_windows(table: Table) -> bool:
    """Return whether rows of a table stand for more than a day."""
    data = table.data
    if data is None or "day" in data.column_names or not {"starts", "ends"} <= set(data.column_names):
        return False
    return bool(pc.any(pc.not_equal(data["starts"], data["ends"])).as_py())


def tellers(frames: Iterable[Frame]) -> dict[str, frozenset[tuple[str, str]]]:
    """Return for every field the network and account of the rows that have a figure in it."""
    found: dict[str, frozenset[tuple[str, str]]] = {}
    for frame in frames:
        nobody = Labels.same("", len(frame))
        network, account = frame.labels.get("network", nobody), frame.labels.get("account", nobody)
        codes = network.codes * len(account.names) + account.codes
        for column, value in frame.values.items():
            told = np.flatnonzero(np.bincount(codes[~np.isnan(value)]))
            pairs = {
                (network.names[c // len(account.names)], account.names[c % len(account.names)]) for c in told
            }
            found[f"{frame.table}.{column}"] = found.get(f"{frame.table}.{column}", frozenset()) | pairs
    return found
