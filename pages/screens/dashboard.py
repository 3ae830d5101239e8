"""Dashboard: the chosen goals, each KPI with its light and its reason."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from kpi.judge.board import Board
from kpi.judge.periods import first_shown, months, span
from kpi.judge.ranking import primary
from kpi.metrics.cubes import Cube
from kpi.model.period import Period
from kpi.model.reading import Table
from kpi.model.verdict import Status, Verdict
from kpi.report.headline import headline
from kpi.report.numbers import period as told
from kpi.report.words import say, say_n
from pages.parts import breakdown, cards, course, desk, goallights, noteworthy, whose, why
from pages.parts.chosen import chooser, reaches_back
from pages.parts.desk import Desk
from pages.parts.escape import dollars
from pages.parts.session import session
from pages.parts.shell import script

CARDS = 6  # a screen; the rest stands under "more"
_WORST_FIRST = (Status.RED, Status.AMBER, Status.GREEN, Status.GREY)  # equals by weight
visitor = session()
lang = visitor.lang


def empty(sentence: str, label: str, to: str) -> None:
    """Say why there is nothing to show and where to go; nothing else is drawn."""
    st.title(say("dashboard.title", lang), anchor=False)
    st.info(sentence, icon=":material/info:")
    with st.container(horizontal=True):
        st.page_link(script(to), label=label, icon=":material/arrow_forward:")
        if not visitor.workspace.files():
            st.page_link(script("front"), label=say("dashboard.demo", lang), icon=":material/coffee:")


def caption(board: Board, cube: Cube) -> str:
    """Return period, what it is compared with, rows and files that tell of it."""
    tables = [table for table in cube.facts.tables if _tells(table, board)]
    files = {table.digest for table in tables}
    parts = [
        told(board.period, lang),
        say("dashboard.compared", lang, period=told(board.compared, lang)),
        say_n("rows.used", sum(table.rows_used for table in tables), lang),
        say_n("files.count", len(files), lang),
    ]
    if not reaches_back(cube, board.period):
        parts.insert(2, say("dashboard.no_year_ago", lang))
    if visitor.filter.period is None and not months(cube.facts):
        parts.append(say("dashboard.whole_span", lang))
    return " · ".join(parts)


def _tells(table: Table, board: Board) -> bool:
    """Return whether a table is of what is looked at, and of the period or the one before."""
    its, view = Period(table.first, table.last) if table.first and table.last else None, board.view
    met = its is not None and (its.meets(board.period) or its.meets(board.compared))
    return met and view.shows(table.network or "", table.account or view.account or "")


def grid(verdicts: Sequence[Verdict], looked_at: Period, laid: Desk, name: str) -> None:
    """Draw cards side by side, on a phone one under the other."""
    others = laid.others()
    with st.grid(3, min_column_width=290, key=f"dashboard.{name}"):
        for verdict in verdicts:
            cards.card(
                visitor, verdict, looked_at, others.get(verdict.kpi.id), why.brief(verdict, laid, lang)
            )


def one(verdicts: Sequence[Verdict], laid: Desk) -> None:
    """Draw one KPI, chosen by name, over time and by its parts; the first red one at first."""
    known = {v.kpi.id: v for v in verdicts if v.variant is not None}
    if not known:
        return
    reds = (v for v in known.values() if v.status is Status.RED)
    told_of = next(reds, next(iter(known.values())))  # what the headline tells of first
    st.header(say("dashboard.trend", lang), anchor=False)
    with st.container(horizontal=True, vertical_alignment="center"):
        names = {id_: v.kpi.words(lang).name for id_, v in known.items()}
        id_ = st.selectbox(
            say("dashboard.trend_of", lang),
            list(known),
            index=list(known).index(told_of.kpi.id),
            format_func=lambda id_: names.get(id_, id_),
            key="dashboard.trend_of",
            label_visibility="collapsed",
            persist_state="session",
            width=320,
        )
        per = course.step("dashboard", lang)
    verdict = known.get(id_, told_of)
    course.draw(laid, verdict, per=per, screen="dashboard")
    breakdown.draw(laid, verdict, "dashboard")


def screen() -> None:
    """Draw the dashboard, or why there is none."""
    if not visitor.workspace.files():
        empty(say("dashboard.empty", lang), say("to.data", lang), "data")
        return
    if not visitor.workspace.goals():
        empty(say("dashboard.no_goals", lang), say("to.goals", lang), "goals")
        return
    laid = desk.lay(visitor)
    cube = laid.cube
    whole, first = span(cube), first_shown(cube)
    if whole is None or first is None:
        empty(say("dashboard.no_days", lang), say("to.data", lang), "data")
        return
    heading, below = st.empty(), st.empty()
    chooser(visitor, cube, whole)
    board = laid.board()
    if board is None:
        return
    first_ones = {kpi.id for kpi in primary(board.goals)}
    heavy = [v for v in board.verdicts if v.kpi.id in first_ones]
    shown = sorted(heavy, key=lambda verdict: _WORST_FIRST.index(verdict.status))[:CARDS]
    rest = [v for v in board.verdicts if v not in shown]
    heading.title(dollars(headline(heavy, board.period, lang)), anchor=False)
    below.caption(caption(board, cube))
    view = board.view
    if view.account is None:
        whose.together(visitor, (t for t in cube.facts.tables if view.shows(t.network or "", "")))
    goallights.draw(board, lang)
    grid(shown, board.period, laid, "cards")
    if rest:
        more = st.expander(say_n("dashboard.more", len(rest), lang), key="dashboard.more", on_change="rerun")
        if more.open:
            with more:
                grid(rest, board.period, laid, "others")
    noteworthy.draw(laid, lang)
    one(board.verdicts, laid)
    with st.container(horizontal=True):
        st.page_link(script("actions"), label=say("to.actions", lang), icon=":material/checklist:")
        st.page_link(script("money"), label=say("to.money", lang), icon=":material/payments:")


screen()
