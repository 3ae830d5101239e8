"""What only the owner can tell about a file, asked in its card and kept with the file."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any

import streamlit as st

from kpi.catalog.loader import networks
from kpi.model.owner import FileAnswers
from kpi.model.reading import Question, Reading, Table
from kpi.report.words import say
from kpi.report.words.tell import day, number
from kpi.workspace import Given
from pages.parts import desk
from pages.parts.escape import plain
from pages.parts.session import Visitor, picked

_CHOICES = {
    ("day_or_month", "dmy"): "choice.dmy",
    ("day_or_month", "mdy"): "choice.mdy",
    ("decimal", "."): "choice.point",
    ("decimal", ","): "choice.comma",
}
_SAID = {
    "network": "said.network",
    "account": "said.account",
    "day_or_month": "said.day_or_month",
    "decimal": "said.decimal",
    "year": "said.year",
    "currency": "said.currency",
    "period": "said.period",
}
_FEW = 4  # so many choices are shown at once
_JOINS = frozenset({"account.followers_new", "account.followers_lost"})


def asked(visitor: Visitor, given: Given, reading: Reading, levels: frozenset[str]) -> None:
    """Draw the open questions of a file, and what was answered, which can be taken back."""
    said = desk.answers(visitor, given)
    one = given.digest[:12]
    for question in open_ones(reading):
        ask(visitor, given, reading, question)
    if table := _without_level(reading, said, levels):
        _ask_level(visitor, given, table)
    answers = tuple(_answered(said, visitor.lang))
    if answers:
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            for name, text in answers:
                st.button(
                    text,
                    key=f"data.change_{name}_{one}",
                    type="tertiary",
                    icon=":material/edit:",
                    help=say("said.change", visitor.lang),
                    on_click=_take_back,
                    args=(visitor, given, reading, name),
                )
            if said.network is not None and said.account is None:
                _ask_account(visitor, given, reading, said)


def waits(reading: Reading, said: FileAnswers, levels: frozenset[str]) -> bool:
    """Return whether a file has an open question; `levels` as `levels` below returns them."""
    return bool(open_ones(reading)) or _without_level(reading, said, levels) is not None


def _without_level(reading: Reading, said: FileAnswers, levels: frozenset[str]) -> Table | None:
    """Return the table that tells only who came and left, where nothing tells how many there are."""
    if said.followers:
        return None
    for table in reading.tables:
        joins = {column.field for column in table.columns} >= _JOINS
        if joins and not table.waiting and table.network not in levels:
            return table
    return None


def levels(readings: tuple[Reading, ...]) -> frozenset[str]:
    """Return the networks whose follower count some file tells."""
    tables = [table for reading in readings for table in reading.tables]
    return frozenset(
        table.network or "" for table in tables if any(c.field == "account.followers" for c in table.columns)
    )


def open_ones(reading: Reading) -> tuple[Question, ...]:
    """Return the questions of a file; one that several columns raise is asked once."""
    found: dict[str, Question] = {}
    for table in reading.tables:
        for question in table.questions:
            found.setdefault(question.key, question)
    return tuple(found.values())


def ask(visitor: Visitor, given: Given, reading: Reading, question: Question, place: str = "") -> None:
    """Draw a question; with an example of the file where it has one. The answer is kept at once."""
    lang = visitor.lang
    widget = f"data.ask_{question.key}_{given.digest[:12]}{place}"
    text = say(f"question.{question.key}", lang, heading=plain(question.heading or ""))
    told = {one: _choice(question.key, one, lang) for one in question.choices}
    if question.cell and question.examples:
        st.markdown(text)
        text = say("question.cell", lang, cell=plain(question.cell))
        told = {
            one: _example(value, lang) for one, value in zip(question.choices, question.examples, strict=True)
        }
    kept: dict[str, Any] = {"key": widget, "on_change": _keep}
    kept["args"] = (visitor, given, reading, question.key, widget)
    if len(told) > _FEW:
        hint = say("question.choose", lang)
        st.selectbox(
            text, tuple(told), index=None, format_func=told.__getitem__, placeholder=hint, width=360, **kept
        )
    elif told:
        st.pills(text, tuple(told), format_func=told.__getitem__, **kept)
    else:
        st.text_input(text, width=360, **kept)


def _example(value: object, lang: str) -> str:
    """Return what an answer makes of a cell: a day in full, a number with all its digits."""
    return day(value, lang) if isinstance(value, date) else number(float(str(value)), lang)


def _choice(question: str, choice: str, lang: str) -> str:
    if question == "network":
        return networks()[choice].name(lang)
    key = _CHOICES.get((question, choice))
    return say(key, lang) if key else choice


def _keep(visitor: Visitor, given: Given, reading: Reading, name: str, key: str) -> None:
    value = picked(key) or None
    desk.keep(visitor, given, reading, **{name: int(value) if name == "year" and value else value})


def _take_back(visitor: Visitor, given: Given, reading: Reading, name: str) -> None:
    desk.keep(visitor, given, reading, **{name: {} if name == "followers" else None})


def _ask_account(visitor: Visitor, given: Given, reading: Reading, said: FileAnswers) -> None:
    """Ask for the account's name, which keeps two accounts of one network apart."""
    widget = f"data.account_{given.digest[:12]}"
    st.text_input(
        say("said.account_hint", visitor.lang),
        value=said.account or "",
        placeholder=say("said.account_hint", visitor.lang),
        label_visibility="collapsed",
        key=widget,
        width=260,
        on_change=_keep,
        args=(visitor, given, reading, "account", widget),
    )


def _ask_level(visitor: Visitor, given: Given, table: Table) -> None:
    """Ask for the follower count on one day, from which joins and leaves give every other day."""
    lang, one = visitor.lang, given.digest[:12]
    st.markdown(say("question.followers", lang))
    with st.container(horizontal=True, vertical_alignment="bottom"):
        when = st.date_input(
            say("question.followers_day", lang),
            value=table.last,
            min_value=table.first,
            max_value=table.last,
            format="DD.MM.YYYY" if lang == "ru" else "MM/DD/YYYY",
            key=f"data.level_day_{one}",
            width=180,
        )
        count = st.number_input(
            say("question.followers_count", lang),
            min_value=0,
            value=None,
            step=1,
            key=f"data.level_{one}",
            width=220,
        )
        if st.button(say("question.keep", lang), key=f"data.keep_level_{one}") and count is not None:
            days = {when.isoformat(): float(count)} if isinstance(when, date) else {}
            kept = visitor.workspace
            kept.keep_answers(given.digest, replace(kept.answers(given.digest), followers=days))
            st.rerun()


def _answered(said: FileAnswers, lang: str) -> Iterator[tuple[str, str]]:
    """Yield what was answered: the name of the answer and the sentence that tells it."""
    for name, key in _SAID.items():
        value = getattr(said, name)
        if value is not None:
            yield name, say(key, lang, value=plain(_choice(name, str(value), lang)))
    for when, count in said.followers.items():
        told_day = day(date.fromisoformat(when), lang)
        yield "followers", say("said.followers", lang, day=told_day, count=number(count, lang))
