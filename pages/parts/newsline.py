"""Draws what is new since the last visit, and keeps what is seen at this one."""

from __future__ import annotations

from datetime import date

import streamlit as st

from kpi.insight import news as found
from kpi.insight.news import Came, Turned
from kpi.judge.board import Board
from kpi.model.verdict import Status, Verdict
from kpi.report.numbers import shown
from kpi.report.words import say
from kpi.workspace import visit
from pages.parts import cards
from pages.parts.escape import plain
from pages.parts.session import Visitor

_MOST = 5  # lines of a kind


def draw(visitor: Visitor, board: Board, today: date) -> None:
    """Draw the news; at a first visit there is nothing to compare with, and nothing is drawn."""
    lang, kept = visitor.lang, visitor.workspace
    files = [given.digest for given in kept.files()]
    last = visit.before(kept, today)
    visit.keep(kept, found.seen(board, files, today))
    if last is None:
        return
    new = found.news(last, board, files, kept.targets(), today)
    st.header(say("news.title", lang, day=new.since), anchor=False)
    if new.nothing:
        st.caption(say("news.nothing", lang))
    if new.files:
        st.markdown(f":material/draft: {say('news.files', lang, n=new.files)}")
    for turned in new.turned[:_MOST]:
        _turned(turned, lang)
    for came in new.came:
        _came(came, lang)
    for record in new.records[:_MOST]:
        _record(record, lang)


def _turned(turned: Turned, lang: str) -> None:
    with st.container(horizontal=True, gap="small", vertical_alignment="center"):
        cards.badge(turned.verdict, lang)
        name = plain(turned.verdict.kpi.words(lang).name)
        before = say(f"status.{turned.before.value}", lang)
        st.markdown(say("news.turned", lang, name=name, before=before), width="content")


def _came(came: Came, lang: str) -> None:
    """Draw a target whose day has come: reached, not reached, or not to be told."""
    verdict = came.verdict
    key = {Status.GREEN: "news.kept", Status.GREY: "news.untold"}.get(verdict.status, "news.missed")
    value = shown(verdict.value, verdict.unit, verdict.currency, lang)
    target = shown(came.target.value, verdict.unit, verdict.currency, lang)
    facts = {"name": plain(verdict.kpi.words(lang).name), "value": plain(value), "target": plain(target)}
    st.markdown(f":material/flag: {say(key, lang, day=came.target.by, **facts)}")


def _record(verdict: Verdict, lang: str) -> None:
    value = plain(shown(verdict.value, verdict.unit, verdict.currency, lang))
    name = plain(verdict.kpi.words(lang).name)
    n = sum(one is not None for _, one in verdict.series)
    st.markdown(f":material/trophy: {say('news.record', lang, name=name, value=value, n=n)}")
