"""Targets that an uploaded sheet offers: old and new side by side, one click to take them over, one back."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime

import streamlit as st

from kpi.catalog.loader import kpis
from kpi.model.reading import Reading
from kpi.model.target import Target
from kpi.report.numbers import shown
from kpi.report.words import say
from kpi.report.words.tell import UNKNOWN, listed, told
from kpi.workspace import takeover
from pages.parts.session import Visitor


def offer(visitor: Visitor, readings: Iterable[Reading]) -> None:
    """Draw what the sheets would change, and the way back from the last change."""
    lang, kept = visitor.lang, visitor.workspace
    tables = [table for reading in readings for table in reading.tables]
    today = datetime.now(UTC).date()
    wanted = takeover.changes(tables, kept.targets(), today)
    if wanted:
        with st.container(border=True):
            st.markdown(f"**{say('targets.offer', lang, n=len(wanted))}**")
            st.dataframe(
                _rows(visitor, wanted), hide_index=True, alt=say("targets.offer", lang, n=len(wanted))
            )
            st.button(
                say("targets.take", lang, n=len(wanted)),
                key="data.targets_take",
                type="primary",
                icon=":material/flag:",
                on_click=takeover.take,
                args=(kept, wanted, today),
            )
    elif count := takeover.taken(kept):
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(f":material/flag: {say('targets.taken', lang, n=count)}", width="content")
            st.button(
                say("data.undo", lang),
                key="data.targets_undo",
                icon=":material/undo:",
                on_click=takeover.undo,
                args=(kept,),
            )


def _rows(visitor: Visitor, wanted: Sequence[takeover.Change]) -> dict[str, list[str]]:
    lang = visitor.lang
    return {
        say("targets.kpi", lang): [told("kpi", change.new.kpi, lang) for change in wanted],
        say("targets.now", lang): [
            listed((_value(visitor, target) for target in change.old), lang) if change.old else UNKNOWN
            for change in wanted
        ],
        say("targets.new", lang): [_value(visitor, change.new) for change in wanted],
    }


def _value(visitor: Visitor, target: Target) -> str:
    """Return a target with its unit; one of another way of counting in the unit of that."""
    kpi = kpis()[target.kpi]
    units = [variant.unit for variant in kpi.variants if variant.id == target.variant]
    unit = (units[0] if units else None) or kpi.unit
    return shown(target.value, unit, visitor.workspace.owner().currency, visitor.lang)
