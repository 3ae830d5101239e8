"""The language of formulas: numbers, names of totals, `+ - * /`, brackets, and nothing else."""

from __future__ import annotations

import ast
from functools import cache

from kpi.errors import FormulaError

ROLLS = frozenset({"start", "end", "mean", "median", "p90", "daily_mean", "person_days"})
_OPERATORS = (ast.Add, ast.Sub, ast.Mult, ast.Div)


@cache
def parse(text: str) -> ast.expr:
    """Return the tree of a formula.

    It holds `ast.BinOp` of the four operators, `ast.UnaryOp` with a minus, `ast.Constant` numbers and
    `ast.Attribute` names, which `name` writes out. Anything else raises `FormulaError`.
    """
    try:
        tree = ast.parse(text, mode="eval").body
    except (SyntaxError, ValueError, RecursionError) as why:
        raise FormulaError("formula_syntax", formula=text, why=str(why)) from why
    _check(tree, text)
    return tree


@cache
def names(text: str) -> tuple[str, ...]:
    """Return the names that a formula takes, each once, in the order of their first appearance.

    >>> names("100 * (account.followers.end - account.followers.start) / account.followers.start")
    ('account.followers.end', 'account.followers.start')
    """
    return tuple(dict.fromkeys(_names(parse(text))))


def name(node: ast.Attribute) -> str:
    """Return a name as the formula writes it: `table.field` or `table.field.roll`."""
    return ast.unparse(node)


def field_and_roll(name: str) -> tuple[str, str]:
    """Return a name's field and its roll, an empty one where the name is bare.

    >>> field_and_roll("account.followers.end")
    ('account.followers', 'end')
    """
    table, column, *roll = name.split(".")
    return f"{table}.{column}", "".join(roll)


def _names(node: ast.expr) -> list[str]:
    if isinstance(node, ast.BinOp):
        return _names(node.left) + _names(node.right)
    if isinstance(node, ast.UnaryOp):
        return _names(node.operand)
    return [name(node)] if isinstance(node, ast.Attribute) else []


def _check(node: ast.expr, text: str) -> None:
    match node:
        case ast.BinOp(left=left, op=op, right=right) if isinstance(op, _OPERATORS):
            _check(left, text)
            _check(right, text)
        case ast.UnaryOp(op=ast.USub(), operand=operand):
            _check(operand, text)
        case ast.Constant(value=int() | float()) if not isinstance(node.value, bool):
            pass
        case ast.Attribute(value=ast.Name()):
            pass
        case ast.Attribute(value=ast.Attribute(value=ast.Name()), attr=roll) if roll in ROLLS:
            pass
        case _:
            raise FormulaError("formula_part", formula=text, part=ast.unparse(node))
