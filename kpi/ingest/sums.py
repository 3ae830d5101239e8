"""Rows that repeat others: totals, subtotals and averages, told by arithmetic."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from kpi.ingest.cells import Floats
from kpi.ingest.strip import Mask

_MOST = 1000  # rows without a day that are tried; more of them are no totals
_CENT = 0.005
_FEW = 2


def repeats(columns: Sequence[Floats], blank: Mask, labelled: Mask) -> dict[int, str]:
    """Return which places hold a total or an average of other rows, with that reason.

    `columns` are figures that add up, `blank` the rows without day and identity: only these are tried.
    A total is the sum of the rows since the last total, of all above, of those up to the next row without
    a day, or of all others, in every column that it fills. One row alone is a group only where the total
    is `labelled` as such.
    """
    tried = np.flatnonzero(blank)
    if not columns or not 0 < len(tried) <= min(_MOST, len(blank) - 1):
        return {}
    sums = [np.concatenate([[0.0], np.cumsum(np.where(blank, 0.0, np.nan_to_num(one)))]) for one in columns]
    rows = np.concatenate([[0], np.cumsum(~blank)])
    known = [np.concatenate([[0], np.cumsum(~blank & np.isfinite(one))]) for one in columns]
    found: dict[int, str] = {}
    for at, place in enumerate(tried.tolist()):
        following = int(tried[at + 1]) if at + 1 < len(tried) else len(blank)
        mine = [
            (float(one[place]), total, count) for one, total, count in zip(columns, sums, known, strict=True)
        ]
        mine = [(value, total, count) for value, total, count in mine if np.isfinite(value)]
        if not any(value for value, _, _ in mine):
            continue
        for first, stop in _groups(place, max(found, default=-1) + 1, following, len(blank)):
            size = int(rows[stop] - rows[first])
            if size < (1 if labelled[place] else _FEW):
                continue
            parts = [(v, float(s[stop] - s[first]), int(c[stop] - c[first])) for v, s, c in mine]
            if all(_same(value, total, size) for value, total, _ in parts):
                found[place] = "total_row"
            elif size > 1 and all(
                count and _same(value * count, total, size) for value, total, count in parts
            ):
                found[place] = "average_row"
            if place in found:
                break
    return found


def _groups(place: int, since: int, following: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the rows that a total may be of, first and behind the last; a total itself adds nothing."""
    yield since, place
    yield 0, place
    yield place + 1, following
    yield place + 1, end
    yield 0, end


def _same(mine: float, total: float, rows: int) -> bool:
    return abs(total - mine) <= _CENT * (rows + 1) + 1e-9 * abs(mine)
