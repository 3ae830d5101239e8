"""Invented readings for tests: tables in canonical columns, as reading a file would give them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from hashlib import sha256
from typing import Any

import pyarrow as pa

from kpi.catalog.loader import fields
from kpi.model.field import NUMERIC
from kpi.model.reading import Column, Outcome, Reading, Table

_WHEN = {"at", "date", "day", "starts", "ends", "month"}


def _column(name: str, values: Sequence[Any]) -> pa.Array:
    if name in {"at", "answered_at"}:
        return pa.array([None if v is None else datetime.fromisoformat(v) for v in values], pa.timestamp("s"))
    if name in _WHEN:
        return pa.array([None if v is None else date.fromisoformat(v) for v in values], pa.date32())
    if name == "offset":
        return pa.array(values, pa.int16())
    return pa.array(values)


def reading(kind: str, rows: dict[str, Sequence[Any]], *, file: str = "x.csv", **table: Any) -> Reading:
    """Return the reading of one file with one table; `rows` are its columns without the table's name."""
    data = {name: _column(name, values) for name, values in rows.items()}
    count = len(next(iter(rows.values())))
    data["row"] = pa.array(range(2, count + 2), pa.int32())
    days = [
        value.date() if isinstance(value, datetime) else value
        for name in rows
        if name in _WHEN
        for value in data[name].to_pylist()
        if value is not None
    ]
    known = fields()
    columns = []
    for name, values in rows.items():
        numeric = f"{kind}.{name}" in known and known[f"{kind}.{name}"].roll in NUMERIC
        filled = [v for v in values if v is not None]
        total = float(sum(filled)) if numeric else None
        columns.append(
            Column(heading=name.capitalize(), field=f"{kind}.{name}", filled=len(filled), total=total)
        )
    digest = sha256(repr((kind, rows, table, file)).encode()).hexdigest()
    made = Table(
        file=file,
        digest=digest,
        kind=kind,
        rows_in=count,
        rows_used=count,
        first=min(days, default=None),
        last=max(days, default=None),
        columns=tuple(columns),
        data=pa.table(data),
        **table,
    )
    return Reading(file=file, digest=digest, outcome=Outcome.READ, tables=(made,))
