"""What is wrong with the targets taken together: too many for a goal, none for one, two for one KPI."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from kpi.model.kpi import Kpi
from kpi.model.reading import Reason
from kpi.model.target import Target

MOST = 5  # targets for one goal that a small business can keep its eyes on


def served(target: Target, kpi: Kpi, goals: Sequence[str]) -> str | None:
    """Return the chosen goal that a target serves: the one it names, else its KPI's weightiest, or None."""
    if target.goal:
        return target.goal if target.goal in goals else None
    mine = [goal for goal in goals if kpi.goals.get(goal, 0) > 0]
    return max(mine, key=lambda goal: kpi.goals[goal], default=None)


def remarks(targets: Iterable[Target], kpis: Mapping[str, Kpi], goals: Sequence[str]) -> tuple[Reason, ...]:
    """Return what to mend; `targets` are those in force on one day, `goals` the chosen ones."""
    held = [target for target in targets if target.kpi in kpis]
    by_kpi = Counter(target.kpi for target in held)
    first = {target.kpi: target for target in reversed(held)}
    by_goal = Counter(served(target, kpis[kpi], goals) for kpi, target in first.items())
    found = [
        Reason(key="charter.overlap", facts={"kpi": kpis[kpi].said}) for kpi, n in by_kpi.items() if n > 1
    ]
    for goal in goals:
        if not by_goal[goal]:
            found.append(Reason(key="charter.no_target", facts={"goal": goal}))
        elif by_goal[goal] > MOST:
            facts = {"goal": goal, "n": by_goal[goal], "most": MOST}
            found.append(Reason(key="charter.too_many", facts=facts))
    return tuple(found)
