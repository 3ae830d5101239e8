"""Why the KPIs of the goals moved, as JSON: of each that changed or missed its factors and their shares."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from kpi.insight.drivers import of_verdict
from kpi.insight.remarks.found import remarks
from kpi.insight.remarks.scene import Scene
from kpi.judge.board import Board
from kpi.metrics.cubes import Cube
from kpi.model.driver import Explained, Factor
from kpi.model.remark import Remark
from kpi.model.target import Target
from kpi.report.outline import trace
from kpi.report.remarks import told


def explanation(found: Board, cube: Cube, targets: Sequence[Target], lang: str) -> dict[str, Any]:
    """Return the drivers of a board's KPIs, and what is worth saying of its period.

    A KPI that did not move, or whose move cannot be told, has no drivers.
    """
    return {
        "period": [found.period.first.isoformat(), found.period.last.isoformat()],
        "drivers": list(_drivers(found, cube)),
        "remarks": [_remark(one, lang) for one in remarks(Scene(found, cube, targets))],
        "actions": [],
    }


def _drivers(found: Board, cube: Cube) -> Iterator[dict[str, Any]]:
    for verdict in found.verdicts:
        why = of_verdict(cube, verdict, found.view)
        if why is not None and why.factors and why.change:
            yield _driver(why)


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
