"""Which messages of a table were answered: a blank cell says no, one that is no time says nothing."""

from __future__ import annotations

import re

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from kpi.ingest.aside import Rows
from kpi.ingest.blocks import Block
from kpi.ingest.plan import Plan

_FIELD = "messages.answered_at"
_NONE = re.compile(r"[\s\-–—]*|no|none|n/a|not yet|нет|не ответили|без ответа", re.IGNORECASE)


def answered(data: pa.Table, plan: Plan, block: Block, used: Rows) -> pa.Table:
    """Return messages with 1 for an answer, 0 for none, null where the cell cannot be read."""
    if _FIELD not in plan.fields or "answered_at" not in data.column_names:
        return data
    strip = block.sheet.strips[plan.fields.index(_FIELD)].take(used)
    told = np.array([_NONE.fullmatch(str(cell)) is None for cell in strip.cells()], bool)
    came = data["answered_at"].is_valid()
    unread = pc.and_(pc.invert(came), pa.chunked_array([pa.array(told)]))
    found = pc.if_else(unread, pa.scalar(None, pa.float64()), came.cast(pa.float64()))
    return data.append_column("answered", found)
