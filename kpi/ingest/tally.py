"""A tally at the till → beside each day's total one row for every place that receipts came from."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from kpi.ingest import column
from kpi.ingest.blocks import Block
from kpi.ingest.plan import Plan
from kpi.ingest.tiers import JOINT
from kpi.model.reading import Column, Issue, Table


def with_parts(block: Block, plan: Plan, made: Table, issues: list[Issue]) -> tuple[Table, list[Issue]]:
    """Return a tally with its columns of single places read; `made` holds its totals.

    The rows of a place have its words as `source` and `of_count`, `of_amount`; a day on which no
    place was counted has none. A column without a single figure is not used at all.
    """
    if made.data is None or block.found is None:
        return made, issues
    used = np.asarray(made.data["row"].to_numpy(), np.int64) - 1
    columns = list(made.columns)
    flaws = list(issues)
    parts: dict[str, dict[str, pa.Array]] = {}
    for place, heading in enumerate(plan.headings):
        lowest = heading.rpartition(JOINT)[2]  # of two rows of headings
        found = block.found.layout.part(lowest) if plan.fields[place] is None else None
        if found is None:
            continue
        field, source = found
        mask = block.masks[place][used]
        read = column.read(block.sheet.strips[place].take(used), mask, heading, field, plan.manner)
        columns[place] = Column(heading=heading, field=field, filled=read.filled, total=read.total)
        rows = (None if one.row is None else int(used[one.row]) + 1 for one in read.issues)
        flaws += [
            replace(one, row=row, sheet=block.sheet.name) for one, row in zip(read.issues, rows, strict=True)
        ]
        if read.filled:
            parts.setdefault(source, {}).setdefault(field.partition(".")[2], read.values)
    data = made.data.append_column("source", pa.nulls(len(used), pa.string()))
    if parts:
        told = np.logical_or.reduce([_known(one) for part in parts.values() for one in part.values()])
        days = made.data.select(
            [name for name in ("row", "date", "currency") if name in made.data.column_names]
        )
        tables = [
            days.append_column("source", pa.array([source] * len(used), pa.string()))
            .append_column("of_count", part.get("of_count", pa.nulls(len(used), pa.float64())))
            .append_column("of_amount", part.get("of_amount", pa.nulls(len(used), pa.float64())))
            .filter(pa.array(told))
            for source, part in parts.items()
        ]
        data = pa.concat_tables([data, *tables], promote_options="default")
    return replace(made, data=data, columns=tuple(columns)), flaws


def _known(values: pa.Array) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    """Return which figures are told."""
    found: np.ndarray[tuple[int], np.dtype[np.bool_]] = pc.is_valid(values).to_numpy(zero_copy_only=False)
    return found
