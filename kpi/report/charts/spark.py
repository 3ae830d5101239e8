"""The sparkline: the course of the last periods, without axes."""

from __future__ import annotations

from functools import cache

from kpi.report.charts.frame import NEUTRAL, Spec, framed

HEIGHT = 52


@cache
def sparkline(lang: str) -> Spec:
    """Return the sparkline: a neutral line without axes whose last point is marked.

    Data: a row a period with `place` (0, 1, …), `value` and `last` (whether it is the period shown).
    """
    place: Spec = {"field": "place", "type": "quantitative", "axis": None, "scale": {"nice": False}}
    value: Spec = {"field": "value", "type": "quantitative", "axis": None, "scale": {"zero": False}}
    line = {"mark": {"type": "line", "color": NEUTRAL, "strokeWidth": 2, "tooltip": None}}
    point = {
        "transform": [{"filter": "datum.last"}],
        "mark": {"type": "point", "color": NEUTRAL, "filled": True, "size": 45, "tooltip": None},
    }
    spec = framed(
        lang,
        height=HEIGHT,
        layer=[line, point],
        encoding={"x": place, "y": value},
        padding={"left": 2, "right": 6, "top": 6, "bottom": 6},
    )
    # Nothing stands around it: as high as it is told, even with its last point at the edge.
    return spec | {"autosize": {"type": "fit", "contains": "padding"}}
