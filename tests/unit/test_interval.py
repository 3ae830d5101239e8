from __future__ import annotations

import math

import numpy as np
import pytest

from kpi.judge import interval
from kpi.judge.status import rule
from kpi.model.kpi import Better, Tolerance
from kpi.model.verdict import Status

# Student's t, upper 10 %: any printed table.
T_90 = {2: 1.886, 3: 1.638, 4: 1.533, 7: 1.415, 11: 1.363, 20: 1.325, 30: 1.310, 120: 1.289}


@pytest.mark.parametrize(("freedom", "printed"), T_90.items())
def test_student_agrees_with_the_printed_table(freedom: int, printed: float) -> None:
    assert interval.student(freedom) == pytest.approx(printed, rel=0.005)


def _poisson_at_most(events: int, mean: float) -> float:
    return sum(math.exp(-mean) * mean**i / math.factorial(i) for i in range(events + 1))


# Jeffreys' bounds are halves of chi-square quantiles with 2n + 1 degrees of freedom, from a printed table.
CHI_SQUARE = {5: (5.578, 17.275), 10: (13.240, 29.615), 20: (29.907, 52.949), 50: (83.267, 119.589)}


@pytest.mark.parametrize(("events", "bounds"), CHI_SQUARE.items())
def test_a_count_s_interval_agrees_with_the_printed_table(events: int, bounds: tuple[float, float]) -> None:
    assert interval.count(events) == (
        pytest.approx(bounds[0] / 2, rel=0.003),
        pytest.approx(bounds[1] / 2, rel=0.003),
    )


@pytest.mark.parametrize("events", [5, 14, 20, 50, 100])
def test_beyond_a_count_s_bounds_it_would_be_a_one_in_ten_chance(events: int) -> None:
    low, high = interval.count(events)
    at_high = (_poisson_at_most(events, high) + _poisson_at_most(events - 1, high)) / 2
    at_low = 1 - (_poisson_at_most(events, low) + _poisson_at_most(events - 1, low)) / 2
    assert at_high == pytest.approx(0.10, abs=0.01)
    assert at_low == pytest.approx(0.10, abs=0.01)


def test_no_events_still_have_an_upper_bound() -> None:
    low, high = interval.count(0)
    assert low == pytest.approx(0.0, abs=0.01)
    assert high == pytest.approx(1.35, abs=0.1)  # the 90th percentile of half a chi-square with one degree


@pytest.mark.parametrize(
    ("part", "whole", "low", "high"),
    [(0, 20, 0.0, 0.0759), (10, 100, 0.0678, 0.1451), (50, 100, 0.4364, 0.5636), (100, 100, 0.9838, 1.0)],
)
def test_a_share_s_interval_is_wilson_s(part: int, whole: int, low: float, high: float) -> None:
    assert interval.share(part, whole) == (pytest.approx(low, abs=5e-5), pytest.approx(high, abs=5e-5))


def test_wilson_s_bounds_are_where_the_share_is_1_28_standard_errors_away() -> None:
    for bound in interval.share(30, 200):
        assert abs(30 / 200 - bound) / math.sqrt(bound * (1 - bound) / 200) == pytest.approx(1.2816, abs=1e-4)


def test_the_median_of_equal_posts_is_t_on_the_logs() -> None:
    logs = np.array([0.0, 1.0, 2.0, 3.0])
    half = math.sqrt(math.pi / 2) * T_90[3] * np.std(logs, ddof=1) / 2
    low, high = interval.posts(5.0, logs, np.ones(4), median=True) or (0, 0)
    assert low == pytest.approx(5 * math.exp(-half), rel=0.01)
    assert high == pytest.approx(5 * math.exp(half), rel=0.01)


def test_a_ratio_of_sums_is_less_sure_upwards() -> None:
    low, high = interval.posts(1.0, np.array([-1.0, 0, 0, 0, 1]), np.ones(5), median=False) or (0, 0)
    assert low < 1 < high
    assert math.log(high) > -math.log(low)


def test_heavy_posts_make_the_interval_wider() -> None:
    logs = np.array([-0.5, -0.2, 0, 0.1, 0.3, 0.4])
    even = interval.posts(1.0, logs, np.ones(6), median=False)
    heavy = interval.posts(1.0, logs, np.array([1.0, 1, 3, 3, 1, 1]), median=False)
    assert even is not None
    assert heavy is not None
    assert heavy[1] / heavy[0] > 0.8 * even[1] / even[0]
    assert interval.posts(1.0, logs, np.array([100.0, 1, 1, 1, 1, 1]), median=False) is None


@pytest.mark.parametrize(
    ("value", "logs"), [(1.0, [0.0, 1.0]), (0.0, [0.0, 0.1, 0.2, 0.3]), (1.0, [-20.0, 0.0, 20.0])]
)
def test_too_little_to_tell_has_no_interval(value: float, logs: list[float]) -> None:
    assert interval.posts(value, np.array(logs), np.ones(len(logs)), median=False) is None


# How often the light cries wolf, and how often it misses one.


def _red(value: float, bounds: interval.Interval | None) -> bool:
    found = rule(value, 1.0, bounds, better=Better.UP, tolerance=Tolerance(share=0.20), may_be_red=True)[0]
    return found is Status.RED


def _red_months(level: float, *, median: bool, months: int = 3000) -> float:
    """The share of red months of a business at `level` of its target, twelve posts a month."""
    chance = np.random.default_rng(20_251)
    lift = 0.0 if median else 0.7**2 / 2
    logs = np.log(level) + 0.7 * chance.standard_normal((months, 12)) - lift
    found = 0
    for month in logs:
        value = float(np.median(np.exp(month)) if median else np.exp(month).mean())
        found += _red(value, interval.posts(value, month, np.ones(12), median=median))
    return found / months


def test_a_business_on_target_is_seldom_red() -> None:
    assert _red_months(1.0, median=False) <= 0.12
    assert _red_months(1.0, median=True) <= 0.12


def test_a_business_at_seventy_percent_is_mostly_red() -> None:
    assert _red_months(0.7, median=False) >= 0.55
    assert _red_months(0.7, median=True) >= 0.50  # a median of twelve sees less


def test_twenty_orders_on_target_are_seldom_red() -> None:
    target = 20.0
    red = [
        events
        for events in range(60)
        if rule(
            events, target, interval.count(events), better=Better.UP, tolerance=Tolerance(), may_be_red=True
        )[0]
        is Status.RED
    ]
    assert _poisson_at_most(max(red), target) <= 0.12
    assert _poisson_at_most(max(red), 0.7 * target) >= 0.55


# A difference of two counts, and answers for and against.


def _skellam_at_most(difference: int, won: float, lost: float) -> float:
    """The chance of a difference of at most so much, halving that of just so much (all pairs enumerated)."""
    more, fewer = (
        [math.exp(-mean + n * math.log(mean) - math.lgamma(n + 1)) for n in range(250)]
        for mean in (won, lost)
    )
    less = sum(p * sum(fewer[max(0, n - difference + 1) :]) for n, p in enumerate(more))
    same = sum(p * fewer[n - difference] for n, p in enumerate(more) if 0 <= n - difference < 250)
    return less + same / 2


@pytest.mark.parametrize(("won", "lost"), [(60, 40), (12, 9), (5, 20), (90, 30)])
def test_beyond_a_difference_s_bounds_it_would_be_a_one_in_ten_chance(won: int, lost: int) -> None:
    both = won + lost  # the same number came and went, but in another proportion
    low, high = (
        _skellam_at_most(won - lost, (both + bound) / 2, (both - bound) / 2)
        for bound in interval.difference(won, lost)
    )
    assert (low, high) == pytest.approx((0.90, 0.10), abs=0.03)


def test_nothing_won_and_nothing_lost_is_about_nothing() -> None:
    low, high = interval.difference(0, 0)
    assert low == -high
    assert 1 < high < 2


def test_without_neutral_answers_points_are_a_share_twice_and_less_one() -> None:
    low, high = interval.share(30, 50)
    assert interval.answers(30, 20, 50) == (pytest.approx(2 * low - 1), pytest.approx(2 * high - 1))
    low, _ = interval.share(50, 50)
    assert interval.answers(50, 0, 50) == (pytest.approx(2 * low - 1), 1.0)
    assert interval.answers(0, 50, 50) == (-1.0, pytest.approx(1 - 2 * low))


@pytest.mark.parametrize(("p", "q"), [(0.5, 0.2), (0.3, 0.3), (0.7, 0.1)])
def test_points_of_fifty_answers_lie_inside_four_times_of_five(p: float, q: float) -> None:
    whole, inside = 50, 0.0
    for one in range(whole + 1):
        for other in range(whole + 1 - one):
            rest = whole - one - other
            ways = math.comb(whole, one) * math.comb(whole - one, other)
            low, high = interval.answers(one, other, whole)
            if low <= p - q <= high:
                inside += ways * p**one * q**other * (1 - p - q) ** rest
    assert inside == pytest.approx(0.80, abs=0.03)


# Stars.


def test_all_fives_are_no_proof_of_a_five() -> None:
    low, high = interval.rating(np.full(20, 5.0), np.ones(20)) or (0, 0)
    worst = interval.share(20, 20)[0]
    assert (low, high) == (pytest.approx(1 + 4 * worst), 5.0)


def test_ones_and_fives_are_yes_or_no() -> None:
    low, high = interval.rating(np.array([5.0] * 30 + [1.0] * 10), np.ones(40)) or (0, 0)
    assert (low, high) == tuple(pytest.approx(1 + 4 * end, abs=0.02) for end in interval.share(30, 40))


def test_many_even_ratings_have_the_standard_error_of_their_mean() -> None:
    stars = np.array([3.0, 4.0, 5.0, 4.0] * 100)
    low, high = interval.rating(stars, np.ones(400)) or (0, 0)
    assert (high - low) / 2 == pytest.approx(1.2816 * np.std(stars) / 20, rel=0.03)


def test_reviews_told_in_one_row_may_be_ones_and_fives() -> None:
    lumped = interval.rating(np.array([150.0, 10.0]), np.array([38.0, 2.0])) or (0, 0)
    assert lumped == tuple(pytest.approx(1 + 4 * end, abs=0.02) for end in interval.share(30, 40))


@pytest.mark.parametrize("stars", [0.0, 6.0, 10.0])
def test_stars_of_another_scale_have_no_interval(stars: float) -> None:
    assert interval.rating(np.array([4.0, stars]), np.ones(2)) is None
