"""Targets that a sheet offers: what they would change, taking them over, and the way back."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from kpi.model.reading import Table
from kpi.model.target import Target, in_force
from kpi.workspace.charter import next_since, superseding
from kpi.workspace.given import Workspace

_TAKEN = "targets_taken"


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A target as it is offered, and those of the same KPI that hold today and that it would follow."""

    new: Target
    old: tuple[Target, ...] = ()


def changes(tables: Iterable[Table], kept: Sequence[Target], today: date) -> tuple[Change, ...]:
    """Return what the targets of all sheets would change; of a KPI named twice the last row counts."""
    offered: dict[str, float] = {}
    for table in tables:
        if table.kind == "targets" and table.data is not None:
            named = zip(table.data["kpi"].to_pylist(), table.data["value"].to_pylist(), strict=True)
            offered |= {kpi: value for kpi, value in named if kpi and value is not None}
    found = (
        Change(new=Target(kpi=kpi, value=value), old=in_force(kept, kpi, today))
        for kpi, value in offered.items()
    )
    return tuple(change for change in found if not _same(change))


def take(workspace: Workspace, wanted: Sequence[Change], today: date) -> None:
    """Decide these targets at once: first ones from the beginning, others from today."""
    kept, decided = workspace.targets(), list[Target]()
    for change in wanted:
        since = next_since(workspace.history(change.new.kpi), today)
        decided += superseding(replace(change.new, since=since), kept)
    workspace.decide(*decided)
    last = workspace.last_decided()
    workspace.keep_setting(_TAKEN, {"at": last[0].at and last[0].at.isoformat(), "count": len(wanted)})


def taken(workspace: Workspace) -> int:
    """Return how many targets were taken over, if nothing was decided since and they can be taken back."""
    kept = workspace.settings().get(_TAKEN) or {}
    last = workspace.last_decided()
    if not last or not last[0].at or last[0].at.isoformat() != kept.get("at"):
        return 0
    return int(kept["count"])


def undo(workspace: Workspace) -> None:
    """Forget the last take-over; the targets before it hold again."""
    if taken(workspace):
        workspace.take_back(datetime.fromisoformat(workspace.settings()[_TAKEN]["at"]))


def _same(change: Change) -> bool:
    """Return whether the one target that holds is the offered one."""
    return [(old.variant, old.value, old.top) for old in change.old] == [(None, change.new.value, None)]
