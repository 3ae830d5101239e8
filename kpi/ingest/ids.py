"""Ids as text: leading zeros stay, and a damaged one is told and joined on nothing."""

from __future__ import annotations

import hashlib

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from kpi.ingest.manner import Read, flaws
from kpi.ingest.strip import Mask, Strip, mapped, worded
from kpi.model.field import Field

_POWER = r"(?i)^\s*\d(?:[.,]\d+)?E\+?\d+\s*$"
_PEOPLE = frozenset({"orders.customer", "engagers.person"})
_SAFE = 1e15  # from here on a spreadsheet cell holds no longer every digit


def key(strip: Strip, mask: Mask, heading: str, known: Field) -> Read:
    """Return a column of ids; people by a digest only, for counting different ones."""
    text, damaged = _told(strip)
    if known.name in _PEOPLE:
        text = mapped(text, lambda word: hashlib.sha256(word.strip().casefold().encode()).hexdigest()[:16])
    return Read(
        values=text,
        filled=int(mask.sum()),
        issues=tuple(flaws("damaged_id", heading, damaged, len(damaged))),
    )


def _told(strip: Strip) -> tuple[pa.Array, tuple[tuple[int, str], ...]]:
    """Return ids as text and those that lost digits; these are null, so that nothing is joined on them."""
    damaged: list[tuple[int, str]] = []
    text = worded(strip.text, strip.length)
    if strip.text is not None:
        broken = pc.match_substring_regex(text, _POWER).fill_null(fill_value=False)
        if pc.any(broken).as_py():
            rows = np.flatnonzero(broken.to_numpy(zero_copy_only=False))
            damaged += [(int(row), text[int(row)].as_py()) for row in rows]
            text = pc.if_else(broken, pa.scalar(None, pa.string()), text)
    if strip.number is not None:
        text = pc.coalesce(text, _written(strip.number, damaged))
    return text, tuple(damaged)


def _written(numbers: pa.Array, damaged: list[tuple[int, str]]) -> pa.Array:
    """Return ids stored as numbers as text, those too long for a cell null and added to `damaged`."""
    lost = pc.greater_equal(pc.abs(numbers), _SAFE).fill_null(fill_value=False)
    rows = np.flatnonzero(lost.to_numpy(zero_copy_only=False))
    damaged += [(int(row), f"{numbers[int(row)].as_py():.15g}") for row in rows]
    return figured(pc.if_else(lost, pa.scalar(None, pa.float64()), numbers))


def figured(numbers: pa.Array) -> pa.Array:
    """Return numbers as a person writes them: whole ones without a point."""
    whole = pc.and_(pc.equal(pc.floor(numbers), numbers), pc.less(pc.abs(numbers), _SAFE))
    ints = pc.if_else(whole, numbers, pa.scalar(None, pa.float64())).cast(pa.int64(), safe=False)
    return pc.coalesce(ints.cast(pa.string()), numbers.cast(pa.string()))
