"""Whose the files are: several accounts told, files handed to another business, one renamed or forgotten."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

import streamlit as st

from kpi.catalog.loader import networks
from kpi.facts.named import whose
from kpi.model.reading import Reading, Table
from kpi.report.words import say, say_n
from kpi.report.words.tell import listed, quoted
from kpi.workspace import Given
from kpi.workspace import businesses as book
from kpi.workspace.businesses import Business
from pages.parts import businesses, demo
from pages.parts.businesses import named
from pages.parts.escape import plain
from pages.parts.session import Visitor, held, picked, put

_LETTERS = 60


def section(visitor: Visitor, found: Sequence[tuple[Given, Reading]]) -> None:
    """Draw whose the files are, and where those of another business go; not of an example."""
    if demo.loaded(visitor.workspace):
        return
    lang, known = visitor.lang, book.businesses(visitor.home)
    several = _several((table for _, reading in found for table in reading.tables), lang)
    if several:
        st.header(say("business.whose", lang), anchor=False)
        st.markdown(say("business.several", lang, accounts=several))
    label = say("business.section", lang)
    opened = st.expander(label, icon=":material/storefront:", key="data.business", on_change="rerun")
    if opened.open:
        with opened:
            _form(visitor, found, known)
            _this(visitor, known)


def together(visitor: Visitor, tables: Iterable[Table]) -> None:
    """Say that several accounts of one network are looked at together; not of an example."""
    several = "" if demo.loaded(visitor.workspace) else _several(tables, visitor.lang)
    if several:
        said = say("business.together", visitor.lang, accounts=several)
        st.caption(f":material/storefront: {said}")


def _several(tables: Iterable[Table], lang: str) -> str:
    """Return the accounts of networks of which the files have several; empty where there is none."""
    found: dict[str, dict[str, str]] = defaultdict(dict)
    for table in tables:
        if table.network in networks() and (its := whose(table)):
            found[table.network or ""].setdefault(its[0].removeprefix("@").casefold(), its[0])
    parts = []
    for network, names in found.items():
        if len(names) > 1:
            told = listed([quoted(plain(one), lang) for one in names.values()], lang)
            parts.append(f"{networks()[network].name(lang)}: {told}")
    return "; ".join(parts)


def _form(visitor: Visitor, found: Sequence[tuple[Given, Reading]], known: Sequence[Business]) -> None:
    """Draw the form in which files are given to another business, which may be a new one."""
    lang = visitor.lang
    others = {one.id: named(one, lang) for one in known if one.id != visitor.workspace.id}
    names = {given.digest: _label(given, reading) for given, reading in found}
    with st.form("data.business_form", border=False):
        st.markdown(say("business.lead", lang))
        if names:
            st.multiselect(
                say("business.files", lang),
                list(names),
                format_func=names.__getitem__,
                key="data.business_files",
                placeholder=say("business.files_hint", lang),
            )
        if others:
            st.selectbox(
                say("business.to", lang),
                ["", *others],
                format_func=lambda id_: others.get(id_) or say("business.new", lang),
                key="data.business_to",
                width=360,
            )
        st.text_input(say("business.name", lang), max_chars=_LETTERS, key="data.business_name", width=360)
        st.form_submit_button(
            say("business.go", lang),
            key="data.business_go",
            icon=":material/arrow_forward:",
            on_click=_give,
            args=(visitor,),
        )
    if held("data.business_lacking"):
        st.warning(say("business.nameless", lang))


def _give(visitor: Visitor) -> None:
    """Give the files to the business; a new one without files is opened at once, to be filled."""
    files, to = held("data.business_files") or [], held("data.business_to") or ""
    name = (picked("data.business_name") or "").strip()
    put("data.business_lacking", not (to or name))
    if not (to or name):
        return
    if not to:
        to = businesses.begin(visitor, name)
    if not files:
        businesses.lay(visitor, to)
        return
    there = next(one for one in book.businesses(visitor.home) if one.id == to)
    book.move(files, visitor.workspace, visitor.home.beside(to))
    visitor.removed = None
    told = plain(named(there, visitor.lang))
    visitor.untold.append(say_n("business.moved", len(files), visitor.lang, name=told))


def _this(visitor: Visitor, known: Sequence[Business]) -> None:
    """Draw the name of the business on the desk, and how it is forgotten for good."""
    lang = visitor.lang
    now = next((one for one in known if one.id == visitor.workspace.id), None)
    if now is None:
        return
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.text_input(
            say("business.rename", lang),
            value=now.name,
            max_chars=_LETTERS,
            placeholder=say("business.unnamed", lang),
            key=f"data.business_rename_{now.id}",
            width=360,
            on_change=_rename,
            args=(visitor, now.id),
        )
        with st.popover(say("business.forget", lang), type="tertiary", icon=":material/delete_forever:"):
            st.markdown(say("business.forget_what", lang, name=plain(named(now, lang))))
            st.button(
                say("business.forget_yes", lang),
                key="data.business_forget",
                icon=":material/delete_forever:",
                on_click=_forget,
                args=(visitor, now),
            )


def _rename(visitor: Visitor, id_: str) -> None:
    book.rename(visitor.home, id_, (picked(f"data.business_rename_{id_}") or "").strip())


def _forget(visitor: Visitor, gone: Business) -> None:
    """Forget a business; the desk is then the first one's, in the same language as before."""
    visitor.untold.append(say("business.forgotten", visitor.lang, name=plain(named(gone, visitor.lang))))
    book.forget(visitor.home, gone.id)
    visitor.speak(visitor.lang)
    businesses.lay(visitor, visitor.home.id)


def _label(given: Given, reading: Reading) -> str:
    """Return a file by its name and the account it is of."""
    its = [name for table in reading.tables for name in whose(table)[:1]]
    return f"{given.name} · {its[0]}" if its else given.name
