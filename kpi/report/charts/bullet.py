"""The bullet chart: a value on its bands, with its target, its range and what others have."""

from __future__ import annotations

from functools import cache

from kpi.report.charts.frame import BULLET_HEIGHT, FILLS, Spec, across, framed
from kpi.report.words import say


@cache
def bullet(lang: str, mode: str, *, down: bool) -> Spec:
    """Return the bullet chart: bands, the value as a bar, its 80 % range as a line, the target as a tick.

    What others have is a diamond, so that it is not taken for a target.
    Its one row of data holds `from`, `a`, `b`, `to` (the ends of the bands), `zero`, `value`, `low`,
    `high`, `target`, `others` (null: not drawn), and `value_text`, `target_text` and `others_text` for
    the tooltip. `down`: lower is better.
    `mode` is `light` or `dark`.
    """
    fill = FILLS[mode]
    colours = ("blue", "amber", "red") if down else ("red", "amber", "blue")
    ends = ("from", "a", "b", "to")
    bands = [
        {
            "mark": {"type": "rect", "color": fill[colour], "tooltip": None},
            "encoding": {
                "x": across(start, lang),
                "x2": {"field": end},
                "y": {"value": 0},
                "y2": {"value": "height"},
            },
        }
        for colour, start, end in zip(colours, ends, ends[1:], strict=False)
    ]
    ink = fill["ink"]
    middle = {"value": {"expr": "height / 2"}}
    tooltip = [
        {"field": "value_text", "title": say("chart.value", lang)},
        {"field": "target_text", "title": say("chart.mark", lang)},
    ]
    bar = {
        "mark": {"type": "bar", "color": ink, "size": 8},
        "encoding": {
            "x": across("zero", lang),
            "x2": {"field": "value"},
            "y": middle,
            "tooltip": tooltip,
        },
    }
    range_ = {
        "mark": {"type": "rule", "color": ink, "strokeWidth": 2},
        "encoding": {
            "x": across("low", lang),
            "x2": {"field": "high"},
            "y": {"value": {"expr": "height - 4"}},
        },
    }
    tick = {
        "mark": {"type": "tick", "color": ink, "thickness": 3, "size": BULLET_HEIGHT},
        "encoding": {"x": across("target", lang), "y": middle, "tooltip": tooltip},
    }
    diamond = {
        "mark": {
            "type": "point",
            "shape": "diamond",
            "size": 110,
            "filled": True,
            "opacity": 1,
            "fill": fill["paper"],
            "stroke": ink,
            "strokeWidth": 2,
        },
        "encoding": {
            "x": across("others", lang),
            "y": middle,
            "tooltip": {"field": "others_text", "title": say("chart.others", lang)},
        },
    }
    padding = {"left": 0, "right": 2, "top": 2, "bottom": 0}
    return framed(lang, height=BULLET_HEIGHT, layer=[*bands, bar, range_, tick, diamond], padding=padding)
