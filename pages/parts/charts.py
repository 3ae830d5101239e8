"""Draws the charts of a KPI: small rows of data on specs made once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st
from babel.dates import format_date, format_skeleton
from babel.numbers import get_currency_symbol

from kpi.judge.trend import Course
from kpi.metrics.formula import is_ratio
from kpi.model.benchmark import Comparison
from kpi.model.kpi import Better
from kpi.model.period import Period
from kpi.model.verdict import Measure, Verdict
from kpi.report import charts
from kpi.report.numbers import day, interval, period, shown
from kpi.report.words import say
from pages.parts.escape import dollars

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
    _draw(rows, charts.sparkline(lang), f"spark_{verdict.kpi.id}", alt)


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
    mode = "dark" if st.context.theme.type == "dark" else "light"
    _draw([row], charts.bullet(lang, mode, down=down), f"bullet_{verdict.kpi.id}", alt)


def trend(verdict: Verdict, course: Course, looked_at: Period, lang: str, *, weekly: bool) -> None:
    """Draw the course of a KPI by month or week with the target or usual level as a dashed line."""
    mark = verdict.bar
    alike = _is_rate(verdict) or (not weekly and looked_at.months == 1)
    compare = mark if alike else None  # a month's total is no measure of a week's
    years = [None, *(step.first.year for step, _ in course)]
    rows = [
        {
            "label": _label(step, lang, weekly=weekly, year=step.first.year != before),
            "when": period(step, lang) if not weekly else f"{day(step.first, lang)} – {day(step.last, lang)}",
            "value": number,
            "value_text": _told(verdict, number, lang),
            "target": compare,
            "shown": step.meets(looked_at) and looked_at.covers(step),
        }
        for (step, number), before in zip(course, years, strict=False)
    ]
    known = [number for _, number in course if number is not None]
    alt = say(
        "chart.trend_alt",
        lang,
        kpi=verdict.kpi.said,
        n=len(known),
        low=_told(verdict, min(known, default=None), lang),
        high=_told(verdict, max(known, default=None), lang),
    )
    level = verdict.variant is not None and verdict.variant.formula.endswith(".end")
    spec = charts.trend(lang, unit(verdict, lang), zero=not level)
    _draw(rows, spec, f"trend_{'week' if weekly else 'month'}", alt)
    if compare is not None:
        amount = dollars(_told(verdict, compare, lang))
        st.caption(say("chart.dashed", lang, **_measure(verdict), value=amount))


def _draw(rows: Sequence[Mapping[str, Any]], spec: charts.Spec, key: str, alt: str) -> None:
    import pyarrow as pa

    names = list(rows[0]) if rows else []
    table = pa.table({name: [row[name] for row in rows] for name in names})
    st.vega_lite_chart(table, dict(spec), key=f"dashboard.{key}", alt=alt)


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


def _is_rate(verdict: Verdict) -> bool:
    return verdict.variant is not None and is_ratio(verdict.variant.formula)


def unit(verdict: Verdict, lang: str) -> str:
    """Return the unit for the axis: a sign, or the word for many."""
    if verdict.unit == "money":
        return get_currency_symbol(verdict.currency, locale=lang) if verdict.currency else ""
    sample = shown(5.0, verdict.unit, None, lang)
    return sample.replace("5", "", 1).strip()


def _label(step: Period, lang: str, *, weekly: bool, year: bool) -> str:
    """Return the two lines of the axis for a step; a third part makes it unlike any other."""
    upper = (
        format_skeleton("MMMd", step.first, locale=lang)
        if weekly
        else format_date(step.first, "LLL", locale=lang).rstrip(".")
    )
    return f"{upper}|{step.first.year if year else ''}|{step.first}"
