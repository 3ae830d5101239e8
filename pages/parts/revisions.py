"""Lists what newer files revised: a sentence each while they are few, else a table."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from kpi.model.reading import Issue
from kpi.report.numbers import change
from kpi.report.words import say
from kpi.report.words.say import issue_sentence
from kpi.report.words.tell import UNKNOWN, number, told
from pages.parts.escape import plain

_FEW = 3


def listed(issues: Sequence[Issue], lang: str) -> None:
    """Draw the revised figures, those of most rows first."""
    if not issues:
        return
    ordered = sorted(issues, key=lambda issue: -int(str(issue.facts["n"])))
    if len(ordered) <= _FEW:
        st.markdown("\n".join(f"- {plain(issue_sentence(issue, lang))}" for issue in ordered))
        return
    text = say("revised.many", lang, n=len(ordered))
    with st.expander(text, icon=":material/update:"):
        right = st.column_config.TextColumn(alignment="right")
        rows, size = say("revised.rows", lang), say("revised.change", lang)
        st.dataframe(
            {
                say("revised.figure", lang): [told("field", one.facts["field"], lang) for one in ordered],
                rows: [told("n", one.facts["n"], lang) for one in ordered],
                size: [_change(one.facts["change"], lang) for one in ordered],
                say("revised.kept", lang): [str(one.facts["kept"]) for one in ordered],
                say("revised.file", lang): [str(one.facts["file"]) for one in ordered],
            },
            hide_index=True,
            column_config={rows: right, size: right},
            alt=text,
        )


def _change(percent: object, lang: str) -> str:
    """Return a change in percent with its sign; a dash where the earlier sum was 0."""
    if not isinstance(percent, float):
        return UNKNOWN
    return change(100 + percent, 100, "people", lang) or number(0, lang)
