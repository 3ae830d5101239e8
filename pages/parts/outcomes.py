"""Draws what came of the actions taken on: a badge for each, and where to read more."""

from __future__ import annotations

import streamlit as st

from kpi.model.taken import Effect, Outcome, State
from kpi.report import effect as words
from kpi.report.words import say
from kpi.workspace import taken as log
from pages.parts.desk import Desk
from pages.parts.escape import plain
from pages.parts.session import Visitor
from pages.parts.steps import link

_LOOKS = {
    Outcome.HELPED: ("green", ":material/check_circle:"),
    Outcome.WORSE: ("red", ":material/cancel:"),
    Outcome.UNSEEN: ("gray", ":material/hourglass_empty:"),
    Outcome.UNTOLD: ("gray", ":material/help:"),
}
_MOST = 5  # actions named, the newest first


def badge(found: Effect, lang: str) -> None:
    """Draw the outcome of an action: word and shape before colour."""
    colour, icon = _LOOKS[found.outcome]
    st.badge(words.badge(found, lang), icon=icon, color=colour)  # type: ignore[arg-type]


def draw(visitor: Visitor, laid: Desk) -> None:
    """Draw the check of each action in the log; nothing where there is none."""
    lang = visitor.lang
    every = [one for one in log.taken(visitor.workspace) if one.state is not State.DROPPED]
    if not every:
        return
    st.header(say("outcomes.title", lang), anchor=False)
    for one in sorted(every, key=lambda one: one.first, reverse=True)[:_MOST]:
        with st.container(horizontal=True, gap="small", vertical_alignment="center"):
            badge(laid.effect(one), lang)
            st.markdown(plain(one.title), width="content")
    link(visitor, "actions", say("to.actions", lang), icon=":material/checklist:")
