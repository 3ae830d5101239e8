"""What a report is made of: the same value for every format."""

from __future__ import annotations

from dataclasses import dataclass

from kpi.judge.board import Board
from kpi.judge.periods import span
from kpi.metrics.cubes import Cube
from kpi.model.reading import Reading


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
