"""The marks of a link (UTM) that a note beside an order holds: its source, and which link it was."""

from __future__ import annotations

import pyarrow as pa
import pyarrow.compute as pc

from kpi.ingest.aside import Rows
from kpi.ingest.blocks import Block
from kpi.ingest.plan import Plan

_UTM = r"(?i)utm_{0}\s*[:=]\s*(?P<{0}>[^\s&;,]+)"


def marked(data: pa.Table, plan: Plan, block: Block, used: Rows) -> pa.Table:
    """Return the data with the marks of a note: `utm_source` as the row's source where there is one.

    It stays written as a mark, so that it is not taken for what a buyer or a seller said. `utm_content`,
    else `utm_campaign`, is the mark of the link itself.
    """
    text = None if plan.utm is None else block.sheet.strips[plan.utm].take(used).text
    if text is None:
        return data
    source, content, campaign = (
        pc.struct_field(pc.extract_regex(text, _UTM.format(one)), one)
        for one in ("source", "content", "campaign")
    )
    found = pc.binary_join_element_wise("utm_source", source, "=")
    mark = pc.coalesce(content, campaign)
    data = data if mark.null_count == len(mark) else data.append_column("mark", mark)
    if "source" not in data.column_names:
        return data.append_column("source", found)
    place = data.column_names.index("source")
    return data.set_column(place, "source", pc.coalesce(found, data["source"]))
