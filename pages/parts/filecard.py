"""One file on the desk: what it was recognised as, what of it is used, what is asked, what was set aside."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from kpi.catalog.loader import fields, networks, sources
from kpi.facts.named import whose
from kpi.model.field import NUMERIC
from kpi.model.period import Period, months_of
from kpi.model.reading import Outcome, Reading, Table
from kpi.report.words import say, say_n, sentence
from kpi.report.words.tell import period
from kpi.workspace import Given
from pages.parts import flaws, mapping, markedcopy, questions, repairs, upload
from pages.parts.escape import plain
from pages.parts.session import Visitor

_ORDER = ("mapping", "asked", "refused", "read")
_OPEN = 3  # so many files that are read stand open
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


def cards(
    visitor: Visitor, files: Sequence[tuple[Given, Reading]], states: Sequence[str], levels: frozenset[str]
) -> None:
    """Draw every file: those that ask first, then those that are refused; many that are read are folded."""
    placed = sorted(zip(files, states, strict=True), key=lambda one: _ORDER.index(one[1]))
    read = states.count("read")
    first = next((given.digest for (given, _), its in placed if its == "mapping"), None)
    for (given, reading), its in placed:
        one = given.digest[:12]
        if its == "read" and read > _OPEN:
            with st.container(key=f"data.card_{one}"), st.expander(_label(given, reading, visitor.lang)):
                _remove(visitor, given)
                _inside(visitor, given, reading, levels, opened=False)
        else:
            with st.container(border=True, key=f"data.card_{one}"):
                with st.container(
                    horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"
                ):
                    st.markdown(f"**{plain(given.name)}** {_badge(its, visitor.lang)}", width="content")
                    _remove(visitor, given)
                _inside(visitor, given, reading, levels, opened=given.digest == first)


def _badge(its: str, lang: str) -> str:
    color, icon, key = _MARKS[its]
    return f":{color}-badge[:material/{icon}: {say(key, lang)}]"


def _label(given: Given, reading: Reading, lang: str) -> str:
    """Return a folded file in one line: name, what it is, its days, its rows, its remarks."""
    tables = [table for table in reading.tables if table.kind] or list(reading.tables)
    days = [day for table in tables for day in (table.first, table.last) if day]
    told = list(dict.fromkeys(_recognised(table, lang) for table in tables))
    parts = [f"**{plain(given.name)}**", told[0] + ("…" if len(told) > 1 else "")] if told else []
    parts += [who] if (who := _accounts(tables, lang)) else []
    parts += [period(Period(min(days), max(days)), lang)] if days else []
    parts.append(flaws.used(tables, lang))
    remarks = flaws.count(reading)
    parts += [say("card.issues", lang, n=remarks)] if remarks else []
    return f":green[:material/check_circle:] {' · '.join(parts)}"


def _remove(visitor: Visitor, given: Given) -> None:
    st.button(
        say("card.remove", visitor.lang),
        key=f"data.remove_{given.digest[:12]}",
        type="tertiary",
        icon=":material/delete:",
        on_click=upload.remove,
        args=(visitor, given.digest, given.name),
    )


def _inside(
    visitor: Visitor, given: Given, reading: Reading, levels: frozenset[str], *, opened: bool
) -> None:
    """Draw what is known of a file, what is asked, and the account of its rows."""
    lang = visitor.lang
    if reading.reason is not None:
        st.markdown(plain(sentence(reading.reason, lang)))
        return
    for table in reading.tables:
        st.markdown(summary(table, lang, alone=len(reading.tables) == 1))
    repairs.draw(visitor, given, reading)
    questions.asked(visitor, given, reading, levels)
    for place, table in enumerate(reading.tables):
        if table.source is None:
            mapping.screen(visitor, given, reading, place, opened=opened and not place)
    if reading.outcome is not Outcome.MAPPING:  # what is used shows once the columns are known
        flaws.ledger(reading, lang)
        markedcopy.offer(visitor, given, reading)


def summary(table: Table, lang: str, *, alone: bool) -> str:
    """Return a line that says what a table is, its days and its rows."""
    parts = [f"**{_recognised(table, lang)}**"]
    part = table.member or table.sheet
    if part and not alone:
        parts.insert(0, plain(part))
    implied = table.source is not None and sources()[table.source].network is not None
    who = [networks()[table.network].name(lang)] if table.network in networks() and not implied else []
    who += [its] if (its := _accounts([table], lang)) else []
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
    if known:
        parts.append(flaws.used([table], lang))
    else:
        waiting = "card.columns_waiting" if table.turned else "card.rows_waiting"
        parts.append(say(waiting, lang, n=table.rows_used))
    if table.aside:
        parts.append(say("columns.aside" if table.turned else "rows.aside", lang, n=len(table.aside)))
    return " · ".join(parts)


def _accounts(tables: Sequence[Table], lang: str) -> str:
    """Return the account that most rows are of, and how many others there are beside it."""
    found = list(dict.fromkeys(name for table in tables for name in whose(table)))
    if not found:
        return ""
    return plain(found[0]) + (f" {say_n('card.accounts', len(found) - 1, lang)}" if found[1:] else "")


def _figures(table: Table, lang: str) -> list[str]:
    """Return what a narrow table counts, for such are told apart by nothing else."""
    known = [fields()[column.field] for column in table.columns if column.field in fields()]
    names = [field.ru if lang == "ru" else field.en for field in known if field.roll in NUMERIC]
    return names if len(names) == 1 and len(known) <= _NARROW else []


def _recognised(table: Table, lang: str) -> str:
    if table.source is not None:
        return plain(sources()[table.source].words(lang).name)
    return say(mapping.TABLES[table.kind], lang) if table.kind else say("card.own_sheet", lang)


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
