"""One KPI whole: its light and why, how it is counted, how it stood before, and what it is about."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

import streamlit as st

from kpi.catalog.loader import goals
from kpi.judge.ways import Way
from kpi.model.verdict import Part, Verdict
from kpi.report.formula import in_numbers, in_words
from kpi.report.numbers import columns, shown
from kpi.report.numbers import period as told_period
from kpi.report.words import say, sentence
from kpi.report.words.tell import listed, told
from pages.parts import advice, benchmarks, breakdown, course, desk, howto, judgement, why
from pages.parts.desk import Desk
from pages.parts.escape import dollars, plain
from pages.parts.session import session
from pages.parts.steps import link

_OF_MONEY = frozenset({"roi", "revenue_social", "profit_social"})  # told by several ways of knowing
_ADDRESS = re.compile(r"https?://[^\s,;)]+")
visitor = session()
lang = visitor.lang


def lost() -> None:
    """Say that the address names no KPI, and where all of them are."""
    st.title(say("kpi.lost", lang), anchor=False)
    link(visitor, "catalog", say("to.catalog", lang), icon=":material/arrow_back:")


def counting(verdict: Verdict, laid: Desk) -> None:
    """Draw the formula with the owner's numbers, where they come from, and every other way of counting."""
    st.header(say("kpi.counting", lang), anchor=False)
    howto.written(verdict, laid.period(), lang)
    ways = laid.ways(verdict.kpi.id)
    if len(ways) > 1:
        st.markdown(f"**{say('kpi.ways', lang)}**")
        if verdict.variant is not None:
            st.caption(say("kpi.ways_lead", lang))
        for way in ways:
            used = verdict.variant is not None and way.variant.id == verdict.variant.id
            mark = say("kpi.way_used", lang) if used else ""
            st.markdown(f"* {plain(_way(way))}{f' :blue-badge[{mark}]' if mark else ''}")


def _way(way: Way) -> str:
    name = way.variant.ru if lang == "ru" else way.variant.en
    told_as = in_words(way.variant.formula, lang)
    if way.value is not None:
        return f"{name}: {shown(way.value, way.unit, way.currency, lang)} ({told_as})"
    if way.missing:
        lacks = tuple(one.field for one in way.missing)
        why = say("catalog.lacks", lang, fields=columns(lacks, lang))
    else:
        why = sentence(way.reasons[0], lang)
    return f"{name}: {why}"


def about(verdict: Verdict) -> None:
    """Draw what a KPI is about: term, example, goals, kind, caveat and sources."""
    kpi, words = verdict.kpi, verdict.kpi.words(lang)
    st.header(say("kpi.about", lang), anchor=False)
    if words.term:
        st.markdown(plain(words.term))
    example = next((one for one in kpi.examples if one.value is not None), None)
    if example is not None:
        variant = next(v for v in kpi.variants if v.id == (example.variant or kpi.variants[0].id))
        parts = [Part(name=name, value=value) for name, value in example.given.items()]
        unit = variant.unit or kpi.unit
        value = shown(example.value, unit, None, lang)
        numbers = f"{in_numbers(variant.formula, parts, lang)} = {value}" if len(parts) > 1 else value
        st.markdown(plain(say("kpi.example", lang, formula=in_words(variant.formula, lang), numbers=numbers)))
    serves = [goal for goal in goals() if kpi.goals.get(goal)]
    if serves:
        names = listed([told("goal", goal, lang) for goal in serves], lang)
        st.markdown(say("kpi.serves", lang, names=names))
    if not kpi.own:  # of what the owner wrote nobody knows whether it moves before sales or after
        st.markdown(say("kpi.leading" if kpi.leading else "kpi.lagging", lang))
    if words.caveat:
        st.markdown(plain(words.caveat))
    addresses = [address.rstrip(".") for source in kpi.sources for address in _ADDRESS.findall(source)]
    if addresses:
        links = ", ".join(f"[{urlsplit(address).hostname}]({address})" for address in addresses)
        st.caption(f"{say('kpi.sources', lang)} {links}")


def others(verdict: Verdict, laid: Desk) -> None:
    """Draw what others have, as far as it was counted alike."""
    found, networks = benchmarks.comparison(visitor, verdict, laid.cube, desk.view(visitor))
    benchmarks.draw(visitor, verdict, found, networks)


def over_time(verdict: Verdict, laid: Desk) -> None:
    """Draw the course by months or weeks, what is foretold, and the notes on days."""
    if verdict.variant is None:
        return
    st.header(say("kpi.course", lang), anchor=False)
    course.draw(laid, verdict, per=course.step("kpi", lang), screen="kpi")


def screen() -> None:
    """Draw the KPI that the address names."""
    laid = desk.lay(visitor)
    found = {verdict.kpi.id: verdict for verdict in laid.everything().verdicts}
    verdict = found.get(st.query_params.get("id", ""))
    if verdict is None:
        lost()
        return
    words, period = verdict.kpi.words(lang), laid.period()
    value = shown(verdict.value, verdict.unit, verdict.currency, lang)
    name = plain(words.name) if verdict.kpi.own else words.name
    st.title(f"{name}: {dollars(value)}" if verdict.value is not None else name, anchor=False)
    looked = desk.view(visitor)
    only = [
        told("network", looked.network, lang) if looked.network else "",
        looked.account or "",
        looked.currency or "",
    ]
    parts = [words.question, told_period(period, lang) if period else "", *only]
    st.caption(plain(" · ".join(part for part in parts if part)))
    back = (
        ("dashboard", say("to.dashboard", lang))
        if visitor.workspace.goals()
        else ("catalog", say("to.catalog", lang))
    )
    link(visitor, *back, icon=":material/arrow_back:")
    if verdict.kpi.id in _OF_MONEY:
        link(visitor, "money", say("to.money", lang), icon=":material/payments:")
    judgement.panel(visitor, verdict, laid.past(verdict.kpi.id))
    why.draw(verdict, laid, lang)
    advice.draw(visitor, laid, verdict)
    over_time(verdict, laid)
    breakdown.draw(laid, verdict, "kpi")
    others(verdict, laid)
    counting(verdict, laid)
    about(verdict)


screen()
