"""What was made right at once, and what can be: said on a file's card, with the way there and back."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from kpi.model.owner import FileAnswers
from kpi.model.reading import Reading
from kpi.report.words import say
from kpi.report.words.tell import listed
from kpi.workspace import Given
from pages.parts.escape import plain
from pages.parts.session import Visitor

TOLD = frozenset({"repaired_quotes", "hidden_sheet", "hidden_sheet_read"})
"""The issues that are told here."""


def draw(visitor: Visitor, given: Given, reading: Reading) -> None:
    """Draw the repairs of a file, each with a button that undoes it or makes it."""
    lang, said = visitor.lang, visitor.workspace.answers(given.digest)
    found = {issue.key for issue in reading.issues}
    if "repaired_quotes" in found or said.keep_quoted:
        made = "repaired_quotes" in found
        text = say("issue.repaired_quotes" if made else "card.kept_quoted", lang)
        button = say("repair.undo" if made else "card.repair", lang)
        _offer(visitor, given, text, button, replace(said, keep_quoted=made), name="quotes")
    hidden = sorted({plain(i.sheet or "") for i in reading.issues if i.key.startswith("hidden_sheet")})
    if hidden:
        left = "hidden_sheet" in found
        key = "repair.hidden" if left else "repair.hidden_read"
        text = say(key, lang, n=len(hidden), sheets=listed(hidden, lang))
        button = say("repair.read_hidden" if left else "repair.leave_hidden", lang)
        _offer(visitor, given, text, button, replace(said, hidden_sheets=left), name="hidden")


def _offer(
    visitor: Visitor, given: Given, text: str, button: str, answers: FileAnswers, *, name: str
) -> None:
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(f":material/build: {text}", width="content")
        st.button(
            button,
            key=f"data.{name}_{given.digest[:12]}",
            on_click=visitor.workspace.keep_answers,
            args=(given.digest, answers),
        )
