"""The best and the worst posts: drawn towards the usual, so that three lucky likes do not win."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from kpi.facts.frame import Floats
from kpi.insight.content.shelf import Measure, Shelf
from kpi.judge.interval import Z

_LEAST = 1e-6


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """A post's place: its row of the shelf, how many times the usual it is, and its 80 % interval."""

    row: int
    times: float
    low: float
    high: float


def placed(shelf: Shelf, measure: Measure) -> tuple[Placed, ...]:
    """Return the chosen posts that can be compared, the best first.

    A rate of few interactions is mostly luck: `1 / (k + 0.5)` of the variance of its log is chance
    (delta method on a Poisson count), the rest differs between posts. Each post is drawn towards the
    usual by the part that is chance (empirical Bayes). What a post reached is no sample, and stays.
    """
    against = shelf.against_usual(measure)
    rows = np.flatnonzero(shelf.chosen & ~np.isnan(against))
    if not len(rows):
        return ()
    chance = _chance(shelf, measure)[rows]
    values = against[rows]
    between = _between(values, chance)
    kept = between / (between + chance)
    middle = values * kept
    half = Z * np.sqrt(between * chance / (between + chance))
    order = np.argsort(-middle, kind="stable")
    return tuple(
        Placed(
            row=int(rows[at]),
            times=float(np.exp(middle[at])),
            low=float(np.exp(middle[at] - half[at])),
            high=float(np.exp(middle[at] + half[at])),
        )
        for at in order
    )


def _between(values: Floats, chance: Floats) -> float:
    """Return the variance between posts beyond chance, by DerSimonian and Laird's moments."""
    weights = 1 / np.maximum(chance, _LEAST)
    total = float(weights.sum())
    spread = float((weights * (values - (weights * values).sum() / total) ** 2).sum())
    room = total - float((weights**2).sum()) / total
    return max(_LEAST, (spread - len(values) + 1) / room) if room > 0 else _LEAST


def _chance(shelf: Shelf, measure: Measure) -> Floats:
    """Return which variance of a log is chance alone."""
    if measure is Measure.REACH:
        return np.zeros(len(shelf.frame))
    events = shelf.figure("engagements" if measure is Measure.ENGAGEMENT else "link_clicks")
    return 1 / (np.nan_to_num(events) + 0.5)
