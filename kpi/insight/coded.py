"""Which orders a promo code or a link mark alone traces to social networks, whatever else the rows say."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from kpi.facts.assemble import Facts
from kpi.facts.frame import Frame, Ints
from kpi.facts.traced import network_in
from kpi.insight.content.codes import named
from kpi.metrics.cube import Bools
from kpi.model.reading import Table

TRACED = "social_orders"
_COLUMNS = frozenset({"orders.code", "orders.mark"})


def by_code(facts: Facts) -> Facts | None:
    """Return the facts with only those orders traced that a promo code or a UTM mark tells.

    It names a network, or it stands in a post. None where no file tells either.
    """
    tells = np.array([_tells(table) for table in facts.tables], bool)
    if not tells.any():
        return None
    daily, windows = dict(facts.daily), dict(facts.windows)
    if TRACED in daily:
        daily[TRACED] = _only_coded(_with_posts(daily[TRACED], facts), facts.tables, tells)
    windows[TRACED] = tuple(_only_coded(frame, facts.tables, tells) for frame in windows.get(TRACED, ()))
    return replace(facts, daily=daily, windows=windows)


def _tells(table: Table) -> bool:
    """Return whether a table of orders has a column of promo codes or UTM marks, or a note with a mark."""
    if _source_is_mark(table) or any(one.field in _COLUMNS and one.filled for one in table.columns):
        return True
    if table.kind != "orders" or table.data is None or "source" not in table.data.column_names:
        return False
    return any(_is_mark(word) for word in table.data["source"].unique().to_pylist() if word)


def _source_is_mark(table: Table) -> bool:
    return any(one.field == "orders.source" and _is_mark(one.heading) for one in table.columns if one.filled)


def _is_mark(text: str) -> bool:
    return "utm" in text.casefold()


def _with_posts(frame: Frame, facts: Facts) -> Frame:
    """Return traced orders with those that name a post; `posted` says which they are."""
    found = named(facts)
    if found is None:
        return frame
    orders = facts.daily["orders"]
    place = {key: at for at, key in enumerate(_keys(orders)) if found.post[at] >= 0}
    at = np.array([place.get(key, -1) for key in _keys(frame)], np.int64)
    posted = at >= 0
    new = posted & (frame.values["traced"] == 0)
    values = {
        name: np.where(new, orders.values[name][at], one) if name in orders.values else one
        for name, one in frame.values.items()
    }
    traced = np.where(posted, 1.0, frame.values["traced"])
    return replace(frame, values={**values, "traced": traced, "posted": posted.astype(float)})


def _keys(frame: Frame) -> list[tuple[int, int]]:
    """Return the table and the row that each row came from."""
    return list(zip(frame.main_origin().tolist(), frame.row.tolist(), strict=True))


def _only_coded(frame: Frame, tables: tuple[Table, ...], tells: Bools) -> Frame:
    """Return traced orders with nothing in those that no code tells, unknown where the file has none."""
    origin = frame.main_origin()
    hit = _named(frame, tables, origin)
    values = dict(frame.values)
    hit |= values.pop("posted", np.zeros(len(frame))) > 0
    was = values["traced"] > 0
    values = {
        name: np.where(hit, one, np.where(tells[origin], np.where(was, 0.0, one), np.nan))
        for name, one in values.items()
    }
    values["traced"] = (hit & was).astype(float)
    return replace(frame, values=values)


def _named(frame: Frame, tables: tuple[Table, ...], origin: Ints) -> Bools:
    """Return which orders have a code, or a UTM mark as their source, that names a network."""
    hit = np.zeros(len(frame), dtype=bool)
    if "code" in frame.labels:
        label = frame.labels["code"]
        hit |= np.array([network_in(name) is not None for name in label.names], bool)[label.codes]
    if "source" in frame.labels:
        label = frame.labels["source"]
        mark = np.array([_source_is_mark(table) for table in tables], bool)
        names = np.array([network_in(name) is not None for name in label.names], bool)
        marks = np.array([_is_mark(name) for name in label.names], bool)
        hit |= names[label.codes] & (mark[origin] | marks[label.codes])
    return hit
