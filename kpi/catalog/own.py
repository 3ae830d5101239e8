"""A KPI that the owner writes: name, formula and aim checked, and made a KPI like any other."""

from __future__ import annotations

import ast
import re
from collections.abc import Mapping
from dataclasses import dataclass

from kpi.catalog.loader import goals, kpis
from kpi.catalog.units import Measured, measured
from kpi.errors import FormulaError
from kpi.model.formula import names, parse
from kpi.model.kpi import Better, Gate, Kpi, Spread, Variant, Words

PREFIX = "own_"
_WEIGHT = 0.25  # as much as the heaviest of ours: who writes a KPI means it
_LONGEST_NAME, _LONGEST_FORMULA, _MOST_NAMES = 60, 400, 20
_NAME = re.compile(r"[\w %(),./&+«»\"'№–—-]+")
_POSTS = (Gate(of="posts.count", colour=8, red=12),)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What an owner writes of a KPI of their own.

    `formula` takes totals (`posts.reach`), numbers and other KPIs: `kpi.cpl` stands for the first way of
    counting, `kpi.engagement_rate.by_views` for the named one. `goals` are ids, none for an orphan.
    """

    id: str
    name: str
    formula: str
    better: Better
    goals: tuple[str, ...] = ()


def own_kpi(wish: Wish, wishes: Mapping[str, Wish]) -> Kpi:
    """Return an owner's wish as a KPI; `wishes` are all of the owner's by id, which its formula may name.

    Raises `FormulaError` with a key that says what is wrong: the name, a part of the formula, an unknown
    figure, unlike things added, mixed grains, a circle of KPIs.
    """
    name = " ".join(wish.name.split())
    if not name or len(name) > _LONGEST_NAME or not _NAME.fullmatch(name):
        raise FormulaError("own_name", most=_LONGEST_NAME)
    if unknown := [goal for goal in wish.goals if goal not in goals()]:
        raise FormulaError("own_goal", part=unknown[0])
    formula = expanded(wish.formula, {**wishes, wish.id: wish}, (wish.id,))
    found = measured(formula)
    over_posts = _over_posts(formula, found)
    words = Words(name=name, question="", caveat="")
    return Kpi(
        id=wish.id,
        unit=found.unit,
        better=wish.better,
        goals=dict.fromkeys(wish.goals, _WEIGHT),
        variants=(Variant(id="own", formula=formula, en="your formula", ru="по вашей формуле"),),
        en=words,
        ru=words,
        examples=(),
        sources=(),
        spread=Spread.POSTS if over_posts else Spread.PERIODS,
        sample=_POSTS if over_posts else (),
        own=True,
    )


def own_kpis(wishes: Mapping[str, Wish]) -> tuple[tuple[Kpi, ...], Mapping[str, FormulaError]]:
    """Return the KPIs of these wishes that hold, and by id why the others do not."""
    made, refused = [], {}
    for id_, wish in wishes.items():
        try:
            made.append(own_kpi(wish, wishes))
        except FormulaError as why:
            refused[id_] = why
    return tuple(made), refused


def expanded(formula: str, wishes: Mapping[str, Wish], within: tuple[str, ...] = ()) -> str:
    """Return a formula with every KPI that it names written out; raises `FormulaError`, also for a circle.

    >>> expanded("2 * kpi.roas", {})
    '2 * (ads.revenue / ads.spend)'
    """
    if not formula.strip() or len(formula) > _LONGEST_FORMULA:
        raise FormulaError("own_length", most=_LONGEST_FORMULA)
    try:
        tree = ast.parse(formula.strip(), mode="eval")
    except (SyntaxError, ValueError, RecursionError, MemoryError) as why:
        raise FormulaError("own_syntax", formula=formula) from why
    written = ast.unparse(_Meanings(wishes, within).visit(tree))
    parse(written)
    if len(names(written)) > _MOST_NAMES:
        raise FormulaError("own_too_many", most=_MOST_NAMES)
    return written


class _Meanings(ast.NodeTransformer):
    """Puts the formula of a KPI in the place of its name."""

    def __init__(self, wishes: Mapping[str, Wish], within: tuple[str, ...]) -> None:
        self.wishes = wishes
        self.within = within

    def visit_Attribute(self, node: ast.Attribute) -> ast.expr:
        """Return what a name stands for; one that is no KPI stays as it is."""
        table, *rest = ast.unparse(node).split(".")
        if table != "kpi":
            return node
        return ast.parse(self._formula(rest[0], rest[1:]), mode="eval").body

    def _formula(self, id_: str, variant: list[str]) -> str:
        if id_ in self.within:
            names = [self.wishes[one].name for one in (*self.within, id_)]
            raise FormulaError("own_circle", way=" → ".join(names))
        if id_ in self.wishes and not variant:
            return expanded(self.wishes[id_].formula, self.wishes, (*self.within, id_))
        known = kpis().get(id_)
        ways = {one.id: one.formula for one in known.variants} if known else {}
        wanted = variant[0] if variant else next(iter(ways), "")
        if wanted not in ways or len(variant) > 1:
            raise FormulaError("own_unknown_kpi", part=".".join([id_, *variant]))
        return ways[wanted]


def _over_posts(formula: str, found: Measured) -> bool:
    """Return whether a value is one sum over posts for each of another, whose spread the posts tell."""
    taken = names(formula)
    tables = {name.split(".")[0] for name in taken}
    return tables == {"posts"} and bool(found.below or found.unit in {"percent", "times"})
