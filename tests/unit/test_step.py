"""A step beyond a series' own course."""

from __future__ import annotations

import numpy as np
import pytest

from kpi.judge.step import Line, Stretch


def stretch(first: int, values: list[float], weights: list[float] | None = None) -> Stretch:
    at = np.arange(len(values), dtype=float) + first
    return Stretch(at, np.array(values), np.array(weights or [1.0] * len(values)))


NOISE = [0.3, -0.2, 0.1, -0.4, 0.2, 0.1, -0.3, 0.4, -0.1, -0.1, 0.3, -0.3]


def test_what_the_course_alone_brings_is_no_step() -> None:
    rising = [0.5 * at for at in range(-10, 0)]
    found = Line(stretch(-10, rising)).step(stretch(0, [0.0, 0.5, 1.0]))
    assert found.size == pytest.approx(0)
    assert found.expected == pytest.approx(0.5)


def test_a_step_is_the_textbook_difference_between_a_mean_and_a_forecast() -> None:
    before, after = stretch(-12, NOISE), stretch(0, [1.0, 1.2, 0.8])
    x, y = before.at, before.values
    slope = float(((x - x.mean()) * (y - y.mean())).sum() / ((x - x.mean()) ** 2).sum())
    forecast = float(y.mean() + slope * (1.0 - x.mean()))
    off = y - (y.mean() + slope * (x - x.mean()))
    variance = float((off**2).sum()) / 10
    spread = variance * (1 / 12 + (1.0 - x.mean()) ** 2 / ((x - x.mean()) ** 2).sum() + 1 / 3)
    found = Line(before).step(after)
    assert found.size == pytest.approx(1.0 - forecast)
    assert found.error == pytest.approx(float(np.sqrt(spread)))  # its neighbours are unlike: nothing is added
    low, high = found.interval
    assert low < found.size < high
    assert low > 0


def test_neighbours_that_are_alike_make_it_less_sure() -> None:
    waves = [float(np.sin(at / 2)) for at in range(24)]
    mixed = [waves[(7 * at) % 24] for at in range(24)]
    after = stretch(0, [0.0, 0.0])
    alike, apart = (Line(stretch(-24, values)).step(after) for values in (waves, mixed))
    assert alike.error > 2 * apart.error
    assert alike.freedom < apart.freedom


def test_a_heavy_week_counts_as_much_as_several() -> None:
    thrice = Line(stretch(-12, NOISE)).step(stretch(0, [1.0, 4.0], [3.0, 1.0]))
    assert thrice.size + thrice.expected == pytest.approx(1.75)


def test_the_smaller_the_step_the_longer_it_takes_to_show() -> None:
    line = Line(stretch(-26, (NOISE * 3)[:26]))
    large, small = line.shows(1.0, 1.0), line.shows(0.4, 1.0)
    assert large is not None
    assert small is not None
    assert large < small
    assert line.shows(0.01, 1.0) is None


def test_where_nothing_ever_moved_what_is_ordinary_is_not_known() -> None:
    assert not Line(stretch(-8, [2.0] * 8)).moves
    assert not Line(stretch(-8, [0.1 * at for at in range(8)])).moves
    assert Line(stretch(-12, NOISE)).moves
