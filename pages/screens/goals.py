"""Goals: what the owner wants, the KPIs that tell, and which of them the files can give."""

from __future__ import annotations

from collections import defaultdict

import streamlit as st

from kpi.judge.ranking import offered, ranked
from kpi.model.goal import Goal
from kpi.model.kpi import Kpi
from kpi.report.outline import get_from
from kpi.report.words import say
from kpi.report.words.tell import told
from pages.parts import desk
from pages.parts.escape import plain
from pages.parts.readiness import Readiness, readiness
from pages.parts.session import Visitor, session
from pages.parts.shell import script

_MOST = 3
_MARKS = {
    "ready": ("green", "check_circle", "goals.ready"),
    "partly": ("orange", "contrast", "goals.partly"),
    "missing": ("gray", "radio_button_unchecked", "goals.missing"),
}


def _toggle(visitor: Visitor, goal: str) -> None:
    """Choose a goal or take it off; a fourth is left alone, and the screen says why."""
    chosen = visitor.workspace.goals()
    if goal in chosen:
        visitor.workspace.choose(one for one in chosen if one != goal)
    elif len(chosen) < _MOST:
        visitor.workspace.choose((*chosen, goal))


def _card(visitor: Visitor, goal: Goal, chosen: tuple[str, ...], known: dict[str, Readiness]) -> None:
    lang, words, mine = visitor.lang, goal.words(visitor.lang), ranked((goal.id,))
    is_chosen = goal.id in chosen
    with st.container(border=True, height="stretch"):
        st.markdown(f"**:material/{goal.icon}: {words.name}**  \n{words.question}")
        clicked = st.button(
            say("goals.drop" if is_chosen else "goals.choose", lang),
            key=f"goals.{goal.id}",
            type="primary" if is_chosen else "secondary",
            icon=":material/check:" if is_chosen else None,
            on_click=_toggle,
            args=(visitor, goal.id),
        )
        if clicked and not is_chosen and len(chosen) == _MOST:
            st.warning(say("goals.full", lang))
        ready = sum(known[kpi.id].mark == "ready" for kpi in mine)
        with st.expander(say("goals.ready_of", lang, n=ready, all=len(mine))):
            for kpi in mine:
                _figure(kpi, known[kpi.id], lang)


def _figure(kpi: Kpi, found: Readiness, lang: str) -> None:
    """Draw a KPI: its name and mark, the question it answers, and what it lacks."""
    color, icon, key = _MARKS[found.mark]
    words = kpi.words(lang)
    lines = [
        f"**{words.name}** :{color}-badge[:material/{icon}: {say(key, lang)}]",
        words.question,
        *(f":small[:gray[{text}]]" for text in _wanted(found, lang)),
    ]
    st.markdown("  \n".join(lines))


def _wanted(found: Readiness, lang: str) -> list[str]:
    """Return what would make a KPI ready, one sentence a thing."""
    if found.waits is not None:
        return [say("goals.waits", lang, file=plain(str(found.waits.facts["file"])))]
    answers, columns = [], defaultdict[str, list[str]](list)
    for one in found.missing:
        if one.field.startswith("owner."):
            answers.append(say("goals.answer", lang, field=one.field))
        else:
            columns[get_from(one, lang)].append(one.field)
    lacks = [
        say("goals.lacks", lang, n=len(some), fields=tuple(some), get_from=plain(path))
        for path, some in columns.items()
    ]
    return answers + lacks


visitor = session()
chosen = visitor.workspace.goals()
names = [told("goal", goal, visitor.lang) for goal in chosen]
st.title(
    say("goals.chosen" if names else "goals.title", visitor.lang, goals=tuple(names)),
    anchor=False,
)
st.caption(say("goals.lead", visitor.lang))
if chosen:
    st.page_link(
        script("dashboard"), label=say("to.dashboard", visitor.lang), icon=":material/arrow_forward:"
    )
facts = desk.lay(visitor).cube.facts
goals = offered()
known = {kpi.id: readiness(kpi, facts) for kpi in ranked(tuple(goal.id for goal in goals))}
with st.grid(3, min_column_width=320):
    for goal in goals:
        _card(visitor, goal, chosen, known)
