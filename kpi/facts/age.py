"""Which of several exports is the newer one, told by what stands in them and by nothing else."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from kpi.catalog.loader import fields
from kpi.facts.frame import EPOCH
from kpi.model.field import Roll
from kpi.model.reading import Table


def oldest_first(tables: Iterable[Table]) -> tuple[Table, ...]:
    """Return tables by age: those whose data, or stated window, reach further are the newer ones.

    Of exports of posts that reach as far, the one that counts more for the posts that all of them hold is
    the newer, for such figures grow. Of others the one with more cells filled speaks, else any, but always
    the same.
    """
    alike: dict[tuple[object, ...], list[Table]] = defaultdict(list)
    for table in tables:
        alike[_reach(table), table.kind, table.source, table.network, table.account].append(table)
    grown = {id(table): size for some in alike.values() for table, size in _grown(some)}
    return tuple(
        sorted(
            (table for some in alike.values() for table in some),
            key=lambda table: (
                _reach(table),
                grown.get(id(table), 0.0),
                sum(column.filled for column in table.columns),
                table.digest,
                table.member or "",
                table.sheet or "",
            ),
        )
    )


def _reach(table: Table) -> date:
    """Return the last day that a table tells of, or says that it does."""
    return max(table.last or EPOCH, table.window.last if table.window else EPOCH)


def _grown(tables: list[Table]) -> list[tuple[Table, float]]:
    """Return for each export of posts the sum of its figures over the posts that all of them hold."""
    data = [table.data for table in tables if table.kind == "posts" and table.data is not None]
    if len(data) < len(tables) or len(data) == 1 or not all("id" in one.column_names for one in data):
        return []
    common = set.intersection(*({text for text in one["id"].to_pylist() if text} for one in data))
    names = set.intersection(*(set(one.column_names) for one in data))
    known = fields()
    summed = [n for n in sorted(names) if f"posts.{n}" in known and known[f"posts.{n}"].roll is Roll.SUM]
    found = []
    for table, one in zip(tables, data, strict=True):
        held = one.filter(pc.is_in(one["id"], value_set=pa.array(sorted(common), one["id"].type)))
        sums = [pc.sum(held[name]).as_py() or 0.0 for name in summed]
        found.append((table, float(np.sum(sums))))
    return found
