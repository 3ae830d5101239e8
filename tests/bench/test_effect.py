"""How often an action seems to have helped where nothing happened, and where it did: simulated, seeded."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from kpi.judge.step import Line, Stretch
from kpi.model.taken import Outcome
from tests.unit.test_effect import TAKEN, told

pytestmark = pytest.mark.bench
TIMES, BEFORE, AFTER = 4000, 26, 8
LIFT = 1.3
FALSE = 0.10 + 2 * (0.1 * 0.9 / TIMES) ** 0.5  # one of ten, with the chance of the simulation itself
Chance = np.random.Generator
Draw = Callable[[Chance, int], tuple[np.ndarray, np.ndarray]]


def posts(sigma: float, *, shared: float = 0.0, alike: float = 0.0, growth: float = 0.0) -> Draw:
    """Three posts a week, log-normal; weeks share ups and downs that last, and the account may grow."""

    def draw(chance: Chance, weeks: int) -> tuple[np.ndarray, np.ndarray]:
        counts = np.maximum(chance.poisson(3, weeks), 1)
        mood = shared * chance.standard_normal(weeks)
        for at in range(1, weeks):
            mood[at] = alike * mood[at - 1] + (1 - alike**2) ** 0.5 * mood[at]
        sums = [np.exp(sigma * chance.standard_normal(n)).mean() for n in counts]
        return np.log(sums) + mood + growth * np.arange(weeks), counts.astype(float)

    return draw


def orders(mean: float) -> Draw:
    """Return orders a week, on logs where there are some every week."""

    def draw(chance: Chance, weeks: int) -> tuple[np.ndarray, np.ndarray]:
        counts = chance.poisson(mean, weeks).astype(float)
        return np.log(counts) if (counts > 0).all() else counts, np.ones(weeks)

    return draw


NOTHING: dict[str, Draw] = {
    "posts, 0.4": posts(0.4),
    "posts, 0.7": posts(0.7),
    "posts, growing by 2 % a week": posts(0.7, growth=0.02),
    "posts, shrinking by 2 % a week": posts(0.5, growth=-0.02),
    "posts, weeks alike": posts(0.5, shared=0.2, alike=0.4),
    "3 orders a week": orders(3),
    "20 orders a week": orders(20),
}


def outcomes(draw: Draw, before: int, lift: float = 1.0, seed: int = 1) -> tuple[float, float]:
    """Return how often a series is said to have gone up and down."""
    chance, up, down = np.random.default_rng(seed), 0, 0
    for _ in range(TIMES):
        values, weights = draw(chance, before + AFTER)
        at = np.arange(len(values)) - before + 0.5
        values = values + np.where(at > 0, np.log(lift), 0.0)
        line = Line(Stretch(at[:before], values[:before], weights[:before]))
        low, high = line.step(Stretch(at[before:], values[before:], weights[before:])).interval
        up, down = up + (low > 0), down + (high < 0)
    return up / TIMES, down / TIMES


@pytest.mark.parametrize("before", [8, 12, BEFORE])
@pytest.mark.parametrize("what", NOTHING)
def test_where_nothing_happened_hardly_anything_is_said_to_have(what: str, before: int) -> None:
    up, down = outcomes(NOTHING[what], before)
    print(f"\n{what}, {before} weeks before: helped {100 * up:.1f} %, worse {100 * down:.1f} %")
    assert max(up, down) <= FALSE


@pytest.mark.parametrize(("sigma", "at_least"), [(0.4, 0.55), (0.7, 0.28)])
def test_three_tenths_more_are_seen_with_twenty_four_posts(sigma: float, at_least: float) -> None:
    up, down = outcomes(posts(sigma), BEFORE, LIFT)
    print(f"\n+30 %, 24 posts, scatter {sigma}: helped {100 * up:.0f} %, worse {100 * down:.1f} %")
    assert up >= at_least
    assert down <= 0.02


def test_the_whole_way_from_posts_to_the_verdict_says_the_same() -> None:
    chance, found = np.random.default_rng(11), []
    for _ in range(150):
        rates = 200 * np.exp(0.7 * chance.standard_normal(3 * (BEFORE + AFTER)))
        found.append(told(TAKEN, list(np.minimum(rates, 1000))).outcome)
    helped, worse = found.count(Outcome.HELPED) / 150, found.count(Outcome.WORSE) / 150
    print(f"\n150 businesses, nothing happened: helped {100 * helped:.0f} %, worse {100 * worse:.0f} %")
    assert max(helped, worse) <= 0.16
