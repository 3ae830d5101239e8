"""By how much a formula moves with each of its names, exactly: logs for products, differences for sums."""

from __future__ import annotations

import ast
import math
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from kpi.model.formula import name

_NEAR = 1e-6  # two values as near as that: their logarithmic mean is their mean, to all digits


@dataclass(frozen=True, slots=True)
class _Node:
    """A part of a formula with its values before and now."""

    tree: ast.expr
    before: float
    now: float
    parts: tuple[_Node, ...] = ()


def slopes(
    tree: ast.expr, before: Mapping[str, float], now: Mapping[str, float]
) -> Mapping[str, float] | None:
    """Return for every name of a formula by how much its value moved with one unit of the name.

    Each slope times the change of its name adds up to the change of the value, whatever the order of the
    names; a name that did not move moves nothing. Products and quotients are split by logarithmic means
    (LMDI, Ang 2004), which need values of one sign; sums by plain differences. None where a factor of a
    product is zero, unknown or changes its sign.

    >>> tree = ast.parse("posts * reach", mode="eval").body
    >>> found = slopes(tree, {"posts": 10, "reach": 100}, {"posts": 10, "reach": 50})
    >>> round(found["reach"] * -50, 9)
    -500.0
    """
    whole = _valued(tree, before, now)
    found: dict[str, float] = defaultdict(float)
    return found if whole is not None and _split(whole, 1.0, found) else None


def _valued(tree: ast.expr, before: Mapping[str, float], now: Mapping[str, float]) -> _Node | None:
    """Return a tree with its values; None where one is unknown or a divisor is zero."""
    match tree:
        case ast.Constant(value=int() | float() as number):
            return _Node(tree, float(number), float(number))
        case ast.UnaryOp(operand=operand):
            inner = _valued(operand, before, now)
            return inner and _Node(tree, -inner.before, -inner.now, (inner,))
        case ast.BinOp(left=left, op=op, right=right):
            first, second = _valued(left, before, now), _valued(right, before, now)
            return first and second and _joined(tree, op, first, second)
        case ast.Name(id=word):
            return _leaf(tree, before.get(word), now.get(word))
        case ast.Attribute():
            return _leaf(tree, before.get(name(tree)), now.get(name(tree)))
    raise AssertionError(ast.dump(tree))  # neither `parse` nor the lint lets anything else through


def _leaf(tree: ast.expr, before: float | None, now: float | None) -> _Node | None:
    if before is None or now is None or not (math.isfinite(before) and math.isfinite(now)):
        return None
    return _Node(tree, float(before), float(now))


def _joined(tree: ast.expr, op: ast.operator, first: _Node, second: _Node) -> _Node | None:
    both = (first, second)
    match op:
        case ast.Add():
            return _Node(tree, first.before + second.before, first.now + second.now, both)
        case ast.Sub():
            return _Node(tree, first.before - second.before, first.now - second.now, both)
        case ast.Mult():
            return _Node(tree, first.before * second.before, first.now * second.now, both)
    if second.before == 0 or second.now == 0:
        return None
    return _Node(tree, first.before / second.before, first.now / second.now, both)


def _split(node: _Node, slope: float, found: dict[str, float]) -> bool:
    """Add the slopes of a part's names; False where it cannot be split."""
    match node.tree:
        case ast.Constant():
            return True
        case ast.Name(id=word):
            found[word] += slope
            return True
        case ast.Attribute() as leaf:
            found[name(leaf)] += slope
            return True
        case ast.UnaryOp():
            return _split(node.parts[0], -slope, found)
        case ast.BinOp(op=ast.Add()):
            return all(_split(part, slope, found) for part in node.parts)
        case ast.BinOp(op=ast.Sub()):
            first, second = node.parts
            return _split(first, slope, found) and _split(second, -slope, found)
    return _split_product(node, slope, found)


def _split_product(node: _Node, slope: float, found: dict[str, float]) -> bool:
    first, second = node.parts
    over = isinstance(node.tree, ast.BinOp) and isinstance(node.tree.op, ast.Div)
    if isinstance(second.tree, ast.Constant):  # a plain number scales, whatever the sign of the other
        return _split(first, slope / second.now if over else slope * second.now, found)
    if isinstance(first.tree, ast.Constant) and not over:
        return _split(second, slope * first.now, found)
    whole, one, other = (_log_mean(part.before, part.now) for part in (node, first, second))
    if not whole or not one or not other:
        return False
    return _split(first, slope * whole / one, found) and _split(
        second, (-slope if over else slope) * whole / other, found
    )


def _log_mean(before: float, now: float) -> float | None:
    """Return the logarithmic mean of two values of one sign; None for others."""
    if before * now <= 0:
        return None
    if abs(now - before) <= _NEAR * abs(before):
        return (before + now) / 2
    return (now - before) / math.log(now / before)
