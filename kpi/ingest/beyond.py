"""Rows in which a part is larger than its whole: more people reached than times shown."""

from __future__ import annotations

import re
from collections.abc import Iterator

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from kpi.ingest.heading import key
from kpi.ingest.plan import Plan
from kpi.model.reading import Issue

_PAIRS = {
    "ads": (("reach", "impressions"), ("link_clicks", "impressions")),
    "posts": (("reach", "views"),),
    "account": (("reach", "views"),),
}
_SHOWN = re.compile(r"\b(impression|показ)")  # views of a video are fewer than the people it was shown to


def beyond(plan: Plan, data: pa.Table) -> Iterator[Issue]:
    """Yield an issue for every pair of columns of which the part is larger somewhere, with the first row."""
    headings = {name: heading for name, heading in zip(plan.fields, plan.headings, strict=True) if name}
    for part, whole in _PAIRS.get(plan.kind or "", ()):
        other = headings.get(f"{plan.kind}.{whole}", "")
        if part not in data.column_names or whole not in data.column_names:
            continue
        if whole == "views" and not _SHOWN.search(key(other)):
            continue
        larger = pc.greater(data[part], data[whole]).fill_null(fill_value=False).to_numpy()
        rows = np.flatnonzero(larger)
        if len(rows):
            facts = {"other": other, "n": len(rows)}
            heading = headings.get(f"{plan.kind}.{part}", "")
            row = data["row"][int(rows[0])].as_py()
            yield Issue(key="beyond", row=row, heading=heading, facts=facts)
