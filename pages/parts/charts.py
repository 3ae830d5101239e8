"""Draws the charts of a KPI: small rows of data on specs made once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st
from babel.numbers import get_currency_symbol

from kpi.model.benchmark import Comparison
from kpi.model.kpi import Better
from kpi.model.verdict import Measure, Verdict
from kpi.report import charts
from kpi.report.card import SIGNS
from kpi.report.numbers import interval, shown
from kpi.report.words import say

_MARGIN = 0.08  # of the span, left and right of what a bullet shows
_FAR = 2.0  # times the rest, from where a mark would squeeze all others
_WHOLE_TURNS = 2


def sparkline(verdict: Verdict, lang: str) -> None:
    """Draw the course of the last periods, without axes."""
    known = [(at, number) for at, (_, number) in enumerate(verdict.series) if number is not None]
    if len(known) < _WHOLE_TURNS:
        return
    last = len(verdict.series) - 1
    rows = [
        {"place": at, "value": number, "last": at == last} for at, (_, number) in enumerate(verdict.series)
    ]
    alt = say(
        "chart.spark_alt",
        lang,
        kpi=verdict.kpi.said,
        n=len(known),
        low=_told(verdict, min(number for _, number in known), lang),
        high=_told(verdict, max(number for _, number in known), lang),
        value=_told(verdict, verdict.value, lang),
    )
    draw(rows, charts.sparkline(lang), f"dashboard.spark_{verdict.kpi.id}", alt)


def bullet(verdict: Verdict, lang: str, others: Comparison | None = None) -> None:
    """Draw the value against its target or its usual level; nothing where there is none.

    The middle of others is drawn beside, unless it lies so far away that all the rest would be small.
    """
    mark, slack = verdict.bar, verdict.slack or 0.0
    if mark is None or verdict.value is None or verdict.better is Better.RANGE:
        return
    down = verdict.better is Better.DOWN
    edges = (mark, mark + slack) if down else (mark - slack, mark)
    low, high = verdict.interval or (None, None)
    seen = [number for number in (verdict.value, *edges, low, high, 0.0) if number is not None]
    theirs = others.middle if others is not None else None
    if theirs is not None and theirs <= max(seen) * _FAR:
        seen.append(theirs)
    else:
        theirs = None
    room = (max(seen) - min(seen)) * _MARGIN
    row = {
        "from": min(seen) - room if min(seen) < 0 else 0.0,
        "a": edges[0],
        "b": edges[1],
        "to": max(seen) + room,
        "zero": 0.0,
        "value": verdict.value,
        "low": low,
        "high": high,
        "target": mark,
        "others": theirs,
        "value_text": _told(verdict, verdict.value, lang),
        "target_text": _told(verdict, mark, lang),
        "others_text": _told(verdict, theirs, lang),
    }
    facts = {"kpi": verdict.kpi.id, "value": row["value_text"], "target": row["target_text"]}
    within = verdict.interval and interval(*verdict.interval, verdict.unit, verdict.currency, lang)
    alt = say("chart.bullet_alt", lang, **_measure(verdict), **facts)
    if within:
        alt += " " + say("chart.range_alt", lang, range=within)
    if theirs is not None:
        alt += " " + say("chart.others_alt", lang, value=row["others_text"])
    draw([row], charts.bullet(lang, mode(), down=down), f"dashboard.bullet_{verdict.kpi.id}", alt)


def trend(verdict: Verdict, rows: Sequence[Mapping[str, Any]], lang: str, key: str) -> None:
    """Draw the course of a KPI over rows of `kpi.report.course`."""
    known = [row["value"] for row in rows if row["value"] is not None]
    alt = say(
        "chart.trend_alt",
        lang,
        kpi=verdict.kpi.said,
        n=len(known),
        low=_told(verdict, min(known, default=None), lang),
        high=_told(verdict, max(known, default=None), lang),
    )
    ahead = [row for row in rows if row["value"] is None and row["middle"] is not None]
    if ahead:
        alt += " " + say("chart.ahead_alt", lang, period=ahead[0]["when"], value=ahead[0]["ahead_text"])
    level = verdict.variant is not None and verdict.variant.formula.endswith(".end")
    draw(rows, charts.trend(lang, mode(), signs(verdict, lang), zero=not level), key, alt)


def signs(verdict: Verdict, lang: str) -> tuple[str, str]:
    """Return what stands before and after each figure of an axis: the sign of the unit, no word."""
    if verdict.unit not in SIGNS:
        return "", ""
    before, _, after = shown(5.0, verdict.unit, verdict.currency, lang).partition("5")
    return before, after


def mode() -> str:
    """Return whether the page is `light` or `dark`."""
    return "dark" if st.context.theme.type == "dark" else "light"


def draw(rows: Sequence[Mapping[str, Any]], spec: charts.Spec, key: str, alt: str) -> None:
    """Draw rows on a spec made once; `alt` says what the picture shows."""
    import pyarrow as pa

    names = list(rows[0]) if rows else []
    table = pa.table({name: [row[name] for row in rows] for name in names})
    st.vega_lite_chart(table, dict(spec), key=key, alt=alt)


def _measure(verdict: Verdict) -> dict[str, bool]:
    """Return what a mark is, as facts of a sentence."""
    measure = verdict.measure or Measure.TARGET
    return {
        "typed": measure is Measure.TARGET,
        "limit": measure is Measure.ECONOMICS,
        "usual": measure is Measure.REFERENCE,
    }


def _told(verdict: Verdict, value: float | None, lang: str) -> str:
    return shown(value, verdict.unit, verdict.currency, lang)


def unit(verdict: Verdict, lang: str) -> str:
    """Return the unit for the axis: a sign, or the word for many."""
    if verdict.unit == "money":
        return get_currency_symbol(verdict.currency, locale=lang) if verdict.currency else ""
    sample = shown(5.0, verdict.unit, None, lang)
    return sample.replace("5", "", 1).strip()
