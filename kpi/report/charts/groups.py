"""Groups of posts beside each other: a dot for each, its range as a line, and where the usual post stands."""

from __future__ import annotations

from functools import cache

from kpi.report.charts.frame import NEUTRAL, Spec, axis, framed
from kpi.report.words import say

ROW = 34  # pixels a group


@cache
def groups(lang: str, count: int) -> Spec:
    """Return the chart of `count` groups.

    Data: a row a group with `name`, `times`, `low`, `high` (null: too few posts), `sure` (whether it differs
    for sure) and the texts `told` and `posts`.
    """
    name: Spec = {
        "field": "name",
        "type": "nominal",
        "sort": None,
        "axis": {"title": None, "labelLimit": 150, "ticks": False, "domain": False, "labelPadding": 8},
    }
    value: Spec = {"type": "quantitative", "scale": {"zero": False, "nice": True}}
    scale = axis(lang) | {"title": say("content.axis", lang), "grid": True}
    across = {
        "field": "times",
        **value,
        "axis": scale,
    }
    colour = {
        "condition": {"test": "datum.sure", "datum": "value", "type": "nominal"},
        "value": NEUTRAL,
    }
    known = [{"filter": "isValid(datum.times)"}]
    tooltip = [
        {"field": "name", "title": say("content.group", lang)},
        {"field": "told", "title": say("content.standing", lang)},
        {"field": "posts", "title": say("content.posts", lang)},
    ]
    usual = {
        "mark": {"type": "rule", "strokeDash": [5, 4], "color": NEUTRAL},
        "encoding": {"x": {"datum": 1}},
    }
    line = {
        "transform": known,
        "mark": {"type": "rule", "strokeWidth": 3},
        "encoding": {"y": name, "x": {"field": "low", **value}, "x2": {"field": "high"}, "color": colour},
    }
    dot = {
        "transform": known,
        "mark": {"type": "point", "filled": True, "size": 110, "opacity": 1},
        "encoding": {"y": name, "x": across, "color": colour, "tooltip": tooltip},
    }
    few = {
        "transform": [{"filter": "!isValid(datum.times)"}],
        "mark": {"type": "text", "align": "left", "dx": 6, "color": NEUTRAL},
        "encoding": {"y": name, "x": {"value": 0}, "text": {"field": "told"}},
    }
    return framed(lang, height=ROW * count, layer=[usual, line, dot, few])
