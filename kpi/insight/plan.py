"""The plan: which few KPIs tell of the chosen goals with these files, what guards them, and what to fetch."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from kpi.catalog.loader import goals as catalogue
from kpi.catalog.loader import kpis
from kpi.insight.beside import beside, untraced
from kpi.insight.readiness import Standings
from kpi.insight.steps import steps
from kpi.judge.measure import ENOUGH_EARLIER
from kpi.judge.ranking import ranked
from kpi.metrics.cubes import Cube
from kpi.model.kpi import Kpi
from kpi.model.plan import Pick, Plan, Readiness, Standing
from kpi.model.reading import Reason
from kpi.model.target import Target, in_force

FEWEST, MOST, GUARDS = 3, 5, 3
_FOR_A_LIGHT = ENOUGH_EARLIER + 1  # full months after which a KPI is measured by its own past
_SURE = {Readiness.READY: 1.0, Readiness.PARTLY: 0.5, Readiness.MISSING: 0.0}


def plan(cube: Cube, goals: Sequence[str], targets: Sequence[Target] = (), own: Sequence[Kpi] = ()) -> Plan:
    """Return the plan for some goals; `own` are the owner's KPIs, which the cube must know.

    KPIs are ranked by weight × how sure they can be counted × how many months tell them, as far as a
    light needs them. Each goal has at least one; KPIs that cannot be counted yet fill up to three.
    Without any file nobody knows yet which exports the owner has, so none is named.
    """
    standings = Standings(cube)
    serving = [kpi for kpi in ranked(goals, own) if _weight(kpi, goals) > 0]
    picks = sorted((_pick(standings.of(kpi), goals) for kpi in serving), key=_order)
    primary = _primary(picks, goals)
    guards = _guards(standings, goals, {one.kpi.id for one in primary})
    known = {one.kpi.id for one in picks}
    wanting = [*picks, *(one for one in guards if one.kpi.id not in known)]
    shown = [goal for goal in goals if catalogue()[goal].beside and untraced(cube.facts)]
    return Plan(
        goals=tuple(goals),
        primary=primary,
        guards=guards,
        later=steps(wanting, standings.near.ranks) if cube.facts.tables else (),
        orphans=tuple(_orphans(goals, targets, own)),
        notes=tuple(Reason(key="plan.untraced_goal", facts={"goal": goal}) for goal in shown),
        beside=beside(cube.facts, catalogue()[shown[0]].beside) if shown else None,
    )


def _weight(kpi: Kpi, goals: Sequence[str]) -> float:
    return sum(kpi.goals.get(goal, 0.0) for goal in goals)


def _score(pick: Pick) -> float:
    """Return weight × computability × depth; the last from a fifth, without a full month, to the whole."""
    depth = (1 + min(pick.depth, _FOR_A_LIGHT)) / (1 + _FOR_A_LIGHT)
    return pick.weight * _SURE[pick.readiness] * depth


def _order(pick: Pick) -> tuple[float, float, str]:
    return -round(_score(pick), 9), -round(pick.weight, 9), pick.kpi.id


def _pick(standing: Standing, goals: Sequence[str]) -> Pick:
    mine = tuple(goal for goal in goals if standing.kpi.goals.get(goal, 0.0) > 0)
    return _placed(standing, mine, _weight(standing.kpi, goals), _why(standing, mine))


def _placed(standing: Standing, goals: tuple[str, ...], weight: float, reason: Reason) -> Pick:
    return Pick(
        kpi=standing.kpi,
        readiness=standing.readiness,
        variant=standing.variant,
        depth=standing.depth,
        hitch=standing.hitch,
        missing=standing.missing,
        goals=goals,
        weight=weight,
        reason=reason,
    )


def _why(standing: Standing, goals: tuple[str, ...]) -> Reason:
    """Return why a KPI is in: what it weighs in the goal where it weighs most, and what tells it."""
    most = max(goals, key=lambda goal: standing.kpi.goals[goal])
    facts = {"goal": most, "weight": round(100 * standing.kpi.goals[most])}
    if standing.variant is None:
        return Reason(key="plan.why_not_yet", facts=facts)
    if not standing.depth:
        return Reason(key="plan.why_young", facts=facts)
    return Reason(key="plan.why", facts={**facts, "n": standing.depth})


def _primary(picks: Sequence[Pick], goals: Sequence[str]) -> tuple[Pick, ...]:
    """Return the KPIs to steer by: three for one goal, one more for each further one."""
    chosen: dict[str, Pick] = {}
    for goal in goals:
        if not any(goal in one.goals for one in chosen.values()):
            chosen |= {one.kpi.id: one for one in [p for p in picks if goal in p.goals][:1]}
    most = min(MOST, FEWEST - 1 + len(goals))
    for one in picks:
        room = most if one.readiness is not Readiness.MISSING else FEWEST
        if len(chosen) < room:
            chosen.setdefault(one.kpi.id, one)
    return tuple(sorted(chosen.values(), key=_order))


def _guards(standings: Standings, goals: Sequence[str], primary: set[str]) -> tuple[Pick, ...]:
    """Return what must not get worse: for each goal the first guard that can be counted, then others.

    Where none of a goal can be counted, the first one stands there with what it lacks.
    """
    first: dict[str, Pick] = {}
    others: list[Pick] = []
    for goal in goals:
        reason = Reason(key="plan.guard", facts={"goal": goal, "risk": goal})
        mine = [
            _placed(standings.of(kpis()[id_]), (goal,), 0.0, reason)
            for id_ in catalogue()[goal].guards
            if id_ not in primary and id_ not in first
        ]
        mine.sort(key=lambda one: (one.variant is None, one.readiness is Readiness.MISSING))
        first |= {one.kpi.id: one for one in mine[:1]}
        others += [one for one in mine[1:] if one.variant is not None]
    for one in others:
        if len(first) < GUARDS:
            first.setdefault(one.kpi.id, one)
    return tuple(first.values())


def _orphans(goals: Sequence[str], targets: Sequence[Target], own: Sequence[Kpi]) -> Iterator[Kpi]:
    """Yield the owner's KPIs that serve no goal, and those with a target that serve none of the chosen."""
    yield from (kpi for kpi in own if not kpi.goals)
    known = kpis() | {kpi.id: kpi for kpi in own}
    aimed = dict.fromkeys(target.kpi for target in targets if in_force(targets, target.kpi, date.max))
    for kpi in (known[id_] for id_ in aimed if id_ in known):
        if goals and kpi.goals and not kpi.goals.keys() & set(goals):
            yield kpi
