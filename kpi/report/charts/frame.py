"""What every chart shares: colours for both modes, axes in the reader's language, the frame around it."""

from __future__ import annotations

from typing import Any

from kpi.report.numbers import vega_locale
from kpi.report.words import say

Spec = dict[str, Any]


FILLS = {
    "light": {"red": "#E4868A", "amber": "#F6C667", "blue": "#CFE8F5", "ink": "#0E1620", "paper": "#FFFFFF"},
    "dark": {"red": "#9C3D46", "amber": "#8A6414", "blue": "#1D4E6B", "ink": "#E6EBF2", "paper": "#10161E"},
}
BULLET_HEIGHT = 26
FONT = 12  # pixels, of whatever is written in a chart
NEUTRAL = "#76828F"  # readable on white and on the dark page alike
TOLD = "#3A82B5"  # stands out from white and from the dark page
_MILLION, _THOUSAND = 1_000_000, 10_000


def across(field: str, lang: str) -> Spec:
    """Return a field on the axis of values that runs from left to right."""
    return {
        "field": field,
        "type": "quantitative",
        "scale": {"zero": False, "nice": False},
        "axis": axis(lang) | {"title": None, "grid": False, "labelPadding": 5},
    }


def axis(lang: str, before: str = "", after: str = "") -> Spec:
    """Return an axis whose numbers are short and written as the language writes them, between two signs."""
    million, thousand = say("chart.million", lang), say("chart.thousand", lang)
    return {
        "tickCount": 4,
        "labelFlush": True,
        "labelOverlap": True,
        "labelExpr": (
            f"'{before}' + (abs(datum.value) >= {_MILLION} ? format(datum.value / 1e6, ',.2~f') + '{million}'"
            f" : abs(datum.value) >= {_THOUSAND} ? format(datum.value / 1e3, ',.1~f') + '{thousand}'"
            f" : format(datum.value, ',.3~f')) + '{after}'"
        ),
    }


def framed(lang: str, **spec: Any) -> Spec:  # noqa: ANN401  the parts of a Vega-Lite spec
    """Return a spec in the reader's language, as wide as its place."""
    # The height is that of the plot alone: with Streamlit's own "fit" the axis would eat a small chart.
    spec |= {"autosize": {"type": "fit-x", "contains": "padding"}}
    config = {
        "locale": vega_locale(lang),
        "view": {"stroke": None},
        "legend": {"disable": True},
        "axis": {"labelFontSize": FONT, "titleFontSize": FONT},
        "text": {"fontSize": FONT},
        "mark": {"aria": False},  # a chart is told by its alt text and its table; empty marks say nothing
    }
    return spec | {"config": config, "usermeta": {"embedOptions": {"actions": False}}}
