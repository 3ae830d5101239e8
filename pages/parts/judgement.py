"""The judgement of one KPI: light, drift, reasons, the rule in words, and the lights of earlier periods."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st
from babel.dates import format_skeleton

from kpi.model.period import Period
from kpi.model.verdict import Status, Verdict
from kpi.report.numbers import period as told_period
from kpi.report.numbers import reasons, ruled
from kpi.report.words import say
from kpi.report.words.tell import listed
from pages.parts import cards, charts
from pages.parts.escape import plain
from pages.parts.session import Visitor


def panel(visitor: Visitor, verdict: Verdict, past: Sequence[tuple[Period, Status]]) -> None:
    """Draw all that is said of a KPI in the period looked at."""
    lang = visitor.lang
    with st.container(border=True, gap="small", key="kpi.judgement"):
        with st.container(horizontal=True, gap="small"):
            cards.badge(verdict, lang)
            cards.drift(verdict, lang)
            if verdict.escalated:
                st.badge(say("kpi.escalated", lang), icon=":material/priority_high:", color="red")
        charts.bullet(verdict, lang)
        cards.mark(verdict, lang)
        for sentence in reasons(verdict, lang):
            st.markdown(plain(sentence))
        cards.lacks(verdict, lang)
        told = ruled(verdict, lang)
        if told:
            st.caption(f"**{say('kpi.rule', lang)}** {plain(told)}")
        if past:
            st.caption(f"**{say('kpi.past', lang)}** {_counted(past, lang)}")
            if any(status is not Status.GREY for _, status in past):  # a row of grey ones says nothing more
                st.markdown(" ".join(_light(period, status, lang) for period, status in past))
        cards.target(visitor, verdict)


def _counted(past: Sequence[tuple[Period, Status]], lang: str) -> str:
    """Return how many lights of each kind there were, in words."""
    counts = {status: sum(one is status for _, one in past) for status in Status}
    return listed([f"{say(f'status.{status.value}', lang)} — {n}" for status, n in counts.items() if n], lang)


def _light(period: Period, status: Status, lang: str) -> str:
    colour, icon = cards.LIGHTS[status]
    name = (
        format_skeleton("yMMM", period.first, locale=lang)
        if period.months == 1
        else told_period(period, lang)
    )
    return f":{colour}-badge[{icon} {name}]"
