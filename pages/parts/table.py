"""A table of text in our own order: what a chart shows, written out in the reader's language."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

import streamlit as st

from kpi.report.words import say
from pages.parts.escape import plain

_HEAD, _ROW, _HIGHEST = 90, 46, 480  # pixels: a frame must be told how high it is


def twin(columns: Mapping[str, Sequence[str]], numbers: Collection[str], lang: str, key: str) -> None:
    """Draw a chart's table behind one click; the columns named in `numbers` stand to the right.

    Its figures are words already, so it cannot be sorted by a click: they would come in the order of letters.
    A table wider than a phone moves within its own frame, and the screen stands still.
    """
    opened = st.expander(say("table.open", lang), icon=":material/table:", key=key, on_change="rerun")
    if opened.open:
        rows = len(next(iter(columns.values()), ()))
        with opened, st.container(height=min(_HIGHEST, _HEAD + _ROW * rows), border=False):
            st.markdown(markdown(columns, numbers))


def markdown(columns: Mapping[str, Sequence[str]], numbers: Collection[str]) -> str:
    """Return columns of text as a table of Markdown, shown as they are written."""
    heads = [plain(name) for name in columns]
    rules = ["---:" if name in numbers else ":---" for name in columns]
    cells = [[plain(cell) for cell in row] for row in zip(*columns.values(), strict=True)]
    return "\n".join(f"| {' | '.join(line)} |" for line in (heads, rules, *cells))
