"""The parts: a KPI of each network or format as a bar under its name, with what chance may do to it."""

from __future__ import annotations

from functools import cache

from kpi.report.charts.frame import FILLS, NEUTRAL, Spec, axis, framed
from kpi.report.words import say

PART_ROW = 66  # the height of a part: its name, its figures and its bar, one under the other


@cache
def parts(lang: str, mode: str, signs: tuple[str, str]) -> Spec:
    """Return the chart of parts: a bar each, grey and hollow where there were too few, its range as a line.

    Data: a row a part with `top` (its place: 0, 1, …), `name` (a line, and one of its figures), `value`,
    `low` and `high` (null: not known), `few`, `whole` (the value of all together, null: not drawn), and
    `value_text` and `range_text` for the tooltip. `signs` stand before and after each figure of the axis.
    The height is `PART_ROW` a part, given with the data. `mode` is `light` or `dark`.
    """
    ink = FILLS[mode]["ink"]
    level: Spec = {"type": "quantitative", "axis": None, "scale": {"reverse": True, "nice": False}}
    value: Spec = {
        "field": "value",
        "type": "quantitative",
        "scale": {"zero": True, "nice": True},
        "axis": axis(lang, *signs) | {"title": None, "grid": True},
    }
    tooltip = [
        {"field": "value_text", "title": say("chart.value", lang)},
        {"field": "range_text", "title": say("parts.range", lang)},
    ]
    places = [
        {"calculate": "datum.top + 0.64", "as": "upper"},
        {"calculate": "datum.top + 0.9", "as": "lower"},
        {"calculate": "datum.top + 0.77", "as": "middle"},
        {"calculate": "datum.top + 0.58", "as": "above"},
        {"calculate": "datum.top + 0.96", "as": "below"},
        {"calculate": "0", "as": "zero"},
    ]
    looks: tuple[tuple[str, Spec], ...] = (
        ("!datum.few", {}),
        ("datum.few", {"fillOpacity": 0.15, "color": NEUTRAL, "stroke": NEUTRAL, "strokeDash": [4, 3]}),
    )
    bars: list[Spec] = [
        {
            "transform": [{"filter": which}, *places],
            "mark": {"type": "rect", "opacity": 0.8} | look,
            "encoding": {
                "x": value,
                "x2": {"field": "zero"},
                "y": level | {"field": "upper"},
                "y2": {"field": "lower"},
                "tooltip": tooltip,
            }
            | ({} if look else {"color": {"datum": "value", "type": "nominal"}}),
        }
        for which, look in looks
    ]
    range_ = {
        "transform": [{"filter": "isValid(datum.low)"}, *places],
        "mark": {"type": "rule", "color": ink, "strokeWidth": 2, "tooltip": None},
        "encoding": {
            "x": {"field": "low", "type": "quantitative"},
            "x2": {"field": "high"},
            "y": level | {"field": "middle"},
        },
    }
    whole = {
        "transform": [{"filter": "isValid(datum.whole)"}, *places],
        "mark": {"type": "rule", "color": ink, "strokeDash": [4, 3], "strokeWidth": 2, "tooltip": None},
        "encoding": {
            "x": {"field": "whole", "type": "quantitative"},
            "y": level | {"field": "above"},
            "y2": {"field": "below"},
        },
    }
    names = {
        "transform": [{"calculate": "datum.top + 0.1", "as": "head"}],
        "mark": {
            "type": "text",
            "align": "left",
            "baseline": "top",
            "fontSize": 13,
            "lineBreak": "\n",
            "lineHeight": 17,
            "color": ink,
            "limit": {"expr": "width"},
            "tooltip": None,
        },
        "encoding": {
            "x": {"value": 0},
            "y": level | {"field": "head"},
            "text": {"field": "name"},
        },
    }
    padding = {"left": 1, "right": 4, "top": 0, "bottom": 0}
    return framed(lang, layer=[*bars, whole, range_, names], padding=padding)
