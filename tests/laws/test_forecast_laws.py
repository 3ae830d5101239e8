"""What holds for the forecast of any series."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from kpi.judge.forecast import Course, Parts, forecast

FIGURES = st.floats(-1e9, 1e9, allow_nan=False)
POSITIVE = st.floats(1e-3, 1e6, allow_nan=False)
LEADS = st.tuples(st.integers(1, 3), st.integers(0, 3))
TENTHS = [n / 10 for n in range(1, 10)]


def course(values: list[float], season: int = 4) -> Course:
    return Course(values=np.array(values), season=season)


@settings(max_examples=40, deadline=None)
@given(st.lists(FIGURES, max_size=24) | st.lists(POSITIVE, min_size=8, max_size=24), LEADS)
def test_a_forecast_is_in_order_finite_and_always_the_same(
    values: list[float], lead: tuple[int, int]
) -> None:
    first, last = lead[0], lead[0] + lead[1]
    told = forecast(course(values), first, last)
    if told is None:
        return
    marks = [told.quantile(part) for part in TENTHS]
    assert np.isfinite(told.likely).all()
    assert marks == sorted(marks)
    assert told.error is None or np.isfinite(told.error)
    again = forecast(course(values), first, last)
    assert again is not None
    assert np.array_equal(told.likely, again.likely)


@settings(max_examples=30, deadline=None)
@given(st.lists(st.floats(1, 100), min_size=8, max_size=20), st.sampled_from([0.25, 8.0, 1024.0]))
def test_another_unit_gives_the_same_forecast_in_that_unit(values: list[float], scale: float) -> None:
    one, other = (forecast(course([v * by for v in values]), 1, 1) for by in (1, scale))
    if one is None or other is None or one.method != other.method:  # a tie may fall either way
        return
    assert np.allclose(other.likely, scale * one.likely, rtol=1e-6)


@settings(max_examples=30, deadline=None)
@given(st.lists(st.tuples(POSITIVE, POSITIVE), min_size=12, max_size=20), LEADS)
def test_a_rate_of_sums_is_finite_and_in_order_too(
    pairs: list[tuple[float, float]], lead: tuple[int, int]
) -> None:
    above, below = (np.array(side) for side in zip(*pairs, strict=True))
    parts = Parts(above=above, below=below, factor=100.0)
    told = forecast(Course(values=100 * above / below, season=52, parts=parts), lead[0], sum(lead))
    if told is not None:
        assert np.isfinite(told.likely).all()
        assert (np.diff(told.likely) >= 0).all()
        assert told.likely[0] > 0


@settings(max_examples=30, deadline=None)
@given(st.lists(POSITIVE, min_size=8, max_size=16), st.floats(1e-3, 1e6), st.floats(1, 10))
def test_a_higher_target_never_has_a_better_chance(values: list[float], aim: float, more: float) -> None:
    told = forecast(course(values), 1, 1)
    if told is not None:
        assert told.chance(aim, np.inf) >= told.chance(aim * more, np.inf)
