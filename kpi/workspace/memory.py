"""What the owner once said of a table, recalled for every later one with the same headings."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from kpi.catalog.loader import fields
from kpi.model.field import Roll
from kpi.model.owner import LASTING, FileAnswers
from kpi.model.reading import Reading, Table

_ALIKE = 0.6  # share of headings that two tables have in common before one is called the other, changed
_FEW = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Memory:
    """What was said of tables whose headings have this fingerprint, and on which day (None: long ago)."""

    fingerprint: str
    said: FileAnswers
    on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Drift:
    """A table that is nearly one that is remembered: headings that are `gone`, and `new` ones."""

    memory: Memory
    gone: tuple[str, ...]
    new: tuple[str, ...]


def own(reading: Reading) -> tuple[Table, ...]:
    """Return the tables of a file that no source explains."""
    return tuple(table for table in reading.tables if table.source is None and table.fingerprint)


def recalled(reading: Reading, said: FileAnswers, memories: Mapping[str, Memory]) -> FileAnswers:
    """Return what was said of a file, and where nothing was, what was said of its headings before.

    An answer about a whole file (network, order of day and month …) is recalled only where every table
    of the file is an own one.
    """
    tables = own(reading)
    found = {one.fingerprint: memories[one.fingerprint].said for one in tables if one.fingerprint in memories}
    if len(tables) == len(reading.tables):
        for before in found.values():
            said = inherited(said, before)
    return replace(said, mappings={mark: before.mapping for mark, before in found.items()})


def drift(table: Table, memories: Iterable[Memory]) -> Drift | None:
    """Return of which remembered table this one is a changed form, None where it resembles none."""
    here = {_plain(column.heading): column.heading for column in table.columns if column.heading}
    best: tuple[float, Drift] | None = None
    for memory in memories:
        before = {_plain(heading): heading for heading in memory.said.mapping}
        common = here.keys() & before.keys()
        likeness = 2 * len(common) / (len(here) + len(before) or 1)
        if len(common) < _FEW or likeness < _ALIKE or (best and best[0] >= likeness):
            continue
        gone = tuple(
            heading for name, heading in before.items() if name not in here and memory.said.mapping[heading]
        )
        if _of_another_kind(table, memory, gone):
            continue
        new = tuple(heading for name, heading in here.items() if name not in before)
        best = likeness, Drift(memory=memory, gone=gone, new=new)
    return best[1] if best else None


def _of_another_kind(table: Table, memory: Memory, gone: Iterable[str]) -> bool:
    """Return whether the day of the remembered table is gone and this one looks like another kind of rows.

    A sheet of weeks has the figures of a sheet of posts, and none of its days.
    """
    meant = memory.said.mapping
    undated = any(fields()[name].roll is Roll.WHEN for heading in gone if (name := meant[heading]))
    kinds = [
        Counter(name.partition(".")[0] for name in names if name).most_common(1)
        for names in ((column.guess for column in table.columns), meant.values())
    ]
    return undated and all(kinds) and kinds[0][0][0] != kinds[1][0][0]


def carried(table: Table, found: Drift) -> dict[str, str | None]:
    """Return what the columns of a changed table are likely to be.

    A heading that is still there means what it meant. Where one wanted heading is gone and one is new,
    the new one is it; else a new one is what is proposed for it, if nothing else is that already.
    """
    before = {_plain(heading): name for heading, name in found.memory.said.mapping.items()}
    meant = {column.heading: before.get(_plain(column.heading)) for column in table.columns}
    if len(found.gone) == len(found.new) == 1:
        return meant | {found.new[0]: found.memory.said.mapping[found.gone[0]]}
    wanted = [name for name in meant.values() if name]
    kind = wanted[0].partition(".")[0] if wanted else ""
    for column in table.columns:
        name = f"{kind}.{(column.guess or '').partition('.')[2]}"
        if column.heading in found.new and name in fields() and name not in meant.values():
            meant[column.heading] = name
    return meant


def inherited(said: FileAnswers, before: FileAnswers) -> FileAnswers:
    """Return answers, those not given filled with what was said `before`, except the mapping."""
    left = {name: value for name, value in lasting(before).items() if not getattr(said, name)}
    return replace(said, **left | {"mapping": said.mapping})


def lasting(said: FileAnswers) -> dict[str, Any]:
    """Return the answers that hold for headings, by name."""
    return {name: value for name in LASTING if (value := getattr(said, name))}


def _plain(heading: str) -> str:
    return " ".join(heading.casefold().split())
