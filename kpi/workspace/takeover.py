"""Targets that a sheet offers: what they would change, taking them over, and the way back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from kpi.model.reading import Table
from kpi.model.target import Target
from kpi.workspace.given import Workspace

_BEFORE = "targets_before"


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A target as it is offered, and those of the same KPI that it would replace."""

    new: Target
    old: tuple[Target, ...] = ()


def changes(tables: Iterable[Table], kept: Sequence[Target]) -> tuple[Change, ...]:
    """Return what the targets of all sheets would change; of a KPI named twice the last row counts."""
    offered: dict[str, Target] = {}
    for table in tables:
        if table.kind == "targets" and table.data is not None:
            named = zip(table.data["kpi"].to_pylist(), table.data["value"].to_pylist(), strict=True)
            offered |= {
                kpi: Target(kpi=kpi, value=value) for kpi, value in named if kpi and value is not None
            }
    found = (
        Change(new=new, old=tuple(one for one in kept if one.kpi == kpi)) for kpi, new in offered.items()
    )
    return tuple(change for change in found if change.old != (change.new,))


def take(workspace: Workspace, wanted: Sequence[Change]) -> None:
    """Keep these targets in place of the older ones, which are remembered until the next time."""
    before = {change.new.kpi: [[target.variant, target.value] for target in change.old] for change in wanted}
    for change in wanted:
        _drop(workspace, change.old)
        workspace.keep_target(change.new)
    workspace.keep_setting(_BEFORE, before)


def taken(workspace: Workspace) -> int:
    """Return how many targets were taken over the last time and can be put back."""
    return len(_before(workspace))


def undo(workspace: Workspace) -> None:
    """Put back the targets that stood before the last take-over."""
    for kpi, old in _before(workspace).items():
        _drop(workspace, [target for target in workspace.targets() if target.kpi == kpi])
        for variant, value in old:
            workspace.keep_target(Target(kpi=kpi, value=value, variant=variant))
    workspace.keep_setting(_BEFORE, {})


def _drop(workspace: Workspace, targets: Iterable[Target]) -> None:
    for target in targets:
        workspace.drop_target(target.kpi, target.variant)


def _before(workspace: Workspace) -> Mapping[str, Any]:
    found: Mapping[str, Any] = workspace.settings().get(_BEFORE) or {}
    return found
