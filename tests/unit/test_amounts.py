"""Sums, averages and ratios of amounts against printed tables and exact enumeration."""

from __future__ import annotations

import math
from fractions import Fraction

import numpy as np
import pytest

from kpi.judge import amounts
from kpi.judge.interval import count
from tests.unit.test_interval import T_90

E = 1.2816


def test_equal_orders_are_as_sure_as_their_number() -> None:
    low, high = amounts.total(np.full(400, 25.0), np.ones(400)) or (0, 0)
    assert (low, high) == tuple(pytest.approx(25 * end, rel=0.001) for end in count(400))


def test_uneven_orders_are_as_sure_as_the_sum_of_their_squares() -> None:
    sizes = np.array([10.0, 20.0, 30.0, 40.0] * 100)
    low, high = amounts.total(sizes, np.ones(400)) or (0, 0)
    error = math.sqrt(sum(size**2 for size in sizes))
    assert (high - low) / 2 == pytest.approx(E * error, rel=0.01)


def test_of_few_orders_more_may_be_missing_than_too_many() -> None:
    low, high = amounts.total(np.array([10.0, 20.0, 30.0, 100.0]), np.ones(4)) or (0, 0)
    assert 0 < low < 160 < high
    assert high - 160 > 160 - low


def test_orders_noted_by_the_day_are_as_sure_as_the_orders() -> None:
    chance = np.random.default_rng(3)
    counts = chance.integers(1, 6, 300)
    sizes = chance.uniform(50, 150, counts.sum())
    days = np.array([part.sum() for part in np.split(sizes, counts.cumsum()[:-1])])
    alone = amounts.total(sizes, np.ones(len(sizes))) or (0, 0)
    noted = amounts.total(days, counts.astype(float)) or (0, 0)
    assert noted == tuple(pytest.approx(end, rel=0.01) for end in alone)


def test_returns_are_a_sum_of_their_own() -> None:
    sold, back = np.array([100.0, 110.0, 90.0] * 30), np.array([-100.0] * 9)
    low, high = amounts.total(np.r_[sold, back], np.r_[np.ones(90), np.zeros(9)]) or (0, 0)
    error = math.sqrt((sold**2).sum() + (back**2).sum())
    assert (high - low) / 2 == pytest.approx(E * error, rel=0.02)
    assert low < 8100 < high


@pytest.mark.parametrize(
    ("sizes", "counts"),
    [([5.0, 6.0], [1, 1]), ([5.0, 0.0, 0.0, 6.0], [1, 1, 1, 1]), ([-5.0, -6.0, -7.0], [1, 1, 1]),
     ([900.0, -5.0, -6.0], [30, 1, 1]), ([1e-200] * 3, [1, 1, 1])],
)  # fmt: skip
def test_two_orders_or_one_lump_tell_nothing(sizes: list[float], counts: list[float]) -> None:
    assert amounts.total(np.array(sizes), np.array(counts, float)) is None


def test_a_sum_over_days_is_t_on_the_days() -> None:
    days = np.array([1.0, 3.0, 5.0, 7.0, 5.0, 3.0, 1.0, 7.0])  # even on both sides of their mean of 4
    half = T_90[7] * math.sqrt(8) * float(np.std(days, ddof=1))
    assert amounts.over_days(days, np.ones(8)) == pytest.approx((32 - half, 32 + half), rel=0.001)


def test_a_stretch_of_days_weighs_as_so_many() -> None:
    chance = np.random.default_rng(5)
    days = chance.normal(10, 3, 600)
    single = amounts.over_days(days, np.ones(600)) or (0, 0)
    pairs = amounts.over_days(days.reshape(-1, 2).sum(axis=1), np.full(300, 2.0)) or (0, 0)
    assert pairs[1] - pairs[0] == pytest.approx(single[1] - single[0], rel=0.06)


def test_a_day_of_a_crowd_pushes_the_end_out_on_its_side_only() -> None:
    days = np.array([1.0, 2.0] * 10 + [40.0])
    low, high = amounts.over_days(days, np.ones(21)) or (0, 0)
    half = 1.325 * math.sqrt(21) * float(np.std(days, ddof=1))
    assert days.sum() - low == pytest.approx(half, rel=0.001)
    assert high - days.sum() > 1.3 * half
    assert amounts.over_days(-days, np.ones(21)) == pytest.approx((-high, -low))


def test_days_all_alike_were_spread_and_not_counted() -> None:
    assert amounts.over_days(np.full(30, 5.0), np.ones(30)) is None
    assert amounts.left_out(4.0, np.full(30, 4.0), 29, fixed=True) is None


def test_parts_or_periods_that_have_nothing_in_common_tell_nothing() -> None:
    assert amounts.left_out(1.0, np.array([1e-9, 1e9, 1.0, 1.0]), 3, fixed=True) is None
    assert amounts.ranges(1.0, np.array([1.0, 1e9] * 4), periods=1, logs=True) is None


def test_the_mean_of_even_amounts_is_t_on_them() -> None:
    sizes = np.array([8.0, 9.0, 10.0, 11.0, 12.0, 9.5, 10.5, 10.0])
    without = (sizes.sum() - sizes) / 7
    low, high = amounts.left_out(10.0, without, 7, fixed=False) or (0, 0)
    half = T_90[7] * float(np.std(sizes, ddof=1)) / math.sqrt(8) / 10
    assert (math.log(10 / low), math.log(high / 10)) == pytest.approx((half, half), rel=0.1)


def test_a_figure_below_zero_is_measured_as_it_is() -> None:
    sizes = np.array([-8.0, 1.0, -3.0, 2.0, -8.0, 1.0, -3.0, 2.0])
    low, high = amounts.left_out(-2.0, (sizes.sum() - sizes) / 7, 7, fixed=True) or (0, 0)
    half = T_90[7] * float(np.std(sizes, ddof=1)) / math.sqrt(8)
    assert high + 2 == pytest.approx(half, rel=0.001)
    assert -2 - low > half  # the low ones lie farther off


def test_how_many_orders_there_are_is_chance_and_how_many_days_is_not() -> None:
    sizes = np.array([9.0, 10.0, 11.0] * 20)
    without = 1000 / (sizes.sum() - sizes)  # costs of 1000 to revenue
    value = 1000 / sizes.sum()
    orders = amounts.left_out(value, without, 59, fixed=False) or (0, 0)
    days = amounts.left_out(value, without, 59, fixed=True) or (0, 0)
    assert math.log(orders[1] / orders[0]) / 2 == pytest.approx(1.296 / math.sqrt(60), rel=0.05)
    assert math.log(days[1] / days[0]) / 2 == pytest.approx(1.296 * 0.0823 / math.sqrt(60), rel=0.05)


def _below(count: int, rank: int, q: Fraction) -> Fraction:
    """The exact chance that fewer than `rank` of so many rows lie below the quantile."""
    return sum((math.comb(count, i) * q**i * (1 - q) ** (count - i) for i in range(rank)), Fraction(0))


@pytest.mark.parametrize(("count", "q"), [(4, "1/2"), (11, "1/2"), (40, "1/2"), (30, "9/10"), (200, "9/10")])
def test_a_quantile_s_ends_lie_between_the_ranks_that_are_a_little_too_wide_and_too_narrow(
    count: int, q: str
) -> None:
    share, tail = Fraction(q), Fraction(1, 10)
    low, high = amounts.quantile(np.arange(1.0, count + 1), float(share)) or (0, 0)
    assert _below(count, math.floor(low), share) <= tail < _below(count, math.floor(low) + 1, share)
    below = 1 - _below(count, math.ceil(high), share)
    assert below <= tail < 1 - _below(count, math.ceil(high) - 1, share)


def test_the_median_of_ten_is_interpolated_as_hettmansperger_and_sheather_do() -> None:
    outer, inner = (1 - 2 * float(_below(10, rank, Fraction(1, 2))) for rank in (3, 4))  # cover 89 % and 66 %
    between = (outer - 0.80) / (outer - inner)
    inwards = (10 - 3) * between / (3 + (10 - 2 * 3) * between)
    low, high = amounts.quantile(np.arange(1.0, 11.0), 0.5) or (0, 0)
    assert (low, high) == (pytest.approx(3 + inwards), pytest.approx(8 - inwards))


def test_too_few_rows_have_no_quantile() -> None:
    assert amounts.quantile(np.arange(3.0), 0.5) is None
    assert amounts.quantile(np.arange(21.0), 0.9) is None
    assert amounts.quantile(np.arange(22.0), 0.9) is not None
    assert amounts.quantile(np.arange(1.0), 0.9) is None


def test_earlier_periods_give_their_mean_range() -> None:
    earlier = np.array([100.0, 110.0, 100.0, 90.0, 100.0, 130.0])  # ranges 10, 10, 10, 10, 30
    half = 1.476 * 14 / 1.128
    found = amounts.ranges(120.0, earlier, periods=1, logs=False)
    assert found == pytest.approx((120 - half, 120 + half), rel=0.001)
    both = amounts.ranges(120.0, earlier, periods=2, logs=False) or (0, 0)
    assert both[1] - 120 == pytest.approx(half / math.sqrt(2), rel=0.001)
    on_logs = amounts.ranges(120.0, np.exp(earlier / 100), periods=1, logs=True) or (0, 0)
    assert math.log(on_logs[1] / 120) == pytest.approx(half / 100, rel=0.001)


def test_no_range_is_taken_across_a_gap() -> None:
    earlier = np.array([1.0, 2.0, 1.0, np.nan, 1.0, 2.0, 1.0])
    assert amounts.ranges(1.0, earlier, periods=1, logs=True) is None
    assert amounts.ranges(1.0, np.r_[earlier, 2.0], periods=1, logs=True) is not None
    assert amounts.ranges(1.0, np.ones(12), periods=1, logs=True) is None
