"""The shell around every screen: brand, steps, language switch, and the boundary for what goes wrong."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from secrets import token_hex

import streamlit as st

from kpi.errors import KpiError
from kpi.report.words import LANGS, say, sentence
from pages.parts import address, ahead, businesses, example
from pages.parts.escape import plain
from pages.parts.session import Visitor, language_now, session
from pages.parts.steps import draw, link, onward, script, steps

__all__ = ["apologise", "run", "script"]

log = logging.getLogger(__name__)


def run(screens: Sequence[str], beside: Sequence[str]) -> None:
    """Show the shell and the screen that the address asks for.

    The first of the `screens` is the front door, the others are steps; those `beside` are no steps, and
    only the first of them has a place in the shell.
    """
    visitor = session()
    address.speak_as_asked(visitor)
    brand = say("shell.brand", visitor.lang)
    titles = {name: say(f"shell.{name}", visitor.lang) for name in (*screens, *beside)}
    pages = [
        st.Page(script(name), title=f"{title} · {brand}", url_path=name, default=name == screens[0])
        for name, title in titles.items()
    ]
    st.set_page_config(layout="wide")  # the sign stands in the page: given here it would load numpy
    page = st.navigation(pages, position="hidden")
    nowhere = businesses.follow(visitor, page.url_path)
    address.follow(visitor, page.url_path)
    visitor.wrong += nowhere
    names = {name: titles[name] for name in screens[1:]}
    with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
        st.page_link(script(screens[0]), label=f"**{brand}**", icon=":material/traffic:")
        with st.container(horizontal=True, width="content", vertical_alignment="center"):
            businesses.switch(visitor)
            link(visitor, beside[0], titles[beside[0]], icon=":material/menu_book:")
            _language_switch(visitor)
    row = st.container(key=f"lang_{visitor.lang}").empty()
    given = steps(visitor, names)
    draw(row, given, visitor)
    example.line(visitor)
    remark = st.empty()
    while visitor.untold:
        st.toast(visitor.untold.pop(0), icon=":material/check:")
    page.run()
    now = steps(visitor, names)
    if now != given:  # the screen has just taken in a file or a goal
        draw(row, now, visitor)
    if visitor.wrong and page.url_path in address.LOOKING:
        remark.info(plain(address.in_vain(visitor)), icon=":material/link_off:")
    onward(visitor, now, page.url_path)
    ahead.screens()


def apologise(error: Exception) -> bool:
    """Log what nobody expected under a number and show it; an error of ours says itself what it is."""
    number, lang = token_hex(4), language_now()
    log.error("error %s", number, exc_info=error)
    what = sentence(error, lang) if isinstance(error, KpiError) else say("shell.broken", lang, id=number)
    st.error(plain(what))
    return True


def _language_switch(visitor: Visitor) -> None:
    """Draw a button for each other language, in that language's own word."""
    for lang in LANGS:
        if lang != visitor.lang:
            label = say("language", lang)
            st.button(
                label,
                key=f"shell.speak_{lang}",
                type="tertiary",
                icon=":material/language:",
                on_click=address.speak,
                args=(visitor, lang),
            )
