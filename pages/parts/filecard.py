"""One file on the desk: what it was recognised as, what of it is used, what is asked, what was set aside."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import streamlit as st

from kpi.catalog.loader import fields, networks, sources
from kpi.model.field import NUMERIC
from kpi.model.period import Period, months_of
from kpi.model.reading import Outcome, Reading, Table
from kpi.report.words import say, sentence
from kpi.report.words.tell import period
from kpi.workspace import Given
from pages.parts import flaws, mapping, questions, upload
from pages.parts.escape import plain
from pages.parts.session import Visitor

_NARROW = 2  # columns of a table that counts one thing by day
_MARKS = {
    "read": ("green", "check_circle", "card.read"),
    "asked": ("orange", "help", "card.asked"),
    "mapping": ("orange", "table_edit", "card.mapping"),
    "refused": ("red", "block", "card.refused"),
}


def state(visitor: Visitor, given: Given, reading: Reading, levels: frozenset[str]) -> str:
    """Return what a file needs: `read` nothing, `asked` an answer, `mapping` a mapping, or `refused`.

    `levels` are the networks whose follower count some file tells.
    """
    if reading.outcome is Outcome.REFUSED:
        return "refused"
    if reading.outcome is Outcome.MAPPING:
        return "mapping"
    said = visitor.workspace.answers(given.digest)
    return "asked" if questions.waits(reading, said, levels) else "read"


def card(visitor: Visitor, given: Given, reading: Reading, levels: frozenset[str]) -> None:
    """Draw the card of a file."""
    lang, one = visitor.lang, given.digest[:12]
    with st.container(border=True, key=f"data.card_{one}"):
        with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
            color, icon, key = _MARKS[state(visitor, given, reading, levels)]
            badge = f":{color}-badge[:material/{icon}: {say(key, lang)}]"
            st.markdown(f"**{plain(given.name)}** {badge}", width="content")
            st.button(
                say("card.remove", lang),
                key=f"data.remove_{one}",
                type="tertiary",
                icon=":material/delete:",
                on_click=upload.remove,
                args=(visitor, given.digest, given.name),
            )
        if reading.reason is not None:
            st.markdown(plain(sentence(reading.reason, lang)))
            return
        for table in reading.tables:
            st.markdown(summary(table, lang, alone=len(reading.tables) == 1))
        _repair(visitor, given, reading)
        questions.asked(visitor, given, reading, levels)
        for place, table in enumerate(reading.tables):
            if table.source is None:
                mapping.screen(visitor, given, table, f"{one}_{place}")
        flaws.ledger(reading, lang)


def summary(table: Table, lang: str, *, alone: bool) -> str:
    """Return a line that says what a table is, its days and its rows."""
    parts = [f"**{_recognised(table, lang)}**"]
    part = table.member or table.sheet
    if part and not alone:
        parts.insert(0, plain(part))
    implied = table.source is not None and sources()[table.source].network is not None
    who = [networks()[table.network].name(lang)] if table.network in networks() and not implied else []
    who += [plain(table.account)] if table.account else []
    parts += [", ".join(who)] if who else []
    parts += _figures(table, lang)
    if table.first and table.last:
        whole = months_of(Period(table.first, table.last))
        days = (
            Period(whole[0].first, whole[-1].last)
            if table.kind == "costs"
            else Period(table.first, table.last)
        )
        parts.append(period(days, lang))
    known = table.kind or table.source
    parts.append(say("rows.used" if known else "card.rows_waiting", lang, n=table.rows_used))
    if table.aside:
        parts.append(say("rows.aside", lang, n=len(table.aside)))
    return " · ".join(parts)


def _figures(table: Table, lang: str) -> list[str]:
    """Return what a narrow table counts, for such are told apart by nothing else."""
    known = [fields()[column.field] for column in table.columns if column.field in fields()]
    names = [field.ru if lang == "ru" else field.en for field in known if field.roll in NUMERIC]
    return names if len(names) == 1 and len(known) <= _NARROW else []


def _recognised(table: Table, lang: str) -> str:
    if table.source is not None:
        return plain(sources()[table.source].words(lang).name)
    return say(mapping.TABLES[table.kind], lang) if table.kind else say("card.own_sheet", lang)


def _repair(visitor: Visitor, given: Given, reading: Reading) -> None:
    """Say that a repair was made, and let it be undone and done again."""
    said = visitor.workspace.answers(given.digest)
    repaired = any(issue.key == "repaired_quotes" for issue in reading.issues)
    if not repaired and not said.keep_quoted:
        return
    with st.container(horizontal=True, vertical_alignment="center"):
        text = say("issue.repaired_quotes" if repaired else "card.kept_quoted", visitor.lang)
        st.markdown(f":material/build: {text}", width="content")
        st.button(
            say("data.undo" if repaired else "card.repair", visitor.lang),
            key=f"data.quotes_{given.digest[:12]}",
            on_click=visitor.workspace.keep_answers,
            args=(given.digest, replace(said, keep_quoted=repaired)),
        )


def headline(states: Sequence[str], lang: str) -> str:
    """Return the finding over all files: how many are read, how many want something."""
    if not states:
        return say("data.title", lang)
    counts = (
        ("data.head_read", states.count("read")),
        ("data.head_asked", states.count("asked") + states.count("mapping")),
        ("data.head_refused", states.count("refused")),
    )
    return ", ".join(say(key, lang, n=count) for key, count in counts if count)
