"""Intervals of followers won less followers lost."""

from __future__ import annotations

import ast

import numpy as np

from kpi.facts.frame import Floats, Ints, ordinal
from kpi.judge import amounts
from kpi.judge.interval import Interval, difference, wider
from kpi.judge.spread.days import FEWEST, over_days
from kpi.judge.spread.figure import Figure, agree, is_sum
from kpi.metrics.formula import divisors
from kpi.metrics.levels import STALE_AFTER, Track
from kpi.model.formula import field_and_roll, names, parse


def balance(figure: Figure) -> Interval | None:
    """Return the interval of those won less those lost: by both counts or by the days, whichever is wider.

    Followers come in crowds, so days that are told may scatter more than the counts do. Where only the
    difference is told, the counts are the fewest people that could have made it, and days are needed.
    """
    tree = parse(figure.formula)
    if divisors(figure.formula):
        return None
    if not all(is_sum(name) for name in names(figure.formula)):
        days = _between_levels(figure)
    else:
        days = over_days(figure)
        if isinstance(tree, ast.BinOp) and isinstance(tree.op, ast.Sub):
            won, lost = float(figure.part(tree.left)[0]), float(figure.part(tree.right)[0])
            return wider(difference(won, lost), days) if min(won, lost) >= 0 else None
    return days and wider(difference(max(figure.now, 0.0), max(-figure.now, 0.0)), days)


def _between_levels(figure: Figure) -> Interval | None:
    """Return the interval of a level's end less its start, by its steps between the days that tell it."""
    of = {field_and_roll(name)[0] for name in names(figure.formula)}
    numbers = figure.numbers
    told = [
        _told(track, ordinal(numbers.periods[0].first), ordinal(numbers.periods[0].last))
        for track in numbers.cube.tracks.get(min(of), ())
        if numbers.view.shows(*track.segment)
        and (figure.networks is None or track.segment[0] in figure.networks)
    ]
    if not told or any(not np.array_equal(told[0][0], days) for days, _ in told):
        return None  # accounts that are told on different days
    steps = np.diff(np.sum([levels for _, levels in told], axis=0))
    if len(steps) < FEWEST or not agree(float(steps.sum()), figure.now):
        return None
    return amounts.over_days(steps, np.diff(told[0][0]).astype(float))


def _told(track: Track, first: int, last: int) -> tuple[Ints, Floats]:
    """Return the days and levels from the start of a period to its end."""
    rows = np.flatnonzero((track.day >= first - STALE_AFTER) & (track.day <= last))
    before = int((track.day[rows] < first).sum())
    chosen = rows[max(before - 1, 0) :]
    return track.day[chosen], track.value[chosen]
