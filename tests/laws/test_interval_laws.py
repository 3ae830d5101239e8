"""Whatever was counted or paid: an interval holds the shown value, and does not hang on the unit."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kpi.judge import amounts, interval

LAW = settings(max_examples=50, deadline=None, derandomize=True, database=None)
MONEY = st.lists(st.integers(1, 10**7), min_size=8, max_size=40).map(lambda cents: np.array(cents) / 100)
COUNTS = st.integers(0, 10**6)


@LAW
@given(MONEY, st.lists(st.integers(1, 10**6), max_size=6))
def test_a_sum_of_sales_and_returns(sold: np.ndarray, back: list[int]) -> None:
    every = np.r_[sold, -np.array(back, float) / 100]
    low, high = amounts.total(every, np.ones(len(every))) or (0, 0)
    assert low <= every.sum() <= high
    in_cents = amounts.total(100 * every, np.ones(len(every)))
    assert in_cents == pytest.approx((100 * low, 100 * high))


@LAW
@given(MONEY)
def test_averages_and_days_and_ranks(sold: np.ndarray) -> None:
    shown = {
        amounts.left_out(sold.mean(), (sold.sum() - sold) / (len(sold) - 1), 7, fixed=False): sold.mean(),
        amounts.over_days(sold, np.ones(len(sold))): sold.sum(),
        amounts.quantile(sold, 0.5): np.median(sold),
        amounts.ranges(sold[0], sold[1:], periods=1, logs=True): sold[0],
    }
    for bounds, value in shown.items():
        assert bounds is None or bounds[0] * (1 - 1e-9) <= value <= bounds[1] * (1 + 1e-9)


@LAW
@given(COUNTS, COUNTS, COUNTS)
def test_counts_and_shares(one: int, other: int, rest: int) -> None:
    low, high = interval.difference(one, other)
    assert low < one - other < high
    assert interval.difference(other, one) == pytest.approx((-high, -low))
    whole = one + other + rest
    if whole:
        low, high = interval.answers(one, other, whole)
        assert -1 <= low <= (one - other) / whole + 1e-12
        assert (one - other) / whole - 1e-12 <= high <= 1
        assert interval.answers(other, one, whole) == pytest.approx((-high, -low))


@LAW
@given(st.lists(st.integers(1, 5), min_size=1, max_size=60))
def test_stars(given_: list[int]) -> None:
    low, high = interval.rating(np.array(given_, float), np.ones(len(given_))) or (0, 0)
    assert 1 <= low <= np.mean(given_) + 1e-12
    assert np.mean(given_) - 1e-12 <= high <= 5
    turned = interval.rating(6.0 - np.array(given_), np.ones(len(given_)))
    assert turned == pytest.approx((6 - high, 6 - low))
