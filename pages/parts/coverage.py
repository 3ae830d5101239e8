"""Draws which weeks of which source are there, and names the biggest gap."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta
from itertools import groupby
from typing import Any

import streamlit as st

from kpi.catalog.loader import fields, networks, sources
from kpi.facts.coverage import Line, State, biggest_gap, whole_span
from kpi.model.period import Period
from kpi.report import charts
from kpi.report.words import say
from kpi.report.words.tell import day, number, period
from pages.parts.escape import plain

_LONG = 200  # days from which the axis names the years
_FEW = 6  # gaps named in a row of the table


def picture(lines: Sequence[Line], lang: str) -> None:
    """Draw the weeks of every source between the first and the last day of everything."""
    whole = whole_span(lines)
    if whole is None:
        return
    st.header(say("data.coverage", lang), anchor=False)
    st.markdown(plain(finding(lines, whole, lang)))
    import pyarrow as pa

    rows = [row for place, line in enumerate(lines) for row in _runs(line, place, whole, lang)]
    mode = "dark" if st.context.theme.type == "dark" else "light"
    spec = charts.coverage(lang, mode, long=whole.days > _LONG)
    alt = say("coverage.alt", lang, first=day(whole.first, lang), last=day(whole.last, lang), n=len(lines))
    st.vega_lite_chart(
        pa.table({column: [row[column] for row in rows] for column in rows[0]}),
        spec | {"height": charts.COVERAGE_ROW * len(lines)},
        key="data.coverage",
        alt=alt,
    )
    st.caption(say("coverage.legend", lang))
    with st.expander(say("coverage.as_table", lang), icon=":material/table_rows:"):
        st.dataframe(_table(lines, whole, lang), hide_index=True, alt=alt)


def finding(lines: Sequence[Line], whole: Period, lang: str) -> str:
    """Return the sentence that names the biggest gap, or that there is none."""
    found = biggest_gap(lines)
    if found is None:
        return say("coverage.whole", lang, period=whole)
    line, gap = found
    return say("coverage.gap", lang, who=name(line, lang), period=gap)


def name(line: Line, lang: str) -> str:
    """Return a source in plain words: network, account, and what it counts."""
    source = sources()[line.source] if line.source else None
    if line.field and line.network:
        field = fields()[line.field]
        what = field.ru if lang == "ru" else field.en
    else:
        what = source.words(lang).name if source else say(f"table.{line.kind}", lang)
    told = source is not None and not line.field and source.network is not None
    network = [networks()[line.network].name(lang)] if line.network in networks() and not told else []
    return " · ".join([*network, *([line.account] if line.account else []), what])


def _runs(line: Line, place: int, whole: Period, lang: str) -> Iterator[dict[str, Any]]:
    """Yield the boxes of a source: weeks one after the other that are alike make one."""
    texts = {
        State.FULL: say("coverage.full", lang),
        State.PART: say("coverage.part", lang),
        State.MISSING: say("coverage.missing", lang),
    }
    title: str | None = name(line, lang)
    for state, some in groupby(line.weeks(whole), key=lambda week: week[1]):
        weeks = [week for week, _ in some]
        run = Period(weeks[0].first, weeks[-1].last)
        yield {
            "top": place,
            "name": title,
            "from": _moment(run.first),
            "to": _moment(run.last + timedelta(days=1)),
            "state": str(state),
            "state_text": texts[state],
            "when": period(run, lang),
        }
        title = None


def _moment(when: date) -> float:
    """Return the start of a day in milliseconds since 1970."""
    return datetime.combine(when, time(), UTC).timestamp() * 1000


def _table(lines: Sequence[Line], whole: Period, lang: str) -> dict[str, list[str]]:
    """Return the picture as columns of a table."""
    states = [[state for _, state in line.weeks(whole)] for line in lines]

    def counted(state: State) -> list[str]:
        return [number(some.count(state), lang) for some in states]

    return {
        say("coverage.source", lang): [name(line, lang) for line in lines],
        say("coverage.weeks_full", lang): counted(State.FULL),
        say("coverage.weeks_part", lang): counted(State.PART),
        say("coverage.weeks_missing", lang): counted(State.MISSING),
        say("coverage.gaps", lang): [_gaps(line.missing(whole), lang) for line in lines],
    }


def _gaps(gaps: Sequence[Period], lang: str) -> str:
    """Return the spans that are missing, the first few by name."""
    told = "; ".join(period(gap, lang) for gap in gaps[:_FEW])
    return f"{told} …" if len(gaps) > _FEW else told
