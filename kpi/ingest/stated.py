"""The window that an export states: in its file name, in the rows above its table, in every row."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from kpi.ingest.dates import moment
from kpi.model.period import Period

_NAME = re.compile(r"([A-Z][a-z]{2})-(\d{2})-(\d{4})_([A-Z][a-z]{2})-(\d{2})-(\d{4})")
_PAIR = 2


def in_name(name: str) -> Period | None:
    """Return the window of a Meta posts export, which stands nowhere in its content.

    >>> in_name("data Apr-01-2025_Jun-30-2025_9833.csv").days
    91
    """
    match = _NAME.search(name)
    if not match:
        return None
    ends = [moment(f"{match[at]} {match[at + 1]}, {match[at + 2]}", None) for at in (1, 4)]
    return _period([end[0].astype(date).date() for end in ends if end])


def above(rows: Iterable[Sequence[Any]], order: str | None) -> Period | None:
    """Return the window of a row that holds two dates and nothing else."""
    for row in rows:
        filled = [cell for cell in row if cell != ""]
        read = [moment(cell, order) for cell in filled if isinstance(cell, str)]
        if len(filled) == _PAIR and len(read) == _PAIR and all(read):
            return _period([one[0].astype(date).date() for one in read if one])
    return None


def _period(days: Sequence[date]) -> Period | None:
    return Period(*days) if len(days) == _PAIR and days[0] <= days[1] else None
