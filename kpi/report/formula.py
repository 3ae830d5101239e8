"""Writes a formula in words and with its numbers: `Interactions ÷ Reach × 100`."""

from __future__ import annotations

import ast
from collections.abc import Callable, Sequence

from kpi.catalog.loader import fields
from kpi.model.formula import field_and_roll, name, parse
from kpi.model.verdict import Part
from kpi.report.words import say
from kpi.report.words.tell import UNKNOWN, number

_SIGNS: dict[type[ast.operator], str] = {ast.Add: "+", ast.Sub: "−", ast.Mult: "×", ast.Div: "÷"}
_ROLLS = {
    "start": "roll.start",
    "end": "roll.end",
    "mean": "roll.mean",
    "median": "roll.median",
    "p90": "roll.p90",
    "daily_mean": "roll.daily_mean",
    "person_days": "roll.person_days",
}
_Write = Callable[[ast.Attribute], str]


def in_words(formula: str, lang: str) -> str:
    """Return a formula with the plain names of its fields.

    >>> in_words("100 * posts.engagements / posts.reach", "en")
    'interactions ÷ reach × 100'
    """
    return _written(parse(formula), lambda part: plain_name(name(part), lang), lang)


def in_numbers(formula: str, parts: Sequence[Part], lang: str) -> str:
    """Return a formula with the numbers of a verdict in the places of its names.

    >>> in_numbers("posts.reach / posts.count", [Part(name="posts.reach", value=900.0)], "en")
    '900 ÷ —'
    """
    values = {part.name: part.value for part in parts}

    def of(part: ast.Attribute) -> str:
        found = values.get(name(part))
        return UNKNOWN if found is None else number(found, lang)

    return _written(parse(formula), of, lang)


def plain_name(part: str, lang: str) -> str:
    """Return the plain name of a total: the field, and how it is taken where that is not a sum.

    >>> plain_name("account.followers.end", "en")
    'followers at the end'
    """
    field, roll = field_and_roll(part)
    known = fields()[field]
    plain = lower(known.ru if lang == "ru" else known.en)
    if not roll or known.table == "owner":  # an answer holds all the time
        return plain
    return say(_ROLLS[roll], lang, name=plain)


def lower(text: str) -> str:
    """Return a name as it stands within a sentence; an abbreviation stays as it is.

    >>> lower("Engagement rate (ER)"), lower("ROAS")
    ('engagement rate (ER)', 'ROAS')
    """
    return text if text[1:2].isupper() else text[:1].lower() + text[1:]


def _written(node: ast.expr, write: _Write, lang: str) -> str:
    match node:
        case ast.Constant(value=int() | float() as plain):
            return number(plain, lang)
        case ast.UnaryOp(operand=operand):
            return f"−{_inside(operand, write, lang)}"
        case ast.BinOp(op=ast.Mult() | ast.Div()):
            return _product(node, write, lang)
        case ast.BinOp(left=left, op=op, right=right):
            minus = isinstance(op, ast.Sub) and _is_sum(right)
            second = _inside(right, write, lang) if minus else _written(right, write, lang)
            return f"{_written(left, write, lang)} {_SIGNS[type(op)]} {second}"
        case ast.Attribute():
            return write(node)
    raise AssertionError(ast.dump(node))  # `parse` lets nothing else through


def _product(node: ast.BinOp, write: _Write, lang: str) -> str:
    """Return a chain of factors; a leading number goes to its end, where people write `× 100`."""
    factors: list[tuple[str, ast.expr]] = []
    rest: ast.expr = node
    while isinstance(rest, ast.BinOp) and isinstance(rest.op, ast.Mult | ast.Div):
        factors.insert(0, (_SIGNS[type(rest.op)], rest.right))
        rest = rest.left
    factors.insert(0, ("×", rest))
    if isinstance(rest, ast.Constant) and factors[1][0] == "×":
        factors.append(factors.pop(0))
    texts = [f"{sign} {_factor(sign, part, write, lang)}" for sign, part in factors]
    return " ".join(texts).removeprefix("× ")


def _factor(sign: str, node: ast.expr, write: _Write, lang: str) -> str:
    nested = isinstance(node, ast.BinOp) and (sign == "÷" or _is_sum(node))
    return f"({_written(node, write, lang)})" if nested else _written(node, write, lang)


def _inside(node: ast.expr, write: _Write, lang: str) -> str:
    text = _written(node, write, lang)
    return f"({text})" if _is_sum(node) else text


def _is_sum(node: ast.expr) -> bool:
    return isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add | ast.Sub)
