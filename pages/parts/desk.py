"""What lies on a visitor's desk: the files as read, the cube of all of them, the board of the moment."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from kpi.judge.board import Board
from kpi.judge.periods import first_shown
from kpi.metrics.cubes import Cube
from kpi.model.owner import FileAnswers, Owner
from kpi.model.period import Period
from kpi.model.reading import Outcome, Reading
from kpi.model.view import View
from kpi.workspace import Given
from pages.parts import cache
from pages.parts.session import Visitor


def answers(visitor: Visitor, given: Given) -> FileAnswers:
    """Return what is known of a file: said about it, else the mapping once confirmed for its headings."""
    said = visitor.workspace.answers(given.digest)
    found = cache.reading(given.digest, given.name, said, visitor.workspace)
    if found.outcome is not Outcome.MAPPING:
        return said
    known = dict(said.mapping)
    for table in found.tables:
        known |= visitor.workspace.mapping(table.fingerprint) or {}
    return replace(said, mapping=known)


def read(visitor: Visitor, given: Given) -> Reading:
    """Return one file of the desk, read."""
    return cache.reading(given.digest, given.name, answers(visitor, given), visitor.workspace)


def readings(visitor: Visitor) -> Iterator[tuple[Given, Reading]]:
    """Yield every file of the desk, read, in the order in which they came."""
    for given in visitor.workspace.files():
        yield given, read(visitor, given)


def key(visitor: Visitor) -> cache.Key:
    """Return what every figure of the desk hangs on."""
    files = tuple((given.digest, given.name, answers(visitor, given)) for given in visitor.workspace.files())
    return cache.Key(files, visitor.workspace.owners() or (Owner(),))


def cube(visitor: Visitor) -> Cube:
    """Return the cube of all files on the desk."""
    return cache.whole(key(visitor), visitor.workspace)


def period(visitor: Visitor) -> Period | None:
    """Return the period looked at: the chosen one, else the first shown; None without dated rows."""
    return visitor.filter.period or first_shown(cube(visitor))


def view(visitor: Visitor) -> View:
    """Return what the visitor narrowed the figures to."""
    chosen = visitor.filter
    return View(
        network=chosen.networks[0] if chosen.networks else None,
        account=chosen.accounts[0] if chosen.accounts else None,
    )


def board(visitor: Visitor) -> Board | None:
    """Return the board of the chosen goals, period and view; None without dated rows."""
    shown = period(visitor)
    if shown is None:
        return None
    kept = visitor.workspace
    look = cache.Look(kept.goals(), shown, view(visitor), kept.targets())
    return cache.board(key(visitor), look, kept)
