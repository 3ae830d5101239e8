"""Which exports are known by their headings, and the click path to each: folded until somebody asks."""

from __future__ import annotations

import streamlit as st

from kpi.catalog.loader import sources
from kpi.report.words import say
from pages.parts.mapping import TABLES
from pages.parts.session import Visitor

_OURS = "template_"  # has a download button beside it


def exports(visitor: Visitor) -> None:
    """Draw the list; exports that hold nothing of use are known too, and are left out of it."""
    lang = visitor.lang
    told = sorted(
        (one.words(lang).name, say(TABLES[one.kind], lang), one.words(lang).get)
        for one in sources().values()
        if one.kind and not one.id.startswith(_OURS)
    )
    with st.expander(say("known.title", lang, n=len(told)), icon=":material/list:"):
        st.caption(say("known.others", lang))
        names = ("known.export", "known.tells", "known.get")
        columns = zip(*told, strict=True)
        st.dataframe(
            {say(name, lang): column for name, column in zip(names, columns, strict=True)},
            hide_index=True,
            key="data.known",
        )
