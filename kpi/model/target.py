"""What an owner wants of a KPI: the value, by when, decided by whom, and from which day it holds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

PERIODS = ("", "week", "month", "quarter", "year")
"""The lengths of period that a target can be meant for; the empty one: whatever is looked at."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """One version of a target: a line of the KPI charter.

    `variant` None means: of whichever variant is shown. `top` is the upper end where the KPI is to stay
    in a range from `value` to `top`. `per` says which length of period the value is meant for (`week`,
    `month`, `quarter`, `year`); an empty one means: for whatever period is looked at. `tolerance` is the
    share of the target by which it may be missed, None the KPI's own. `since` is the day from which this
    version holds, None: from the beginning. `by` is the day by which it is to be reached. `owner` answers
    for it, `approver` has set it; `goal` is what it serves, `reason` why it was set so. A version with
    `dropped` says that from `since` on there is no target. `part` says that it is meant for whatever
    networks are looked at, as one typed beside them is; it is never kept.
    """

    kpi: str
    value: float
    variant: str | None = None
    top: float | None = None
    per: str = ""
    tolerance: float | None = None
    goal: str | None = None
    since: date | None = None
    by: date | None = None
    owner: str = ""
    approver: str = ""
    reason: str = ""
    dropped: bool = False
    part: bool = False


def in_force(targets: Sequence[Target], kpi: str, day: date) -> tuple[Target, ...]:
    """Return the targets of a KPI that hold on a day: of each variant its latest version, none dropped.

    `targets` are all versions, each later one of the same day after the earlier one.

    >>> old, new = (Target(kpi="leads", value=v, since=date(2026, m, 1)) for v, m in ((20, 1), (30, 4)))
    >>> [target.value for target in in_force((old, new), "leads", date(2026, 3, 31))]
    [20]
    """
    latest: dict[str | None, Target] = {}
    for target in sorted(targets, key=lambda one: one.since or date.min):
        if target.kpi == kpi and (target.since is None or target.since <= day):
            latest[target.variant] = target
    return tuple(target for target in latest.values() if not target.dropped)
