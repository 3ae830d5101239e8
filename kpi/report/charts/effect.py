"""A KPI by weeks around the day on which an action began, and where its course before led."""

from __future__ import annotations

from functools import cache

from kpi.report.charts.frame import NEUTRAL, TOLD, Spec, axis, framed
from kpi.report.words import say

HEIGHT = 96


@cache
def effect(lang: str, signs: tuple[str, str]) -> Spec:
    """Return the chart: `place`, `value` and `expected` (null before the day), `when` and `value_text`."""
    across: Spec = {
        "field": "place",
        "type": "quantitative",
        "axis": {"title": None, "labels": False, "ticks": False, "grid": False},
        "scale": {"nice": False},
    }
    up: Spec = {
        "field": "value",
        "type": "quantitative",
        "scale": {"zero": False, "nice": True},
        "axis": axis(lang, *signs) | {"title": None, "tickCount": 3},
    }
    tooltip = [
        {"field": "when", "title": say("effect.week", lang)},
        {"field": "value_text", "title": say("effect.value", lang)},
    ]
    line = {"mark": {"type": "line", "color": NEUTRAL, "strokeWidth": 1}, "encoding": {"x": across, "y": up}}
    colour = {"condition": {"test": "datum.place >= 0", "value": TOLD}, "value": NEUTRAL}
    dots = {
        "mark": {"type": "point", "filled": True, "size": 40, "opacity": 1},
        "encoding": {"x": across, "y": up, "color": colour, "tooltip": tooltip},
    }
    begun = {"mark": {"type": "rule", "color": NEUTRAL}, "encoding": {"x": {"datum": -0.5}}}
    led = {
        "transform": [{"filter": "isValid(datum.expected)"}],
        "mark": {"type": "line", "color": TOLD, "strokeDash": [5, 4], "strokeWidth": 2},
        "encoding": {"x": across, "y": {"field": "expected", "type": "quantitative"}},
    }
    return framed(lang, height=HEIGHT, layer=[line, begun, led, dots])
