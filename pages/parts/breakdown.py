"""One KPI by network and by format side by side: who is ahead, if anybody, drawn and as a table."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from kpi.judge.breakdown import Part
from kpi.model.reading import Reason
from kpi.model.verdict import Verdict
from kpi.report import breakdown
from kpi.report.charts import PART_ROW
from kpi.report.charts import parts as spec_of
from kpi.report.numbers import shown
from kpi.report.words import say
from pages.parts import charts, table
from pages.parts.desk import Desk
from pages.parts.escape import plain


def draw(laid: Desk, verdict: Verdict, screen: str) -> None:
    """Draw both; nothing where there are no two networks or formats to compare."""
    found = laid.breakdown(verdict)
    if not (found.networks or found.formats):
        return
    lang = laid.visitor.lang
    st.header(say("parts.title", lang, name=verdict.kpi.words(lang).name), anchor=False)
    panels = sum(bool(parts) for parts in (found.networks, found.formats))
    with st.grid(panels, min_column_width=320, key=f"{screen}.parts"):
        if found.networks:
            with st.container(border=True, height="stretch", key=f"{screen}.by_network"):
                st.subheader(say("parts.networks", lang), anchor=False)
                _panel(verdict, found.networks, found.unlike, "network", lang)
        if found.formats:
            with st.container(border=True, height="stretch", key=f"{screen}.by_format"):
                st.subheader(say("parts.formats", lang), anchor=False)
                _panel(verdict, found.formats, found.unlike, "format", lang)


def _panel(verdict: Verdict, parts: Sequence[Part], unlike: Reason | None, kind: str, lang: str) -> None:
    """Draw the parts of one kind: the finding, the picture, what its line means, and the table."""
    said = breakdown.finding(parts, unlike, kind, lang)
    st.markdown(plain(said))
    rows = breakdown.rows(verdict, parts, kind, lang)
    spec = spec_of(lang, charts.mode(), charts.signs(verdict, lang)) | {"height": PART_ROW * len(rows)}
    alt = " ".join(f"{row['name']}.".replace("\n", ": ") for row in rows)
    charts.draw(rows, spec, f"parts.{kind}_{verdict.kpi.id}", alt)
    if rows[0]["whole"] is not None:
        value = shown(verdict.value, verdict.unit, verdict.currency, lang)
        st.caption(plain(say("parts.whole", lang, value=value)))
    columns = breakdown.table(parts, kind, lang)
    numbers = {say("chart.value", lang), say("parts.range", lang), say("parts.counted", lang)}
    table.twin(columns, numbers, lang, f"parts.table_{kind}")
