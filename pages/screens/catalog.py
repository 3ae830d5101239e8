"""The catalogue: every KPI with the question it answers and the owner's own numbers in its formula."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from kpi.catalog.loader import fields, goals
from kpi.model.formula import field_and_roll, names
from kpi.model.kpi import Kpi
from kpi.model.verdict import Verdict
from kpi.report.formula import in_numbers, in_words
from kpi.report.numbers import columns, shown
from kpi.report.words import say, say_n
from kpi.report.words.tell import told
from pages.parts import cards, desk, own
from pages.parts.escape import plain
from pages.parts.session import session
from pages.parts.steps import link

_TOLD, _UNTOLD, _OWN = "told", "untold", "own"
visitor = session()
lang = visitor.lang


def searched(kpi: Kpi) -> str:
    """Return all the words by which a KPI can be found, in both languages."""
    ways = [text for variant in kpi.variants for text in (variant.en, variant.ru)]
    taken = {field_and_roll(name)[0] for variant in kpi.variants for name in names(variant.formula)}
    figures = [text for field in taken for text in (fields()[field].en, fields()[field].ru)]
    texts = [text for words in (kpi.en, kpi.ru) for text in (words.name, words.question, words.term)]
    return " ".join([kpi.id, *texts, *ways, *figures]).casefold().replace("ё", "е")


def chosen(verdicts: Sequence[Verdict]) -> list[Verdict]:
    """Draw the search and return the verdicts that it finds."""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        text = st.text_input(
            say("catalog.search", lang),
            placeholder=say("catalog.search_for", lang),
            type="search",
            key="catalog.search",
            persist_state="session",
            width=320,
        )
        labels = {
            _TOLD: say("catalog.told", lang),
            _UNTOLD: say("catalog.untold", lang),
            _OWN: say("catalog.own", lang),
        }
        kind = st.pills(
            say("catalog.show", lang),
            list(labels),
            format_func=labels.__getitem__,
            key="catalog.kind",
            label_visibility="collapsed",
            wrap=True,
            persist_state="session",
        )
    words = (text or "").casefold().replace("ё", "е").split()
    return [
        verdict
        for verdict in verdicts
        if kind in {None, *kinds(verdict)} and all(word in searched(verdict.kpi) for word in words)
    ]


def kinds(verdict: Verdict) -> tuple[str, ...]:
    """Return what a verdict is found under."""
    told_ = _UNTOLD if verdict.value is None else _TOLD
    return (told_, _OWN) if verdict.kpi.own else (told_,)


def groups(verdicts: Sequence[Verdict]) -> dict[str, list[Verdict]]:
    """Return the verdicts by the goal that each serves most, in the order of the goals; own ones first."""
    found: dict[str, list[Verdict]] = {_OWN: [v for v in verdicts if v.kpi.own]}
    for goal in goals():
        found[goal] = [v for v in verdicts if not v.kpi.own and _home(v.kpi) == goal]
    return {goal: some for goal, some in found.items() if some}


def _home(kpi: Kpi) -> str:
    return max(kpi.goals, key=lambda goal: kpi.goals[goal])


def entry(verdict: Verdict) -> None:
    """Draw one KPI: name, question, the formula in words and with the owner's numbers, and the way on."""
    kpi, words = verdict.kpi, verdict.kpi.words(lang)
    variant = verdict.variant or verdict.nearest or kpi.variants[0]
    with st.container(border=True, height="stretch", gap="small", key=f"catalog.{kpi.id}"):
        cards.badge(verdict, lang)
        st.markdown(f"**{plain(words.name)}**  \n{plain(words.question)}")
        st.caption(plain(in_words(variant.formula, lang)))
        if verdict.value is not None and verdict.parts:
            value = shown(verdict.value, verdict.unit, verdict.currency, lang)
            numbers = in_numbers(variant.formula, verdict.parts, lang)
            made = f"{plain(numbers)} = " if len(verdict.parts) > 1 else ""
            st.markdown(f"{made}**{plain(value)}**")
        elif verdict.missing:
            lacks = tuple(one.field for one in verdict.missing)
            st.markdown(plain(say("catalog.lacks", lang, fields=columns(lacks, lang))))
        else:
            st.markdown(plain(cards.why(verdict, lang)))
        st.space("stretch")
        link(visitor, "kpi", say("catalog.open", lang), icon=":material/arrow_forward:", id=kpi.id)


def screen() -> None:
    """Draw the catalogue."""
    laid = desk.lay(visitor)
    verdicts = laid.everything().verdicts
    known = sum(verdict.value is not None for verdict in verdicts)
    st.title(say_n("catalog.title", len(verdicts), lang, known=known), anchor=False)
    st.caption(say("catalog.lead", lang))
    own.editor(visitor, laid)
    found = chosen(verdicts)
    if not found:
        st.info(say("catalog.nothing", lang), icon=":material/search:")
    for goal, some in groups(found).items():
        st.header(say("catalog.own", lang) if goal == _OWN else told("goal", goal, lang), anchor=False)
        with st.grid(3, min_column_width=300, key=f"catalog.grid_{goal}"):
            for verdict in some:
                entry(verdict)


screen()
