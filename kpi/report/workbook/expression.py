"""Writes a KPI's formula as an Excel formula: unknown is a text, never an error value."""

from __future__ import annotations

import ast
from collections.abc import Mapping
from dataclasses import dataclass

from kpi.metrics.formula import divisors
from kpi.model.formula import name, names, parse

LONGEST = 8000  # characters; Excel takes 8192
_SIGNS: Mapping[type[ast.operator], tuple[str, int]] = {
    ast.Add: ("+", 1),
    ast.Sub: ("-", 1),
    ast.Mult: ("*", 2),
    ast.Div: ("/", 2),
}
_MINUS, _WHOLE = 3, 4  # how tightly a part holds together


@dataclass(frozen=True, slots=True)
class Total:
    """The total of a name in Excel, and the condition that it is unknown."""

    total: str
    unknown: str


def formula(text: str, totals: Mapping[str, Total], unknown: str) -> str:
    """Return a KPI's formula with each name replaced by its total; `unknown` is what an unknown cell says.

    >>> formula("100 * a.b / (a.c - 1)", {"a.b": Total("B1", "N1=0"), "a.c": Total("C1", "N1=0")}, "none")
    '=IF(N1=0,"none",IF(C1-1=0,"none",100*B1/(C1-1)))'
    """
    cells = {one: total.total for one, total in totals.items()}
    found = expression(parse(text), cells)
    if zero := [f"{expression(divisor, cells)}=0" for divisor in divisors(text)]:
        found = either(zero, quoted(unknown), found)
    lacking = [totals[one].unknown for one in names(text)]
    return f"={either(lacking, quoted(unknown), found)}"


def expression(tree: ast.expr, cells: Mapping[str, str]) -> str:
    """Return a part of a formula, with as few brackets as it needs.

    >>> expression(parse("a.b - (a.c - a.d) * 2"), {"a.b": "B1", "a.c": "C1", "a.d": "D1"})
    'B1-(C1-D1)*2'
    """
    return _written(tree, cells)[0]


def either(conditions: list[str], then: str, otherwise: str) -> str:
    """Return an `IF` on any of some conditions, each asked once; what follows where there are none."""
    once = list(dict.fromkeys(conditions))
    if not once:
        return otherwise
    condition = once[0] if len(once) == 1 else "OR(" + ",".join(once) + ")"
    return f"IF({condition},{then},{otherwise})"


def quoted(text: str) -> str:
    """Return a text as a formula writes it."""
    return '"' + text.replace('"', '""') + '"'


def _written(node: ast.expr, cells: Mapping[str, str]) -> tuple[str, int]:
    match node:
        case ast.Constant(value=number):
            return repr(number).upper(), _WHOLE
        case ast.UnaryOp(operand=operand):
            return f"-{_within(operand, cells, _MINUS)}", _MINUS
        case ast.BinOp(left=left, op=op, right=right):
            sign, rank = _SIGNS[type(op)]
            return f"{_within(left, cells, rank)}{sign}{_within(right, cells, rank + 1)}", rank
        case ast.Attribute():
            return cells[name(node)], _WHOLE
    raise AssertionError(ast.dump(node))  # `parse` lets nothing else through


def _within(node: ast.expr, cells: Mapping[str, str], rank: int) -> str:
    text, own = _written(node, cells)
    return text if own >= rank else f"({text})"
