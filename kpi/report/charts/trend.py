"""The trend: a KPI over time, with its target or usual level."""

from __future__ import annotations

from functools import cache

from kpi.report.charts.frame import NEUTRAL, Spec, axis, framed
from kpi.report.words import say

HEIGHT = 260


@cache
def trend(lang: str, unit: str, *, zero: bool) -> Spec:
    """Return the trend chart: a line that breaks where the value is unknown, and the target dashed.

    Data: a row a period with `label` (`upper|lower|unique`: the two lines of the axis), `when`,
    `value`, `value_text`, `target` (null: none) and `shown` (whether it is the period looked at).
    `unit` is the title of the axis of values; `zero`: the axis starts at zero.
    """
    when: Spec = {
        "field": "label",
        "type": "ordinal",
        "sort": None,
        "axis": {
            "title": None,
            "labelAngle": 0,
            "labelOverlap": "parity",
            "grid": False,
            "labelExpr": "slice(split(datum.label, '|'), 0, 2)",
        },
    }
    value: Spec = {
        "field": "value",
        "type": "quantitative",
        "scale": {"zero": zero, "nice": True},
        "axis": axis(lang) | {"title": unit or None, "grid": True},
    }
    colour: Spec = {"datum": "value", "type": "nominal"}
    tooltip = [
        {"field": "when", "title": say("chart.when", lang)},
        {"field": "value_text", "title": say("chart.value", lang)},
    ]
    line = {
        "mark": {"type": "line", "strokeWidth": 2.5, "tooltip": None},
        "encoding": {"x": when, "y": value, "color": colour},
    }
    points = {
        "mark": {"type": "point", "filled": True, "opacity": 1},
        "encoding": {
            "x": when,
            "y": value,
            "color": colour,
            "size": {"condition": {"test": "datum.shown", "value": 130}, "value": 45},
            "tooltip": tooltip,
        },
    }
    target = {
        "transform": [{"filter": "isValid(datum.target)"}],
        "mark": {"type": "line", "color": NEUTRAL, "strokeDash": [5, 4], "strokeWidth": 2, "tooltip": None},
        "encoding": {"x": when, "y": {"field": "target", "type": "quantitative"}},
    }
    return framed(lang, height=HEIGHT, layer=[target, line, points])
