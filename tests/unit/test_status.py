from __future__ import annotations

import pytest

from kpi.judge.status import rule
from kpi.model.kpi import Better, Tolerance
from kpi.model.verdict import Status

SHARE, POINTS = Tolerance(share=0.10), Tolerance(points=1.5)


@pytest.mark.parametrize(
    ("value", "interval", "tolerance", "may_be_red", "wanted"),
    [
        (100, (90, 110), SHARE, True, Status.GREEN),
        (99, (98, 99.5), SHARE, True, Status.AMBER),  # proven, but within tolerance
        (90, (80, 95), SHARE, True, Status.AMBER),  # exactly at the tolerance
        (89, (80, 99), SHARE, True, Status.RED),
        (89, (80, 100), SHARE, True, Status.AMBER),  # the interval touches the target
        (89, (80, 99), SHARE, False, Status.AMBER),  # too small a sample for red
        (50, None, SHARE, True, Status.AMBER),  # no interval is built
        (98.6, (98, 99), POINTS, True, Status.AMBER),
        (98.4, (98, 99), POINTS, True, Status.RED),
    ],
)
def test_red_must_be_large_and_proven_and_is_mirrored_where_lower_is_better(
    value: float,
    interval: tuple[float, float] | None,
    tolerance: Tolerance,
    may_be_red: bool,  # noqa: FBT001  (a column of the table above)
    wanted: Status,
) -> None:
    up = rule(value, 100, interval, better=Better.UP, tolerance=tolerance, may_be_red=may_be_red)[0]
    mirror = None if interval is None else (200 - interval[1], 200 - interval[0])
    down = rule(200 - value, 100, mirror, better=Better.DOWN, tolerance=tolerance, may_be_red=may_be_red)[0]
    assert (up, down) == (wanted, wanted)


def test_a_loss_below_a_negative_target_keeps_its_tolerance() -> None:
    assert (
        rule(-105, -100, (-106, -104), better=Better.UP, tolerance=SHARE, may_be_red=True)[0] is Status.AMBER
    )
    assert rule(-120, -100, (-125, -110), better=Better.UP, tolerance=SHARE, may_be_red=True)[0] is Status.RED


@pytest.mark.parametrize(
    ("value", "interval", "may_be_red", "key"),
    [
        (99, (90, 108), True, "rule_amber_close"),
        (80, (70, 101), True, "rule_amber_chance"),
        (80, (70, 90), False, "rule_amber_few"),
        (80, None, True, "rule_amber_unbuilt"),
        (80, (70, 90), True, "rule_red"),
        (100, None, True, "rule_green"),
    ],
)
def test_each_light_says_its_own_reason(
    value: float,
    interval: tuple[float, float] | None,
    may_be_red: bool,  # noqa: FBT001  (a column of the table above)
    key: str,
) -> None:
    found = rule(value, 100, interval, better=Better.UP, tolerance=SHARE, may_be_red=may_be_red)

    assert found[1] == key


@pytest.mark.parametrize(
    ("value", "interval", "light", "key"),
    [
        (100, None, Status.GREEN, "rule_green_range"),
        (200, None, Status.GREEN, "rule_green_range"),
        (95, (94, 96), Status.AMBER, "rule_amber_close"),
        (215, (214, 216), Status.AMBER, "rule_amber_close"),
        (80, (60, 100), Status.AMBER, "rule_amber_chance"),
        (240, (199, 300), Status.AMBER, "rule_amber_chance"),
        (80, (70, 99), Status.RED, "rule_red"),
        (240, (201, 300), Status.RED, "rule_red"),
    ],
)
def test_a_range_is_missed_on_either_side_by_the_distance_to_its_nearer_end(
    value: float, interval: tuple[float, float] | None, light: Status, key: str
) -> None:
    found = rule(value, 100, interval, better=Better.RANGE, tolerance=SHARE, may_be_red=True, top=200)
    assert found == (light, key)
