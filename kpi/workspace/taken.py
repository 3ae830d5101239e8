"""The actions that the owner has taken on: kept as written, marked as done or dropped, and brought back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, replace
from datetime import date, datetime
from typing import Any

from kpi.model.taken import State, Taken
from kpi.workspace.given import Workspace


def taken(workspace: Workspace) -> tuple[Taken, ...]:
    """Return all actions ever taken on, the latest first day first."""
    found = [_read(id_, said) for id_, said in workspace.actions().items()]
    return tuple(sorted(found, key=lambda one: (one.first, one.at, one.id), reverse=True))


def take(workspace: Workspace, one: Taken) -> None:
    """Keep a new action, or one that was changed in place of what it was."""
    workspace.keep_action(one.id, _written(one))


def mark(workspace: Workspace, one: Taken, state: State) -> None:
    """Mark an action as open, done or dropped; nothing is forgotten, so each can be undone."""
    take(workspace, replace(one, state=state))


def free_id(kept: tuple[Taken, ...]) -> str:
    """Return an id that no action taken on has."""
    used = {one.id for one in kept}
    return next(id_ for n in range(1, len(used) + 2) if (id_ := f"do_{n}") not in used)


def _written(one: Taken) -> dict[str, Any]:
    said = {name: value for name, value in asdict(one).items() if name != "id" and value not in ("", None)}
    said |= {"first": one.first.isoformat(), "at": one.at.isoformat(), "state": one.state.value}
    return said | ({"last": one.last.isoformat()} if one.last else {})


def _read(id_: str, said: Mapping[str, Any]) -> Taken:
    texts = ("kpi", "title", "action", "factor", "how", "variant", "network", "who")
    last = said.get("last")
    return Taken(
        id=id_,
        **{name: said[name] for name in texts if name in said},
        first=date.fromisoformat(said["first"]),
        last=date.fromisoformat(last) if last else None,
        at=datetime.fromisoformat(said["at"]),
        state=State(said["state"]),
    )
