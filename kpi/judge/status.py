"""The light: green, amber, red or grey, by the rule that red must be proven."""

from __future__ import annotations

from kpi.model.kpi import Better, Tolerance
from kpi.model.verdict import Status


def below_tolerance(value: float, target: float, tolerance: Tolerance) -> bool:
    """Return whether a higher-is-better value misses its target by more than is tolerated."""
    slack = tolerance.points if tolerance.points is not None else tolerance.share * abs(target)
    return value < target - slack


def rule(
    value: float,
    target: float,
    interval: tuple[float, float] | None,
    *,
    better: Better,
    tolerance: Tolerance,
    may_be_red: bool,
) -> tuple[Status, str]:
    """Return the light of a value against its target, and the key of the sentence that says why.

    Green at or above the target; red only if the value lies below the target less its tolerance and the
    whole 80 % interval lies below the target; amber otherwise. Mirrored where lower is better.
    Source of the rule: Stephen Few's bullet bands with an interval gate, see docs/decisions.
    """
    if better is Better.DOWN:
        value, target = -value, -target
        interval = None if interval is None else (-interval[1], -interval[0])
    if value >= target:
        return Status.GREEN, "rule_green"
    if not below_tolerance(value, target, tolerance):
        return Status.AMBER, "rule_amber_close"
    if interval is None:
        return Status.AMBER, "rule_amber_unbuilt"
    if interval[1] >= target:
        return Status.AMBER, "rule_amber_chance"
    if not may_be_red:
        return Status.AMBER, "rule_amber_few"
    return Status.RED, "rule_red"
