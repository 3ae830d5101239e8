"""The choice between methods, the spread of their errors, and where nothing is told."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest

from kpi.judge.forecast import FREE, Bounds, Course, Parts, forecast


def course(*values: float, season: int = 12, bounds: Bounds = FREE) -> Course:
    return Course(values=np.array(values, float), season=season, bounds=bounds)


def rate(above: np.ndarray, below: np.ndarray, factor: float = 1.0) -> Course:
    parts = Parts(above=above, below=below, factor=factor)
    return Course(values=factor * above / below, season=52, parts=parts)


def noise(count: int, seed: int = 1) -> np.ndarray:
    return 100 * np.exp(0.1 * np.random.default_rng(seed).normal(size=count))


def test_seven_values_are_no_past_to_speak_of() -> None:
    assert forecast(course(*range(1, 8)), 1, 1) is None


def test_eight_to_eleven_values_give_the_mean_of_the_last_one_and_the_line() -> None:
    told = forecast(course(1, 0, 1, 2, 1, 0, 1, 8), 1, 1)  # with a nought it is told in plain figures
    assert told is not None
    assert told.method == "steady"
    assert told.quantile(0.5) == pytest.approx(8.5)  # (8 + 8 + 7 / 7) / 2


def test_figures_above_nought_are_told_by_factors() -> None:
    told = forecast(course(*(2.0**n for n in range(8))), 1, 1)
    assert told is not None
    assert told.quantile(0.5) == pytest.approx(128 * 2**0.5)


def test_the_method_that_erred_least_is_taken() -> None:
    line = forecast(course(*(0.0 + n for n in range(20))), 2, 2)
    turns = forecast(course(*[5, 9, 1] * 8, season=3), 1, 1)
    walk = forecast(course(*np.exp(np.cumsum(0.3 * np.random.default_rng(1).normal(size=60)))), 1, 1)
    level = forecast(course(*noise(40)), 1, 1)
    assert [told and told.method for told in (line, turns, walk, level)] == [
        "drift",
        "seasonal",
        "naive",
        "smoothing",
    ]
    assert line is not None
    assert line.quantile(0.5) == pytest.approx(21)


def test_a_season_wants_two_turns() -> None:
    told = forecast(course(*([5, 9, 1] * 8)[:23], season=12), 1, 1)
    assert told is not None
    assert told.method != "seasonal"


def test_a_level_that_never_moved_is_told_without_any_spread() -> None:
    told = forecast(course(*[7] * 12), 3, 3)
    assert told is not None
    assert told.likely == pytest.approx(7)
    assert told.error == pytest.approx(0)


def test_the_spread_grows_with_the_horizon() -> None:
    values = course(*noise(12))
    widths = []
    for lead in range(1, 13):  # the last ones could never be tried
        told = forecast(values, lead, lead)
        assert told is not None
        widths.append(told.quantile(0.9) / told.quantile(0.1))
    assert all(near <= far for near, far in pairwise(widths))
    assert widths[-1] > widths[0]


def test_few_trials_spread_wider_than_the_errors_themselves() -> None:
    values = noise(8)
    told = forecast(course(*values), 1, 1)
    assert told is not None
    errors = [
        abs(np.log(values[t + 1] / values[t]) - np.log(values[t] / values[0]) / t / 2) for t in range(3, 7)
    ]
    assert np.log(told.quantile(0.95) / told.quantile(0.5)) > max(errors)


def test_the_mean_of_several_steps_is_surer_than_one_of_them() -> None:
    values = course(*noise(40), season=52)
    one, four = forecast(values, 1, 1), forecast(values, 1, 4)
    assert one is not None
    assert four is not None
    assert four.quantile(0.9) - four.quantile(0.1) < 0.8 * (one.quantile(0.9) - one.quantile(0.1))


def test_a_rate_is_told_by_its_two_sums_where_that_erred_less() -> None:
    above, below = np.tile([3.0, 5.0], 10), 2.0 ** np.arange(20)  # a level and a line, in logs
    told = forecast(
        Course(values=above / below, season=52, parts=Parts(above=above, below=below, factor=1)), 1, 1
    )
    assert told is not None
    assert told.method == "parts"
    assert told.quantile(0.5) == pytest.approx(15**0.5 / 2**20, rel=0.05)


def test_the_rate_of_several_steps_is_a_ratio_of_sums_not_a_mean_of_ratios() -> None:
    above, below = np.full(20, 30.0), 2.0 ** np.arange(20)
    told = forecast(
        Course(values=100 * above / below, season=52, parts=Parts(above=above, below=below, factor=100)), 1, 2
    )
    assert told is not None
    assert told.method == "parts"
    assert told.quantile(0.5) == pytest.approx(100 * 60 / (2**20 + 2**21))


def test_parts_with_a_nought_are_left_to_the_rate() -> None:
    above = np.array([0.0, *[3.0, 2, 4] * 5])
    below = np.full(16, 10.0)
    told = forecast(rate(above, below), 1, 1)
    assert told is not None
    assert told.method != "parts"


def test_a_share_stays_within_its_bounds() -> None:
    told = forecast(course(99, 98, 99.5, 97, 99, 98.5, 96, 99, 99, 98, bounds=(0.0, 100.0)), 1, 1)
    assert told is not None
    assert told.likely.max() == 100


def test_leaps_of_a_thousand_times_tell_nothing() -> None:
    assert forecast(course(*[1, 1e4] * 6), 1, 1) is None


def test_nothing_is_told_of_what_could_be_tried_too_seldom() -> None:
    assert forecast(course(*noise(8)), 2, 5) is None


def test_a_figure_around_nought_has_no_error_in_shares() -> None:
    told = forecast(course(*[0] * 12), 1, 1)
    assert told is not None
    assert told.error is None


def test_the_error_is_the_mean_miss_as_a_share_of_the_mean() -> None:
    told = forecast(course(0, 10, 0, 10, 0, 10, 0, 10), 1, 1)
    assert told is not None
    # steady at the origins 4 to 7: 10 + 10/6, 0, 10 + 10/10, 0; then came 0, 10, 0, 10
    assert told.error == pytest.approx((35 / 3 + 10 + 11 + 10) / 4 / 5)
