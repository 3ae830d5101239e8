"""The template to take away: a workbook to fill in, and the tally sheet for the till alone."""

from __future__ import annotations

from functools import partial

import streamlit as st

from kpi.report.template import template
from kpi.report.words import say
from pages.parts.session import Visitor

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_TALLY = "template_tally"


def offer(visitor: Visitor) -> None:
    """Draw both buttons and what they are for; a workbook is written only when it is asked for."""
    lang = visitor.lang
    st.caption(say("template.lead", lang))
    with st.container(horizontal=True):
        st.download_button(
            say("template.download", lang),
            partial(template, lang),
            file_name=f"{say('template.file', lang)}.xlsx",
            mime=_XLSX,
            key="data.template",
            icon=":material/download:",
            on_click="ignore",
        )
        offer_tally(visitor, "data.tally")


def offer_tally(visitor: Visitor, key: str) -> None:
    """Draw the button of the tally sheet."""
    lang = visitor.lang
    st.download_button(
        say("template.download_tally", lang),
        partial(template, lang, (_TALLY,)),
        file_name=f"{say('template.tally_file', lang)}.xlsx",
        mime=_XLSX,
        key=key,
        icon=":material/point_of_sale:",
        on_click="ignore",
    )
