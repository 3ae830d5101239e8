"""How realistic a target is: what comes without change, what is in reach, and the chance of a value."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from kpi.model.kpi import Better
from kpi.model.outlook import Outlook, Reach
from kpi.model.target import Target
from kpi.model.verdict import Verdict
from kpi.report.benchmark import placed
from kpi.report.numbers import typed
from kpi.report.outlook import sentences
from kpi.report.words import say
from pages.parts import benchmarks, charts
from pages.parts.desk import Desk, view
from pages.parts.escape import plain

_REACHES = {
    Reach.LIKELY: ("green", ":material/check_circle:", "realism.likely"),
    Reach.REALISTIC: ("blue", ":material/flag:", "realism.realistic"),
    Reach.AMBITIOUS: ("orange", ":material/trending_up:", "realism.ambitious"),
    Reach.UNLIKELY: ("red", ":material/block:", "realism.unlikely"),
}


def tried(laid: Desk, verdict: Verdict, target: Target | None) -> None:
    """Draw what the past says of a KPI, and let a value be tried before it is made a target."""
    variant, lang, id_ = verdict.variant, laid.visitor.lang, verdict.kpi.id
    if variant is None:
        return
    st.markdown(f"**{say('realism.title', lang)}**")
    unit = charts.unit(verdict, lang) or say("dashboard.number", lang)
    value = None
    if verdict.better is not Better.RANGE:
        value = st.number_input(
            say("realism.value", lang, unit=unit),
            value=target.value if target else None,
            placeholder="" if verdict.bar is None else typed(verdict.bar),
            key=f"realism.value_{id_}_{variant.id}",
        )
    aim = target or Target(kpi=id_, variant=variant.id, value=0.0, per="month")
    wanted = replace(aim, variant=variant.id, value=value) if value is not None else target
    if wanted is None:  # the past alone: a value that nobody typed has no chance to tell
        found = laid.outlook(variant, aim)
        found = replace(found, chance=None, reach=None, reached=None, needed_per_week=None, met=None)
    else:
        found = laid.outlook(variant, wanted)
    told(found, lang)
    if value is not None:
        _beside(laid, replace(verdict, value=value))


def _beside(laid: Desk, wanted: Verdict) -> None:
    """Say where a target would stand among others that count alike, if anybody does."""
    found, _ = benchmarks.comparison(laid.visitor, wanted, laid.cube, view(laid.visitor))
    sentence = placed(found, wanted, laid.visitor.lang)
    if sentence:
        st.caption(plain(sentence))


def told(found: Outlook, lang: str) -> None:
    """Draw an outlook: how hard the target is as a badge, then its sentences."""
    if found.reach is not None:
        colour, icon, key = _REACHES[found.reach]
        st.badge(say(key, lang), icon=icon, color=colour)  # type: ignore[arg-type]
    for sentence in sentences(found, lang):
        st.caption(plain(sentence))
