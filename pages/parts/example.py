"""What tells an invented business from the owner's own: a line on every screen, and the way back."""

from __future__ import annotations

import streamlit as st

from kpi.report.words import say
from pages.parts import address, demo
from pages.parts.session import Visitor

ICONS = {
    "coffee_shop": "local_cafe",
    "beauty_salon": "content_cut",
    "online_shop": "shopping_bag",
    "private_school": "school",
    "dental_clinic": "dentistry",
    "b2b_service": "handshake",
}


def line(visitor: Visitor) -> None:
    """Say on every screen that what is shown is invented; one click leads back to the owner's own."""
    shown = demo.loaded(visitor.workspace)
    one = next((one for one in demo.demos() if one.id == shown), None)
    if one is None:
        return
    lang = visitor.lang
    back = "example.back" if visitor.own().files() and visitor.own() != visitor.workspace else "example.own"
    with st.container(horizontal=True, vertical_alignment="center", key="example"):
        icon = f":material/{ICONS.get(one.trade, 'storefront')}:"
        st.badge(say("example.mark", lang), icon=icon, color="blue")
        st.markdown(say("example.invented", lang, name=one.name[lang]), width="content")
        st.button(
            say(back, lang), key="example.back", icon=":material/undo:", on_click=leave, args=(visitor,)
        )


def leave(visitor: Visitor) -> None:
    """Lay the owner's own files on the desk; an example that still takes their place is put away."""
    if demo.loaded(visitor.home):
        demo.clear(visitor.home)
    visitor.look_at(visitor.own())
    address.write(visitor)
