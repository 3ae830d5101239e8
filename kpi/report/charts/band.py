"""The band: the middle half of others, with the own value as a dot."""

from __future__ import annotations

from functools import cache

from kpi.report.charts.frame import BULLET_HEIGHT, FILLS, NEUTRAL, Spec, across, framed
from kpi.report.words import say


@cache
def band(lang: str, mode: str, *, derived: bool) -> Spec:
    """Return the middle half of others as a neutral band, their middle as a tick and the own value as a dot.

    Its one row holds `from` and `to` (the ends of the axis), `low` and `high` (null: no band), `middle`,
    `value`, and `value_text` and `middle_text` for the tooltip. `derived`: the band is dashed.
    """
    middle = {"value": {"expr": "height / 2"}}
    dashed = {"stroke": NEUTRAL, "strokeDash": [4, 3]} if derived else {}
    tooltip = [
        {"field": "value_text", "title": say("chart.value", lang)},
        {"field": "middle_text", "title": say("benchmarks.theirs", lang)},
    ]
    span = {"mark": {"type": "rule", "opacity": 0, "tooltip": None}}
    half = {
        "mark": {"type": "bar", "color": NEUTRAL, "fillOpacity": 0.3, "size": 14, "tooltip": None} | dashed
    }
    tick = {"mark": {"type": "tick", "color": NEUTRAL, "thickness": 3, "size": BULLET_HEIGHT}}
    dot = {"mark": {"type": "point", "color": FILLS[mode]["ink"], "filled": True, "opacity": 1, "size": 90}}
    places = ((span, "from", "to"), (half, "low", "high"), (tick, "middle", ""), (dot, "value", ""))
    layer = [
        mark
        | {
            "encoding": {"x": across(start, lang), "y": middle, "tooltip": tooltip}
            | ({"x2": {"field": end}} if end else {})
        }
        for mark, start, end in places
    ]
    return framed(
        lang, height=BULLET_HEIGHT, layer=layer, padding={"left": 0, "right": 2, "top": 2, "bottom": 0}
    )
