"""Front door: what the product does and the ways in; of a workspace with files, the month that has ended."""

from __future__ import annotations

from datetime import UTC, datetime

import streamlit as st

from kpi.model.period import ended
from kpi.report.words import say
from pages.parts import sixnumbers, waysin
from pages.parts.session import Visitor, session

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


def _first(visitor: Visitor) -> None:
    """Draw what the product is and the ways in, for whoever has nothing here yet."""
    st.title(say("front.title", visitor.lang), anchor=False)
    st.markdown(say("front.lead", visitor.lang))
    st.header(say("front.own", visitor.lang), anchor=False)
    waysin.own_files(visitor)
    sixnumbers.form(visitor, ended(datetime.now(UTC).date()))
    waysin.examples(visitor)
    _promises(visitor.lang)


visitor = session()
if visitor.workspace.files():
    from pages.parts import month  # reads tables, which a first visitor need not wait for

    month.screen(visitor)
    waysin.examples(visitor)
else:
    _first(visitor)
