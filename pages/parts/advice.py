"""What to do about a KPI: two or three actions for the factor that fails, each a click from being taken."""

from __future__ import annotations

from datetime import UTC, datetime

import streamlit as st

from kpi.catalog.loader import factors
from kpi.insight.advice import Setting, failing, offered, setting
from kpi.model.action import Action, Effort
from kpi.model.identity import NETWORK_MIX
from kpi.model.taken import State, Taken
from kpi.model.verdict import Verdict
from kpi.report.words import say
from kpi.workspace import taken as log
from pages.parts import desk, taking, why
from pages.parts.desk import Desk
from pages.parts.escape import dollars
from pages.parts.session import Visitor
from pages.parts.shell import script

_EFFORTS = {
    Effort.MINUTES: "advice.effort_minutes",
    Effort.WEEKLY: "advice.effort_weekly",
    Effort.HOURS: "advice.effort_hours",
    Effort.WEEKLY_HOURS: "advice.effort_weekly_hours",
}


def draw(visitor: Visitor, laid: Desk, verdict: Verdict) -> None:
    """Draw the offers for a factor, the one that fails first, and the way to all that is done.

    Nothing for a figure that is unknown: what is not known does not fail.
    """
    if verdict.value is None:
        return
    found = why.explained(verdict, laid)
    lang, where = visitor.lang, setting(laid.cube.facts, desk.view(visitor), verdict.networks)
    st.header(say("advice.title", lang), anchor=False)
    factor = _factor(verdict, where, failing(found) if found else None, lang)
    if factor is None:
        st.markdown(say("advice.none", lang))
    else:
        with st.grid(3, min_column_width=290, key="kpi.advice"):
            for action in offered(verdict.kpi.id, factor, where):
                _card(visitor, verdict, factor, action)
    st.page_link(script("actions"), label=say("advice.log", lang), icon=":material/checklist:")


def first(visitor: Visitor, laid: Desk, verdict: Verdict) -> Action | None:
    """Return the best action for what did most against a KPI; None where nothing did, or none fits."""
    found = why.explained(verdict, laid)
    factor = failing(found) if found else None
    if factor is None:
        return None
    some = offered(verdict.kpi.id, factor, setting(laid.cube.facts, desk.view(visitor), verdict.networks))
    return next(iter(some), None)


def _factor(verdict: Verdict, where: Setting, worst: str | None, lang: str) -> str | None:
    """Return the factor to act on, the failing one unless another is chosen; None without any offer."""
    variant = verdict.variant or verdict.kpi.variants[0]
    told = [name for one in verdict.kpi.identities if one.of == variant.id for name in one.moved]
    order = dict.fromkeys((*([worst] if worst else ()), *told, *verdict.kpi.factors))
    alone = len(where.networks) < 2  # noqa: PLR2004  one network has no mix of networks
    order = {name: None for name in order if not (alone and name == NETWORK_MIX)}
    choices = [name for name in order if offered(verdict.kpi.id, name, where)]
    if len(choices) < 2:  # noqa: PLR2004  nothing to choose among
        return next(iter(choices), None)
    picked: str = st.selectbox(
        say("advice.factor", lang),
        choices,
        format_func=lambda name: factors()[name].words(lang).name,
        key=f"kpi.factor_{verdict.kpi.id}",
        persist_state="session",
        width=320,
    )
    return picked


def _card(visitor: Visitor, verdict: Verdict, factor: str, action: Action) -> None:
    """Draw one offer: what, at which effort, how, on what evidence, how to see it, and the button."""
    lang, words = visitor.lang, action.words(visitor.lang)
    with st.container(border=True, height="stretch", gap="small"):
        st.markdown(f"**{dollars(words.title)}**")
        st.caption(f":material/schedule: {say(_EFFORTS[action.effort], lang)}")
        st.markdown(dollars(words.how))
        if action.effect.practice:
            st.caption(say("advice.practice", lang))
        else:
            known = say("advice.known", lang, text=action.effect.words(lang))
            st.caption(dollars(known), help=say("advice.source", lang, text=action.effect.source))
        st.caption(dollars(say("advice.check", lang, text=words.check)))
        st.space("stretch")
        kept = log.taken(visitor.workspace)
        if any(one.action == action.id and one.state is not State.DROPPED for one in kept):
            st.badge(say("advice.taken", lang), icon=":material/checklist:", color="blue")
            return
        draft = _draft(visitor, verdict, factor, action)
        taking.opener(visitor, say("advice.take", lang), draft, f"kpi.take_{action.id}")


def _draft(visitor: Visitor, verdict: Verdict, factor: str, action: Action) -> Taken:
    """Return the action as it would be taken on today, for what is looked at."""
    words, moment = action.words(visitor.lang), datetime.now(UTC)
    return Taken(
        id=log.free_id(log.taken(visitor.workspace)),
        kpi=verdict.kpi.id,
        title=words.title,
        how=words.how,
        first=moment.date(),
        at=moment,
        action=action.id,
        factor=factor,
        variant=verdict.variant.id if verdict.variant else "",
        network=desk.view(visitor).network or "",
    )
