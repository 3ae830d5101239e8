"""Numbers of posts and orders as text: those that lost digits are told and joined to nothing."""

from __future__ import annotations

import re

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from kpi.ingest import cells
from kpi.ingest.strip import Strip

_POWER = re.compile(r"\d(?:[.,]\d+)?E\+\d+", re.IGNORECASE)
_SAFE = 1e15


def ids(strip: Strip) -> tuple[pa.Array, tuple[tuple[int, str], ...]]:
    """Return ids as text and those that lost digits; these are null, so that nothing is joined on them."""
    damaged: list[tuple[int, str]] = []
    text = texts(strip.text, strip.length)
    if strip.text is not None:
        broken = pc.match_substring_regex(text, f"(?i)^{_POWER.pattern}$").fill_null(fill_value=False)
        if pc.any(broken).as_py():
            rows = np.flatnonzero(broken.to_numpy(zero_copy_only=False))
            damaged += [(int(row), text[int(row)].as_py()) for row in rows]
            text = pc.if_else(broken, pa.scalar(None, pa.string()), text)
    if strip.number is not None:
        words: list[str | None] = []
        for row, value in enumerate(strip.number.to_pylist()):
            lost = value is not None and abs(value) >= _SAFE
            if lost:
                damaged.append((row, f"{value:.15g}"))
            words.append(None if value is None or lost else cells.plain(value))
        text = pc.coalesce(text, pa.array(words, pa.string()))
    return text, tuple(damaged)


def texts(text: pa.Array | None, length: int) -> pa.Array:
    """Return the texts of a column of `length` cells, null where a cell is empty."""
    if text is None:
        return pa.nulls(length, pa.string())
    blank = pc.equal(pc.binary_length(text), 0)
    return pc.if_else(blank, pa.scalar(None, pa.string()), text) if pc.any(blank).as_py() else text
