"""What was made right at once, and what can be: said on a file's card, with the way there and back."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

import streamlit as st

from kpi.model.owner import FileAnswers
from kpi.model.reading import Issue, Reading
from kpi.report.words import say
from kpi.report.words.tell import listed, quoted
from kpi.workspace import Given
from pages.parts.escape import plain
from pages.parts.session import Visitor

TOLD = frozenset(
    {"repaired_quotes", "text_numbers", "text_numbers_left", "hidden_sheet", "hidden_sheet_read"}
)
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
    _texts(visitor, given, reading, said)
    _hidden(visitor, given, reading, said)


def _texts(visitor: Visitor, given: Given, reading: Reading, said: FileAnswers) -> None:
    """Draw how many numbers a workbook stores as texts, and in which columns."""
    lang = visitor.lang
    typed = [issue for issue in reading.issues if issue.key.startswith("text_numbers")]
    if not typed:
        return
    made = any(issue.key == "text_numbers" for issue in typed)
    headings = listed(_by_heading(typed, lang), lang)
    text = say("repair.texts" if made else "repair.texts_left", lang, n=_sum(typed), headings=headings)
    button = say("repair.leave_texts" if made else "repair.read_texts", lang)
    _offer(visitor, given, text, button, replace(said, keep_texts=made), name="texts")


def _hidden(visitor: Visitor, given: Given, reading: Reading, said: FileAnswers) -> None:
    """Draw which sheets the workbook hides, and whether they are read."""
    lang, found = visitor.lang, {issue.key for issue in reading.issues}
    hidden = sorted(
        {quoted(plain(i.sheet or ""), lang) for i in reading.issues if i.key.startswith("hidden_sheet")}
    )
    if hidden:
        left = "hidden_sheet" in found
        text = say(
            "repair.hidden" if left else "repair.hidden_read",
            lang,
            n=len(hidden),
            sheets=listed(hidden, lang),
        )
        button = say("repair.read_hidden" if left else "repair.leave_hidden", lang)
        _offer(visitor, given, text, button, replace(said, hidden_sheets=left), name="hidden")


def _sum(issues: Iterable[Issue]) -> int:
    return sum(int(str(issue.facts["n"])) for issue in issues)


def _by_heading(issues: Sequence[Issue], lang: str) -> list[str]:
    """Return the headings, each with how many of its figures are stored as texts."""
    headings = dict.fromkeys(issue.heading or "" for issue in issues)
    counted = {one: _sum(issue for issue in issues if issue.heading == one) for one in headings}
    return [f"{quoted(plain(one), lang)} ({count})" for one, count in counted.items()]


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
