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
Bools = np.ndarray[tuple[int], np.dtype[np.bool_]]
_PAUSE = 7  # days without an order between two files that are no gap in the history


def buyers(frame: Frame, tables: Sequence[Table]) -> dict[str, Floats]:
    """Return the figures of each order, by day, that hang on who bought; none where no file names buyers.

    `customers`, `repeat_customers` and `new_customers` hold the number that a buyer goes by, for counting
    different ones, `repeat_count` is 1 for every order but a buyer's first one; who brings something back
    buys nothing. A buyer is new on the day of the first order seen, if a year of orders before it is told,
    or where the row says so itself; the orders of all other days are `NOBODY`, those of which nobody can
    tell `UNTOLD`.
    """
    who = (frame.texts or {}).get("customer")
    flag = frame.labels.get("new", Labels.same("", len(frame)))
    said = {word: np.array(flag.codes == code, bool) for code, word in enumerate(flag.names) if word}
    if who is None and not said:
        return {}
    numbers, many = _numbers(who, len(frame))
    named = numbers >= 0
    bought = named & (frame.values["count"] != 0)
    came = frame.day[_first(numbers, named, many)[numbers]]
    known = frame.day - _since(frame, tables) >= HISTORY
    new = np.where(frame.day > came, NOBODY, np.where(known, numbers, UNTOLD))
    new = np.where(bought, new, np.where(named, NOBODY, np.nan))
    lone = many + np.arange(len(frame))  # a new buyer without a name is one of their own
    new = np.where(said.get("yes", False), np.where(named, numbers, lone), new)
    new = np.where(said.get("no", False), NOBODY, new)
    again = _first(numbers, bought, many)[numbers] < np.arange(len(frame))
    buyer = np.where(bought, numbers, np.where(named, NOBODY, np.nan))
    return {
        "customers": buyer,
        "repeat_customers": buyer,
        "repeat_count": np.where(named, again & bought, np.nan),
        "new_customers": new,
    }


def _numbers(who: pa.Array | None, rows: int) -> tuple[Ints, int]:
    """Return the number that each row's buyer goes by, -1 where blank, and how many there are."""
    if who is None:
        return np.full(rows, -1), 0
    coded = who.dictionary_encode()
    numbers = coded.indices.fill_null(-1).to_numpy(zero_copy_only=False).astype(np.int64)
    return numbers, len(coded.dictionary)


def _first(numbers: Ints, rows: Bools, many: int) -> Ints:
    """Return of each number the first of these rows, by day; of one that has none, and of -1, any."""
    first = np.zeros(many + 1, np.int64)
    chosen = np.flatnonzero(rows)[::-1]
    first[numbers[chosen]] = chosen
    return first


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
