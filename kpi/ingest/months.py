"""Rows of an own spreadsheet that speak of whole months → windows of these months."""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from kpi.catalog import loader
from kpi.ingest.aside import Rows
from kpi.ingest.heading import key
from kpi.ingest.moment import moment
from kpi.ingest.plan import Plan
from kpi.ingest.strip import Strip

_MONTH = re.compile(r"[^\W\d_]{3,}\.?\s+\d{4}(?:\s*г\.?)?|\d{4}-\d{2}|\d{2}[./]\d{4}")
_HEADINGS = frozenset(
    map(key, ("month", "месяц", "місяць", "mês", "mes", "monat", "miesiąc", "mois", "mese", "ай"))
)


def monthly(text: str) -> bool:
    """Return whether a text is a month of a year without a day.

    >>> monthly("Март 2026"), monthly("2026-03"), monthly("03.03.2026")
    (True, True, False)
    """
    return bool(_MONTH.fullmatch(text.strip())) and moment(text, "dmy") is not None


def windows(data: pa.Table, plan: Plan, strips: Sequence[Strip], rows: Rows) -> pa.Table:
    """Return the data with start and end where it gives a month for a day; `rows` are those of the strips.

    A month's figure on its first day would be a day's figure to every week and every mean.
    """
    when = next((name for name in ("date", "at", "starts") if f"{plan.kind}.{name}" in plan.fields), None)
    if plan.known or when not in data.column_names or "ends" in data.column_names:
        return data
    place = plan.fields.index(f"{plan.kind}.{when}")
    cells = strips[place].take(rows)
    spanned = plan.kind == "orders" or f"{plan.kind}.ends" in loader.fields()
    if not spanned or not _whole(cells, plan.headings[place], data[when]):
        return data
    first = data[when].cast(pa.date32())
    starts = pc.floor_temporal(first, unit="month")
    following = pc.ceil_temporal(starts, unit="month", ceil_is_strictly_greater=True)
    ends = pa.chunked_array([pa.array(following.to_numpy().astype("datetime64[D]") - np.timedelta64(1, "D"))])
    columns = [name for name in data.column_names if name != when]
    return data.select(columns).append_column("starts", starts).append_column("ends", ends)


def _whole(strip: Strip, heading: str, read: pa.ChunkedArray) -> bool:
    """Return whether every cell is a month: in so many words, or a first day under such a heading."""
    if read.null_count == len(read):
        return False
    if key(heading) in _HEADINGS:
        return pc.all(pc.equal(pc.day(read), 1)).as_py() is True
    words = [] if strip.text is None else pc.unique(strip.text.drop_null()).to_pylist()
    plain = strip.number is None and strip.when is None
    return plain and all(monthly(word) for word in words if word.strip())
