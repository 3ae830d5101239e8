"""Draws a contractor check: the lights, what explains a difference, and the rows of both sides."""

from __future__ import annotations

import streamlit as st

from kpi.insight.audit.figure import Audit, Line, Match
from kpi.report import audit as words
from kpi.report.remarks import told
from kpi.report.words import say
from kpi.report.words.tell import listed, quoted
from pages.parts import howto
from pages.parts.escape import plain
from pages.parts.shell import script

_BADGES = {
    Match.AGREES: ("green", ":material/check_circle:"),
    Match.DIFFERS: ("orange", ":material/difference:"),
    Match.UNTOLD: ("gray", ":material/help:"),
}


def summary(found: Audit, lang: str) -> None:
    """Draw every line in one row of a table: its light, how many figures agree, by how much it is off."""
    right = st.column_config.TextColumn(alignment="right")
    st.dataframe(
        words.summary(found, lang),
        hide_index=True,
        key="audit.summary",
        height="content",
        column_config={say("audit.difference", lang): right, say("audit.agree", lang): right},
        alt=say("audit.summary", lang),
    )
    if found.skipped:
        names = listed([quoted(one, lang) for one in dict.fromkeys(found.skipped)], lang)
        st.caption(plain(say("audit.skipped", lang, headings=names)))


def differences(found: Audit, lang: str) -> None:
    """Draw the lines that differ, those that are explained first; then those that nothing explains."""
    odd = [
        (place, line) for place, line in enumerate(found.lines) if line.causes or line.match is Match.DIFFERS
    ]
    if not odd:
        return
    st.header(say("audit.why", lang), anchor=False)
    for place, line in sorted(odd, key=lambda one: (not one[1].causes, one[0])):
        with st.container(border=True, gap="xsmall"):
            _title(line, lang)
            st.markdown(plain(words.whole(line, lang)))
            for cause in line.causes:
                st.markdown(f"**{plain(words.cause(cause, lang))}**")
                if cause.trace:
                    rows = st.popover(
                        say("noteworthy.rows", lang),
                        type="tertiary",
                        icon=":material/table_rows:",
                        key=f"audit.cause_{place}",
                        on_change="rerun",
                    )
                    if rows.open:
                        with rows:
                            howto.sources(cause.trace, f"audit.cause_rows_{place}", lang)
            if not line.causes:
                st.caption(say("audit.unexplained", lang))


def jumps(found: Audit, lang: str) -> None:
    """Draw odd jumps of followers in the native files, with their rows."""
    if not found.jumps:
        return
    st.header(say("audit.jumps", lang), anchor=False)
    for place, one in enumerate(found.jumps):
        with st.container(border=True, gap="xsmall"):
            st.markdown(plain(told(one, lang)))
            howto.sources(one.trace, f"audit.jump_{place}", lang)


def lines(found: Audit, lang: str) -> None:
    """Draw every figure of every line behind a click, with the rows of both sides."""
    st.header(say("audit.lines", lang), anchor=False)
    for place, line in enumerate(found.lines):
        title = f"{words.badge(line.match, lang)} · {words.name(line, lang)}"
        opened = st.expander(plain(title), key=f"audit.line_{place}", on_change="rerun")
        if opened.open:
            with opened:
                _figures(line, place, lang)


def _figures(line: Line, place: int, lang: str) -> None:
    """Draw the figures of a line and where both sides came from; a rate stands on its KPI."""
    st.markdown(plain(words.whole(line, lang)))
    columns, right = words.rows(line, lang), st.column_config.TextColumn(alignment="right")
    st.dataframe(
        columns,
        hide_index=True,
        key=f"audit.figures_{place}",
        column_config=dict.fromkeys(list(columns)[1:5], right),
    )
    if line.kpi:
        file = plain(line.reported[0].file)
        st.caption(say("audit.side_rate", lang, heading=plain(quoted(line.heading, lang)), file=file))
        label, way = say("audit.rate_ours", lang), {"id": line.kpi}
        st.page_link(script("kpi"), label=label, icon=":material/arrow_forward:", query_params=way)
        return
    st.caption(say("audit.side_reported", lang))
    howto.sources(line.reported, f"audit.reported_{place}", lang)
    if line.native:
        st.caption(say("audit.side_native", lang))
        howto.sources(line.native, f"audit.native_{place}", lang)


def _title(line: Line, lang: str) -> None:
    colour, icon = _BADGES[line.match]
    with st.container(horizontal=True, gap="small", vertical_alignment="center"):
        st.badge(say(f"audit.match_{line.match.value}", lang), icon=icon, color=colour)  # type: ignore[arg-type]
        st.markdown(f"**{plain(words.name(line, lang))}**", width="content")
