"""Goals: what the owner wants, the few KPIs that tell of it, and what the files lack for them."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from kpi.judge.ranking import offered, ranked
from kpi.model.goal import Goal
from kpi.model.plan import Readiness, Standing
from kpi.report.words import say, say_n
from kpi.report.words.tell import told
from pages.parts import desk, plan, standing
from pages.parts.session import Visitor, session
from pages.parts.shell import script

_MOST = 3


def _toggle(visitor: Visitor, goal: str) -> None:
    """Choose a goal or take it off; a fourth is left alone, and the screen says why."""
    chosen = visitor.workspace.goals()
    if goal in chosen:
        visitor.workspace.choose(one for one in chosen if one != goal)
        st.toast(say("toast.goal_off", visitor.lang, goal=goal), icon=":material/remove:")
    elif len(chosen) < _MOST:
        visitor.workspace.choose((*chosen, goal))
        st.toast(say("toast.goal_on", visitor.lang, goal=goal), icon=":material/check:")


def _button(visitor: Visitor, goal: Goal, label: str, *, icon: str | None = None) -> bool:
    """Draw the button of a goal; return whether it was clicked and could not be taken."""
    chosen = visitor.workspace.goals()
    is_chosen = goal.id in chosen
    clicked = st.button(
        label,
        key=f"goals.{goal.id}",
        type="primary" if is_chosen else "secondary",
        icon=":material/check:" if is_chosen else icon,
        help=goal.words(visitor.lang).question if chosen else None,
        on_click=_toggle,
        args=(visitor, goal.id),
    )
    return clicked and not is_chosen and len(chosen) == _MOST


def _card(visitor: Visitor, goal: Goal, known: Mapping[str, Standing]) -> None:
    """Draw a goal to choose, with its question and what the files can tell of it."""
    lang, words, mine = visitor.lang, goal.words(visitor.lang), ranked((goal.id,))
    with st.container(border=True, height="stretch"):
        st.markdown(f"**:material/{goal.icon}: {words.name}**  \n{words.question}")
        _button(visitor, goal, say("goals.choose", lang))
        ready = sum(known[kpi.id].readiness is not Readiness.MISSING for kpi in mine)
        with st.expander(say("goals.ready_of", lang, n=ready, all=len(mine))):
            for kpi in mine:
                standing.line(known[kpi.id], lang)


def _told(goal: Goal, known: Mapping[str, Standing]) -> float:
    """Return the part of a goal's KPIs of which the files tell anything."""
    mine = ranked((goal.id,))
    return sum(known[kpi.id].readiness is not Readiness.MISSING for kpi in mine) / len(mine)


def _row(visitor: Visitor) -> None:
    """Draw all goals as buttons in a row: choosing another one goes on where the first was taken."""
    lang, refused = visitor.lang, False
    with st.container(horizontal=True, gap="small", key="goals.row"):
        for goal in offered():
            refused |= _button(visitor, goal, goal.words(lang).name, icon=f":material/{goal.icon}:")
    if refused:
        st.warning(say("goals.full", lang))


visitor = session()
lang = visitor.lang
chosen = visitor.workspace.goals()
names = [told("goal", goal, lang) for goal in chosen]
st.title(say("goals.chosen" if names else "goals.title", lang, goals=tuple(names)), anchor=False)
laid = desk.lay(visitor)
if not chosen:
    st.caption(say("goals.lead", lang))
    known = laid.standings()
    with st.grid(3, min_column_width=320):
        for goal in sorted(offered(), key=lambda goal: -_told(goal, known)):
            _card(visitor, goal, known)
else:
    _row(visitor)
    ways = {"dashboard": say("to.dashboard", lang), "targets": say("to.targets", lang)}
    if not visitor.workspace.files():
        ways = {"data": say("to.data", lang)}
        st.info(say("plan.no_files", lang), icon=":material/upload_file:")
    with st.container(horizontal=True):
        for to, sentence in ways.items():
            st.page_link(script(to), label=sentence, icon=":material/arrow_forward:")
    plan.draw(visitor, laid.plan())
    everything = ranked(chosen)
    with st.expander(say_n("plan.all", len(everything), lang), key="goals.all", on_change="rerun") as opened:
        if opened.open:
            known = laid.standings()
            for kpi in everything:
                standing.line(known[kpi.id], lang)
