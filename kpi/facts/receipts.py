"""Lines of orders → one row an order: its money once, returns taken off, how many orders it stands for."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from kpi.catalog.loader import sources
from kpi.facts.frame import Floats, Frame, Ints, Labels, blank
from kpi.model.reading import Table

RETURN, RETURNED = "return", "returned"  # a line that takes money back; an order that was taken back whole
_COUNTED = frozenset({"order", "lead"})  # grains of which a row without a number of its own is one
_FEW_DAYS = 3
Rows = NDArray[np.bool_]


def grain(table: Table) -> str:
    """Return what a row of orders is: an order, the total of a day or of a period, or an item of many orders.

    A layout says so. An own spreadsheet shows it: an order has a number; lines of products have none; a
    day total says how many receipts it holds, or tells each day once and nothing else.
    """
    if table.source in sources():
        return sources()[table.source].grain
    names = set(table.data.column_names) if table.data is not None else set()
    if "id" in names:
        return "order"
    if "item" in names:
        return "item"
    if "count" in names or _once_a_day(table, names):
        return "day"
    return "order"


def _once_a_day(table: Table, names: set[str]) -> bool:
    """Return whether rows tell nothing of a buyer, have no clock time and a day each."""
    if (
        table.data is None
        or "at" not in names
        or names & {"customer", "status", "source", "code", "operation"}
    ):
        return False
    at = table.data["at"].drop_null().to_pylist()
    days = {(one.year, one.month, one.day) for one in at}
    clock = any(getattr(one, "hour", 0) or getattr(one, "minute", 0) for one in at)
    return len(at) >= _FEW_DAYS and len(days) == len(at) and not clock


def receipts(frame: Frame, table: Table) -> Frame:
    """Return the orders of one table, with revenue less what was returned whatever its sign in the file.

    A blank amount is unknown, a blank refund none. A row that stands for no whole order has no count.
    """
    signed, back = _signed(frame)
    ready = frame.with_values({"revenue": signed})
    codes, lines = _orders(ready, table, back)
    chosen = np.flatnonzero(~_mere_lines(ready)) if codes is None else _first(codes, np.isnan(signed))
    whole = ready.take(chosen)
    if codes is not None and lines is not None:
        added = {name: ready.values[name] for name in ("revenue", "cogs") if name in ready.values}
        whole = whole.with_values(
            {
                name: np.asarray(np.bincount(codes[lines], values[lines], len(codes))[codes[chosen]], float)
                for name, values in added.items()
            }
        )
    given = whole.values.get("count", blank(len(whole)))
    one = grain(table) in _COUNTED or "id" in (frame.texts or {})
    if grain(table) == "item":
        given = blank(len(whole))  # the receipts of two dishes may be the same ones
    taken_back = np.where(back[chosen], 0.0, 1.0 if one else np.nan)
    count = np.where(np.isnan(given), taken_back, given)
    margin = whole.values["revenue"] - whole.values.get("cogs", blank(len(whole)))
    labels = {**whole.labels, "back": Labels.of(np.where(back[chosen], RETURN, "").tolist())}
    made = whole.with_values({"count": count, "margin": margin})
    return Frame(
        made.table, made.day, made.until, labels, made.values, made.origin, made.row, made.spread, made.texts
    )


def _signed(frame: Frame) -> tuple[Floats, Rows]:
    """Return the money of each row, negative where it was taken back, and which rows take it back."""
    amount = frame.values.get("amount", _both(frame, "cash", "cashless"))
    refund = frame.values.get("refund", _both(frame, "refund_cash", "refund_cashless"))
    back = _says(frame, "operation", RETURN)
    reversed_ = _says(frame, "status", RETURNED) & np.isnan(refund) & (amount > 0)
    refund = np.where(reversed_, amount, refund)
    signed = np.where(back, -np.abs(amount), amount) - np.abs(np.nan_to_num(refund))
    return signed, back | (amount < 0)


def _both(frame: Frame, one: str, other: str) -> Floats:
    """Return the sum of two ways to pay; a column that the file does not have adds nothing."""
    parts = [frame.values[name] for name in (one, other) if name in frame.values]
    return sum(parts[1:], parts[0]) if parts else blank(len(frame))


def _says(frame: Frame, name: str, word: str) -> Rows:
    label = frame.labels.get(name)
    if label is None or word not in label.names:
        return np.zeros(len(frame), bool)
    return np.asarray(label.codes == label.names.index(word), bool)


def _orders(frame: Frame, table: Table, back: Rows) -> tuple[Ints | None, Rows | None]:
    """Return the order of each line, and which lines are added up; None where the first one speaks for all.

    An order's number may come again on another day, as those of a till do; a return is a row of its own.
    """
    texts = frame.texts or {}
    if "id" not in texts:
        return None, None
    codes = _codes(frame, texts["id"], back)
    if "part" in texts:
        first = _first(_codes(frame, texts["part"], back), np.isnan(frame.values["revenue"]))
        return codes, np.isin(np.arange(len(frame)), first)
    if grain(table) == "item" or _lines(frame, codes):
        return codes, np.ones(len(frame), bool)
    return codes, None


def _codes(frame: Frame, ids: pa.Array, back: Rows) -> Ints:
    """Return a number for each different id, day and direction; a row without an id has one of its own."""
    words = ids.dictionary_encode().indices.fill_null(-1).to_numpy(zero_copy_only=False).astype(np.int64)
    days, day = np.unique(frame.day, return_inverse=True)
    together = (words * len(days) + day) * 2 + back
    lone = -1 - np.arange(len(frame))
    _, codes = np.unique(np.where(words < 0, lone, together), return_inverse=True)
    found: Ints = codes
    return found


def _first(codes: Ints, silent: Rows) -> Ints:
    """Return the first row of each code that tells an amount, else the first one; in the rows' order."""
    order = np.lexsort((np.arange(len(codes)), silent))
    first = np.full(codes.max(initial=-1) + 1, -1)
    first[codes[order[::-1]]] = order[::-1]
    found: Ints = np.sort(first[first >= 0])
    return found


def _lines(frame: Frame, codes: Ints) -> bool:
    """Return whether lines of one order have amounts of their own: they name products and differ."""
    if "item" not in (frame.texts or {}):
        return False
    amount = frame.values["revenue"]
    known = ~np.isnan(amount)
    pairs = set(zip(codes[known].tolist(), amount[known].tolist(), strict=True))
    return len(pairs) > len(np.unique(codes[known]))


def _mere_lines(frame: Frame) -> Rows:
    """Return which rows of an export without ids are lines of the order above: no status and no amount."""
    status = frame.labels.get("status")
    if status is None:
        return np.zeros(len(frame), bool)
    stated = np.array([bool(word) for word in status.names], bool)[status.codes]
    return ~stated & np.isnan(frame.values.get("amount", blank(len(frame))))


def numbered_once(frame: Frame, tables: Sequence[Table]) -> Floats:
    """Return the counts with an order whose money comes on several days counted on the first of them.

    So it is in ledgers, whose rows are items of orders that have a number.
    """
    texts = frame.texts or {}
    count = frame.values["count"].copy()
    if "id" not in texts:
        return count
    shops = Labels.of([f"{t.source}\t{t.account}" if grain(t) == "item" else "" for t in tables])
    ids = (
        texts["id"].dictionary_encode().indices.fill_null(-1).to_numpy(zero_copy_only=False).astype(np.int64)
    )
    shop = shops.codes[frame.main_origin()]
    known = np.flatnonzero((ids >= 0) & (count > 0) & np.array([bool(name) for name in shops.names])[shop])
    _, first = np.unique(ids[known] * len(shops.names) + shop[known], return_index=True)
    again = np.ones(len(known), bool)
    again[first] = False
    count[known[again]] = 0.0
    return count
