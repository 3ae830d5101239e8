"""The way from a KPI's value before to its value now as a picture: a bar for each factor."""

from __future__ import annotations

from functools import cache
from typing import Any

from kpi.model.driver import Explained
from kpi.model.kpi import Better
from kpi.report.charts import FILLS, Spec
from kpi.report.numbers import number, period, shown, vega_locale
from kpi.report.why import effect, named
from kpi.report.words import say

ROW = 46  # the height of a row: its name above, its bar below
_MOST = 6  # factors with a bar of their own
_LEAST = 0.01  # of the change: a smaller part goes with the others
_FLAT = 0.15  # of the largest level: less of a way than that is drawn without nought
_COLOURS = {"total": "#76828F", "better": "#3A82B5", "worse": "#C4662B"}  # told apart by the colour-blind too
_SIGNED = frozenset({"percent", "points", "stars", "money"})


def rows(found: Explained, lang: str) -> list[dict[str, Any]]:
    """Return a row for the value before, each factor and the value now.

    Each has `top` (0, 1, …), `name`, `text` (its figure), `from` and `to` (where its bar begins and ends) and
    `kind`: `total`, `better` or `worse`.
    """
    large = [one for one in found.factors[:_MOST] if abs(one.share) >= _LEAST]
    steps = [(named(one.id, lang), one.effect) for one in large]
    rest = found.change - sum(amount for _, amount in steps)
    if abs(rest) >= _LEAST * abs(found.change):
        steps.append((say("why.others", lang), rest))
    made = [
        _row(0, period(found.previous, lang), _total(found, found.before, lang), (0.0, found.before), "total")
    ]
    at = found.before
    for name, amount in steps:
        good = (amount < 0) == (found.better is Better.DOWN)
        kind = "better" if good else "worse"
        made.append(
            _row(len(made), name[:1].upper() + name[1:], _step(found, amount, lang), (at, at + amount), kind)
        )
        at += amount
    now = _total(found, found.now, lang)
    return [*made, _row(len(made), period(found.period, lang), now, (0.0, found.now), "total")]


def from_nought(some: list[dict[str, Any]]) -> bool:
    """Return whether the way is long enough to be seen on an axis that begins at nought."""
    levels = [one["to"] for one in some]
    return bool(max(levels) - min(levels) >= _FLAT * max(map(abs, levels)))


@cache
def waterfall(lang: str, mode: str, *, zero: bool) -> Spec:
    """Return the picture for `rows`; without nought the values before and now are lines, for bars would lie.

    `mode` is `light` or `dark`; the height, `ROW` by row, is given with the data.
    """
    level: Spec = {"type": "quantitative", "axis": None, "scale": {"reverse": True, "nice": False}}
    value: Spec = {
        "field": "from",
        "type": "quantitative",
        "axis": None,
        "scale": {"zero": zero, "nice": False},
    }
    kinds = list(_COLOURS)
    colour: Spec = {
        "field": "kind",
        "type": "nominal",
        "scale": {"domain": kinds, "range": [_COLOURS[kind] for kind in kinds]},
    }
    places = [
        {"calculate": "datum.top + 0.46", "as": "upper"},
        {"calculate": "datum.top + 0.78", "as": "lower"},
    ]
    ends = {"y": level | {"field": "upper"}, "y2": {"field": "lower"}, "color": colour}
    shown_as = "true" if zero else "datum.kind != 'total'"
    bars = {
        "transform": [*places, {"filter": shown_as}],
        "mark": {"type": "rect", "tooltip": None},
        "encoding": {"x": value, "x2": {"field": "to"}, **ends},
    }
    lines = {
        "transform": [*places, {"filter": "datum.kind == 'total'"}],
        "mark": {"type": "rule", "strokeWidth": 4, "tooltip": None},
        "encoding": {"x": value | {"field": "to"}, **ends},
    }
    ink = {
        "type": "text",
        "baseline": "top",
        "dy": 3,
        "fontSize": 13,
        "color": FILLS[mode]["ink"],
        "tooltip": None,
    }
    top = level | {"field": "top"}
    names = {
        "mark": ink | {"align": "left", "limit": {"expr": "width - 100"}},
        "encoding": {"x": {"value": 0}, "y": top, "text": {"field": "name"}},
    }
    figures = {
        "mark": ink | {"align": "right"},
        "encoding": {"x": {"value": {"expr": "width"}}, "y": top, "text": {"field": "text"}},
    }
    return {
        "layer": [bars, lines, names, figures],
        "padding": {"left": 1, "right": 1, "top": 0, "bottom": 0},
        "autosize": {"type": "fit-x", "contains": "padding"},
        "config": {"locale": vega_locale(lang), "view": {"stroke": None}, "legend": {"disable": True}},
        "usermeta": {"embedOptions": {"actions": False}},
    }


def _row(top: int, name: str, text: str, ends: tuple[float, float], kind: str) -> dict[str, Any]:
    return {
        "top": top,
        "name": name[:1].upper() + name[1:],
        "text": text,
        "from": ends[0],
        "to": ends[1],
        "kind": kind,
    }


def _total(found: Explained, value: float, lang: str) -> str:
    """Return a value without the words of its unit, which the title has told."""
    unit = found.unit if found.unit in _SIGNED else ""
    return shown(value, unit, found.currency if unit == "money" else None, lang)


def _step(found: Explained, amount: float, lang: str) -> str:
    if found.unit in _SIGNED:
        return effect(found, amount, lang)
    text = number(amount, lang)
    return f"+{text}" if amount > 0 else text
