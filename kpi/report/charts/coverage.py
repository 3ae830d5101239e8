"""The picture of what is there: a row a source, its weeks as high, low and empty boxes."""

from __future__ import annotations

from functools import cache

from kpi.report.charts.frame import FILLS, NEUTRAL, TOLD, Spec, framed
from kpi.report.words import say

COVERAGE_ROW = 46  # the height of a source: its name above, its weeks below


@cache
def coverage(lang: str, mode: str, *, long: bool) -> Spec:
    """Return the picture of what is there: a row a source, its weeks as high, low and empty boxes.

    Data: a row a run of weeks with `top` (the place of its source: 0, 1, …), `name` (of the source, only
    in its first row, else null), `from` and `to` (milliseconds since 1970, `to` beyond the last day),
    `state` (`full`, `part`, `missing`), `state_text` and `when`. `long`: the axis names years too.
    The height is `COVERAGE_ROW` by source, given with the data. `mode` is `light` or `dark`.
    """
    when: Spec = {
        "field": "from",
        "type": "temporal",
        "scale": {"type": "utc", "nice": False},
        "axis": {
            "title": None,
            "grid": False,
            "tickCount": {"expr": "width / 70"},
            "labelFlush": True,
            "labelOverlap": True,
            "labelExpr": f"utcFormat(datum.value, '{'%b %Y' if long else '%d %b'}')",
        },
    }
    level: Spec = {"type": "quantitative", "axis": None, "scale": {"reverse": True, "nice": False}}
    tooltip = [
        {"field": "when", "title": say("chart.when", lang)},
        {"field": "state_text", "title": say("coverage.told", lang)},
    ]
    looks: tuple[tuple[str, float, Spec], ...] = (
        ("full", 0.45, {"color": TOLD}),
        ("part", 0.7, {"color": TOLD}),
        ("missing", 0.45, {"filled": False, "stroke": NEUTRAL, "strokeDash": [3, 3], "strokeWidth": 1}),
    )
    boxes = [
        {
            "transform": [
                {"filter": f"datum.state == '{state}'"},
                {"calculate": f"datum.top + {upper}", "as": "upper"},
                {"calculate": "datum.top + 0.95", "as": "lower"},
            ],
            "mark": look | {"type": "rect", "tooltip": None},
            "encoding": {
                "x": when,
                "x2": {"field": "to"},
                "y": level | {"field": "upper"},
                "y2": {"field": "lower"},
                "tooltip": tooltip,
            },
        }
        for state, upper, look in looks
    ]
    names = {
        "transform": [{"filter": "isValid(datum.name)"}],
        "mark": {
            "type": "text",
            "align": "left",
            "baseline": "top",
            "dy": 4,
            "fontSize": 13,
            "color": FILLS[mode]["ink"],
            "limit": {"expr": "width"},
            "tooltip": None,
        },
        "encoding": {"x": {"value": 0}, "y": level | {"field": "top"}, "text": {"field": "name"}},
    }
    return framed(lang, layer=[*boxes, names], padding={"left": 1, "right": 1, "top": 0, "bottom": 0})
