"""Why the KPIs of the goals moved, as JSON: of each that changed or missed its factors and their shares."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from kpi.insight.advice import Setting, failing, offered, setting
from kpi.insight.drivers import of_verdict
from kpi.insight.remarks.found import remarks
from kpi.insight.remarks.scene import Scene
from kpi.judge.board import Board
from kpi.metrics.cubes import Cube
from kpi.model.action import Aim
from kpi.model.driver import Explained, Factor
from kpi.model.remark import Remark
from kpi.model.target import Target
from kpi.model.verdict import Status, Verdict
from kpi.report.catalogue import offer
from kpi.report.outline import trace
from kpi.report.remarks import told

_HAIR = 0.005  # of a value: what moved by less is about what it was
_MISSED = (Status.AMBER, Status.RED)


def explanation(found: Board, cube: Cube, targets: Sequence[Target], lang: str) -> dict[str, Any]:
    """Return the drivers of a board's KPIs, what is worth saying of its period, and what to do.

    A KPI has drivers if it changed by half a percent of its value or more, or missed its measure and moved at
    all. One whose move cannot be told has none, and nothing is to be done about it.
    """
    moved = tuple(_moved(found, cube))
    return {
        "period": [found.period.first.isoformat(), found.period.last.isoformat()],
        "drivers": [_driver(why) for _, why in moved],
        "remarks": [_remark(one, lang) for one in remarks(Scene(found, cube, targets))],
        "actions": [
            row
            for verdict, why in moved
            for row in _offers(why, setting(cube.facts, found.view, verdict.networks))
        ],
    }


def _moved(found: Board, cube: Cube) -> Iterator[tuple[Verdict, Explained]]:
    """Yield the KPIs that moved or missed, each with why."""
    for verdict in found.verdicts:
        why = of_verdict(cube, verdict, found.view)
        if why is None or not why.factors or not why.change:
            continue
        if verdict.status in _MISSED or not _by_a_hair(why.before, why.now):
            yield verdict, why


def _by_a_hair(before: float, now: float) -> bool:
    """Return whether a value is about what it was: shares of such a move are large and say nothing."""
    return abs(now - before) < _HAIR * max(abs(before), abs(now))


def _offers(why: Explained, where: Setting) -> Iterator[dict[str, Any]]:
    """Yield what to do about the factor that did most harm; nothing where that is about what it was."""
    worst = failing(why)
    for factor in why.factors:
        if factor.id == worst and not (factor.before and _by_a_hair(factor.before, factor.now)):
            for action in offered(why.kpi.id, factor.id, where):
                yield offer(action, Aim(kpi=why.kpi.id, factor=factor.id))


def _driver(why: Explained) -> dict[str, Any]:
    return {
        "kpi": why.kpi.id,
        "variant": why.told_as,
        "from": why.before,
        "to": why.now,
        "factors": [_factor(factor) for factor in why.factors],
    }


def _remark(one: Remark, lang: str) -> dict[str, Any]:
    return {
        "key": one.key,
        "kpi": one.kpi,
        "good": one.good,
        "facts": {name: _plain(fact) for name, fact in one.facts.items()},
        "text": told(one, lang),
        "evidence": [trace(each) for each in one.trace],
    }


def _plain(fact: object) -> object:
    """Return a fact as JSON can write it."""
    return fact.isoformat() if isinstance(fact, date) else fact


def _factor(factor: Factor) -> dict[str, Any]:
    return {"id": factor.id, "from": factor.before, "to": factor.now, "share": factor.share}
