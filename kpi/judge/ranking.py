"""Which KPIs serve which goals, and in which order."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from kpi.catalog.loader import goals, kpis
from kpi.model.goal import Goal
from kpi.model.kpi import Kpi

HEAVIEST = 3


def ranked(goals: Sequence[str], own: Sequence[Kpi] = ()) -> tuple[Kpi, ...]:
    """Return the KPIs of these goals, heaviest first, equals by id, each once.

    Among them are the owner's `own` KPIs that serve one of the goals, or none at all.
    """
    everything = (*kpis().values(), *own)
    weight = {kpi.id: max((kpi.goals.get(goal, 0.0) for goal in goals), default=0.0) for kpi in everything}
    chosen = [
        kpi for kpi in everything if any(goal in kpi.goals for goal in goals) or (kpi.own and not kpi.goals)
    ]
    return tuple(sorted(chosen, key=lambda kpi: (-weight[kpi.id], kpi.id)))


def primary(goals: Iterable[str], own: Sequence[Kpi] = ()) -> tuple[Kpi, ...]:
    """Return the three heaviest KPIs of each goal, each once."""
    found: dict[str, Kpi] = {}
    for goal in goals:
        mine = [kpi for kpi in (*kpis().values(), *own) if kpi.goals.get(goal, 0.0) > 0]
        heaviest = sorted(mine, key=lambda kpi: (-kpi.goals[goal], kpi.id))[:HEAVIEST]
        found |= {kpi.id: kpi for kpi in heaviest}
    return tuple(found.values())


def offered() -> tuple[Goal, ...]:
    """Return the goals that can be chosen, in the order of the screen: every one that the KPIs serve."""
    served = {goal for kpi in kpis().values() for goal, weight in kpi.goals.items() if weight > 0}
    return tuple(goal for goal in goals().values() if goal.id in served)
