"""The shell around every screen: brand, steps, language switch, and the boundary for what goes wrong."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from pathlib import Path
from secrets import token_hex

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from kpi.errors import KpiError
from kpi.report.words import LANGS, say, sentence
from pages.parts import example
from pages.parts.escape import plain
from pages.parts.session import Visitor, language_now, session

_FAVICON = Path(__file__).parents[2] / "static" / "favicon.svg"

log = logging.getLogger(__name__)


def run(screens: Sequence[str], beside: Sequence[str]) -> None:
    """Show the shell and the screen that the address asks for.

    The first of the `screens` is the front door, the others are steps; those `beside` are no steps, and
    only the first of them has a place in the shell.
    """
    visitor = session()
    brand = say("shell.brand", visitor.lang)
    titles = {name: say(f"shell.{name}", visitor.lang) for name in (*screens, *beside)}
    pages = [
        st.Page(script(name), title=f"{title} · {brand}", url_path=name, default=name == screens[0])
        for name, title in titles.items()
    ]
    st.set_page_config(page_icon=_FAVICON, layout="wide")
    page = st.navigation(pages, position="hidden")
    steps = {name: titles[name] for name in screens[1:]}
    with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
        with st.container(horizontal=True, width="content", vertical_alignment="center"):
            st.page_link(script(screens[0]), label=f"**{brand}**", icon=":material/traffic:")
            st.page_link(script(beside[0]), label=titles[beside[0]], icon=":material/menu_book:")
            _language_switch(visitor)
        row = st.container(width="content", key=f"lang_{visitor.lang}").empty()
    done = _done(visitor)
    _stepper(row, steps, done)
    example.line(visitor)
    page.run()
    if _done(visitor) != done:  # the screen has just taken in a file or a goal
        _stepper(row, steps, _done(visitor))


def script(screen: str) -> str:
    """Return where the script of a screen lies, as `st.page_link` and `st.switch_page` want it."""
    return f"pages/screens/{screen}.py"


def apologise(error: Exception) -> bool:
    """Log what nobody expected under a number and show it; an error of ours says itself what it is."""
    number, lang = token_hex(4), language_now()
    log.error("error %s", number, exc_info=error)
    what = sentence(error, lang) if isinstance(error, KpiError) else say("shell.broken", lang, id=number)
    st.error(plain(what))
    return True


def _stepper(row: DeltaGenerator, steps: dict[str, str], done: frozenset[str]) -> None:
    """Draw the steps, numbered; a step that is done has its mark as text, so that it can be heard."""
    with row.container(horizontal=True, gap="xsmall", horizontal_alignment="left"):
        for number, (name, title) in enumerate(steps.items(), start=1):
            mark = "✓" if name in done else f"{number}."
            st.page_link(script(name), label=f"{mark} {title}")


def _done(visitor: Visitor) -> frozenset[str]:
    """Return the steps for which the owner has given what they ask for."""
    kept = visitor.workspace
    given = {"data": kept.files(), "goals": kept.goals(), "targets": kept.targets()}
    return frozenset(name for name, things in given.items() if things)


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
                on_click=visitor.speak,
                args=(lang,),
            )
