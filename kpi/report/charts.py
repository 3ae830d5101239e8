"""Vega-Lite specs of the charts: one a kind and language, without data, made once."""

from __future__ import annotations

from functools import cache
from typing import Any

from kpi.report.numbers import vega_locale
from kpi.report.words import say

Spec = dict[str, Any]

FILLS = {
    "light": {"red": "#E4868A", "amber": "#F6C667", "blue": "#CFE8F5", "ink": "#0E1620"},
    "dark": {"red": "#9C3D46", "amber": "#8A6414", "blue": "#1D4E6B", "ink": "#E6EBF2"},
}
BULLET_HEIGHT, SPARK_HEIGHT, TREND_HEIGHT = 26, 40, 260
COVERAGE_ROW = 46  # the height of a source: its name above, its weeks below
_NEUTRAL = "#76828F"  # readable on white and on the dark page alike
_TOLD = "#3A82B5"  # stands out from white and from the dark page
_MILLION, _THOUSAND = 1_000_000, 10_000


@cache
def bullet(lang: str, mode: str, *, down: bool) -> Spec:
    """Return the bullet chart: bands, the value as a bar, its 80 % range as a line, the target as a tick.

    Its one row of data holds `from`, `a`, `b`, `to` (the ends of the bands), `zero`, `value`, `low`,
    `high`, `target`, and `value_text` and `target_text` for the tooltip. `down`: lower is better.
    `mode` is `light` or `dark`.
    """
    fill = FILLS[mode]
    colours = ("blue", "amber", "red") if down else ("red", "amber", "blue")
    ends = ("from", "a", "b", "to")
    bands = [
        {
            "mark": {"type": "rect", "color": fill[colour], "tooltip": None},
            "encoding": {
                "x": _x(start, lang),
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
            "x": _x("zero", lang),
            "x2": {"field": "value"},
            "y": middle,
            "tooltip": tooltip,
        },
    }
    range_ = {
        "mark": {"type": "rule", "color": ink, "strokeWidth": 2},
        "encoding": {"x": _x("low", lang), "x2": {"field": "high"}, "y": {"value": {"expr": "height - 4"}}},
    }
    tick = {
        "mark": {"type": "tick", "color": ink, "thickness": 3, "size": BULLET_HEIGHT},
        "encoding": {"x": _x("target", lang), "y": middle, "tooltip": tooltip},
    }
    padding = {"left": 0, "right": 2, "top": 2, "bottom": 0}
    return _framed(lang, height=BULLET_HEIGHT, layer=[*bands, bar, range_, tick], padding=padding)


@cache
def band(lang: str, mode: str, *, derived: bool) -> Spec:
    """Return the middle half of others as a neutral band, their middle as a tick and the own value as a dot.

    Its one row holds `from` and `to` (the ends of the axis), `low` and `high` (null: no band), `middle`,
    `value`, and `value_text` and `middle_text` for the tooltip. `derived`: the band is dashed.
    """
    middle = {"value": {"expr": "height / 2"}}
    dashed = {"stroke": _NEUTRAL, "strokeDash": [4, 3]} if derived else {}
    tooltip = [
        {"field": "value_text", "title": say("chart.value", lang)},
        {"field": "middle_text", "title": say("benchmarks.theirs", lang)},
    ]
    span = {"mark": {"type": "rule", "opacity": 0, "tooltip": None}}
    half = {
        "mark": {"type": "bar", "color": _NEUTRAL, "fillOpacity": 0.3, "size": 14, "tooltip": None} | dashed
    }
    tick = {"mark": {"type": "tick", "color": _NEUTRAL, "thickness": 3, "size": BULLET_HEIGHT}}
    dot = {"mark": {"type": "point", "color": FILLS[mode]["ink"], "filled": True, "opacity": 1, "size": 90}}
    places = ((span, "from", "to"), (half, "low", "high"), (tick, "middle", ""), (dot, "value", ""))
    layer = [
        mark
        | {
            "encoding": {"x": _x(start, lang), "y": middle, "tooltip": tooltip}
            | ({"x2": {"field": end}} if end else {})
        }
        for mark, start, end in places
    ]
    return _framed(
        lang, height=BULLET_HEIGHT, layer=layer, padding={"left": 0, "right": 2, "top": 2, "bottom": 0}
    )


@cache
def sparkline(lang: str) -> Spec:
    """Return the sparkline: a neutral line without axes whose last point is marked.

    Data: a row a period with `place` (0, 1, …), `value` and `last` (whether it is the period shown).
    """
    place: Spec = {"field": "place", "type": "quantitative", "axis": None, "scale": {"nice": False}}
    value: Spec = {"field": "value", "type": "quantitative", "axis": None, "scale": {"zero": False}}
    line = {"mark": {"type": "line", "color": _NEUTRAL, "strokeWidth": 2, "tooltip": None}}
    point = {
        "transform": [{"filter": "datum.last"}],
        "mark": {"type": "point", "color": _NEUTRAL, "filled": True, "size": 45, "tooltip": None},
    }
    return _framed(
        lang,
        height=SPARK_HEIGHT,
        layer=[line, point],
        encoding={"x": place, "y": value},
        padding={"left": 2, "right": 6, "top": 6, "bottom": 6},
    )


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
        "axis": _axis(lang) | {"title": unit or None, "grid": True},
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
        "mark": {"type": "line", "color": _NEUTRAL, "strokeDash": [5, 4], "strokeWidth": 2, "tooltip": None},
        "encoding": {"x": when, "y": {"field": "target", "type": "quantitative"}},
    }
    return _framed(lang, height=TREND_HEIGHT, layer=[target, line, points])


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
        ("full", 0.45, {"color": _TOLD}),
        ("part", 0.7, {"color": _TOLD}),
        ("missing", 0.45, {"filled": False, "stroke": _NEUTRAL, "strokeDash": [3, 3], "strokeWidth": 1}),
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
    return _framed(lang, layer=[*boxes, names], padding={"left": 1, "right": 1, "top": 0, "bottom": 0})


def _x(field: str, lang: str) -> Spec:
    return {
        "field": field,
        "type": "quantitative",
        "scale": {"zero": False, "nice": False},
        "axis": _axis(lang) | {"title": None, "grid": False, "labelPadding": 5},
    }


def _axis(lang: str) -> Spec:
    """Return an axis whose numbers are short and written as the language writes them."""
    million, thousand = say("chart.million", lang), say("chart.thousand", lang)
    return {
        "tickCount": 4,
        "labelFlush": True,
        "labelOverlap": True,
        "labelExpr": (
            f"abs(datum.value) >= {_MILLION} ? format(datum.value / 1e6, ',.2~f') + '{million}'"
            f" : abs(datum.value) >= {_THOUSAND} ? format(datum.value / 1e3, ',.1~f') + '{thousand}'"
            " : format(datum.value, ',.3~f')"
        ),
    }


def _framed(lang: str, **spec: Any) -> Spec:  # noqa: ANN401  the parts of a Vega-Lite spec
    # The height is that of the plot alone: with Streamlit's own "fit" the axis would eat a small chart.
    spec |= {"autosize": {"type": "fit-x", "contains": "padding"}}
    config = {"locale": vega_locale(lang), "view": {"stroke": None}, "legend": {"disable": True}}
    return spec | {"config": config, "usermeta": {"embedOptions": {"actions": False}}}
