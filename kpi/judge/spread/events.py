"""Intervals that the totals alone tell: counts, shares of people, the cost of one event, answers."""

from __future__ import annotations

import ast

from kpi.catalog.loader import fields
from kpi.judge import interval
from kpi.judge.interval import Interval
from kpi.judge.spread.days import over_days
from kpi.judge.spread.figure import Figure, agree
from kpi.metrics.formula import divisors, multiplies_tables
from kpi.model.formula import field_and_roll, name, parse

_ALL = 100.0


def exact(figure: Figure) -> Interval:
    """Return the value itself: it was counted, and nothing is left to chance."""
    return figure.now, figure.now


def counted(figure: Figure) -> Interval | None:
    """Return the interval of a count, None for less than nothing."""
    return interval.count(figure.now) if figure.now >= 0 else None


def whole(formula: str) -> ast.expr | None:
    """Return the one divisor of a formula if it is a count, or counts added up; else None.

    >>> ast.unparse(whole("100 - 100 * account.followers_lost / account.followers.start"))
    'account.followers.start'
    >>> whole("100 * posts.reach / (posts.count * account.followers.mean)") is None
    True
    """
    below = divisors(formula)
    return below[0] if len(below) == 1 and not multiplies_tables(formula) and _counts(below[0]) else None


def _counts(tree: ast.expr) -> bool:
    match tree:
        case ast.BinOp(left=left, op=ast.Add(), right=right):
            return _counts(left) and _counts(right)
        case ast.Attribute():
            return fields()[field_and_roll(name(tree))[0]].unit not in {"money", "seconds", "minutes"}
        case _:
            return False


def shared(figure: Figure) -> Interval | None:
    """Return the interval of a percentage of people or visits."""
    found = shared_over(figure, 1)
    return found and found[1]


def shared_over(figure: Figure, periods: int) -> tuple[float, Interval] | None:
    """Return a percentage of people over the first `periods`, each with its own whole, and its interval.

    None for what is no percentage, or no share of one whole, in any of them.
    """
    below = whole(figure.formula)
    if below is None or figure.unit != "percent":
        return None
    people = figure.part(below)[:periods]
    shares = figure.values[:periods] / _ALL
    if not ((people > 0) & (shares >= 0) & (shares <= 1)).all():
        return None
    part, everyone = float((shares * people).sum()), float(people.sum())
    low, high = interval.share(part, everyone)
    return _ALL * part / everyone, (_ALL * low, _ALL * high)


def cost(figure: Figure) -> Interval | None:
    """Return the interval of what one lead, buyer or follower costs, by their number or the days if wider.

    The money is known; how many came of it is left to chance, and where days are told they come in crowds.
    """
    below = whole(figure.formula)
    if below is None or figure.now < 0:
        return None
    events = float(figure.part(below)[0])
    if events <= 0:
        return None
    few, many = interval.count(events)
    return interval.wider((figure.now * events / many, figure.now * events / few), over_days(figure))


def answered(figure: Figure) -> Interval | None:
    """Return the interval of points: those for less those against, of a hundred who answered.

    None where the formula is not `100 * (for - against) / all`.
    """
    below = whole(figure.formula)
    parts = (node for node in ast.walk(parse(figure.formula)) if isinstance(node, ast.BinOp))
    less = next((node for node in parts if isinstance(node.op, ast.Sub)), None)
    if below is None or less is None:
        return None
    one, other, everyone = (float(figure.part(tree)[0]) for tree in (less.left, less.right, below))
    if (
        min(one, other) < 0
        or one + other > everyone
        or not agree(_ALL * (one - other) / everyone, figure.now)
    ):
        return None
    low, high = interval.answers(one, other, everyone)
    return _ALL * low, _ALL * high
