"""The plan on the screen: the KPIs to steer by, what must not get worse, and what to add next."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from kpi.model.plan import Beside, Pick, Plan, Step
from kpi.report.plan import gain, hitch, orphan, places, rows
from kpi.report.words import say, sentence
from pages.parts import template
from pages.parts.escape import plain
from pages.parts.session import Visitor
from pages.parts.standing import named, small
from pages.parts.table import markdown

_FIRST_STEPS = 4  # at a glance; the rest can be opened


def draw(visitor: Visitor, plan: Plan) -> None:
    """Draw a plan from its KPIs down to what is to be fetched."""
    lang = visitor.lang
    for kpi in plan.orphans:
        st.warning(plain(orphan(kpi, lang)), icon=":material/link_off:")
    st.header(say("plan.primary", lang), anchor=False)
    _picks(plan.primary, "primary", lang)
    if plan.notes:
        _sales(visitor, plan)
    if plan.guards:
        st.header(say("plan.guards", lang), anchor=False)
        _picks(plan.guards, "guards", lang)
    if plan.later:
        st.header(say("plan.next", lang), anchor=False)
        st.caption(say("plan.next_lead", lang))
        _steps(plan.later, lang)


def _picks(picks: Sequence[Pick], name: str, lang: str) -> None:
    """Draw KPIs side by side, on a phone one under the other."""
    with st.grid(3, min_column_width=290, key=f"goals.{name}"):
        for pick in picks:
            with st.container(border=True, height="stretch", key=f"goals.{name}_{pick.kpi.id}"):
                texts = (sentence(pick.reason, lang), hitch(pick, lang))
                lines = [named(pick, lang), plain(pick.kpi.words(lang).question), *small(texts)]
                st.markdown("  \n".join(lines))


def _steps(steps: Sequence[Step], lang: str) -> None:
    for place, step in enumerate(steps[:_FIRST_STEPS], start=1):
        _step(place, step, lang)
    rest = steps[_FIRST_STEPS:]
    if rest:
        with st.expander(say("plan.more", lang, n=len(rest)), key="goals.more_steps"):
            for place, step in enumerate(rest, start=_FIRST_STEPS + 1):
                _step(place, step, lang)


def _step(place: int, step: Step, lang: str) -> None:
    """Draw one step: what to fetch, the click path, and what can be counted then."""
    first, *others = places(step, lang)
    lines = [f"**{place}. {plain(first[0])}**  \n{plain(first[1])}"]
    lines += [f"{say('plan.or', lang)} **{plain(name)}**  \n{plain(get)}" for name, get in others]
    with st.container(border=True):
        st.markdown("  \n".join([*lines, *small([gain(step, lang)])]))


def _sales(visitor: Visitor, plan: Plan) -> None:
    """Say that sales cannot be traced, show them beside the posts, and offer the way out."""
    lang = visitor.lang
    with st.container(border=True, key="goals.untraced"):
        for note in plan.notes:
            st.markdown(f":material/receipt_long: {plain(sentence(note, lang))}")
        if plan.beside is not None:
            _table(plan.beside, lang)
        st.markdown(say("plan.code_word", lang))
        template.offer_tally(visitor, "goals.tally")


def _table(beside: Beside, lang: str) -> None:
    st.caption(say("plan.beside", lang))
    told = rows(beside, lang)
    st.markdown(markdown(told, list(told)[1:]))
