"""Posts put into groups, and which group does better than the others by more than chance."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from kpi.facts.frame import Floats
from kpi.judge.interval import student

ENOUGH = 8  # posts of a group without which it is not compared
FALSE = 0.01  # how often all groups of a kind together may name one that is no different: a screen has eight
TELLING = math.log(1.1)  # less than a tenth above or below is no finding, however certain
_ALONE = 2


class Standing(StrEnum):
    """How a group stands to the other posts."""

    BETTER = "better"
    WORSE = "worse"
    ALIKE = "alike"  # nothing that chance would not explain
    FEW = "few"  # too few posts


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Posts that share something.

    `n` posts can be compared; `lack` more are needed. `times` is how many times the others' level this
    group reaches, drawn towards 1 the fewer and the more unlike its posts are; `low` and `high` hold it
    for all groups of a kind at once. None where there are too few.
    """

    name: str
    n: int
    lack: int = 0
    standing: Standing = Standing.FEW
    times: float | None = None
    low: float | None = None
    high: float | None = None


def grouped(against: Floats, members: Sequence[tuple[str, np.ndarray]]) -> tuple[Group, ...]:
    """Return groups of posts compared with all other posts, in the order given.

    `against` is the log of each post's value over its usual one, NaN where it cannot be told; `members`
    are the rows of each group, which may overlap. Each mean of a group is set against the mean of the
    other posts (Welch's t) at a level at which all groups together name a wrong one in one case of a
    hundred (Bonferroni), and drawn towards nought by the variance between groups (DerSimonian and Laird
    1986, as in empirical Bayes).
    """
    known = np.flatnonzero(~np.isnan(against))
    found = [(name, np.intersect1d(rows, known)) for name, rows in members]
    able = [rows for _, rows in found if len(rows) >= ENOUGH and len(known) - len(rows) >= ENOUGH]
    means = [_contrast(against, rows, known) for rows in able]
    between = _between([mean for mean, _, _ in means], [error for _, error, _ in means])
    tail = FALSE / 2 / max(1, len(able))
    told = iter(means)
    return tuple(
        _told(name, len(rows), next(told), between, tail)
        if len(rows) >= ENOUGH and len(known) - len(rows) >= ENOUGH
        else Group(name=name, n=len(rows), lack=max(0, ENOUGH - len(rows)))
        for name, rows in found
    )


def winner(groups: Sequence[Group]) -> Group | None:
    """Return the group that is better for sure, of several the one whose lowest level is highest."""
    better = [one for one in groups if one.standing is Standing.BETTER]
    return max(better, key=lambda one: one.low or 0.0, default=None)


def loser(groups: Sequence[Group]) -> Group | None:
    """Return the group that is worse for sure, of several the one whose highest level is lowest."""
    worse = [one for one in groups if one.standing is Standing.WORSE]
    return min(worse, key=lambda one: one.high or 0.0, default=None)


def _contrast(against: Floats, rows: np.ndarray, known: np.ndarray) -> tuple[float, float, float]:
    """Return mean of a group less that of the others, its standard error and degrees of freedom."""
    mine, others = against[rows], against[np.setdiff1d(known, rows)]
    parts = [float(side.var(ddof=1)) / len(side) for side in (mine, others)]
    error = math.sqrt(sum(parts))
    if error == 0:
        return float(mine.mean() - others.mean()), 0.0, float(len(known) - _ALONE)
    freedom = sum(parts) ** 2 / sum(
        part**2 / (len(side) - 1) for part, side in zip(parts, (mine, others), strict=True)
    )
    return float(mine.mean() - others.mean()), error, freedom


def _between(means: Sequence[float], errors: Sequence[float]) -> float:
    """Return the variance between groups beyond what chance within them makes (DerSimonian and Laird)."""
    weights = [1 / error**2 for error in errors if error > 0]
    if len(weights) < _ALONE or len(weights) < len(errors):
        return math.inf  # one group alone, or values without any spread: nothing to draw towards
    total = sum(weights)
    spread = sum(w * mean**2 for w, mean in zip(weights, means, strict=True))
    return max(0.0, (spread - len(weights)) / total)


def _told(name: str, n: int, contrast: tuple[float, float, float], between: float, tail: float) -> Group:
    mean, error, freedom = contrast
    half = student(freedom, tail) * error
    kept = 1.0 if math.isinf(between) else between / (between + error**2) if error else 1.0
    shrunk = mean * kept
    standing = Standing.ALIKE
    if mean - half > 0 and shrunk >= TELLING:
        standing = Standing.BETTER
    elif mean + half < 0 and shrunk <= -TELLING:
        standing = Standing.WORSE
    low, high = min(mean - half, shrunk), max(mean + half, shrunk)
    return Group(
        name=name, n=n, standing=standing, times=math.exp(shrunk), low=math.exp(low), high=math.exp(high)
    )
