"""All that the screens compute from: slabs of sums and the tracks beside them, made once for all files."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from kpi.catalog.loader import fields
from kpi.facts.assemble import Facts
from kpi.facts.frame import Frame
from kpi.metrics.cube import Segment, Slab, slab
from kpi.metrics.levels import OVER_ROWS, Part, Track, one_each, parted, tracks
from kpi.metrics.pairs import ADDED, formulas, pairs
from kpi.model.field import Roll
from kpi.model.formula import field_and_roll, names
from kpi.model.kpi import Kpi


@dataclass(frozen=True, slots=True)
class Cube:
    """Facts, their sums by table, and by `field` (`.window` for longer spans) the values beside sums."""

    facts: Facts
    slabs: Mapping[str, Slab]
    tracks: Mapping[str, tuple[Track, ...]]

    def segments(self, table: str) -> tuple[Segment, ...]:
        """Return the segments of a table."""
        found = self.slabs.get(table)
        return found.segments if found else ()

    def tracks_of(self, field: str, form: str) -> tuple[Track, ...]:
        """Return the values of a field in posts of one format; none of a table that tells no formats."""
        table, _, column = field.partition(".")
        frame = self.facts.daily.get(table)
        if frame is None or "format" not in frame.labels:
            return ()
        mine = frame.take(np.flatnonzero(frame.labels["format"].says(form)))
        return tracks(mine, column, parted(mine))

    @property
    def formats(self) -> tuple[str, ...]:
        """Return the formats that posts name."""
        posts = self.slabs.get("posts")
        return tuple(sorted(name for name in posts.form.names if name)) if posts else ()

    @property
    def networks(self) -> tuple[str, ...]:
        """Return the networks that the data name."""
        return tuple(sorted({s[0] for table in self.slabs for s in self.segments(table) if s[0]}))

    @property
    def accounts(self) -> tuple[tuple[str, str], ...]:
        """Return the accounts that the data name, with their network."""
        found = {(s[0], s[1]) for table in self.slabs for s in self.segments(table) if s[1]}
        return tuple(sorted(found))

    @property
    def currencies(self) -> tuple[str, ...]:
        """Return the currencies in which the data tell money."""
        return tuple(sorted({s[2] for table in self.slabs for s in self.segments(table) if s[2]}))


def cube(facts: Facts, kpis: Iterable[Kpi]) -> Cube:
    """Return the cube of all that these KPIs need."""
    catalogue = tuple(kpis)
    slabs = {
        table: slab(table, facts.daily.get(table), facts.windows.get(table, ()), wanted)
        for table, wanted in pairs(catalogue).items()
        if table in facts.daily or facts.windows.get(table)
    }
    beside: dict[str, tuple[Track, ...]] = {}
    frames: dict[tuple[str, bool], list[tuple[Frame, Sequence[Part]]]] = {}
    for name in {name for kpi in catalogue for formula, _ in formulas(kpi) for name in names(formula)}:
        field, roll = field_and_roll(name)
        known = fields()[field]
        if (known.roll is Roll.SUM and not roll) or roll in ADDED or known.table in {"period", "owner"}:
            continue
        table, over_rows = known.table, roll in OVER_ROWS
        if (table, over_rows) not in frames:
            mine = _frames(facts, table, over_rows=over_rows)
            frames[table, over_rows] = [(frame, parted(frame)) for frame in mine]
        given = frames[table, over_rows]
        beside[field] = tuple(track for frame, parts in given for track in tracks(frame, known.column, parts))
    return Cube(facts, slabs, beside)


def _frames(facts: Facts, table: str, *, over_rows: bool) -> list[Frame]:
    """Return the frames of a table from which levels, people and medians are read."""
    found = [facts.daily[table]] if table in facts.daily else []
    found += [frame for frame in facts.windows.get(table, ()) if not frame.spread]
    return one_each(found) if over_rows else found
