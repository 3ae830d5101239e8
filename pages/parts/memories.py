"""The own tables that are known by their headings: looked at, forgotten, taken away and brought in."""

from __future__ import annotations

import streamlit as st

from kpi.errors import WorkspaceError
from kpi.report.words import say, sentence
from kpi.report.words.tell import day, listed
from kpi.workspace import Memory
from kpi.workspace.portable import taken, written
from pages.parts.escape import plain
from pages.parts.mapping import TABLES
from pages.parts.session import Visitor

_FILE = "svetofor-mappings.json"
_HEADINGS = 4  # named of a table


def draw(visitor: Visitor) -> None:
    """Draw, behind a button, what was said of own tables so far."""
    lang, memories = visitor.lang, visitor.workspace.memories()
    label = say("memories.title", lang, n=len(memories)) if memories else say("memories.none", lang)
    with st.popover(label, icon=":material/history:", type="tertiary", key="data.memories"):
        st.caption(say("memories.what", lang))
        for memory in memories.values():
            _one(visitor, memory)
        if memories:
            st.download_button(
                say("memories.take", lang),
                written(memories.values()),
                file_name=_FILE,
                mime="application/json",
                icon=":material/download:",
                on_click="ignore",
                key="data.memories_take",
            )
        _bring(visitor)


def _one(visitor: Visitor, memory: Memory) -> None:
    lang, headings = visitor.lang, list(memory.said.mapping)
    wanted = [name for name in memory.said.mapping.values() if name]
    kind = say(TABLES[wanted[0].partition(".")[0]], lang) if wanted else say("card.own_sheet", lang)
    rest = "…" if len(headings) > _HEADINGS else ""
    told = [f"**{kind}**", plain(listed(headings[:_HEADINGS], lang)) + rest]
    told += [day(memory.on, lang)] if memory.on else []
    with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
        st.markdown(" · ".join(told), width="content")
        st.button(
            say("memories.forget", lang),
            key=f"data.forget_{memory.fingerprint}",
            type="tertiary",
            icon=":material/delete:",
            on_click=visitor.workspace.forget,
            args=(memory.fingerprint,),
        )


def _bring(visitor: Visitor) -> None:
    """Take in a file of mappings, or say what is wrong with it."""
    lang = visitor.lang
    file = st.file_uploader(say("memories.bring", lang), type="json", key=f"data.mappings_{visitor.intakes}")
    if file is None:
        return
    try:
        found = taken(file.getvalue())
    except WorkspaceError as why:
        st.error(plain(sentence(why, lang)))
        return
    for memory in found:
        visitor.workspace.remember(memory)
    visitor.intakes += 1
    st.toast(say("memories.brought", lang, n=len(found)))
    st.rerun()
