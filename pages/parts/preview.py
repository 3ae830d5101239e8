"""The first rows of a table as they are read: what the columns came to, in the reader's language."""

from __future__ import annotations

from datetime import date, datetime

import streamlit as st

from kpi.model.reading import Table
from kpi.report.words import say
from kpi.report.words.tell import UNKNOWN, day, number, told
from pages.parts import flaws

_ROWS = 5
_OURS = frozenset({"row", "offset", "customer", "person"})  # of people only a digest is kept


def draw(table: Table, lang: str) -> None:
    """Draw the first rows of a table with the plain names of its fields; what is unknown is a dash."""
    if table.data is None or not table.rows_used:
        return
    head = table.data.slice(0, _ROWS)
    shown = {
        told("field", f"{table.kind}.{name}", lang): [_cell(value, lang) for value in head[name].to_pylist()]
        for name in head.column_names
        if name not in _OURS
    }
    place = say("card.column_letter" if table.turned else "card.row_number", lang)
    shown = {place: [table.place(row) for row in head["row"].to_pylist()]} | shown
    said = say("preview.title", lang, used=flaws.used([table], lang))
    st.caption(said)
    st.dataframe(shown, hide_index=True, alt=said)


def _cell(value: object, lang: str) -> str:
    if value is None:
        return UNKNOWN
    if isinstance(value, datetime):
        clock = f", {value:%H:%M}" if value.hour or value.minute else ""
        return f"{day(value.date(), lang)}{clock}"
    if isinstance(value, date):
        return day(value, lang)
    return number(value, lang) if isinstance(value, int | float) else str(value)
