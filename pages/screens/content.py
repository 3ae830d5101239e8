"""Content: which posts work, by format, time, length, hashtags and topics, and which do not."""

from __future__ import annotations

import streamlit as st

from kpi.facts.frame import calendar
from kpi.insight.content.shelf import Measure
from kpi.judge.periods import span
from kpi.model.period import Period, months_of
from kpi.report.content import headline
from kpi.report.numbers import period as period_told
from kpi.report.words import say, say_n
from pages.parts import content, desk, takings
from pages.parts.chosen import network
from pages.parts.escape import dollars
from pages.parts.session import session
from pages.parts.shell import script

visitor = session()
lang = visitor.lang
_SPANS = {"3": 3, "6": 6, "12": 12, "all": None}


def empty(sentence: str) -> None:
    """Say why there is nothing to show and where to go."""
    st.title(say("content.title", lang), anchor=False)
    st.info(sentence, icon=":material/info:")
    with st.container(horizontal=True):
        st.page_link(script("data"), label=say("to.data", lang), icon=":material/arrow_forward:")
        if not visitor.workspace.files():
            st.page_link(script("front"), label=say("dashboard.demo", lang), icon=":material/coffee:")


def span_chosen(whole: Period) -> Period:
    """Draw the chooser of the period, which ends with the files, and return it."""
    picked = st.segmented_control(
        say("content.span", lang),
        list(_SPANS),
        default="12",
        required=True,
        format_func=lambda one: say(f"content.span_{one}", lang),
        key="content.span",
        label_visibility="collapsed",
        wrap=True,
        persist_state="session",
    )
    count = _SPANS[picked]
    months = months_of(whole)
    first = whole.first if count is None or count >= len(months) else months[-count].first
    return Period(max(whole.first, first), whole.last)


def measure_chosen() -> Measure:
    """Draw the chooser of what posts are compared by, and what it means."""
    picked = st.segmented_control(
        say("content.by", lang),
        list(Measure),
        default=Measure.REACH,
        required=True,
        format_func=lambda one: say(f"content.by_{one.value}", lang),
        key="content.by",
        persist_state="session",
    )
    return Measure(picked)


def screen() -> None:
    """Draw the screen, or why there is none."""
    if not visitor.workspace.files():
        empty(say("content.empty", lang))
        return
    laid = desk.lay(visitor)
    whole = span(laid.cube)
    posts = laid.cube.facts.daily.get("posts")
    if whole is None or posts is None or not len(posts):
        empty(say("content.no_posts", lang))
        return
    heading, below = st.empty(), st.empty()
    with st.container(horizontal=True, vertical_alignment="bottom"):
        looked_at = span_chosen(Period(calendar(posts.day[0]), calendar(posts.day[-1])))
        if len(laid.cube.networks) > 1:
            network(visitor, sorted(name for name in posts.labels["network"].names if name))
    measure = measure_chosen()
    shelf, found = laid.content(looked_at, measure)
    if not len(shelf):
        heading.title(say("content.title", lang), anchor=False)
        st.info(say("content.none_here", lang), icon=":material/info:")
        return
    heading.title(dollars(headline(found, lang)), anchor=False)
    count = say_n("content.count", len(shelf), lang)
    below.caption(say("content.caption", lang, posts=count, period=period_told(looked_at, lang)))
    st.caption(say(f"content.by_{measure.value}_more", lang))
    st.header(say("content.what", lang), anchor=False)
    kind = st.segmented_control(
        say("content.kind", lang),
        list(found.kinds),
        default=next(iter(found.kinds)),
        required=True,
        format_func=lambda one: say(f"content.kind_{one.value}", lang),
        key="content.kind",
        label_visibility="collapsed",
        persist_state="session",
    )
    content.groups(found, kind if kind in found.kinds else next(iter(found.kinds)), lang)
    with st.popover(say("content.how", lang), type="tertiary", icon=":material/help:"):
        st.markdown(say("content.how_more", lang))
    content.ends(shelf, measure, lang)
    sold = laid.sold(looked_at)
    if sold is not None:
        takings.sold(laid.cube.facts, shelf, sold, looked_at.first, lang)
    elif "orders" in laid.cube.facts.daily:
        takings.untold(lang)
    st.header(say("content.all", lang), anchor=False)
    st.caption(say("content.all_more", lang))
    content.everything(shelf, sold, lang)


screen()
