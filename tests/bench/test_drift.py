"""How often an arrow points at ordinary ups and downs, and how soon at a real fall: simulated, seeded."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from kpi.judge.drift import drift
from kpi.model.verdict import Drift

pytestmark = pytest.mark.bench
TIMES = 6000
FALSE, FOUND_ONCE, FOUND_NOW = 0.05, 0.45, 0.38
CHANCE = np.random.default_rng
Draw = Callable[[np.random.Generator, int], np.ndarray]
CALM: dict[str, Draw] = {
    "normal, 15 %": lambda r, n: 1 + 0.15 * r.standard_normal(n),
    "normal, 30 %": lambda r, n: 1 + 0.30 * r.standard_normal(n),
    "around nought": lambda r, n: r.standard_normal(n),
    "log-normal, 0.15": lambda r, n: np.exp(0.15 * r.standard_normal(n)),
    "log-normal, 0.7": lambda r, n: np.exp(0.7 * r.standard_normal(n)),
    "counts of 20": lambda r, n: r.poisson(20, n).astype(float),
}


@pytest.mark.parametrize("earlier", [6, 7, 8, 9, 10, 12, 15, 18, 21, 24])
def test_ordinary_periods_get_an_arrow_in_fewer_than_one_of_twenty(earlier: int) -> None:
    rates = {}
    for place, (name, draw) in enumerate(CALM.items()):
        chance = CHANCE(100 * earlier + place)
        told = [drift(list(draw(chance, earlier + 1))) for _ in range(TIMES)]
        rates[name] = float(np.mean([one is not Drift.STEADY for one in told]))

    print(f"\n{earlier:2d} earlier: " + ", ".join(f"{name} {100 * r:.1f} %" for name, r in rates.items()))
    assert max(rates.values()) <= FALSE


@pytest.mark.parametrize("earlier", [9, 12, 18, 24])
def test_a_fall_by_three_tenths_is_found_within_three_periods_about_every_second_time(earlier: int) -> None:
    chance = CHANCE(earlier)
    once = now = 0
    for _ in range(TIMES):
        values = np.exp(0.15 * chance.standard_normal(earlier + 1))
        values[-3:] *= 0.7
        arrows = [drift(list(values[: len(values) - back])) is Drift.DOWN for back in (2, 1, 0)]
        once += any(arrows)
        now += arrows[-1]

    shares = once / TIMES, now / TIMES
    print(f"\n{earlier:2d} earlier, 30 % less: in one of three {shares[0]:.2f}, in the third {shares[1]:.2f}")
    assert shares[0] >= FOUND_ONCE
    assert shares[1] >= FOUND_NOW
