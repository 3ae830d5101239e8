"""Contractor check: somebody's report beside the native files, figure by figure, and what explains it."""

from __future__ import annotations

import streamlit as st

from kpi.insight.audit.figure import Audit, Match
from kpi.model.period import Period
from kpi.report import audit as words
from kpi.report.numbers import period
from kpi.report.words import say, say_n
from pages.parts import audit as parts
from pages.parts import desk, filecard, questions, upload
from pages.parts.escape import plain
from pages.parts.session import Visitor, session
from pages.parts.shell import script

visitor = session()
lang = visitor.lang


def empty(sentence: str, to: str, label: str) -> None:
    """Say what is wanted first and lead there."""
    st.title(say("audit.title", lang), anchor=False)
    st.caption(say("audit.lead", lang))
    st.info(sentence, icon=":material/info:")
    st.page_link(script(to), label=label, icon=":material/arrow_forward:")


def files(apart: Visitor) -> bool:
    """Draw what was dropped, its questions and its mapping; return whether some of it can be compared."""
    found = desk.asking(apart, list(desk.readings(apart)))
    levels = questions.levels(tuple(reading for _, reading in found))
    states = [filecard.state(apart, given, reading, levels) for given, reading in found]
    filecard.cards(apart, found, states, levels)
    return any(table.kind and not table.waiting for _, reading in found for table in reading.tables)


def caption(found: Audit) -> str:
    """Return how many figures of which days were looked at."""
    days = [figure.period for line in found.lines for figure in line.figures]
    whole = Period(min(one.first for one in days), max(one.last for one in days))
    parts_ = [period(whole, lang), say_n("audit.count", len(days), lang)]
    untold = found.count(Match.UNTOLD)
    return " · ".join([*parts_, say_n("audit.untold", untold, lang)] if untold else parts_)


def screen() -> None:
    """Draw the screen, or why there is none."""
    if not visitor.workspace.files():
        empty(say("audit.no_native", lang), "data", say("to.data", lang))
        return
    apart = visitor.apart()
    heading, below = st.empty(), st.empty()
    heading.title(say("audit.title", lang), anchor=False)
    below.caption(say("audit.lead", lang))
    if not apart.workspace.files():
        st.markdown(say("audit.drop", lang))
    result = st.container()
    with st.container():
        if apart.workspace.files():
            st.header(say("audit.file", lang), anchor=False)
            st.caption(say("audit.apart", lang))
        if upload.door(apart, "audit"):
            st.rerun()
        upload.removed(apart)
        readable = files(apart)
    if not readable:
        return
    found = desk.lay(visitor).audit(desk.lay(apart))
    with result:
        if not found.lines:
            st.info(say("audit.nothing", lang), icon=":material/info:")
            return
        heading.title(plain(words.headline(found, lang)), anchor=False)
        below.caption(caption(found))
        parts.summary(found, lang)
        parts.differences(found, lang)
        parts.jumps(found, lang)
        parts.lines(found, lang)


screen()
