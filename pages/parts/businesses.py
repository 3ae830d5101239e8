"""Several businesses, or clients: which one lies on the desk, its place in the address, and the switch."""

from __future__ import annotations

import streamlit as st

from kpi.report.words import say
from kpi.workspace import businesses as book
from kpi.workspace.businesses import Business
from pages.parts import demo
from pages.parts.escape import plain
from pages.parts.session import Visitor, Wrong

_NAME = "business"  # in the address
_TWO = 2


def follow(visitor: Visitor, screen: str) -> tuple[Wrong, ...]:
    """Lay the business of the address on the desk, and write there which one it is, on coming to a screen.

    Nothing is written where there is only one, or an example lies on the desk; nor on going back to an
    address that did not name it, which would lead forward again for ever. Returns what is asked for in vain.
    """
    known = {one.id for one in book.businesses(visitor.home)}
    asked = st.query_params.get(_NAME)
    if visitor.workspace.id not in known and not demo.loaded(visitor.workspace):
        visitor.look_at(visitor.home)  # it was forgotten elsewhere
    if asked in known and asked != visitor.workspace.id:
        visitor.look_at(visitor.home.beside(asked))
    now = visitor.workspace.id
    wanted = now if now in known and (len(known) > 1 or asked) else None
    if wanted and wanted != asked and (asked or screen != visitor.screen):
        st.query_params[_NAME] = wanted
    elif asked and not wanted:
        del st.query_params[_NAME]
    return (Wrong("business", asked),) if asked and asked not in known else ()


def switch(visitor: Visitor) -> None:
    """Draw the name of the business on the desk, behind it the others; nothing where there is only one."""
    found = book.businesses(visitor.home)
    now = next((one for one in found if one.id == visitor.workspace.id), None)
    if len(found) < _TWO or now is None:
        return
    label = plain(named(now, visitor.lang))
    with st.popover(label, type="tertiary", icon=":material/storefront:", key=f"shell.on_{now.id}"):
        st.caption(say("business.switch", visitor.lang))
        for one in found:
            st.button(
                plain(named(one, visitor.lang)),
                key=f"shell.business_{one.id}",
                icon=":material/check:" if one == now else ":material/storefront:",
                disabled=one == now,
                width="stretch",
                on_click=lay,
                args=(visitor, one.id),
            )


def name(visitor: Visitor) -> str:
    """Return the name of the business on the desk; empty where it is the only one, or an example."""
    found = book.businesses(visitor.home)
    now = next((one for one in found if one.id == visitor.workspace.id), None)
    return named(now, visitor.lang) if now and (now.name or len(found) > 1) else ""


def asked() -> dict[str, str]:
    """Return what a link has to carry so that it leads to the same business; nothing where there is one."""
    return {_NAME: st.query_params[_NAME]} if _NAME in st.query_params else {}


def begin(visitor: Visitor, its_name: str) -> str:
    """Return the id of a new business; from then on the address says which one lies on the desk."""
    st.query_params[_NAME] = visitor.workspace.id
    return book.begin(visitor.home, its_name).id


def lay(visitor: Visitor, id_: str) -> None:
    """Lay a business on the desk; in the address, too, which would else lead back to the one before."""
    visitor.look_at(visitor.home.beside(id_))
    st.query_params.clear()
    if len(book.businesses(visitor.home)) > 1:
        st.query_params[_NAME] = id_


def named(one: Business, lang: str) -> str:
    """Return what a business is called, also where nobody has named it."""
    return one.name or say("business.unnamed", lang)
