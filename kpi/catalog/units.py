"""What the value of a formula is measured in, and of what grain it is; sums of unlike things are refused."""

from __future__ import annotations

import ast
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from kpi.catalog.loader import fields
from kpi.errors import FormulaError
from kpi.model.field import TOTALS, Field, Roll
from kpi.model.formula import field_and_roll, name, parse

_PERCENT = 100.0
_DEEDS = frozenset({"actions", "clicks", "visits", "comments"})  # things that people do may be added up
_DEED = ("actions",)
_UNCOUNTED = frozenset({"money", "minutes", "seconds", "years", "stars", "points", "percent", "days"})


class Grain(StrEnum):
    """What one value of a part of a formula speaks of."""

    NUMBER = "number"  # written in the formula itself
    TOTAL = "total"  # all of a period added up
    LEVEL = "level"  # how many there are at a moment
    UNIQUE = "unique"  # different people of a period, who overlap between days and networks
    TYPICAL = "typical"  # the middle one of many rows
    DAILY = "daily"  # an average day
    PERSON_DAYS = "person_days"  # people of each day added: a person counts once a day
    RATIO = "ratio"  # one thing for each of another


_OF_ROLL = {
    "median": Grain.TYPICAL,
    "p90": Grain.TYPICAL,
    "daily_mean": Grain.DAILY,
    "person_days": Grain.PERSON_DAYS,
}
_OF_FIELD = {Roll.LAST: Grain.LEVEL, Roll.NONE: Grain.UNIQUE, Roll.DISTINCT: Grain.UNIQUE}
_FLOWS = frozenset({Grain.TOTAL, Grain.PERSON_DAYS})
_WHOLES = frozenset({Grain.TOTAL, Grain.UNIQUE, Grain.LEVEL, Grain.RATIO})


@dataclass(frozen=True, slots=True)
class Measured:
    """What a part of a formula is: units above and below the line, a plain factor, grain, its first field."""

    above: tuple[str, ...] = ()
    below: tuple[str, ...] = ()
    factor: float = 1.0
    grain: Grain = Grain.NUMBER
    field: str = ""

    @property
    def table(self) -> str:
        """Return the table of the first field."""
        return self.field.partition(".")[0]

    @property
    def unit(self) -> str:
        """Return the unit of a value; an empty one for a plain number of one thing for each of another."""
        if not self.below:
            if self.above:
                return self.above[0] if len(self.above) == 1 else ""
            return "percent" if self.factor == _PERCENT else "times"
        if "money" in self.above:
            return "money"
        counted = not _UNCOUNTED & {*self.above, *self.below}
        return "percent" if self.factor == _PERCENT and counted and len(self.above) == 1 else ""


def measured(formula: str) -> Measured:
    """Return what a formula's value is measured in.

    Raises `FormulaError` where a name is no total of ours, where unlike things are added, where totals meet
    what is typical of a row or of a day, or where people of different windows are put together.

    >>> measured("100 * posts.engagements / posts.reach").unit, measured("ads.spend / ads.leads").unit
    ('percent', 'money')
    """
    found = _walk(parse(formula))
    if found.grain is Grain.PERSON_DAYS:
        raise FormulaError("own_person_days")
    if found.grain is Grain.NUMBER:
        raise FormulaError("own_no_field")
    return found


def _walk(node: ast.expr) -> Measured:
    match node:
        case ast.Constant(value=int() | float() as number):
            return Measured(factor=float(number))
        case ast.UnaryOp(operand=operand):
            return _walk(operand)
        case ast.BinOp(left=left, op=ast.Mult(), right=right):
            return _times(_walk(left), _walk(right))
        case ast.BinOp(left=left, op=ast.Div(), right=right):
            return _over(_walk(left), _walk(right))
        case ast.BinOp(left=left, op=op, right=right):
            return _added(_walk(left), _walk(right), minus=isinstance(op, ast.Sub))
        case ast.Attribute():
            return _named(name(node))
    raise AssertionError(ast.dump(node))  # `parse` lets nothing else through


def _named(word: str) -> Measured:
    full, roll = field_and_roll(word)
    known = _field(full)
    allowed = TOTALS.get(known.roll, frozenset())
    if not allowed:
        raise FormulaError("own_no_total", field=full)
    if roll not in allowed:
        names = tuple(f"{full}.{one}".rstrip(".") for one in sorted(allowed))
        raise FormulaError("own_roll", part=word, names=names)
    grain = _OF_ROLL.get(roll) or _OF_FIELD.get(known.roll, Grain.TOTAL)
    if known.unit == "percent":
        return Measured(factor=_PERCENT, grain=grain, field=full)
    return Measured(above=tuple(known.unit.split(" x ")), grain=grain, field=full)


def _field(full: str) -> Field:
    try:
        return fields()[full]
    except KeyError as why:
        raise FormulaError("own_unknown_field", part=full) from why


def _times(left: Measured, right: Measured) -> Measured:
    _meet(left, right, _TOGETHER)
    above, below = _cancelled((*left.above, *right.above), (*left.below, *right.below))
    grain = next(
        (one.grain for one in (left, right) if one.grain not in {Grain.NUMBER, Grain.RATIO}),
        Grain.RATIO if Grain.RATIO in {left.grain, right.grain} else Grain.NUMBER,
    )
    return Measured(above, below, left.factor * right.factor, grain, left.field or right.field)


def _over(left: Measured, right: Measured) -> Measured:
    _meet(left, right, _TOGETHER)
    above, below = _cancelled((*left.above, *right.below), (*left.below, *right.above))
    if right.grain is Grain.NUMBER and not right.factor:
        raise FormulaError("own_zero")
    factor = left.factor / right.factor
    grain = left.grain if right.grain is Grain.NUMBER else Grain.RATIO
    return Measured(above, below, factor, grain, left.field or right.field)


def _added(left: Measured, right: Measured, *, minus: bool) -> Measured:
    if Grain.NUMBER in {left.grain, right.grain}:
        return _with_number(left, right)
    left, right = _as_deeds(left, right)
    if (left.above, left.below, left.unit) != (right.above, right.below, right.unit):
        raise FormulaError("own_unlike", fields=(left.field, right.field))
    same_table = left.table == right.table
    if left.grain is Grain.UNIQUE and right.grain is Grain.UNIQUE and not (minus and same_table):
        raise FormulaError("own_people_overlap")
    flow_and_level = {left.grain, right.grain} == {Grain.TOTAL, Grain.LEVEL} and same_table
    if left.grain is not right.grain and not flow_and_level:
        raise FormulaError("own_mixed_grain", fields=(left.field, right.field))
    return left


def _as_deeds(left: Measured, right: Measured) -> tuple[Measured, Measured]:
    """Return both as actions where they are different things that people do, else as they are."""
    both = {*left.above, *right.above}
    if left.below or right.below or len(both) == 1 or not both <= _DEEDS:
        return left, right
    return replace(left, above=_DEED), replace(right, above=_DEED)


def _with_number(left: Measured, right: Measured) -> Measured:
    """Return a share taken from a plain number, as in `100 - 100 * a / b`; nothing else has such a sum."""
    number, other = (left, right) if left.grain is Grain.NUMBER else (right, left)
    if other.grain is Grain.NUMBER:
        return replace(left, factor=left.factor + right.factor)
    if other.unit not in {"percent", "times"} or number.above:
        raise FormulaError("own_number_added", field=other.field)
    return other


_TOGETHER: Mapping[Grain, frozenset[Grain]] = {
    Grain.NUMBER: frozenset(Grain),
    Grain.RATIO: frozenset(Grain),
    Grain.TOTAL: _WHOLES | {Grain.PERSON_DAYS, Grain.NUMBER},
    Grain.LEVEL: frozenset(Grain) - {Grain.PERSON_DAYS},
    Grain.UNIQUE: _WHOLES | {Grain.NUMBER},
    Grain.TYPICAL: frozenset({Grain.TYPICAL, Grain.LEVEL, Grain.NUMBER, Grain.RATIO}),
    Grain.DAILY: frozenset({Grain.DAILY, Grain.LEVEL, Grain.NUMBER, Grain.RATIO}),
    Grain.PERSON_DAYS: frozenset({Grain.PERSON_DAYS, Grain.TOTAL, Grain.NUMBER, Grain.RATIO}),
}
"""Which grains may be multiplied or divided: a whole period by what is typical of a row means nothing."""


def _meet(left: Measured, right: Measured, allowed: Mapping[Grain, frozenset[Grain]]) -> None:
    if right.grain not in allowed[left.grain]:
        raise FormulaError("own_mixed_grain", fields=(left.field, right.field))


def _cancelled(above: tuple[str, ...], below: tuple[str, ...]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    up, down = Counter(above), Counter(below)
    return tuple(sorted((up - down).elements())), tuple(sorted((down - up).elements()))
