"""What to do about a factor that fails: two or three actions of the playbook that fit this business."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from kpi.catalog.loader import actions, kpis
from kpi.facts.assemble import Facts
from kpi.model.action import Action, Aim, Effort, Need
from kpi.model.driver import Explained
from kpi.model.identity import MIXES, tree
from kpi.model.kpi import Better, Kpi
from kpi.model.view import View

MOST = 3
_HAS = {"ads": Need.ADS, "orders": Need.SHOP, "web": Need.SITE}  # what a table of this kind proves
_EFFORTS = tuple(Effort)
_GOOD = {Better.UP: 1, Better.DOWN: -1, Better.RANGE: 0}


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """Whom an action must fit: the networks looked at, what the files prove that there is, the trade."""

    networks: frozenset[str] = frozenset()
    has: frozenset[Need] = frozenset()
    trade: str | None = None


def setting(facts: Facts, view: View, speaks: frozenset[str] | None = None) -> Setting:
    """Return the setting that some files tell of; a view of one network is about that one alone.

    `speaks` are the networks that a figure speaks of, where others tell it not: what helps there is no help.
    """
    told = frozenset(table.network for table in facts.tables if table.network)
    told = told if speaks is None else told & speaks
    return Setting(
        networks=frozenset({view.network}) if view.network else told,
        has=frozenset(_HAS[table.kind] for table in facts.tables if table.kind in _HAS),
        trade=facts.owner.trade,
    )


def offered(kpi: str, factor: str, where: Setting) -> tuple[Action, ...]:
    """Return up to three actions for a factor of a KPI, the best first; none where none fits.

    First those that aim at just this, then those that move the same factor the same way for another KPI.
    Within each what a source vouches for goes before practice, what is made for a network before what suits
    any, and little effort before much.
    """
    fitting = [one for one in _for(factor) if _fits(one, where)]
    aimed = [one for one in fitting if Aim(kpi=kpi, factor=factor) in one.aims]
    beside = [one for one in fitting if one not in aimed and _moves(one, kpi, factor)]
    return (*sorted(aimed, key=_rank), *sorted(beside, key=_rank))[:MOST]


@cache
def _for(factor: str) -> tuple[Action, ...]:
    """Return the actions that aim at a factor, of whatever KPI."""
    return tuple(one for one in actions().values() if any(aim.factor == factor for aim in one.aims))


def failing(found: Explained) -> str | None:
    """Return the factor that did most against what is good for a KPI; None where none did anything."""
    way = _GOOD[found.variant.better or found.kpi.better]
    worst = min(found.factors, key=lambda one: way * one.effect, default=None)
    return worst.id if worst is not None and way * worst.effect < 0 else None


def _fits(action: Action, where: Setting) -> bool:
    return (
        (not action.networks or bool(where.networks & set(action.networks)))
        and where.has >= set(action.needs)
        and (not action.trades or where.trade is None or where.trade in action.trades)
    )


def _moves(action: Action, kpi: str, factor: str) -> bool:
    """Return whether an action moves a factor for another KPI as this one needs it."""
    way = wanted(kpi, factor)
    return way != 0 and any(aim.factor == factor and wanted(aim.kpi, factor) == way for aim in action.aims)


def _rank(action: Action) -> tuple[bool, bool, int, str]:
    return action.effect.practice, not action.networks, _EFFORTS.index(action.effort), action.id


@cache
def wanted(kpi: str, factor: str) -> int:
    """Return which way a factor should move: 1 up, -1 down, 0 where that cannot be said.

    Read off the identity, all factors being above zero: what is divided by, or taken off, is better small. A
    KPI that should stay in a range, or that the owner wrote, says nothing.

    >>> wanted("cpl", "click_to_lead"), wanted("cpl", "price_of_views"), wanted("frequency", "ad_views")
    (1, -1, 0)
    """
    known = kpis().get(kpi)
    if known is None:
        return 0
    return next(filter(None, _ways(known, factor)), 0)


def _ways(kpi: Kpi, factor: str) -> Iterator[int]:
    """Yield which way each identity wants a factor to go; another mix moves it up."""
    better = {variant.id: variant.better or kpi.better for variant in kpi.variants}
    for one in kpi.identities:
        if factor in one.moved:
            sign = 1 if factor in MIXES else _sign(tree(one.formula), factor)
            yield _GOOD[better[one.of]] * sign


def _sign(node: ast.expr, factor: str) -> int:
    match node:
        case ast.Name(id=name):
            return int(name == factor)
        case ast.UnaryOp(operand=operand):
            return -_sign(operand, factor)
        case ast.BinOp(left=left, op=ast.Sub() | ast.Div(), right=right):
            return _sign(left, factor) or -_sign(right, factor)
        case ast.BinOp(left=left, right=right):
            return _sign(left, factor) or _sign(right, factor)
    return 0
