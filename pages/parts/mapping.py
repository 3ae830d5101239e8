"""The mapping screen: which column of an own spreadsheet is what; proposed, and confirmed by the owner."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

import streamlit as st

from kpi.catalog.loader import fields
from kpi.model.field import NUMERIC, Roll
from kpi.model.reading import Column, Table
from kpi.report.words import say
from kpi.report.words.tell import told
from kpi.workspace import Given
from pages.parts.escape import plain
from pages.parts.session import Visitor

TABLES = {
    "posts": "table.posts",
    "account": "table.account",
    "orders": "table.orders",
    "costs": "table.costs",
    "ads": "table.ads",
    "leads": "table.leads",
    "mentions": "table.mentions",
    "reviews": "table.reviews",
    "competitors": "table.competitors",
    "market": "table.market",
    "stories": "table.stories",
    "web": "table.web",
    "audience": "table.audience",
    "engagers": "table.engagers",
    "messages": "table.messages",
    "surveys": "table.surveys",
}
"""The tables that an own spreadsheet can be, the likeliest first."""
_SURE, _LIKELY = 0.9, 0.7
_LONGEST = 30
_MIDNIGHT = " 00:00:00"  # how a cell that holds a day alone writes itself


def screen(visitor: Visitor, given: Given, table: Table, one: str) -> None:
    """Draw the question what the columns of a table are; open while it waits, folded once answered."""
    if not any(column.heading for column in table.columns):
        return
    lang, waits = visitor.lang, table.kind is None
    label = say("mapping.title" if waits else "mapping.again", lang)
    with st.expander(label, expanded=waits, icon=":material/table_edit:"):
        st.markdown(say("mapping.why", lang))
        proposed = {column.heading: column.field or column.guess for column in table.columns}
        lacks = problem(proposed.values())
        if lacks:
            st.markdown(f":orange-badge[:material/priority_high:] {say(lacks, lang)}")
        options = _options(proposed.values())
        with st.form(f"data.mapping_{one}", border=False):
            chosen = {
                column.heading: _choose(column, proposed[column.heading], options, lang, f"{one}_{place}")
                for place, column in enumerate(table.columns)
                if column.heading
            }
            done = st.form_submit_button(
                say("mapping.confirm", lang), key=f"data.confirm_{one}", type="primary"
            )
        if done:
            _confirm(visitor, given, table, chosen)


def problem(chosen: Iterable[str | None]) -> str | None:
    """Return the key of the sentence that says what a mapping lacks; None for one that will do.

    It wants one table, each field once, a day or month, and a number.
    """
    wanted = [fields()[name] for name in chosen if name in fields()]
    if not any(field.roll in NUMERIC for field in wanted):
        return "mapping.no_number"
    if not any(field.roll is Roll.WHEN for field in wanted):
        return "mapping.no_date"
    if len({field.table for field in wanted}) > 1:
        return "mapping.two_tables"
    return "mapping.twice" if len(set(wanted)) < len(wanted) else None


def _confirm(visitor: Visitor, given: Given, table: Table, chosen: Mapping[str, str | None]) -> None:
    lacks = problem(chosen.values())
    if lacks is not None:
        st.error(say(lacks, visitor.lang))
        return
    said = visitor.workspace.answers(given.digest)
    visitor.workspace.keep_answers(given.digest, replace(said, mapping={**said.mapping, **chosen}))
    visitor.workspace.keep_mapping(table.fingerprint, chosen)
    st.rerun()


def _options(proposed: Iterable[str | None]) -> Sequence[str | None]:
    """Return what a column can be: not needed, then the fields by table, the proposed table first."""
    given = [name for name, field in fields().items() if field.given and field.table in TABLES]
    likeliest = Counter(name.partition(".")[0] for name in proposed if name).most_common(1)
    first = likeliest[0][0] if likeliest else "posts"
    order = [first, *(name for name in TABLES if name != first)]
    return [None, *sorted(given, key=lambda name: order.index(name.partition(".")[0]))]


def _choose(
    column: Column, proposed: str | None, options: Sequence[str | None], lang: str, one: str
) -> str | None:
    """Draw one column: its heading, five of its values, and what it is taken for."""
    theirs, ours = st.columns([2, 3], vertical_alignment="center")
    with theirs:
        st.markdown(f"**{plain(column.heading)}**")
        if column.samples:
            st.caption(
                " · ".join(plain(sample.removesuffix(_MIDNIGHT)[:_LONGEST]) for sample in column.samples)
            )
    with ours:
        chosen: str | None = st.selectbox(
            say("mapping.is", lang, heading=plain(column.heading)),
            options,
            index=options.index(proposed) if proposed in options else 0,
            format_func=lambda name: _named(name, lang),
            label_visibility="collapsed",
            key=f"data.map_{one}",
        )
        if column.guess:
            st.caption(say(_certainty(column.certainty), lang))
    return chosen


def _named(name: str | None, lang: str) -> str:
    if name is None:
        return say("mapping.none", lang)
    return f"{say(TABLES[name.partition('.')[0]], lang)}: {told('field', name, lang)}"


def _certainty(certainty: float) -> str:
    if certainty >= _SURE:
        return "mapping.sure"
    return "mapping.likely" if certainty >= _LIKELY else "mapping.guess"
