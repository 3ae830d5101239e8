"""Front door: what the product does, and the ways in."""

from __future__ import annotations

import streamlit as st

from kpi.report.words import say
from pages.parts import waysin
from pages.parts.session import session

_PROMISES = (
    ("help", "front.promise_unknown", "front.promise_unknown_more"),
    ("notifications_off", "front.promise_alarm", "front.promise_alarm_more"),
    ("folder_open", "front.promise_files", "front.promise_files_more"),
)


def _promises(lang: str) -> None:
    st.header(say("front.promises", lang), anchor=False)
    with st.grid(3, min_column_width=260):
        for icon, promise, more in _PROMISES:
            with st.container():
                st.markdown(f"**:material/{icon}: {say(promise, lang)}**")
                st.caption(say(more, lang))


visitor = session()
st.title(say("front.title", visitor.lang), anchor=False)
st.markdown(say("front.lead", visitor.lang))
waysin.examples(visitor)
st.header(say("front.own", visitor.lang), anchor=False)
with st.grid(2 if visitor.home.files() else 1, min_column_width=300):
    if visitor.home.files():
        waysin.go_on(visitor)
    waysin.own_files(visitor)
_promises(visitor.lang)
