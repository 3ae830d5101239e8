"""Weekdays and hours: how posts of each slot do, and where there are too few to say."""

from __future__ import annotations

from functools import cache

from kpi.report.charts.frame import NEUTRAL, Spec, framed

ROW = 30
_SCALE = {"light": ["#F6C667", "#F4F6F9", "#6DB3F2"], "dark": ["#8A6414", "#18212C", "#2B74B8"]}


@cache
def heat(lang: str, mode: str, rows: int) -> Spec:
    """Return the chart of slots: weekdays across, hours down; a slot of too few posts is left blank.

    Data: a row a slot with `day`, `hours`, `times` (null: too few posts), and the texts `label` and `told`.
    """
    day: Spec = {
        "field": "day",
        "type": "ordinal",
        "sort": None,
        "axis": {"title": None, "orient": "top", "labelAngle": 0, "ticks": False, "domain": False},
    }
    hours: Spec = {
        "field": "hours",
        "type": "ordinal",
        "sort": None,
        "axis": {"title": None, "ticks": False, "domain": False, "labelPadding": 8},
    }
    colour = {
        "condition": {
            "test": "isValid(datum.times)",
            "field": "times",
            "type": "quantitative",
            "scale": {"type": "log", "domain": [0.5, 1, 2], "range": _SCALE[mode], "clamp": True},
            "legend": None,
        },
        "value": "transparent",
    }
    square = {
        "mark": {"type": "rect", "cornerRadius": 4, "stroke": NEUTRAL, "strokeOpacity": 0.25},
        "encoding": {"x": day, "y": hours, "color": colour, "tooltip": {"field": "told"}},
    }
    label = {"mark": {"type": "text"}, "encoding": {"x": day, "y": hours, "text": {"field": "label"}}}
    return framed(lang, height=ROW * rows, layer=[square, label])
