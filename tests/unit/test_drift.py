"""The arrow: only on a signal, seldom on ordinary ups and downs, not at all with few periods."""

from __future__ import annotations

import numpy as np
import pytest

from kpi.judge.drift import drift
from kpi.model.verdict import Drift

CALM = [100.0, 104.0, 97.0, 101.0, 99.0, 103.0]


def test_with_fewer_than_six_earlier_periods_there_is_no_arrow() -> None:
    assert drift([*CALM[1:], 10.0]) is None
    assert drift([*CALM, 10.0]) is Drift.DOWN


@pytest.mark.parametrize(
    ("values", "way"),
    [
        ([*CALM, 140.0], Drift.UP),
        ([*CALM, 108.0], Drift.STEADY),
        ([*CALM, 99.0, 90.0, 91.0, 89.5], Drift.DOWN),  # three of four far out, none outside the limits
        ([*CALM, 99.0, 90.0, 91.0, 100.0], Drift.STEADY),  # the last one is back
        ([5.0] * 6 + [9.0], Drift.STEADY),  # nothing ever moved: what is ordinary is not known
        ([-3.0, 2.0, -1.0, 4.0, -2.0, 1.0, 40.0], Drift.UP),  # no logs where values are negative
    ],
)
def test_only_what_is_no_ordinary_up_or_down_gets_one(values: list[float], way: Drift) -> None:
    assert drift(values) is way


def test_a_moderate_loss_for_eight_periods_is_told_and_then_is_the_new_ordinary() -> None:
    calm = [100.0, 104.0, 97.0, 101.0, 99.0, 103.0] * 2
    lower = [98.0, 97.0, 98.5, 97.5, 98.0, 97.0, 98.5, 97.5]
    assert drift([*calm, *lower[:7]]) is Drift.STEADY
    assert drift([*calm, *lower]) is Drift.DOWN
    assert drift([*calm, *lower, 98.0]) is Drift.STEADY
    assert drift([*calm, *lower, 101.5]) is Drift.UP  # ordinary before the shift, not after it
    assert drift([*calm, *calm, 101.5]) is Drift.STEADY


def test_the_scale_does_not_matter() -> None:
    chance = np.random.default_rng(3)
    for _ in range(200):
        values = np.exp(0.3 * chance.standard_normal(11))
        assert drift(list(values)) is drift(list(values * 1e6))


def test_ordinary_months_seldom_get_an_arrow() -> None:
    chance = np.random.default_rng(11)
    told = [drift(list(np.exp(0.4 * chance.standard_normal(13)))) for _ in range(1500)]
    assert np.mean([one is not Drift.STEADY for one in told]) <= 0.05
