"""All KPIs of the chosen goals for one period and view, judged."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kpi.judge.judging import Judge
from kpi.judge.ranking import ranked
from kpi.metrics.cubes import Cube
from kpi.model.kpi import Kpi
from kpi.model.period import Period
from kpi.model.target import Target
from kpi.model.verdict import Verdict
from kpi.model.view import View

__all__ = ["Board", "Judge", "board"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Board:
    """The verdicts of a period, heaviest KPI first; `yearly`: changes are told against a year ago."""

    period: Period
    previous: Period
    view: View
    goals: tuple[str, ...]
    verdicts: tuple[Verdict, ...]
    yearly: bool = False

    @property
    def year_ago(self) -> Period:
        """Return the same period of the year before."""
        return self.period.year_before()

    @property
    def compared(self) -> Period:
        """Return the period that changes are told against."""
        return self.year_ago if self.yearly else self.previous


def board(
    cube: Cube,
    goals: Sequence[str],
    period: Period,
    view: View,
    targets: Sequence[Target] = (),
    *,
    own: Sequence[Kpi] = (),
) -> Board:
    """Return all KPIs of the goals for a period, judged; `own` are the owner's, which the cube must know."""
    judge = Judge(cube, view, targets)
    verdicts = tuple(judge.verdict(kpi, period) for kpi in ranked(goals, own))
    return Board(period=period, previous=period.before(), view=view, goals=tuple(goals), verdicts=verdicts)
