"""How a KPI is made of factors that move by themselves: arithmetic over factors, each of them over totals."""

from __future__ import annotations

import ast
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from kpi.model.formula import field_and_roll, name, parse

NETWORK_MIX, FORMAT_MIX = "network_mix", "format_mix"  # split off every factor that is `mixed`
MIXES = (NETWORK_MIX, FORMAT_MIX)


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity:
    """One way of telling a variant by its factors.

    `of` is the variant. `formula` is arithmetic over names of factors. `mixed` are the factors that another
    mix of networks and formats moves by itself. `change` says that the formula gives the KPI's change and not
    its value: gains less losses. `counted` says that it holds by how the networks count, not by algebra:
    there the figures themselves must agree.
    """

    of: str
    formula: str
    factors: Mapping[str, str]
    mixed: tuple[str, ...] = ()
    change: bool = False
    counted: bool = False

    @property
    def whole(self) -> str:
        """Return the formula over totals: each factor written out in its place."""
        return _whole(self.formula, tuple(self.factors.items()))

    @property
    def moved(self) -> tuple[str, ...]:
        """Return the factors that it tells, the mixes too where some are mixed."""
        return (*(MIXES if self.mixed else ()), *self.factors)


@dataclass(frozen=True, slots=True, kw_only=True)
class FactorWords:
    """What a factor is called within a sentence, and what it is."""

    name: str
    what: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FactorTexts:
    """The texts of a factor in both languages."""

    en: FactorWords
    ru: FactorWords

    def words(self, lang: str) -> FactorWords:
        """Return the texts in `lang`, `ru` or `en`."""
        return self.ru if lang == "ru" else self.en


@cache
def tree(formula: str) -> ast.expr:
    """Return the tree of an identity: numbers, `+ - * /`, a minus, and `ast.Name` for factors."""
    return ast.parse(formula, mode="eval").body


def mean_of(formula: str) -> str | None:
    """Return the mean that is told of in place of a median, which has no factors; None for other formulas.

    >>> mean_of("posts.reach.median"), mean_of("posts.reach / posts.count")
    ('posts.reach / posts.count', None)
    """
    found = parse(formula)
    if not isinstance(found, ast.Attribute) or found.attr != "median":
        return None
    field, _ = field_and_roll(name(found))
    return f"{field} / {field.partition('.')[0]}.count"


@cache
def _whole(formula: str, factors: tuple[tuple[str, str], ...]) -> str:
    written = ast.unparse(
        _WrittenOut(dict(factors)).visit(ast.parse(ast.unparse(tree(formula)), mode="eval"))
    )
    parse(written)
    return written


class _WrittenOut(ast.NodeTransformer):
    """Puts the formula of each factor in the place of its name."""

    def __init__(self, factors: Mapping[str, str]) -> None:
        self.factors = factors

    def visit_Name(self, node: ast.Name) -> ast.expr:
        """Return the factor's own tree; an unknown name stays, and `parse` refuses it."""
        return parse(self.factors[node.id]) if node.id in self.factors else node
