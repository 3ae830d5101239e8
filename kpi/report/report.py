"""What a report is made of: the same value for every format."""

from __future__ import annotations

from dataclasses import dataclass, replace

import pyarrow as pa

from kpi.facts.named import whose
from kpi.judge.board import Board
from kpi.judge.periods import span
from kpi.metrics.cubes import Cube
from kpi.model.reading import Reading, Table
from kpi.model.view import View


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """A judged period, the sums behind it, the files as read, and the language to tell it in."""

    board: Board
    cube: Cube
    readings: tuple[Reading, ...]
    lang: str

    @property
    def dated(self) -> bool:
        """Return whether any file has a dated row: without one the period means nothing."""
        return span(self.cube) is not None

    @property
    def seen(self) -> tuple[Reading, ...]:
        """Return the files with what of them may be of the network and account looked at.

        A report on one client's account takes no rows of another's along. A table that names no network
        or no account may be anybody's, and stays.
        """
        view = self.board.view
        if view.network is None and view.account is None:
            return self.readings
        found = [
            replace(one, tables=tuple(_cut(table, view) for table in one.tables if _concerns(table, view)))
            for one in self.readings
        ]
        return tuple(one for one in found if one.tables)


def _concerns(table: Table, view: View) -> bool:
    """Return whether some row of a table may be in view."""
    names = {_plain(name) for name in whose(table)}
    return view.concerns(table.network or "", "") and (
        view.account is None or not names or _plain(view.account) in names
    )


def _cut(table: Table, view: View) -> Table:
    """Return a table without the rows of another network or account."""
    data = table.data
    for name, wanted in (("network", view.network), ("account", view.account)):
        if wanted is not None and data is not None and name in data.column_names:
            words = data[name].to_pylist()
            data = data.filter(pa.array([not word or _plain(word) == _plain(wanted) for word in words]))
    return replace(table, data=data)


def _plain(name: str) -> str:
    return name.strip().removeprefix("@").casefold()
