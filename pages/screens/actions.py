"""What we do: the actions taken on, who does them until when, and whether each has helped."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime

import streamlit as st

from kpi.model.taken import Outcome, State, Taken, together
from kpi.report import charts
from kpi.report import effect as words
from kpi.report.numbers import day
from kpi.report.words import say, say_n
from kpi.report.words.tell import told
from kpi.workspace import taken as log
from pages.parts import desk, outcomes, taking
from pages.parts.charts import draw
from pages.parts.desk import Desk
from pages.parts.escape import dollars, plain
from pages.parts.session import session
from pages.parts.shell import script

_STATES = {
    State.OPEN: "action.state_open",
    State.DONE: "action.state_done",
    State.DROPPED: "action.state_dropped",
}
_FEWEST_WEEKS = 2  # to be a picture
visitor = session()
lang = visitor.lang


def headline(found: Sequence[Outcome]) -> str:
    """Return how many actions have helped, else after how many it got worse."""
    helped = found.count(Outcome.HELPED)
    if helped:
        return say_n("actions.headline_helped", helped, lang, all=len(found))
    if worse := found.count(Outcome.WORSE):
        return say_n("actions.headline_worse", worse, lang, all=len(found))
    return say_n("actions.headline_open", len(found), lang) if found else say("shell.actions", lang)


def card(one: Taken, every: Sequence[Taken], figures: Mapping[str, str], laid: Desk) -> None:
    """Draw one action: what it seems to have done, its weeks, and what can be done with it."""
    found = laid.effect(one)
    with st.container(border=True, height="stretch", gap="small"):
        with st.container(horizontal=True, gap="small"):
            outcomes.badge(found, lang)
            st.badge(say(_STATES[one.state], lang), color="gray")
        st.header(plain(one.title), anchor=False)
        st.caption(plain(about(one, figures)))
        for sentence in words.sentences(found, together(one, every), lang):
            st.markdown(plain(sentence))
        rows = words.rows(found, one, lang)
        if len(rows) >= _FEWEST_WEEKS:
            since = sum(row["place"] >= 0 for row in rows)
            facts = {"kpi": figures.get(one.kpi, ""), "n": len(rows) - since, "m": since}
            alt = say("effect.chart_alt", lang, **facts)
            draw(rows, charts.effect(lang, words.signs(found, lang)), f"actions.chart_{one.id}", alt)
            st.caption(say("effect.begun", lang))
        st.space("stretch")
        if one.how:
            with st.expander(say("action.how", lang)):
                st.markdown(plain(one.how))
        buttons(one)


def about(one: Taken, figures: Mapping[str, str]) -> str:
    """Return for which figure, in which network, on which days and by whom."""
    first = day(one.first, lang)
    days = say("action.span", lang, first=first, last=day(one.last, lang)) if one.last else None
    parts = [
        say("action.for", lang, kpi=figures.get(one.kpi, "—")),
        told("network", one.network, lang) if one.network else "",
        days or say("action.since", lang, first=first),
        one.who,
    ]
    return " · ".join(part for part in parts if part)


def buttons(one: Taken) -> None:
    """Draw what can be done with an action."""
    kept = visitor.workspace
    done = one.state is State.DONE
    with st.container(horizontal=True, gap="small", vertical_alignment="center"):
        st.button(
            say("action.reopen" if done else "action.done", lang),
            key=f"actions.done_{one.id}",
            icon=":material/undo:" if done else ":material/check:",
            on_click=log.mark,
            args=(kept, one, State.OPEN if done else State.DONE),
        )
        taking.opener(visitor, say("action.change", lang), one, f"actions.change_{one.id}")
        st.button(
            say("action.drop", lang),
            key=f"actions.drop_{one.id}",
            type="tertiary",
            icon=":material/close:",
            on_click=log.mark,
            args=(kept, one, State.DROPPED),
        )
        st.page_link(
            script("kpi"),
            label=say("dashboard.whole", lang),
            icon=":material/open_in_full:",
            query_params={"id": one.kpi},
        )


def dropped(gone: Sequence[Taken]) -> None:
    """Draw what was dropped, each with the way back."""
    if not gone:
        return
    with st.expander(say_n("actions.dropped", len(gone), lang), key="actions.dropped"):
        for one in gone:
            with st.container(horizontal=True, vertical_alignment="center"):
                st.markdown(plain(one.title), width="content")
                st.button(
                    say("action.put_back", lang),
                    key=f"actions.put_back_{one.id}",
                    icon=":material/undo:",
                    on_click=log.mark,
                    args=(visitor.workspace, one, State.OPEN),
                )


def further(every: Sequence[Taken], figures: Mapping[str, str]) -> None:
    """Draw the ways on: an idea of the owner's own, and where actions are offered."""
    moment = datetime.now(UTC)
    draft = Taken(id=log.free_id(tuple(every)), kpi="", title="", first=moment.date(), at=moment)
    with st.container(horizontal=True, vertical_alignment="center"):
        if visitor.workspace.files():
            st.page_link(
                script("dashboard"), label=say("to.dashboard", lang), icon=":material/arrow_forward:"
            )
            taking.opener(visitor, say("action.own", lang), draft, f"actions.own_{draft.id}", figures)
        else:
            st.page_link(script("data"), label=say("to.data", lang), icon=":material/arrow_forward:")


def screen() -> None:
    """Draw the log of actions, or what comes before there is one."""
    every = log.taken(visitor.workspace)
    laid = desk.lay(visitor)
    figures = {verdict.kpi.id: verdict.kpi.words(lang).name for verdict in laid.everything().verdicts}
    gone = [one for one in every if one.state is State.DROPPED]
    live = [one for one in every if one.state is not State.DROPPED]
    st.title(dollars(headline([laid.effect(one).outcome for one in live])), anchor=False)
    if live:
        st.caption(say("actions.lead", lang))
    else:
        empty = "actions.empty" if visitor.workspace.files() else "actions.no_figures"
        st.info(say("actions.all_dropped" if gone else empty, lang), icon=":material/info:")
    with st.grid(2, min_column_width=330, key="actions.cards"):
        for one in live:
            card(one, every, figures, laid)
    further(every, figures)
    dropped(gone)


screen()
