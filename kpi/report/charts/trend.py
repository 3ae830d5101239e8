"""The trend: a KPI over time with its target, what its past foretells, and the owner's notes."""

from __future__ import annotations

from functools import cache

from kpi.report.charts.frame import FILLS, FONT, NEUTRAL, Spec, axis, framed
from kpi.report.words import say

HEIGHT = 280
LEVELS = 3  # rows of notes above the plot, so that neighbours do not run into each other
_ROW = 16  # pixels


@cache
def trend(lang: str, mode: str, signs: tuple[str, str], *, zero: bool) -> Spec:
    """Return the trend chart: a line that breaks where the value is unknown, and the target dashed.

    Data: a row a period with `label` (`upper|lower|unique`: the two lines of the axis), `when`,
    `value`, `value_text`, `target` (null: none), `shown` (whether it is the period looked at), `low`,
    `middle`, `high` and `ahead_text` of what is foretold (null: nothing), and `note` (null: none) with its
    `level` and `late` (whether it is to be written to the left of its line). `signs` stand before
    and after each figure of the axis; `zero`: it starts at zero. `mode` is `light` or `dark`.
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
        "axis": axis(lang, *signs) | {"title": None, "grid": True},
    }
    colour: Spec = {"datum": "value", "type": "nominal"}
    tooltip = [
        {"field": "when", "title": say("chart.when", lang)},
        {"field": "value_text", "title": say("chart.value", lang)},
        {"field": "ahead_text", "title": say("chart.ahead", lang)},
        {"field": "note", "title": say("chart.note", lang)},
    ]
    # It comes first as it knows all periods: their order is that of the first layer.
    everywhere = {
        "mark": {"type": "rule", "opacity": 0, "strokeWidth": 24},
        "encoding": {"x": when, "tooltip": tooltip},
    }
    fan = {
        "transform": [{"filter": "isValid(datum.low)"}],
        "mark": {"type": "area", "opacity": 0.18, "tooltip": None},
        "encoding": {
            "x": when,
            "y": {"field": "low", "type": "quantitative"},
            "y2": {"field": "high"},
            "color": colour,
        },
    }
    middle = {
        "transform": [{"filter": "isValid(datum.middle)"}],
        "mark": {"type": "line", "strokeWidth": 2, "strokeDash": [2, 3], "tooltip": None},
        "encoding": {"x": when, "y": {"field": "middle", "type": "quantitative"}, "color": colour},
    }
    target = {
        "transform": [{"filter": "isValid(datum.target)"}],
        "mark": {"type": "line", "color": NEUTRAL, "strokeDash": [8, 4], "strokeWidth": 2, "tooltip": None},
        "encoding": {"x": when, "y": {"field": "target", "type": "quantitative"}},
    }
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
    layer = [everywhere, fan, *_notes(when, FILLS[mode]["ink"]), middle, target, line, points]
    return framed(lang, height=HEIGHT, layer=layer)


def _notes(when: Spec, ink: str) -> list[Spec]:
    """Return the marks of notes: a thin line through their day, and their text above the plot."""
    marks: list[Spec] = [
        {
            "transform": [{"filter": "isValid(datum.note)"}],
            "mark": {"type": "rule", "color": NEUTRAL, "strokeWidth": 1, "tooltip": None},
            "encoding": {"x": when},
        }
    ]
    for level in range(LEVELS):
        for late in (False, True):
            side = {"align": "right", "dx": 4} if late else {"align": "left", "dx": -4}
            marks.append(
                {
                    "transform": [
                        {"filter": f"isValid(datum.note) && datum.level == {level}"},
                        {"filter": f"datum.late == {str(late).lower()}"},
                    ],
                    "mark": {
                        "type": "text",
                        "baseline": "bottom",
                        "color": ink,
                        "fontSize": FONT,
                        "limit": {"expr": "width < 500 ? 80 : 220"},
                        "tooltip": None,
                    }
                    | side,
                    "encoding": {
                        "x": when,
                        "y": {"value": -4 - level * _ROW},
                        "text": {"field": "note"},
                    },
                }
            )
    return marks
