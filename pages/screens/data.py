"""Data: the files that the owner gave, one card each, and the five answers about the business."""

from __future__ import annotations

import streamlit as st

from kpi.model.period import Period
from kpi.model.reading import Reading
from kpi.report.words import say
from kpi.report.words.tell import period
from kpi.workspace import Given
from pages.parts import (
    answers,
    coverage,
    desk,
    filecard,
    flaws,
    known,
    memories,
    questions,
    rates,
    revisions,
    rivals,
    targets,
    template,
    upload,
    whose,
)
from pages.parts.escape import plain
from pages.parts.session import Visitor, session
from pages.parts.shell import script


def _read(visitor: Visitor) -> list[tuple[Given, Reading]]:
    """Return every file, read; whatever takes longer than a moment says which file it is at."""
    found = []
    files = visitor.workspace.files()
    for place, given in enumerate(files, start=1):
        text = say("data.reading", visitor.lang, file=plain(given.name), n=place, all=len(files))
        with st.spinner(text):
            found.append((given, desk.read(visitor, given)))
    return found


def _caption(readings: list[Reading], lang: str) -> str:
    """Return the days, the rows and the files in one line."""
    tables = [table for reading in readings for table in reading.tables]
    days = [day for table in tables for day in (table.first, table.last) if day]
    parts = [period(Period(min(days), max(days)), lang)] if days else []
    known = [table for table in tables if table.kind or table.source]
    parts += [flaws.used(known, lang)] if known else []
    if aside := sum(len(table.aside) for table in tables):
        turned = all(table.turned for table in tables if table.aside)
        parts.append(say("columns.aside" if turned else "rows.aside", lang, n=aside))
    return " · ".join([*parts, say("files.count", lang, n=len(readings))])


def _together(visitor: Visitor) -> None:
    """Say what was left out because another file tells it already."""
    facts = desk.lay(visitor).cube.facts
    if facts.issues or facts.disputes:
        st.header(say("data.together", visitor.lang), anchor=False)
        rivals.asked(visitor, facts.disputes)
        flaws.grouped((issue for issue in facts.issues if issue.key != "revised"), visitor.lang)
        revisions.listed([issue for issue in facts.issues if issue.key == "revised"], visitor.lang)
    coverage.picture(desk.lay(visitor).cube.facts.coverage, visitor.lang)


visitor = session()
title, caption = st.empty(), st.empty()
title.title(say("data.title", visitor.lang), anchor=False)
if upload.door(visitor, "data"):
    st.rerun()
upload.removed(visitor)
found = desk.asking(visitor, _read(visitor))
readings = [reading for _, reading in found]
levels = questions.levels(tuple(readings))
states = [filecard.state(visitor, given, reading, levels) for given, reading in found]
title.title(filecard.headline(states, visitor.lang), anchor=False)
caption.caption(_caption(readings, visitor.lang) if found else say("data.what", visitor.lang))
filecard.cards(visitor, found, states, levels)
template.offer(visitor)
known.exports(visitor)
whose.section(visitor, found)
targets.offer(visitor, readings)
if any(reading.tables for reading in readings):
    _together(visitor)
    st.page_link(script("audit"), label=say("to.audit", visitor.lang), icon=":material/fact_check:")
if found or visitor.workspace.memories():
    memories.draw(visitor)
days = [table.first for reading in readings for table in reading.tables if table.first]
st.header(say("answers.title", visitor.lang), anchor=False)
st.caption(say("answers.lead", visitor.lang))
answers.form(visitor, min(days, default=None), rates.named(readings))
