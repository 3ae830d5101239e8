"""The ways in: a place for the owner's files, and an example of every trade."""

from __future__ import annotations

import streamlit as st

from kpi.catalog.loader import trades
from kpi.report.words import say
from pages.parts import demo, example, upload
from pages.parts.session import Visitor
from pages.parts.shell import script


def examples(visitor: Visitor) -> None:
    """Draw a card a trade; one click opens the dashboard of its example, and touches no own file."""
    lang = visitor.lang
    st.header(say("example.title", lang), anchor=False)
    st.caption(say("example.lead", lang))
    with st.grid(3, min_column_width=270):
        for one in demo.offered(demo.demos(), lang):
            with st.container(border=True, height="stretch", gap="small"):
                _card(visitor, one)


def _card(visitor: Visitor, one: demo.Demo) -> None:
    """Draw one example; said on it where its files are in another language than the reader's."""
    lang = visitor.lang
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        icon = f":material/{example.ICONS.get(one.trade, 'storefront')}:"
        st.markdown(f"{icon} **{trades()[one.trade].name(lang)}**", width="content")
        if one.lang != lang:
            label = say("example.files_ru" if one.lang == "ru" else "example.files_en", lang)
            st.badge(label, icon=":material/translate:", color="gray")
    st.caption(one.blurb[lang])
    key = f"front.demo_{one.trade}"
    if st.button(one.name[lang], key=key, icon=":material/arrow_forward:", width="stretch"):
        _open(visitor, one)


def _open(visitor: Visitor, one: demo.Demo) -> None:
    with st.spinner(say("example.opening", visitor.lang)):
        visitor.look_at(demo.laid_out(visitor.home, one.id))
    st.switch_page(script("dashboard"))


def own_files(visitor: Visitor) -> None:
    """Draw the place to drop files into, with what becomes of them."""
    lang = visitor.lang
    if upload.door(visitor, "front"):
        st.switch_page(script("data"))
    st.caption(f":material/lock: {say('front.files_kept', lang)}")
