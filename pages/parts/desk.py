"""What lies on a visitor's desk: the files as read, the cube of all of them, the board of the moment."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from kpi.judge.board import Board
from kpi.judge.periods import first_shown
from kpi.metrics.cubes import Cube
from kpi.model.owner import LASTING, FileAnswers, Owner
from kpi.model.plan import Plan, Standing
from kpi.model.reading import Reading
from kpi.model.view import View
from kpi.workspace import Given
from kpi.workspace.memory import Memory, own, recalled
from pages.parts import cache
from pages.parts.session import Visitor


def answers(visitor: Visitor, given: Given) -> FileAnswers:
    """Return what is known of a file: said about it, else once said of tables with the same headings."""
    kept = visitor.workspace
    return _known(visitor, given, kept.answers(given.digest), kept.memories())


def _known(visitor: Visitor, given: Given, said: FileAnswers, memories: Mapping[str, Memory]) -> FileAnswers:
    return recalled(cache.reading(given.digest, given.name, said, visitor.workspace), said, memories)


def read(visitor: Visitor, given: Given) -> Reading:
    """Return one file of the desk, read."""
    return cache.reading(given.digest, given.name, answers(visitor, given), visitor.workspace)


def asking(visitor: Visitor, found: Sequence[tuple[Given, Reading]]) -> list[tuple[Given, Reading]]:
    """Return the files with the questions that arise only from all of them together."""
    if not any(reading.tables for _, reading in found):
        return list(found)
    tables = {
        (t.digest, t.member, t.sheet, t.first): t for t in lay(visitor).cube.facts.tables if t.questions
    }
    return [
        (
            given,
            replace(
                reading,
                tables=tuple(tables.get((t.digest, t.member, t.sheet, t.first), t) for t in reading.tables),
            ),
        )
        for given, reading in found
    ]


def keep(visitor: Visitor, given: Given, reading: Reading, **changes: Any) -> None:  # noqa: ANN401
    """Keep answers about a file; those that hold for headings are remembered with these, too."""
    kept = visitor.workspace
    kept.keep_answers(given.digest, replace(kept.answers(given.digest), **changes))
    held = {name: value for name, value in changes.items() if name in LASTING}
    memories = kept.memories() if held else {}
    for table in own(reading):
        if memory := memories.get(table.fingerprint):
            kept.remember(replace(memory, said=replace(memory.said, **held), on=None))


def readings(visitor: Visitor) -> Iterator[tuple[Given, Reading]]:
    """Yield every file of the desk, read, in the order in which they came."""
    for given in visitor.workspace.files():
        yield given, read(visitor, given)


def view(visitor: Visitor) -> View:
    """Return what the visitor narrowed the figures to."""
    chosen = visitor.filter
    return View(
        network=chosen.networks[0] if chosen.networks else None,
        account=chosen.accounts[0] if chosen.accounts else None,
    )


@dataclass(frozen=True, slots=True)
class Desk:
    """All files of a visitor together; `key` is what every figure hangs on."""

    visitor: Visitor
    key: cache.Key

    @property
    def cube(self) -> Cube:
        """Return the cube of all files."""
        return cache.whole(self.key, self.visitor.workspace)

    def board(self) -> Board | None:
        """Return the board of the chosen goals, period and view; None without dated rows.

        The period is the chosen one, else the first shown.
        """
        shown = self.visitor.filter.period or first_shown(self.cube)
        if shown is None:
            return None
        kept = self.visitor.workspace
        look = cache.Look(kept.goals(), shown, view(self.visitor), kept.targets())
        return cache.board(self.key, look, kept)

    def standings(self) -> Mapping[str, Standing]:
        """Return how far the files go for every KPI."""
        return cache.standings(self.key, self.visitor.workspace)

    def plan(self) -> Plan:
        """Return the plan for the chosen goals."""
        kept = self.visitor.workspace
        return cache.plan(self.key, kept.goals(), kept.targets(), kept)


def lay(visitor: Visitor) -> Desk:
    """Return the desk as it is now; a screen lays it once a run."""
    kept = visitor.workspace
    said, memories = kept.said(), kept.memories()
    files = tuple(
        (given.digest, given.name, _known(visitor, given, said.get(given.digest, FileAnswers()), memories))
        for given in kept.files()
    )
    return Desk(visitor, cache.Key(files, kept.owners() or (Owner(),)))
