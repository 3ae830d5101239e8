"""A level that stands above a table: the count of one day, put into the row of that day."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from kpi.ingest.cells import number
from kpi.ingest.heading import clean
from kpi.ingest.moment import moment
from kpi.model.reading import Column
from kpi.model.source import Level

Told = tuple[str, date, float]


def told(rows: Iterable[Sequence[Any]], level: Level, order: str | None) -> Told | None:
    """Return the label, the day and the count in the rows above a table, None where none tells it."""
    for row in rows:
        filled = [cell for cell in row if cell != ""]
        label = clean(filled[0]) if filled and isinstance(filled[0], str) else ""
        for said in level.said:
            if label.casefold().startswith(said.casefold()) and len(filled) > 1:
                when = moment(label[len(said) :].strip(" :"), order)
                count = filled[1] if isinstance(filled[1], float) else number(str(filled[1]), ".")
                if when and count is not None:
                    return label, when[0].astype("datetime64[D]").astype(date), float(count)
    return None


def placed(data: pa.Table, found: Told, level: Level) -> tuple[pa.Table, Column]:
    """Return the table with the count on its day, and the column that tells of it.

    A day that the table does not have has no row to stand in; then nothing is filled.
    """
    label, day, count = found
    here = pc.equal(data["date"], pa.scalar(day, pa.date32()))
    values = pc.if_else(here, count, None)
    known = pc.any(here).as_py()
    column = Column(heading=label, field=level.field, filled=int(bool(known)), total=count if known else None)
    return data.append_column(level.field.partition(".")[2], values.cast(pa.float64())), column
