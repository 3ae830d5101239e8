"""Why the KPIs of the goals moved, as JSON: of each that changed or missed its factors and their shares."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from kpi.insight.drivers import of_verdict
from kpi.judge.board import Board
from kpi.metrics.cubes import Cube
from kpi.model.driver import Explained, Factor


def explanation(found: Board, cube: Cube) -> dict[str, Any]:
    """Return the drivers of a board's KPIs; a KPI that did not move, or cannot be told, has none."""
    return {
        "period": [found.period.first.isoformat(), found.period.last.isoformat()],
        "drivers": list(_drivers(found, cube)),
        "remarks": [],
        "actions": [],
    }


def _drivers(found: Board, cube: Cube) -> Iterator[dict[str, Any]]:
    for verdict in found.verdicts:
        told = of_verdict(cube, verdict, found.view)
        if told is not None and told.factors and told.change:
            yield _driver(told)


def _driver(told: Explained) -> dict[str, Any]:
    return {
        "kpi": told.kpi.id,
        "variant": told.told_as,
        "from": told.before,
        "to": told.now,
        "factors": [_factor(factor) for factor in told.factors],
    }


def _factor(factor: Factor) -> dict[str, Any]:
    return {"id": factor.id, "from": factor.before, "to": factor.now, "share": factor.share}
