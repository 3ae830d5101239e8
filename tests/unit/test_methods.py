"""Each method against figures worked out by hand, and that none knows what comes after its origin."""

from __future__ import annotations

import numpy as np
import pytest

from kpi.judge.methods import (
    FEWEST,
    METHODS,
    Method,
    damped,
    drift,
    naive,
    seasonal,
    smoothing,
    steady,
    theta,
)

FIVE = np.array([10.0, 12.0, 11.0, 15.0, 14.0])


def test_naive_repeats_the_last_value() -> None:
    assert naive(FIVE, 2)[-1].tolist() == [14, 14]


def test_drift_goes_on_along_the_line_from_the_first_value() -> None:
    assert drift(FIVE, 3)[-1].tolist() == [15, 16, 17]  # (14 - 10) / 4 = 1 a step


def test_steady_takes_half_of_the_drift() -> None:
    assert steady(FIVE, 2)[-1].tolist() == [14.5, 15]


def test_seasonal_repeats_the_last_turn_and_starts_over() -> None:
    values = np.array([1.0, 2, 3, 4, 5, 6, 7])
    assert seasonal(values, 5, 3)[-1].tolist() == [5, 6, 7, 5, 6]
    assert np.isnan(seasonal(values, 5, 3)[1]).all()


def test_smoothing_of_noise_around_a_level_is_nearly_its_mean() -> None:
    noise = np.array([5.0, 7, 5, 7, 5, 7, 5, 7])
    # weight 0.05: sum of 0.95**age * value over the sum of 0.95**age
    ages = 0.95 ** np.arange(7, -1, -1)
    assert smoothing(noise, 2)[-1] == pytest.approx([(ages * noise).sum() / ages.sum()] * 2)


def test_smoothing_of_a_step_follows_the_newest_value() -> None:
    # one step ahead 0.95 errs least on a rising line; 4 values: weights 1, .05, .0025, .000125
    told = smoothing(np.array([1.0, 2, 3, 4]), 1)[-1]
    assert told == pytest.approx([(4 + 0.05 * 3 + 0.0025 * 2 + 0.000125) / 1.052625])


def test_theta_of_a_line_goes_on_with_half_of_its_slope() -> None:
    # level 3.9476 as above, mean lag 0.0524; slope 1: 3.9476 + (1 + 0.0524) / 2
    lag = (0.05 + 2 * 0.0025 + 3 * 0.000125) / 1.052625
    assert theta(np.array([1.0, 2, 3, 4]), 2)[-1] == pytest.approx(
        [4 - lag + (1 + lag) / 2, 4 - lag + (2 + lag) / 2]
    )


def test_damped_goes_on_along_a_line_and_flattens() -> None:
    told = damped(np.arange(1.0, 21), 3)[-1]
    steps = np.diff([20.0, *told])
    assert (np.diff(steps) < 0).all()
    assert steps == pytest.approx([0.98, 0.98**2, 0.98**3], abs=0.06)  # the weakest damping errs least


def test_damped_needs_four_values() -> None:
    assert np.isnan(damped(np.array([1.0, 2, 3]), 1)).all()


@pytest.mark.parametrize("method", METHODS.values(), ids=METHODS)
def test_no_method_knows_what_comes_after_its_origin(method: Method) -> None:
    values = np.array([3.0, 5, 4, 8, 6, 9, 7, 12])
    early, late = method(values[:6], 2), method(values, 2)
    assert np.array_equal(early, late[:6], equal_nan=True)
    assert np.isnan(late[: FEWEST - 1]).all()
    assert np.isfinite(late[FEWEST - 1 :]).all()
