"""A table whose groups of columns are networks → a table for each network."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from kpi.ingest.cells import is_number
from kpi.ingest.column import network_words
from kpi.ingest.heading import key
from kpi.ingest.tiers import JOINT

_FEW = 2


def parts(names: Sequence[str], rows: Sequence[Sequence[Any]]) -> Mapping[str | None, Sequence[int]]:
    """Return the columns of each network that two or more groups name, {None: all} where none do.

    Days and words outside the groups belong to every network, figures outside them to none: they are a
    table of their own. `rows` are the first ones under the headings.
    """
    words = network_words()
    nets = [words.get(key(name.partition(JOINT)[0])) if JOINT in name else None for name in names]
    groups = [net for net in dict.fromkeys(nets) if net]
    if len(groups) < _FEW:
        return {None: range(len(names))}
    shared = [place for place, net in enumerate(nets) if net is None]
    figures = {place for place in shared if names[place] and any(_figure(row[place]) for row in rows)}
    found: dict[str | None, Sequence[int]] = {
        group: [place for place, net in enumerate(nets) if net == group or (not net and place not in figures)]
        for group in groups
    }
    return found | ({None: shared} if figures else {})


def _figure(cell: object) -> bool:
    return isinstance(cell, float) or (isinstance(cell, str) and is_number(cell))
