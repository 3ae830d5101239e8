"""The light of a goal: its KPIs' lights by their weights, where enough of the weight has one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kpi.model.reading import Reason
from kpi.model.verdict import Status, Verdict

ENOUGH = 0.60  # of the goal's weight must have a light
HEAVY = 0.20  # of the goal's weight: red alone makes the goal red
MUCH_RED, MOSTLY_GREEN = 1 / 3, 2 / 3  # of the weight that has a light
_ROUNDING = 1e-9


@dataclass(frozen=True, slots=True, kw_only=True)
class GoalLight:
    """The light of one goal.

    `coverage` is the share of the goal's weight whose KPIs have a value, `lit` the share with a light that
    is not grey. `counts` tells of each light how many KPIs of the goal have it. `rule` says how such a light
    is given, the first of `reasons` why it is this one.
    """

    goal: str
    status: Status
    coverage: float
    lit: float
    counts: Mapping[Status, int]
    reasons: tuple[Reason, ...]
    rule: Reason


def goal_light(goal: str, verdicts: Sequence[Verdict]) -> GoalLight:
    """Return the light of a goal from the verdicts of its KPIs; those without weight in it never count.

    Grey while less than 60 % of the goal's weight has a light. Red if a KPI with a fifth of the weight or
    more is red, or red KPIs have a third of the weight that has a light. Green if nothing is red and green
    ones have two thirds of it. Else amber.
    """
    weights = {v.kpi.id: v.kpi.goals.get(goal, 0.0) for v in verdicts}
    mine = sorted((v for v in verdicts if weights[v.kpi.id] > 0), key=lambda v: -weights[v.kpi.id])
    total = sum(weights[v.kpi.id] for v in mine)
    share = {v.kpi.id: weights[v.kpi.id] / total for v in mine}

    def of(*statuses: Status) -> float:
        return sum(share[v.kpi.id] for v in mine if v.status in statuses)

    coverage = sum(share[v.kpi.id] for v in mine if v.value is not None)
    lit = of(Status.GREEN, Status.AMBER, Status.RED)
    heavy = [v.kpi.said for v in mine if v.status is Status.RED and share[v.kpi.id] >= HEAVY - _ROUNDING]
    status, why = _decided(coverage, lit, of(Status.RED), of(Status.GREEN), heavy)
    return GoalLight(
        goal=goal,
        status=status,
        coverage=coverage,
        lit=lit,
        counts={status: sum(v.status is status for v in mine) for status in Status},
        reasons=(why,),
        rule=Reason(key="goal_rule", facts={"enough": 100 * ENOUGH, "heavy": 100 * HEAVY}),
    )


def _decided(
    coverage: float, lit: float, red: float, green: float, heavy: Sequence[str]
) -> tuple[Status, Reason]:
    """Return the light and why; shares are of the goal's weight, `heavy` are red KPIs that alone decide."""
    if coverage < ENOUGH - _ROUNDING:
        return Status.GREY, Reason(
            key="goal_uncovered", facts={"share": round(100 * coverage), "enough": 100 * ENOUGH}
        )
    if lit < ENOUGH - _ROUNDING:
        return Status.GREY, Reason(
            key="goal_unlit", facts={"share": round(100 * lit), "enough": 100 * ENOUGH}
        )
    if heavy:
        return Status.RED, Reason(key="goal_red_heavy", facts={"kpis": tuple(heavy)})
    if red >= MUCH_RED * lit - _ROUNDING:
        return Status.RED, Reason(key="goal_red_much", facts={"share": round(100 * red / lit)})
    facts = {"share": round(100 * green / lit), "red": round(100 * red / lit)}
    if red == 0 and green >= MOSTLY_GREEN * lit - _ROUNDING:
        return Status.GREEN, Reason(key="goal_green", facts=facts)
    return Status.AMBER, Reason(key="goal_amber", facts=facts)
