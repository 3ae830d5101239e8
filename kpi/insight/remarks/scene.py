"""What detectors look at: a period and the one before it, judged, with the rows behind every figure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property

import numpy as np

from kpi.facts.assemble import Facts
from kpi.facts.frame import Floats, Frame, Ints, blank
from kpi.judge.board import Board
from kpi.judge.judging import Judge
from kpi.metrics.cubes import Cube
from kpi.metrics.trace import of_rows, rows_in_view
from kpi.model.period import Period
from kpi.model.target import Target
from kpi.model.verdict import Trace, Verdict


class Scene:
    """A judged board and what stands behind it; everything is worked out once, when it is asked for."""

    def __init__(self, board: Board, cube: Cube, targets: Sequence[Target] = ()) -> None:
        self.board = board
        self.cube = cube
        self.targets = targets
        self.judge = Judge(cube, board.view, targets)
        self._before: dict[str, Verdict] = {}

    @property
    def facts(self) -> Facts:
        """Return the facts of all files."""
        return self.cube.facts

    @property
    def period(self) -> Period:
        """Return the period looked at."""
        return self.board.period

    @property
    def previous(self) -> Period:
        """Return the period before it."""
        return self.board.previous

    @cached_property
    def verdicts(self) -> Mapping[str, Verdict]:
        """Return the verdicts of the board by KPI, of those that are known."""
        return {one.kpi.id: one for one in self.board.verdicts if one.value is not None}

    def earlier(self, verdict: Verdict) -> Verdict:
        """Return the same KPI in the period before, however it was counted then."""
        id_ = verdict.kpi.id
        if id_ not in self._before:
            self._before[id_] = self.judge.verdict(verdict.kpi, self.previous)
        return self._before[id_]

    def before(self, verdict: Verdict) -> Verdict | None:
        """Return the same KPI in the period before; None where it was counted otherwise, or is unknown."""
        was = self.earlier(verdict)
        same = (was.variant, was.currency, was.networks) == (
            verdict.variant,
            verdict.currency,
            verdict.networks,
        )
        return was if same and verdict.previous is not None and was.value is not None else None

    def weight(self, kpi: str) -> float:
        """Return what a KPI weighs in the chosen goals at most, 0 to 1."""
        found = next((one.kpi for one in self.board.verdicts if one.kpi.id == kpi), None)
        return max((found.goals.get(goal, 0.0) for goal in self.board.goals), default=0.0) if found else 0.0

    def frame(self, table: str) -> Frame | None:
        """Return the rows of a table that speak of one day each; None where no file has any."""
        return self.facts.daily.get(table)

    def rows(self, frame: Frame, period: Period) -> Ints:
        """Return the rows of a frame that lie in a period and in view."""
        return rows_in_view(frame, self.judge.numbers(self.period), None, period)

    def known(self, frame: Frame, period: Period, *columns: str) -> Ints:
        """Return those rows of a period in which all of these columns are filled."""
        rows = self.rows(frame, period)
        for column in columns:
            rows = rows[~np.isnan(values(frame, column)[rows])]
        return rows

    def covers(self, field: str, *periods: Period) -> bool:
        """Return whether the files tell a field on every day of these periods."""
        return all(self.facts.covers(field, period, self.board.view) for period in periods)

    def trace(self, frame: Frame, rows: Ints, *columns: str) -> tuple[Trace, ...]:
        """Return where columns of some rows came from."""
        found = (of_rows(self.facts, f"{frame.table}.{name}", frame, rows) for name in columns)
        return tuple(dict.fromkeys(trace for traces in found for trace in traces))

    @cached_property
    def money(self) -> float:
        """Return the larger of sales and ad spend of the period: what sums of money are measured by."""
        sums = [0.0]
        for table, column in (("orders", "revenue"), ("ads", "spend")):
            frame = self.frame(table)
            if frame is not None:
                sums.append(float(values(frame, column)[self.known(frame, self.period, column)].sum()))
        return max(sums)

    def stake(self, money: float) -> float:
        """Return what a sum of money is worth to be read, 0 to 1."""
        return min(1.0, abs(money) / self.money) if self.money > 0 else 0.0


def values(frame: Frame, column: str) -> Floats:
    """Return a column of a frame, unknown where its files lack it."""
    return frame.values.get(column, blank(len(frame)))


def by_label(frame: Frame, rows: Ints, name: str) -> dict[str, Ints]:
    """Return some rows by the word of a label or text; rows without a word are left out."""
    label = frame.labels.get(name)
    if label is not None:
        words = [label.names[code] for code in label.codes[rows]]
    elif name in (frame.texts or {}):
        words = [word or "" for word in (frame.texts or {})[name].take(rows).to_pylist()]
    else:
        return {}
    by_word: dict[str, list[int]] = {}
    for row, word in zip(rows.tolist(), words, strict=True):
        if word:
            by_word.setdefault(word, []).append(row)
    return {word: np.array(found, np.int64) for word, found in sorted(by_word.items())}
