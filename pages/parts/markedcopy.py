"""The owner's own workbook to take away, with every flaw and every row set aside marked in it."""

from __future__ import annotations

from pathlib import PurePath

import streamlit as st

from kpi.model.reading import Reading
from kpi.report.words import say, sentence
from kpi.workspace import Given
from pages.parts import cache, desk
from pages.parts.escape import plain
from pages.parts.session import Visitor

_MIME = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def offer(visitor: Visitor, given: Given, reading: Reading) -> None:
    """Draw the button that makes the copy, and once it is made the one that takes it away."""
    flawed = any(issue.row or issue.heading for issue in reading.issues)
    if not flawed and not any(table.aside for table in reading.tables):
        return
    lang, one = visitor.lang, given.digest[:12]
    place = st.empty()
    pressed = place.button(
        say("copy.make", lang),
        key=f"data.copy_{one}",
        icon=":material/format_paint:",
        help=say("copy.why", lang),
    )
    if not pressed:
        return
    with place, st.spinner(say("copy.making", lang)):
        made = cache.marked(given.digest, given.name, desk.answers(visitor, given), lang, visitor.workspace)
    if isinstance(made, Reading):
        why = sentence(made.reason, lang) if made.reason else ""
        place.error(plain(say("copy.failed", lang, why=why)))
        return
    place.download_button(
        say("copy.take", lang),
        made,
        file_name=say("copy.name", lang, file=PurePath(given.name).stem) + ".xlsx",
        mime=_MIME,
        icon=":material/download:",
        on_click="ignore",
        key=f"data.take_copy_{one}",
    )
