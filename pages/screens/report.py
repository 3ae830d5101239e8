"""Report: what can be taken away, and what stands in it."""

from __future__ import annotations

from functools import partial

import streamlit as st

from kpi.judge.board import Board
from kpi.report.formats import formats
from kpi.report.moved import moved
from kpi.report.numbers import shown
from kpi.report.report import Report
from kpi.report.words import say
from kpi.report.words.tell import UNKNOWN, period
from pages.parts import businesses, desk
from pages.parts.session import Visitor, session
from pages.parts.shell import script


def _nothing(sentence: str, to: str, lang: str) -> None:
    """Say why there is no report and where to go."""
    st.title(say("report.title", lang), anchor=False)
    st.info(sentence, icon=":material/info:")
    st.page_link(
        script(to),
        label=say("to.data" if to == "data" else "to.goals", lang),
        icon=":material/arrow_forward:",
    )


def _summary(board: Board, lang: str) -> dict[str, list[str]]:
    """Return the summary as a table of printable texts; the light first, where a phone shows it."""
    verdicts = board.verdicts
    return {
        say("report.light", lang): [say(f"status.{v.status.value}", lang) for v in verdicts],
        say("report.kpi", lang): [v.kpi.words(lang).name for v in verdicts],
        say("report.value", lang): [shown(v.value, v.unit, v.currency, lang) for v in verdicts],
        say("report.change", lang, period=board.compared): [
            found.told(lang) if (found := moved(v, lang, yearly=board.yearly)) else UNKNOWN for v in verdicts
        ],
        say("report.target", lang): [shown(v.bar, v.unit, v.currency, lang) for v in verdicts],
    }


def _widths(lang: str) -> dict[str, int]:
    """Return the widths of the columns whose texts are long, in pixels."""
    return {say("report.kpi", lang): 230, say("report.value", lang): 260, say("report.target", lang): 260}


def _screen(visitor: Visitor) -> None:
    lang = visitor.lang
    if not visitor.workspace.files():
        _nothing(say("report.empty", lang), "data", lang)
        return
    if not visitor.workspace.goals():
        _nothing(say("report.no_goals", lang), "goals", lang)
        return
    laid = desk.lay(visitor)
    board = laid.board()
    if board is None:
        _nothing(say("report.no_days", lang), "data", lang)
        return
    when = period(board.period, lang)
    st.title(say("report.ready", lang, period=when), anchor=False)
    st.caption(say("report.lead", lang))
    readings = tuple(reading for _, reading in desk.readings(visitor))
    report = Report(board=board, cube=laid.cube, readings=readings, lang=lang)
    whose = businesses.name(visitor)
    name = " ".join(f"{whose} {say('report.file', lang, period=when)}".split())
    for id_, form in formats().items():
        st.download_button(
            say(form.TITLE, lang),
            data=partial(form.render, report),
            file_name=name + form.SUFFIX,
            mime=form.MIME,
            key=f"report.{id_}",
            type="primary",
            icon=":material/download:",
            on_click="ignore",
        )
    st.header(say("report.preview", lang), anchor=False)
    st.dataframe(
        _summary(board, lang),
        hide_index=True,
        height="content",
        alt=say("report.preview", lang),
        column_config={
            name: st.column_config.TextColumn(width=width) for name, width in _widths(lang).items()
        },
    )
    st.page_link(script("audit"), label=say("to.audit", lang), icon=":material/fact_check:")


_screen(session())
