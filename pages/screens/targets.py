"""Targets: what is wanted of each KPI of the chosen goals, by when and by whom, and whether that is sound."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime

import streamlit as st

from kpi.catalog.loader import goals as known_goals
from kpi.catalog.loader import kpis
from kpi.insight.charter import remarks, served
from kpi.judge.board import Board
from kpi.model.kpi import Kpi
from kpi.model.verdict import Verdict
from kpi.report import charter
from kpi.report.outlook import contradiction
from kpi.report.words import say, say_n, sentence
from kpi.workspace import Decision
from pages.parts import desk
from pages.parts.aim import Aim, draw, is_official
from pages.parts.desk import Desk
from pages.parts.escape import plain
from pages.parts.session import session
from pages.parts.shell import script

visitor = session()
lang = visitor.lang
today = datetime.now(UTC).date()


def empty(what: str, to: str) -> None:
    """Say why no target can be set and where to go."""
    st.title(say("targets.title", lang), anchor=False)
    st.info(what, icon=":material/info:")
    label = say("to.data" if to == "data" else "to.goals", lang)
    st.page_link(script(to), label=label, icon=":material/arrow_forward:")


def aims(laid: Desk, board: Board, decisions: Sequence[Decision]) -> list[Aim]:
    """Return the KPIs that can be judged, and those that have a target though they cannot, heaviest first."""
    currency = visitor.workspace.owner().currency
    verdicts = {verdict.kpi.id: verdict for verdict in board.verdicts}
    known: dict[str, Kpi] = dict(kpis()) | {id_: verdict.kpi for id_, verdict in verdicts.items()}
    asked = {one.target.kpi: None for one in decisions if one.target.kpi in known}
    judged = [id_ for id_, verdict in verdicts.items() if can_be_judged(verdict)]
    found = [
        Aim(
            laid=laid,
            kpi=known[id_],
            verdict=verdicts.get(id_),
            history=tuple(one for one in decisions if one.target.kpi == id_),
            goals=board.goals,
            currency=currency,
            today=today,
        )
        for id_ in dict.fromkeys([*judged, *asked])
    ]
    return [aim for aim in found if aim.held or aim.coming or aim.kpi.id in judged]


def can_be_judged(verdict: Verdict) -> bool:
    """Return whether the files tell a KPI in a way that may have a light."""
    return verdict.variant is not None and verdict.variant.colour


def goal_of(aim: Aim) -> str | None:
    """Return the goal under which a KPI is listed: that of its target, else its weightiest."""
    for target in aim.held:
        return served(target, aim.kpi, aim.goals)
    mine = [goal for goal in aim.goals if aim.kpi.goals.get(goal, 0) > 0]
    return max(mine, key=lambda goal: aim.kpi.goals[goal], default=aim.goals[0])


def head(found: Sequence[Aim]) -> None:
    """State how many targets there are, and what is wrong with them taken together."""
    held = [aim for aim in found if aim.held]
    official = sum(any(is_official(aim.marks(target)) for target in aim.held) for aim in held)
    title = say("targets.some", lang, n=len(held), all=len(found), official=official)
    st.title(title if held else say("targets.none", lang), anchor=False)
    st.caption(say("targets.lead", lang))
    last_decision({aim.kpi.id: aim.kpi.said for aim in found})
    targets = [target for aim in found for target in aim.held]
    if targets:
        for remark in remarks(targets, {aim.kpi.id: aim.kpi for aim in found}, found[0].goals):
            st.markdown(f":orange[:material/priority_high:] {plain(sentence(remark, lang))}")
        for conflict in found[0].laid.conflicts(targets):
            st.markdown(f":orange[:material/priority_high:] {plain(contradiction(conflict, lang))}")


def last_decision(names: Mapping[str, str]) -> None:
    """Draw the way back from what was decided today; `names` say what each KPI is known by."""
    last = visitor.workspace.last_decided()
    at = last[0].at if last else None
    if at is None or at.date() != today:
        return
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        decided = tuple(dict.fromkeys(names.get(one.target.kpi, one.target.kpi) for one in last))
        st.markdown(
            f":material/flag: {plain(say('targets.last', lang, kpis=decided))}",
            width="content",
        )
        st.button(
            say("targets.undo", lang),
            key="targets.undo",
            icon=":material/undo:",
            on_click=take_back,
            args=(at,),
        )


def take_back(at: datetime) -> None:
    """Forget what was decided at this moment."""
    visitor.workspace.take_back(at)
    st.toast(say("toast.taken_back", lang), icon=":material/undo:")


def group(goal: str | None, mine: Sequence[Aim], first: frozenset[str], board: Board) -> None:
    """Draw the KPIs of a goal: those of the plan and with a target at once, the others when asked for."""
    known = known_goals().get(goal or "")
    name = f":material/{known.icon}: {known.words(lang).name}" if known else say("targets.orphans", lang)
    st.header(name, anchor=False)
    shown = [aim for aim in mine if aim.history or aim.kpi.id in first or goal is None]
    rest = [aim for aim in mine if aim not in shown]
    grid(shown, board, f"{goal}_first")
    if rest:
        label = say_n("targets.more", len(rest), lang)
        more = st.expander(label, key=f"targets.more_{goal}", on_change="rerun")
        if more.open:
            with more:
                grid(rest, board, f"{goal}_rest")


def grid(some: Sequence[Aim], board: Board, name: str) -> None:
    """Draw KPIs side by side, on a phone one under the other."""
    with st.grid(2, min_column_width=340, key=f"targets.{name}"):
        for aim in some:
            draw(visitor, aim, board.period)


def foot(found: Sequence[Aim], board: Board) -> None:
    """Draw what cannot be told yet, the charter as a table, and the next step."""
    lacking = sum(not can_be_judged(verdict) for verdict in board.verdicts)
    if lacking:
        with st.container(horizontal=True, vertical_alignment="center"):
            st.caption(say("targets.lacking", lang, n=lacking), width="content")
            st.page_link(script("goals"), label=say("to.goals", lang))
    lines = [aim.line(target, lang) for aim in found for target in aim.held]
    if lines:
        label = say("targets.table", lang)
        opened = st.expander(label, icon=":material/table:", key="targets.table", on_change="rerun")
        if opened.open:
            opened.dataframe(charter.table(lines, lang), hide_index=True, alt=label)


def screen() -> None:
    """Draw the targets, or why there are none."""
    if not visitor.workspace.files():
        empty(say("targets.empty", lang), "data")
        return
    if not visitor.workspace.goals():
        empty(say("targets.no_goals", lang), "goals")
        return
    laid = desk.lay(visitor, whole=True)
    board = laid.board()
    if board is None:
        empty(say("targets.no_days", lang), "data")
        return
    found = aims(laid, board, visitor.workspace.decisions())
    if not found:
        empty(say("targets.nothing", lang), "goals")
        return
    head(found)
    plan = laid.plan()
    first = frozenset(pick.kpi.id for pick in (*plan.primary, *plan.guards))
    places = {aim.kpi.id: goal_of(aim) for aim in found}
    for goal in (*board.goals, None):
        mine = [aim for aim in found if places[aim.kpi.id] == goal]
        if mine:
            group(goal, mine, first, board)
    foot(found, board)


screen()
