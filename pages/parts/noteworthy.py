"""What is worth knowing about a period: the remarks that matter most, each with the rows that prove it."""

from __future__ import annotations

import streamlit as st

from kpi.model.remark import Remark
from kpi.report.remarks import told
from kpi.report.words import say, say_n
from pages.parts import howto
from pages.parts.desk import Desk
from pages.parts.escape import plain
from pages.parts.shell import script

_FIRST = 4
_MARKS = {True: ":material/thumb_up:", False: ":material/priority_high:", None: ":material/info:"}
_GOOD = {True: "noteworthy.good", False: "noteworthy.bad", None: "noteworthy.neither"}


def draw(laid: Desk, lang: str) -> None:
    """Draw the remarks, the weightiest first; of one KPI the weightiest alone."""
    found = laid.remarks()
    st.header(say("noteworthy.title", lang), anchor=False)
    if not found:
        st.caption(say("noteworthy.none", lang))
        return
    for place, one in enumerate(found[:_FIRST]):
        _row(one, place, lang)
    rest = found[_FIRST:]
    if rest:
        more = st.expander(
            say_n("noteworthy.more", len(rest), lang), key="dashboard.remarks", on_change="rerun"
        )
        if more.open:
            with more:
                for place, one in enumerate(rest, start=_FIRST):
                    _row(one, place, lang)


def _row(one: Remark, place: int, lang: str) -> None:
    """Draw one remark: good or bad by mark and word, the sentence, its rows and the KPI behind it."""
    with st.container(border=True, gap="xsmall"):
        st.markdown(f"{_MARKS[one.good]} **{say(_GOOD[one.good], lang)}** {plain(told(one, lang))}")
        with st.container(horizontal=True, gap="small", vertical_alignment="center"):
            if one.trace:
                rows = st.popover(
                    say("noteworthy.rows", lang),
                    type="tertiary",
                    icon=":material/table_rows:",
                    key=f"dashboard.rows_{place}",
                    on_change="rerun",
                )
                if rows.open:
                    with rows:
                        howto.sources(one.trace, f"dashboard.proof_{place}", lang)
            if one.kpi is not None:
                label, way = say("noteworthy.why", lang), {"id": one.kpi}
                st.page_link(script("kpi"), label=label, icon=":material/arrow_forward:", query_params=way)
