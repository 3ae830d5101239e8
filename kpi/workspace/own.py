"""The KPIs that the owner has written, as they were written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict

from kpi.catalog.own import PREFIX, Wish
from kpi.model.kpi import Better
from kpi.workspace.given import Workspace


def wishes(workspace: Workspace) -> Mapping[str, Wish]:
    """Return the owner's KPIs by id, the oldest first."""
    return {
        id_: Wish(**said | {"id": id_, "better": Better(said["better"]), "goals": tuple(said["goals"])})
        for id_, said in workspace.own_kpis().items()
    }


def free_id(taken: Mapping[str, Wish]) -> str:
    """Return an id that no KPI of the owner's has."""
    return next(id_ for n in range(1, len(taken) + 2) if (id_ := f"{PREFIX}{n}") not in taken)


def keep(workspace: Workspace, wish: Wish) -> None:
    """Keep a KPI in place of the one with its id; that its formula holds is for the caller to know."""
    workspace.keep_own_kpi(wish.id, asdict(wish) | {"better": wish.better.value})
