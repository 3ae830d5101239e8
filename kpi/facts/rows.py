"""Turns one table of a file into a frame: days in the owner's time zone, labels coded, numbers kept."""

from __future__ import annotations

from zoneinfo import ZoneInfo

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from kpi.catalog.loader import fields
from kpi.facts.frame import Floats, Frame, Ints, Labels
from kpi.model.field import NUMERIC, Roll
from kpi.model.reading import Table

ABSURD = 1e15  # beyond it a float no longer counts single units
SHOWN = frozenset({"text", "url", "id", "item", "campaign", "group", "ad", "keyword", "name"})
LABELLED = frozenset(
    {"network", "account", "format", "currency", "source", "code", "mark", "aim", "paid", "status"}
    | {"mood", "operation", "fits", "bought", "dimension", "target", "new", "place"}
)


def _array(column: pa.ChunkedArray) -> pa.Array:
    combined = column.combine_chunks()
    return combined if isinstance(combined, pa.Array) else pa.concat_arrays(combined.chunks)


def known_roll(kind: str, column: str) -> Roll | None:
    """Return the roll of a field, None if there is no such field."""
    field = fields().get(f"{kind}.{column}")
    return field.roll if field else None


def _numbers(column: pa.Array) -> Floats:
    """Return the numbers of a column, unknown where blank or no figure of any business."""
    found = np.asarray(column.cast(pa.float64()).to_numpy(zero_copy_only=False), float)
    return np.where(np.abs(found) < ABSURD, found, np.nan)


def _days(column: pa.Array) -> Ints:
    """Return days since 1970, or the smallest integer where the day is unknown."""
    dates = column.cast(pa.date32()) if not pa.types.is_date32(column.type) else column
    whole = pc.fill_null(dates.cast(pa.int32()).cast(pa.int64()), np.iinfo(np.int64).min)
    return np.asarray(whole.to_numpy(zero_copy_only=False), np.int64)


def local(at: pa.Array, offset: pa.Array, zone: str) -> pa.Array:
    """Return the times in `zone` where the file says how far they are from UTC, else as written."""
    import pandas as pd

    written = pd.Series(at.to_numpy(zero_copy_only=False))
    minutes = pd.Series(offset.to_numpy(zero_copy_only=False).astype(float))
    utc = pd.DatetimeIndex(written - pd.to_timedelta(minutes.fillna(0), unit="min")).tz_localize("UTC")
    moved = pd.Series(utc.tz_convert(ZoneInfo(zone)).tz_localize(None))
    return pa.Array.from_pandas(moved.where(minutes.notna(), written))


def _spans(data: pa.Table, zone: str | None) -> tuple[Ints, Ints, bool] | None:
    """Return first day, last day and whether amounts may be spread over them; None without any time."""
    names = set(data.column_names)
    if "day" in names and data["day"].null_count < len(data):  # beside the span of the whole export
        return _days(_array(data["day"])), _days(_array(data["day"])), False
    if {"starts", "ends"} <= names and data["ends"].null_count < len(data):
        return _days(_array(data["starts"])), _days(_array(data["ends"])), False
    if "month" in names:
        first = _array(data["month"]).cast(pa.date32())
        start = pc.floor_temporal(first, unit="month")
        following = pc.ceil_temporal(start, unit="month", ceil_is_strictly_greater=True)
        return _days(start), _days(following) - 1, True
    when = next((name for name in ("at", "date", "starts") if name in names), None)
    if when is None:
        return None
    column = _array(data[when])
    if zone and when == "at" and "offset" in names and data["offset"].null_count < len(data):
        column = local(column, _array(data["offset"]), zone)
    day = _days(column)
    return day, day, False


def frame(index: int, table: Table, zone: str | None) -> Frame | None:
    """Return the dated rows of a table as a frame, oldest first; None where it has none.

    `index` is the table's place among all tables: the address of every figure in it.
    """
    data = table.data
    if data is None or not len(data) or table.kind is None:
        return None
    spans = _spans(data, zone)
    if spans is None:
        return None
    day, until, spread = spans
    count = len(data)
    values = {
        name: _numbers(_array(data[name]))
        for name in data.column_names
        if known_roll(table.kind, name) in NUMERIC
    }
    labels = {name: Labels.of(data[name]) for name in data.column_names if name in LABELLED}
    for name, word in (("network", table.network), ("account", table.account), ("currency", table.currency)):
        if word and name not in labels:
            labels[name] = Labels.same(word, count)
    keys = {name for name in data.column_names if known_roll(table.kind, name) is Roll.KEY}
    texts = {
        name: _array(data[name]).cast(pa.string()) for name in sorted(keys | SHOWN & set(data.column_names))
    }
    rows = (
        np.asarray(_array(data["row"]).to_numpy(zero_copy_only=False), np.int64)
        if "row" in data.column_names
        else np.arange(count)
    )
    here = np.full(count, index, np.int64)
    origin = dict.fromkeys(values, here) or {"": here}
    order = np.argsort(day, kind="stable")
    order = order[(day[order] > np.iinfo(np.int64).min) & (until[order] >= day[order])]
    return Frame(table.kind, day, until, labels, values, origin, rows, spread, texts).take(order)
