"""Whose orders these are: how many different buyers, which came again, and who of them is new."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

import numpy as np
import pyarrow as pa

from kpi.facts.frame import NOBODY, UNTOLD, Floats, Frame, Ints, Labels, ordinal
from kpi.facts.spans import bridged
from kpi.model.period import Period
from kpi.model.reading import Table

HISTORY = 365  # days of orders before one, so that a buyer who was never seen in them is a new one
_PAUSE = 7  # days without an order between two files that are no gap in the history


def buyers(frame: Frame, tables: Sequence[Table]) -> dict[str, Floats]:
    """Return the figures of each order that hang on who bought; none where no file names buyers.

    `customers`, `repeat_customers` and `new_customers` hold the number that a buyer goes by, for counting
    different ones, `repeat_count` is 1 for every order but a buyer's first one. A buyer is new on the day
    of the first order seen, if a year of orders before it is told, or where the row says so itself; the
    orders of all other days are `NOBODY`, those of which nobody can tell `UNTOLD`.
    """
    who = (frame.texts or {}).get("customer")
    flag = frame.labels.get("new", Labels.same("", len(frame)))
    said = {word: np.array(flag.codes == code, bool) for code, word in enumerate(flag.names) if word}
    if who is None and not said:
        return {}
    numbers, count = _numbers(who, len(frame))
    bought = np.where(frame.values["count"] == 0, np.nan, numbers)  # who brings something back buys nothing
    first = _first_day(numbers, frame.day, count)
    known = frame.day - _since(frame, tables) >= HISTORY
    new = np.where(frame.day > first, NOBODY, np.where(known, bought, UNTOLD))
    new = np.where(np.isnan(bought), np.nan, new)
    lone = count + np.arange(len(frame))  # a new buyer without a name is one of their own
    new = np.where(said.get("yes", False), np.where(np.isnan(numbers), lone, numbers), new)
    new = np.where(said.get("no", False), NOBODY, new)
    return {
        "customers": bought,
        "repeat_customers": bought,
        "repeat_count": _again(bought),
        "new_customers": new,
    }


def _numbers(who: pa.Array | None, count: int) -> tuple[Floats, int]:
    """Return the number that each row's buyer goes by, unknown where blank, and how many there are."""
    if who is None:
        return np.full(count, np.nan), 0
    coded = who.dictionary_encode()
    return coded.indices.cast(pa.float64()).to_numpy(zero_copy_only=False), len(coded.dictionary)


def _first_day(numbers: Floats, day: Ints, count: int) -> Ints:
    """Return for each row the first day that its buyer is seen on, be it with a return."""
    named = np.flatnonzero(~np.isnan(numbers))
    first = np.full(count + 1, np.iinfo(np.int64).max)
    np.minimum.at(first, numbers[named].astype(np.int64), day[named])
    found: Ints = first[np.where(np.isnan(numbers), count, numbers).astype(np.int64)]
    return found


def _again(bought: Floats) -> Floats:
    """Return 0 for the first order of each buyer and 1 for all others; unknown without a buyer."""
    named = np.flatnonzero(~np.isnan(bought))
    again = np.where(np.isnan(bought), np.nan, 1.0)
    again[named[np.unique(bought[named], return_index=True)[1]]] = 0.0
    return again


def _since(frame: Frame, tables: Sequence[Table]) -> Ints:
    """Return for each row the day from which on its shop tells orders with their buyers without a gap.

    Files of one shop are those of one account and layout, own sheets those of the same headings. A row of a
    file without buyers has no history: the day after it.
    """
    shops: dict[tuple[str, str], list[Period]] = defaultdict(list)
    for table in tables:
        if _names_buyers(table) and table.first and table.last:
            shops[_shop(table)].append(Period(table.first, table.last))
    runs = {shop: bridged(spans, _PAUSE) for shop, spans in shops.items()}
    since = frame.day + 1
    origin = frame.main_origin()
    for index in np.unique(origin).tolist():
        rows = np.flatnonzero(origin == index)
        for run in runs.get(_shop(tables[index]), ()) if _names_buyers(tables[index]) else ():
            inside = (frame.day[rows] >= ordinal(run.first)) & (frame.day[rows] <= ordinal(run.last))
            since[rows[inside]] = ordinal(run.first)
    return since


def _shop(table: Table) -> tuple[str, str]:
    return table.account or "", table.source or table.fingerprint


def _names_buyers(table: Table) -> bool:
    return any(column.field == "orders.customer" and column.filled for column in table.columns)
