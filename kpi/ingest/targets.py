"""A sheet of targets → the KPIs that it names, by id; names that nobody knows are told."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache

import pyarrow as pa

from kpi.catalog import loader
from kpi.ingest.heading import key
from kpi.model.reading import Issue, Table

_UNIT = re.compile(r"\s*\([^()]*\)\s*$")  # what a KPI is measured in, as our list of choices says it


def with_kpis(made: Table, issues: list[Issue]) -> tuple[Table, list[Issue]]:
    """Return the table with ids of KPIs in place of their names, null where no KPI is called so."""
    if made.data is None or "kpi" not in made.data.column_names:
        return made, issues
    written = made.data["kpi"].to_pylist()
    found = [None if name is None else _id(name) for name in written]
    heading = next((column.heading for column in made.columns if column.field == "targets.kpi"), None)
    unknown = [
        Issue(key="unknown_kpi", sheet=made.sheet, row=row, heading=heading, cell=name[:80])
        for row, name, id_ in zip(made.data["row"].to_pylist(), written, found, strict=True)
        if name and id_ is None
    ]
    place = made.data.column_names.index("kpi")
    data = made.data.set_column(place, "kpi", pa.array(found, pa.string()))
    return replace(made, data=data), [*issues, *unknown]


def _id(name: str) -> str | None:
    return _names().get(key(name)) or _names().get(key(_UNIT.sub("", name)))


@cache
def _names() -> dict[str, str]:
    """Return the id of every KPI by its names and by itself."""
    return {
        key(word): kpi.id for kpi in loader.kpis().values() for word in (kpi.id, kpi.en.name, kpi.ru.name)
    }
