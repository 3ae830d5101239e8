"""The light: green, amber, red or grey, by the rule that red must be proven."""

from __future__ import annotations

from kpi.model.kpi import Better, Tolerance
from kpi.model.verdict import Status


def below_tolerance(value: float, target: float, tolerance: Tolerance) -> bool:
    """Return whether a higher-is-better value misses its target by more than is tolerated."""
    slack = tolerance.points if tolerance.points is not None else tolerance.share * abs(target)
    return value < target - slack


def light(
    value: float,
    target: float,
    interval: tuple[float, float] | None,
    *,
    better: Better,
    tolerance: Tolerance,
    may_be_red: bool,
) -> Status:
    """Return the light of a value against its target.

    Green at or above the target; red only if the value lies below the target less its tolerance and the
    whole 80 % interval lies below the target; amber otherwise. Mirrored where lower is better.
    Source of the rule: Stephen Few's bullet bands with an interval gate, see docs/decisions.
    """
    if better is Better.DOWN:
        value, target = -value, -target
        interval = None if interval is None else (-interval[1], -interval[0])
    if value >= target:
        return Status.GREEN
    proven = interval is not None and interval[1] < target
    if may_be_red and proven and below_tolerance(value, target, tolerance):
        return Status.RED
    return Status.AMBER
