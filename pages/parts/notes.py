"""The owner's notes on days: written under a trend, listed, taken away and put back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import streamlit as st

from kpi.model.note import Note
from kpi.model.period import Period
from kpi.report.numbers import day
from kpi.report.words import say
from kpi.workspace import notes
from pages.parts.escape import plain
from pages.parts.session import Visitor, picked

LONGEST = 60  # letters
_DATES = {"ru": "DD.MM.YYYY", "en": "YYYY/MM/DD"}


def draw(visitor: Visitor, found: Sequence[Note], days: Period, proposed: date, screen: str) -> None:
    """Draw the notes with a way to take each away, and the way to a new one on one of these days."""
    lang = visitor.lang
    with st.container(gap=None):
        for note in found:
            with st.container(horizontal=True, vertical_alignment="center", gap="small"):
                st.markdown(f":small[{plain(day(note.day, lang))}: {plain(note.text)}]", width="content")
                st.button(
                    say("notes.drop", lang),
                    key=f"{screen}.drop_note_{note.id}",
                    type="tertiary",
                    icon=":material/close:",
                    on_click=_drop,
                    args=(visitor, note),
                )
        if visitor.unnoted is not None:
            with st.container(horizontal=True, vertical_alignment="center", gap="small"):
                text = say("notes.dropped", lang, text=visitor.unnoted.text)
                st.markdown(f":small[{plain(text)}]", width="content")
                st.button(
                    say("notes.put_back", lang),
                    key=f"{screen}.put_back_note",
                    type="tertiary",
                    icon=":material/undo:",
                    on_click=_put_back,
                    args=(visitor, visitor.unnoted),
                )
    opened = st.popover(
        say("notes.add", lang), icon=":material/edit_note:", key=f"{screen}.notes", on_change="rerun"
    )
    if opened.open:
        with opened:
            _form(visitor, days, proposed, screen)


def _form(visitor: Visitor, days: Period, proposed: date, screen: str) -> None:
    lang = visitor.lang
    with st.form(f"{screen}.note", border=False, clear_on_submit=True):
        st.caption(say("notes.lead", lang))
        st.date_input(
            say("notes.day", lang),
            min(max(proposed, days.first), days.last),
            min_value=days.first,
            max_value=days.last,
            format=_DATES[lang],
            key=f"{screen}.note_day",
        )
        st.text_input(
            say("notes.text", lang),
            max_chars=LONGEST,
            placeholder=say("notes.example", lang),
            key=f"{screen}.note_text",
        )
        st.form_submit_button(
            say("notes.keep", lang),
            key=f"{screen}.keep_note",
            type="primary",
            on_click=_keep,
            args=(visitor, screen),
        )


def _keep(visitor: Visitor, screen: str) -> None:
    """Keep what was written; nothing where no word was."""
    text, on = picked(f"{screen}.note_text"), picked(f"{screen}.note_day")
    if text and text.strip() and on:
        notes.keep(visitor.workspace, notes.written(on, text))


def _drop(visitor: Visitor, note: Note) -> None:
    visitor.workspace.drop_note(note.id)
    visitor.unnoted = note


def _put_back(visitor: Visitor, note: Note) -> None:
    notes.keep(visitor.workspace, note)
    visitor.unnoted = None
