"""A KPI over time: the trend with target and forecast in words, notes on days, and all of it as a table."""

from __future__ import annotations

import streamlit as st

from kpi.judge.periods import span
from kpi.model.verdict import Verdict
from kpi.report import course
from kpi.report.card import SIGNS
from kpi.report.words import say
from kpi.workspace import notes as kept_notes
from pages.parts import charts, notes, table
from pages.parts.desk import Desk
from pages.parts.escape import plain


def draw(laid: Desk, verdict: Verdict, *, per: str, screen: str) -> None:
    """Draw the course of the variant shown by `month` or `week`; nothing where there is no value."""
    visitor, variant, looked_at = laid.visitor, verdict.variant, laid.period()
    if variant is None or looked_at is None:
        return
    lang, noted = visitor.lang, kept_notes.notes(visitor.workspace)
    line, fan = laid.over_time(verdict.kpi.id, variant, per)
    found = course.rows(verdict, line, fan, noted, looked_at=looked_at, lang=lang)
    if verdict.unit not in SIGNS:
        st.caption(plain(charts.unit(verdict, lang)))
    charts.trend(verdict, found, lang, f"{screen}.trend_{per}")
    bar = course.measured_by(verdict, line, looked_at)
    told = [course.dashed(verdict, bar, lang)] if bar is not None else []
    told += course.foretold(verdict, fan, lang)
    if told:
        st.caption("  \n".join(map(plain, told)))
    columns = course.table(verdict, found, lang)
    texts = {say("chart.when", lang), say("chart.note", lang)}
    table.twin(columns, set(columns) - texts, lang, f"{screen}.trend_table")
    days = span(laid.cube)
    if days is not None:
        notes.draw(visitor, noted, days, looked_at.last, screen)


def step(screen: str, lang: str) -> str:
    """Draw the choice between months and weeks and return what is chosen."""
    steps = {"month": say("dashboard.by_months", lang), "week": say("dashboard.by_weeks", lang)}
    return st.segmented_control(
        say("dashboard.step", lang),
        list(steps),
        default="month",
        required=True,
        format_func=steps.__getitem__,
        key=f"{screen}.step",
        label_visibility="collapsed",
        persist_state="session",
    )
