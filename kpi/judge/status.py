"""The light: green, amber, red or grey, by the rule that red must be proven."""

from __future__ import annotations

from kpi.judge.interval import Interval
from kpi.model.kpi import Better, Tolerance
from kpi.model.verdict import Status


def slack(target: float, tolerance: Tolerance) -> float:
    """Return by how much a value may miss its target before that matters."""
    return tolerance.points if tolerance.points is not None else tolerance.share * abs(target)


def nearest(value: float, target: float, top: float | None, better: Better) -> tuple[float, Better]:
    """Return the bound that a value is held against, and which way is good from there.

    Without a range that is the target; of a range its lower end, or its `top` for a value above it.
    """
    if top is None:
        return target, better
    return (top, Better.DOWN) if value > top else (target, Better.UP)


def rule(
    value: float,
    target: float,
    interval: Interval | None,
    *,
    better: Better,
    tolerance: Tolerance,
    may_be_red: bool,
    top: float | None = None,
) -> tuple[Status, str]:
    """Return the light of a value against its target, and the key of the sentence that says why.

    Green at or above the target; red only if the value lies below the target less its tolerance and the
    whole 80 % interval lies below the target; amber otherwise. Mirrored where lower is better. With a
    `top` the range from `target` to `top` is green, and outside the same holds from its nearer end.
    Source of the rule: Stephen Few's bullet bands with an interval gate, see docs/decisions.
    """
    inside = "rule_green" if top is None else "rule_green_range"
    target, better = nearest(value, target, top, better)
    if better is Better.DOWN:
        value, target = -value, -target
        interval = None if interval is None else (-interval[1], -interval[0])
    if value >= target:
        return Status.GREEN, inside
    if value >= target - slack(target, tolerance):
        return Status.AMBER, "rule_amber_close"
    if interval is None:
        return Status.AMBER, "rule_amber_unbuilt"
    if interval[1] >= target:
        return Status.AMBER, "rule_amber_chance"
    if not may_be_red:
        return Status.AMBER, "rule_amber_few"
    return Status.RED, "rule_red"
