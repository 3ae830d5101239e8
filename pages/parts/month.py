"""The monthly quarter of an hour: which files are due, a place to drop them, what is new, and the letter."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime
from functools import partial

import streamlit as st

from kpi.catalog.loader import sources
from kpi.insight import due as dues
from kpi.insight.due import Due
from kpi.judge.board import Board
from kpi.judge.ranking import primary
from kpi.model.period import Period, ended
from kpi.report.letter import Letter, foremost, letter
from kpi.report.reminder import reminder
from kpi.report.words import say
from kpi.report.words.tell import listed, period
from pages.parts import advice, cards, coverage, demo, desk, newsline, outcomes, sixnumbers, upload, why
from pages.parts.desk import Desk
from pages.parts.escape import plain
from pages.parts.session import Visitor
from pages.parts.shell import script

_SOON = 60  # days in which something that runs out is worth a warning
_NAMED = 3  # files named in the letter


def screen(visitor: Visitor) -> None:
    """Draw the month that has just ended: of an example by its files, else by today."""
    lang = visitor.lang
    heading, below = st.empty(), st.empty()
    heading.title(say("month.title", lang), anchor=False)
    laid = desk.lay(visitor)
    with st.spinner(say("month.reading", lang)):
        lines = laid.cube.facts.coverage
    played = dues.day_after(lines) if demo.loaded(visitor.workspace) else None
    today = played or datetime.now(UTC).date()
    month = ended(today)
    found = dues.due(lines, month)
    missing = [one for one in found if one.missing]
    heading.title(_headline(found, missing, month, lang), anchor=False)
    below.caption(_caption(played, month, lang))
    left, right = st.columns([3, 2], gap="large")
    with left:
        _files(visitor, found, missing, month, today)
        _reminder(lang, today)
        sixnumbers.form(visitor, month)
    with right:
        board = laid.board()
        if board is None or not visitor.workspace.goals():
            to = "goals" if visitor.workspace.files() else "data"
            st.info(say("month.no_goals", lang), icon=":material/flag:")
            st.page_link(script(to), label=say("to.goals", lang), icon=":material/arrow_forward:")
        else:
            newsline.draw(visitor, board, today)
            outcomes.draw(visitor, laid)
            _letter(visitor, laid, board, missing, month)


def _headline(found: Sequence[Due], missing: Sequence[Due], month: Period, lang: str) -> str:
    when = period(month, lang)
    when = when[:1].upper() + when[1:]
    if not found:
        return say("month.title", lang)
    if not missing:
        return say("month.all_here", lang, month=when)
    return say("month.due", lang, n=len(missing), all=len(found), month=when)


def _caption(played: date | None, month: Period, lang: str) -> str:
    if played is not None:
        return say("month.plays", lang, month=Period.month(played.year, played.month))
    return say("month.ended", lang, month=month)


def _files(
    visitor: Visitor, found: Sequence[Due], missing: Sequence[Due], month: Period, today: date
) -> None:
    """Draw what is due, the place to drop it, and what is there already."""
    lang = visitor.lang
    st.header(say("month.files", lang), anchor=False)
    if missing:
        st.caption(say("month.files_lead", lang))
        with st.container(border=True):
            for one in missing:
                _entry(one, today, lang)
    if upload.door(visitor, "front"):
        st.switch_page(script("data"))
    here = [coverage.name(one.line, lang) for one in found if not one.missing]
    if here:
        with st.expander(say("month.here", lang, n=len(here), month=month), icon=":material/check:"):
            for name in here:
                st.markdown(f"- {plain(name)}")


def _entry(one: Due, today: date, lang: str) -> None:
    """Draw one file to fetch: what it is, what is missing of it, the click path, and when it runs out."""
    source = sources().get(one.line.source)
    spans = listed((period(span, lang) for span in one.missing), lang)
    name = f"**:material/radio_button_unchecked: {plain(coverage.name(one.line, lang))}**"
    with st.container(gap="xxsmall"):
        st.markdown(f"{name}  \n{say('month.missing', lang, spans=spans)}")
        st.caption(plain(source.words(lang).get) if source else say("month.own_sheet", lang))
        if one.until is not None and one.until < today:
            st.badge(say("month.ran_out", lang, day=one.until), icon=":material/history:", color="orange")
        elif one.until is not None and (one.until - today).days <= _SOON:
            st.badge(say("month.runs_out", lang, day=one.until), icon=":material/timer:", color="orange")


def _letter(visitor: Visitor, laid: Desk, board: Board, missing: Sequence[Due], month: Period) -> None:
    """Draw the letter of the month with the ways to take it away."""
    lang = visitor.lang
    first_ones = {kpi.id for kpi in primary(board.goals)}
    heavy = [one for one in board.verdicts if one.kpi.id in first_ones]
    worst = foremost(heavy)
    todo = advice.first(visitor, laid, worst) if worst else None
    steps = [say("letter.try", lang, action=todo.words(lang).title)] if todo else []
    if missing:
        names = [coverage.name(one.line, lang) for one in missing[:_NAMED]]
        if len(missing) > _NAMED:
            names.append(say("letter.others", lang, n=len(missing) - _NAMED))
        steps.append(say("letter.fetch", lang, n=len(missing), period=month, names=listed(names, lang)))
    causes = {one.kpi.id: cause for one in heavy if (cause := why.brief(one, laid, lang))}
    made = letter(board, heavy, len(visitor.workspace.files()), lang, steps, causes=causes)
    st.header(say("month.letter", lang), anchor=False)
    with st.container(border=True):
        _draw(made)
    with st.container(horizontal=True):
        st.download_button(
            say("month.letter_take", lang),
            made.html,
            file_name=f"{say('letter.file', lang, period=board.period)}.html",
            mime="text/html",
            key="front.letter",
            icon=":material/print:",
            on_click="ignore",
        )
        with st.popover(say("month.letter_text", lang), icon=":material/content_copy:"):
            st.code(made.text(), language=None, wrap_lines=True)
    st.page_link(script("dashboard"), label=say("to.dashboard", lang), icon=":material/arrow_forward:")


def _draw(made: Letter) -> None:
    st.markdown(f"**{plain(made.finding)}**")
    st.caption(made.lights)
    for one in made.lines[:_NAMED]:
        colour, icon = cards.LIGHTS[one.status]
        st.markdown(f":{colour}-badge[{icon} {one.light}] {plain(one.figure)}")
    for step in made.next:
        st.markdown(f":material/arrow_forward: {plain(step)}")


def _reminder(lang: str, today: date) -> None:
    """Draw the way to be reminded: a file for the owner's calendar, since nothing is ever sent."""
    with st.container(horizontal=True, vertical_alignment="center"):
        st.download_button(
            say("month.remind", lang),
            partial(reminder, today, datetime.now(UTC), lang),
            file_name=f"{say('reminder.file', lang)}.ics",
            mime="text/calendar",
            key="front.reminder",
            icon=":material/event_repeat:",
            on_click="ignore",
        )
        st.caption(say("month.remind_more", lang), width="content")
