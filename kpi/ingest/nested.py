"""Tables whose outer labels stand once: subtotals set aside, labels carried down to the rows below."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from kpi.ingest.aside import Rows
from kpi.ingest.strip import Mask, Strip

_SUBTOTAL = r"(?i)(^|\s)(всего|итого|total|subtotal)\s*:?\s*$"


def subtotals(strips: Sequence[Strip], masks: Sequence[Mask], rows: Rows) -> dict[int, str]:
    """Return the rows that a label calls the total of the group above it: "01.02.2025 всего"."""
    found: dict[int, str] = {}
    for strip, mask in zip(strips, masks, strict=True):
        if strip.text is None:
            continue
        ends = pc.match_substring_regex(strip.text, _SUBTOTAL).fill_null(fill_value=False)
        told = np.asarray(ends.to_numpy(zero_copy_only=False), bool)[rows] & mask[rows]
        found |= dict.fromkeys(rows[told].tolist(), "total_row")
    return found


def carried(values: pa.Array) -> pa.Array:
    """Return a column in which a blank cell says what the one above it says."""
    return pc.fill_null_forward(values)
