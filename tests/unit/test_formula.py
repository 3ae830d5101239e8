"""A formula over totals: arithmetic, and unknown instead of anything else."""

from __future__ import annotations

import ast

import numpy as np
import pytest

from kpi.metrics.formula import Vector, divisors, evaluate, is_ratio, multiplies_tables, value_of

TOTALS = {"posts.views": [6.0, 0.0, np.nan], "posts.count": [3.0, 0.0, 2.0]}


def totals(name: str) -> Vector:
    return np.array(TOTALS[name])


@pytest.mark.parametrize(
    ("formula", "expected"),
    [
        ("posts.views + posts.count", [9, 0, np.nan]),
        ("posts.views - posts.count", [3, 0, np.nan]),
        ("-posts.count", [-3, 0, -2]),
        ("2 * -posts.count", [-6, 0, -4]),
        ("posts.views / posts.count", [2, np.nan, np.nan]),
        ("posts.count / posts.views", [0.5, np.nan, np.nan]),
        ("posts.views * 1e308 * 10", [np.nan, 0, np.nan]),
    ],
)
def test_a_formula_is_worked_out_for_each_slice(formula: str, expected: list[float]) -> None:
    assert np.array_equal(evaluate(formula, totals), expected, equal_nan=True)


def test_nothing_less_nothing_is_no_negative_nought() -> None:
    assert not np.signbit(evaluate("-posts.count", totals)[1])


def test_a_tree_that_is_no_formula_is_refused() -> None:
    with pytest.raises(AssertionError, match="Name"):
        value_of(ast.Name("views"), totals)


def test_a_number_is_no_divisor_that_could_be_zero() -> None:
    assert divisors("posts.views / 1000") == ()
    (below,) = divisors("posts.views / (posts.count + posts.count)")
    assert value_of(below, totals).tolist() == [6, 0, 4]


@pytest.mark.parametrize(
    ("formula", "ratio"),
    [
        ("posts.views.median", True),
        ("account.followers.end", True),
        ("posts.views / posts.count", True),
        ("posts.views", False),
        ("account.followers.end - account.followers.start", False),
    ],
)
def test_a_ratio_does_not_grow_with_the_period(formula: str, *, ratio: bool) -> None:
    assert is_ratio(formula) is ratio


def test_a_number_or_the_days_of_the_period_are_no_second_table() -> None:
    assert not multiplies_tables("posts.views / (posts.count * period.days)")
    assert multiplies_tables("posts.views / (posts.count * account.followers.mean)")
