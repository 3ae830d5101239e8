"""Front door: what the product does, and the ways in."""

from __future__ import annotations

from typing import Literal

import streamlit as st

from kpi.report.words import say
from pages.parts import demo
from pages.parts.session import Visitor, session
from pages.parts.shell import script

_PROMISES = (
    ("help", "front.promise_unknown", "front.promise_unknown_more"),
    ("notifications_off", "front.promise_alarm", "front.promise_alarm_more"),
    ("folder_open", "front.promise_files", "front.promise_files_more"),
)


def _example(visitor: Visitor) -> None:
    """Offer the invented coffee shop; files of the owner's own are not thrown away without a word."""
    with st.container(border=True, height="stretch"):
        st.markdown(f"**:material/storefront: {say('front.way_demo', visitor.lang)}**")
        st.caption(say("front.way_demo_more", visitor.lang))
        own = len(visitor.workspace.files()) if not demo.is_loaded(visitor.workspace) else 0
        kind: Literal["primary", "secondary"] = "secondary" if visitor.workspace.files() else "primary"
        if not own:
            asked = st.button(say("front.demo", visitor.lang), key="front.demo", type=kind)
        else:
            with st.popover(say("front.demo", visitor.lang)):
                st.markdown(say("front.demo_replaces", visitor.lang, n=own))
                asked = st.button(say("front.demo_sure", visitor.lang), key="front.demo")
    if asked:
        with st.spinner(say("front.demo_loading", visitor.lang)):
            demo.load(visitor.workspace, demo.DEMOS[visitor.lang])
            visitor.narrow(period=None, networks=(), accounts=())
        st.switch_page(script("dashboard"))


def _own_files(visitor: Visitor) -> None:
    with st.container(border=True, height="stretch"):
        st.markdown(f"**:material/upload_file: {say('front.way_files', visitor.lang)}**")
        st.caption(say("front.way_files_more", visitor.lang))
        if st.button(say("front.begin", visitor.lang), key="front.begin"):
            st.switch_page(script("data"))


def _go_on(visitor: Visitor) -> None:
    files = visitor.workspace.files()
    with st.container(border=True, height="stretch"):
        st.markdown(f"**:material/traffic: {say('front.way_on', visitor.lang)}**")
        key = "front.way_on_demo" if demo.is_loaded(visitor.workspace) else "front.way_on_more"
        st.caption(say(key, visitor.lang, n=len(files)))
        if st.button(say("to.dashboard", visitor.lang), key="front.on", type="primary"):
            st.switch_page(script("dashboard"))


visitor = session()
st.title(say("front.title", visitor.lang), anchor=False)
st.markdown(say("front.lead", visitor.lang))
with st.grid(3 if visitor.workspace.files() else 2, min_column_width=260):
    if visitor.workspace.files():
        _go_on(visitor)
    _example(visitor)
    _own_files(visitor)
st.header(say("front.promises", visitor.lang), anchor=False)
with st.grid(3, min_column_width=260):
    for icon, promise, more in _PROMISES:
        with st.container():
            st.markdown(f"**:material/{icon}: {say(promise, visitor.lang)}**")
            st.caption(say(more, visitor.lang))
st.divider()
st.caption(f":material/lock: {say('front.files_kept', visitor.lang)}")
