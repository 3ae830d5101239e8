"""The form in which an action is taken on or changed: what, how, from when until when, and by whom."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

import streamlit as st

from kpi.model.taken import Taken
from kpi.report.words import say
from kpi.workspace import taken as log
from pages.parts.session import Visitor, picked

_DATES = {"ru": "DD.MM.YYYY", "en": "YYYY/MM/DD"}
_TITLE, _HOW, _WHO = 120, 800, 60  # letters at most


def opener(
    visitor: Visitor, label: str, draft: Taken, key: str, figures: Mapping[str, str] | None = None
) -> None:
    """Draw a button behind which the form of a draft lies; `figures` are the KPIs to choose among by id."""
    opened = st.popover(label, key=f"{key}.open", on_change="rerun")
    if opened.open:
        with opened:
            _form(visitor, draft, key, figures)


def _form(visitor: Visitor, draft: Taken, key: str, figures: Mapping[str, str] | None) -> None:
    lang = visitor.lang
    with st.form(f"{key}.form", border=False):
        if figures:
            st.selectbox(
                say("action.kpi", lang), list(figures), format_func=figures.__getitem__, key=f"{key}.kpi"
            )
        st.text_input(say("action.title", lang), draft.title, max_chars=_TITLE, key=f"{key}.title")
        st.text_area(say("action.how", lang), draft.how, max_chars=_HOW, key=f"{key}.how")
        with st.container(horizontal=True):
            st.date_input(say("action.first", lang), draft.first, format=_DATES[lang], key=f"{key}.first")
            st.date_input(say("action.last", lang), draft.last, format=_DATES[lang], key=f"{key}.last")
        st.text_input(say("action.who", lang), draft.who, max_chars=_WHO, key=f"{key}.who")
        pressed = st.form_submit_button(
            say("action.keep", lang),
            type="primary",
            key=f"{key}.keep",
            on_click=_keep,
            args=(visitor, draft, key),
        )
    flaw = _flaw(key) if pressed else None
    if flaw is not None:
        st.error(say(flaw, lang))


def _keep(visitor: Visitor, draft: Taken, key: str) -> None:
    """Keep what was written; nothing where it makes no sense."""
    if _flaw(key) is None:
        log.take(visitor.workspace, _written(draft, key))


def _written(draft: Taken, key: str) -> Taken:
    chosen = picked(f"{key}.kpi") if not draft.kpi else draft.kpi
    return replace(
        draft,
        kpi=chosen,
        title=picked(f"{key}.title").strip(),
        how=picked(f"{key}.how").strip(),
        first=picked(f"{key}.first"),
        last=picked(f"{key}.last"),
        who=picked(f"{key}.who").strip(),
    )


def _flaw(key: str) -> str | None:
    """Return the key of what is wrong with what was written, if anything."""
    first: date | None = picked(f"{key}.first")
    last: date | None = picked(f"{key}.last")
    if not picked(f"{key}.title").strip() or first is None:
        return "action.untitled"
    return "action.backwards" if last is not None and last < first else None
