"""All that the screens compute from: slabs of sums and the tracks beside them, made once for all files."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from kpi.catalog.loader import fields
from kpi.facts.assemble import Facts
from kpi.metrics.cube import Segment, Slab, slab
from kpi.metrics.levels import OVER_ROWS, Track, one_each, tracks
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

    @property
    def networks(self) -> tuple[str, ...]:
        """Return the networks that the data name."""
        return tuple(sorted({s[0] for table in self.slabs for s in self.segments(table) if s[0]}))

    @property
    def accounts(self) -> tuple[tuple[str, str], ...]:
        """Return the accounts that the data name, with their network."""
        found = {(s[0], s[1]) for table in self.slabs for s in self.segments(table) if s[1]}
        return tuple(sorted(found))


def cube(facts: Facts, kpis: Iterable[Kpi]) -> Cube:
    """Return the cube of all that these KPIs need."""
    catalogue = tuple(kpis)
    slabs = {
        table: slab(table, facts.daily.get(table), facts.windows.get(table, ()), wanted)
        for table, wanted in pairs(catalogue).items()
        if table in facts.daily or facts.windows.get(table)
    }
    beside: dict[str, tuple[Track, ...]] = {}
    for name in {name for kpi in catalogue for formula, _ in formulas(kpi) for name in names(formula)}:
        field, roll = field_and_roll(name)
        known = fields()[field]
        if (known.roll is Roll.SUM and not roll) or roll in ADDED or known.table in {"period", "owner"}:
            continue
        frames = [facts.daily[known.table]] if known.table in facts.daily else []
        frames += [f for f in facts.windows.get(known.table, ()) if not f.spread]
        if roll in OVER_ROWS:
            frames = one_each(frames)
        beside[field] = tuple(track for frame in frames for track in tracks(frame, known.column))
    return Cube(facts, slabs, beside)
