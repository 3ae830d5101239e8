"""Money: whether social networks pay off by each way of counting, what it takes, and what would change it."""

from __future__ import annotations

from functools import partial

import streamlit as st

from kpi.insight.returns import Attributed, Returns
from kpi.insight.whatif import Lever, Scene, outcome
from kpi.report import returns as words
from kpi.report import whatif as told
from kpi.report.numbers import period as period_told
from kpi.report.numbers import shown
from kpi.report.words import say
from pages.parts import desk, howto
from pages.parts.escape import dollars, plain
from pages.parts.session import session
from pages.parts.steps import link

visitor = session()
lang = visitor.lang


def empty(sentence: str) -> None:
    """Say why there is nothing to show and where to go."""
    st.title(say("money.title", lang), anchor=False)
    st.info(sentence, icon=":material/info:")
    with st.container(horizontal=True):
        link(visitor, "data", say("to.data", lang), icon=":material/arrow_forward:")
        if not visitor.workspace.files():
            link(visitor, "front", say("dashboard.demo", lang), icon=":material/coffee:")


def card(one: Attributed, found: Returns) -> None:
    """Draw one way of knowing: what it counts, the return, the figures behind it and their rows."""
    with st.container(border=True, height="stretch", gap="small"):
        st.subheader(say(f"money.way_{one.way.value}", lang), anchor=False)
        st.caption(say(f"money.way_{one.way.value}_what", lang))
        value = shown(one.roi, "percent", None, lang) if one.roi is not None else say("money.unknown", lang)
        st.metric(say("money.roi", lang), dollars(value))
        if (span := words.roi_range(one, lang)) is not None:
            st.caption(dollars(span))
        lines = [f"{name}: {dollars(text)}" for name, text in words.rows(one, found, lang)]
        if lines:
            st.markdown("  \n".join(lines))
        if one.why is not None:
            st.markdown(f":material/help: {plain(words.why(one.why, lang))}")
        if one.trace and one.orders is not None:
            st.space("stretch")
            rows = st.popover(
                say("noteworthy.rows", lang),
                type="tertiary",
                icon=":material/table_rows:",
                key=f"money.rows_{one.way.value}",
                on_change="rerun",
            )
            if rows.open:
                with rows:
                    howto.sources(one.trace, f"money.proof_{one.way.value}", lang)


def readings(found: Returns) -> None:
    """Draw the ways of knowing which orders are those of social networks."""
    st.header(say("money.ways", lang), anchor=False)
    st.markdown(dollars(words.spread(found, lang)))
    with st.grid(3, min_column_width=290, key="money.cards"):
        for one in found.ways:
            card(one, found)


def paying(found: Returns) -> None:
    """Draw what it takes to break even, and the owner's own time."""
    left, right = st.columns(2, gap="medium")
    with left, st.container(border=True, height="stretch"):
        st.subheader(say("money.even_title", lang), anchor=False)
        for sentence in words.even(found, lang):
            st.markdown(plain(sentence))
    with right, st.container(border=True, height="stretch"):
        st.subheader(say("money.hours_title", lang), anchor=False)
        for sentence in words.hours(found, lang):
            st.markdown(plain(sentence))
        link(visitor, "data", say("money.to_answers", lang), icon=":material/arrow_forward:")


def place(scene: Scene, lever: Lever, value: float) -> str:
    """Return a place of a slider in words."""
    return told.place(lever, value, scene, lang)


def levers(scene: Scene) -> dict[Lever, float]:
    """Draw a slider for each lever that can be moved and return where they stand."""
    chosen = {}
    with st.grid(2, min_column_width=290, key="money.levers"):
        for lever, now in scene.levers.items():
            chosen[lever] = st.select_slider(
                say(f"money.lever_{lever.value}", lang),
                told.places(lever, now),
                value=now,
                format_func=partial(place, scene, lever),
                key=f"money.{lever.value}_{scene.period.first}_{scene.period.last}_{now:.4g}",
                persist_state="session",
            )
    return chosen


def what_if(scene: Scene) -> None:
    """Draw the levers and what they would do to the figures of the period."""
    st.header(say("money.whatif", lang), anchor=False)
    if not scene.levers:
        st.info(say("money.no_levers", lang), icon=":material/info:")
    else:
        st.caption(say("money.whatif_lead", lang, period=period_told(scene.period, lang)))
        chosen = levers(scene)
        columns = told.rows(scene, outcome(scene, chosen), lang)
        right = st.column_config.TextColumn(alignment="right")
        st.dataframe(
            columns,
            hide_index=True,
            key="money.outcome",
            column_config=dict.fromkeys(list(columns)[1:], right),
            alt=say("money.whatif", lang),
        )
        for sentence in told.grounds(scene, lang):
            st.caption(plain(sentence))
    if scene.out:
        with st.expander(say("money.out", lang), key="money.out"):
            for lever, reason in scene.out.items():
                name = say(f"money.lever_{lever.value}", lang)
                st.markdown(f"**{name}**: {plain(words.why(reason, lang))}")


def screen() -> None:
    """Draw the screen, or why there is none."""
    if not visitor.workspace.files():
        empty(say("money.empty", lang))
        return
    laid = desk.lay(visitor, whole=True)
    period = laid.period()
    if period is None:
        empty(say("dashboard.no_days", lang))
        return
    found, scene = laid.money(period)
    st.title(dollars(words.headline(found, lang)), anchor=False)
    st.caption(say("money.caption", lang, period=period_told(period, lang)))
    readings(found)
    paying(found)
    what_if(scene)
    with st.container(horizontal=True):
        link(visitor, "kpi", say("money.to_roi", lang), icon=":material/arrow_forward:", id="roi")
        link(visitor, "dashboard", say("to.dashboard", lang), icon=":material/arrow_back:")


screen()
