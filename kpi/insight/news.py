"""What is new since the last visit: lights that changed, target dates that came, records, and files."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from kpi.judge.board import Board
from kpi.model.kpi import Better
from kpi.model.period import Period
from kpi.model.target import Target, in_force
from kpi.model.verdict import Status, Verdict
from kpi.workspace.visit import Visit

_SEVERAL = 6  # known earlier periods from which a best one is a record
_BAD_FIRST = (Status.RED, Status.AMBER, Status.GREY, Status.GREEN)


@dataclass(frozen=True, slots=True, kw_only=True)
class Turned:
    """A KPI whose light is another than the one that was seen."""

    verdict: Verdict
    before: Status


@dataclass(frozen=True, slots=True, kw_only=True)
class Came:
    """A target whose day came since the last visit, and the KPI as it stands."""

    target: Target
    verdict: Verdict


@dataclass(frozen=True, slots=True, kw_only=True)
class News:
    """What is new since a visit, whose day and month are told; `files` counts those that came since."""

    since: date
    seen: Period
    files: int = 0
    turned: tuple[Turned, ...] = ()
    came: tuple[Came, ...] = ()
    records: tuple[Verdict, ...] = ()

    @property
    def nothing(self) -> bool:
        """Return whether all is as it was."""
        return not (self.files or self.turned or self.came or self.records)


def seen(board: Board, files: Iterable[str], today: date) -> Visit:
    """Return what the owner sees of a board today."""
    lights = {one.kpi.id: one.status.value for one in board.verdicts}
    return Visit(day=today, period=board.period, lights=lights, files=frozenset(files))


def news(last: Visit, board: Board, files: Iterable[str], targets: Sequence[Target], today: date) -> News:
    """Return what is new on a board since the last visit; a KPI that was not seen then has no news."""
    known = {one.kpi.id: one for one in board.verdicts}
    turned = [
        Turned(verdict=verdict, before=Status(was))
        for id_, was in last.lights.items()
        if (verdict := known.get(id_)) is not None and verdict.status.value != was
    ]
    came = [
        Came(target=target, verdict=known[id_])
        for id_ in known
        for target in in_force(targets, id_, today)
        if target.by is not None and last.day < target.by <= today
    ]
    fresh = frozenset(files) - last.files
    same = last.period == board.period and not fresh
    return News(
        since=last.day,
        seen=last.period,
        files=len(fresh),
        turned=tuple(sorted(turned, key=lambda one: _BAD_FIRST.index(one.verdict.status))),
        came=tuple(came),
        records=() if same else tuple(one for one in board.verdicts if _is_record(one)),
    )


def _is_record(verdict: Verdict) -> bool:
    """Return whether the value is better than in each of at least six earlier periods."""
    earlier = [value for _, value in verdict.series[:-1] if value is not None]
    if verdict.value is None or len(earlier) < _SEVERAL or verdict.pace is not None:
        return False
    if verdict.better is Better.UP:
        return verdict.value > max(earlier)
    return verdict.better is Better.DOWN and verdict.value < min(earlier)
