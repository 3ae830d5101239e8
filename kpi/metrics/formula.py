"""Evaluates a formula over totals; the one place that divides."""

from __future__ import annotations

import ast
from collections.abc import Callable, Mapping
from functools import cache

import numpy as np

from kpi.model.formula import name, parse

Vector = np.ndarray[tuple[int], np.dtype[np.float64]]
Lookup = Callable[[str], Vector]

_OPERATORS: Mapping[type[ast.operator], np.ufunc] = {
    ast.Add: np.add,
    ast.Sub: np.subtract,
    ast.Mult: np.multiply,
}


def evaluate(formula: str, lookup: Lookup) -> Vector:
    """Return the value for each slice; NaN where a name is unknown, a divisor is zero or a number has no end.

    `lookup` gives the totals of a name, one number a slice.

    >>> evaluate("100 * posts.engagements / posts.reach",
    ...          lambda name: np.array([3.0, 3.0]) if "eng" in name else np.array([200.0, 0.0]))
    array([1.5, nan])
    """
    return _finite(_walk(parse(formula), lookup))


def _finite(values: Vector) -> Vector:
    """Return the values with what is too large for a number as unknown, and no negative zero."""
    found: Vector = np.where(np.isfinite(values), values, np.nan) + 0.0
    return found


def _walk(node: ast.expr, lookup: Lookup) -> Vector:
    match node:
        case ast.Constant(value=int() | float() as number):
            return np.array([float(number)])
        case ast.UnaryOp(operand=operand):
            return -_walk(operand, lookup)
        case ast.BinOp(left=left, op=ast.Div(), right=right):
            return divided(_walk(left, lookup), _walk(right, lookup))
        case ast.BinOp(left=left, op=op, right=right):
            with np.errstate(over="ignore", invalid="ignore"):
                found: Vector = _OPERATORS[type(op)](_walk(left, lookup), _walk(right, lookup))
            return found
        case ast.Attribute():
            return lookup(name(node))
    raise AssertionError(ast.dump(node))  # `parse` lets nothing else through


def divided(above: Vector, below: Vector) -> Vector:
    """Return the quotients, unknown where the divisor is zero or unknown."""
    with np.errstate(over="ignore", invalid="ignore"):
        found: Vector = np.where(below == 0, np.nan, above / np.where(below == 0, 1.0, below))
    return found


@cache
def divisors(formula: str) -> tuple[ast.expr, ...]:
    """Return every divisor of a formula, as trees that `value_of` evaluates."""
    return tuple(
        node.right
        for node in ast.walk(parse(formula))
        if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Div)
        if not isinstance(node.right, ast.Constant)
    )


def value_of(tree: ast.expr, lookup: Lookup) -> Vector:
    """Return the value of a part of a formula."""
    return _walk(tree, lookup)


@cache
def is_ratio(formula: str) -> bool:
    """Return whether the value does not grow with the length of the period.

    >>> is_ratio("100 * posts.engagements / posts.reach"), is_ratio("posts.views")
    (True, False)
    """
    rolls = (".median", ".p90", ".mean", ".daily_mean", ".end", ".start")
    parts = [node for node in ast.walk(parse(formula)) if isinstance(node, ast.Attribute)]
    level = isinstance(parse(formula), ast.Attribute) and name(parts[0]).endswith(rolls)
    return bool(divisors(formula)) or level


@cache
def multiplies_tables(formula: str) -> bool:
    """Return whether totals of two tables are multiplied, which holds for one account only.

    >>> multiplies_tables("posts.reach / (posts.count * account.followers.mean)")
    True
    >>> multiplies_tables("100 * (social_orders.margin - ads.spend) / ads.spend")
    False
    """
    products = [
        (_tables(node.left), _tables(node.right))
        for node in ast.walk(parse(formula))
        if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Mult)
    ]
    return any(left and right and left != right for left, right in products)


def _tables(tree: ast.expr) -> set[str]:
    """Return the tables of files that a part of a formula takes from."""
    found = {name(node).split(".")[0] for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
    return found - {"period", "owner"}
