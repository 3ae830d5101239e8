"""KPIs of the owner's own: the form to write one, what it would show, those there are, and the way back."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from kpi.catalog.loader import fields, goals
from kpi.catalog.own import Wish, own_kpi
from kpi.errors import FormulaError
from kpi.judge.board import Judge
from kpi.metrics.cubes import cube
from kpi.model.field import TOTALS
from kpi.model.kpi import Better, Kpi
from kpi.report.formula import in_numbers, in_words, plain_name
from kpi.report.numbers import columns, shown
from kpi.report.words import say, sentence
from kpi.report.words.tell import told
from kpi.workspace import own
from pages.parts.desk import Desk, view
from pages.parts.escape import plain
from pages.parts.session import Visitor, picked, put

_FORMULA, _FIGURE = "own.formula", "own.figure"
_WAYS = {Better.UP: "own.better_up", Better.DOWN: "own.better_down"}


def editor(visitor: Visitor, laid: Desk) -> None:
    """Draw the form and the list of the owner's KPIs, folded away until they are wanted."""
    lang = visitor.lang
    opened = st.expander(
        say("own.title", lang), icon=":material/edit_note:", key="own.opened", on_change="rerun"
    )
    if not opened.open:
        return
    with opened:
        st.caption(say("own.lead", lang))
        _listed(visitor, laid)
        _form(visitor, laid)


def _listed(visitor: Visitor, laid: Desk) -> None:
    """Draw the KPIs that there are, what stands against one that no longer holds, and a way to drop it."""
    lang = visitor.lang
    for wish in laid.key.own:
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            st.markdown(f"**{plain(wish.name)}**  \n{_in_words(wish, laid, lang)}")
            st.button(
                say("own.drop", lang),
                key=f"own.drop_{wish.id}",
                icon=":material/delete:",
                type="tertiary",
                on_click=_drop,
                args=(visitor, wish),
            )
    gone = visitor.gone
    if gone is not None:
        st.button(
            say("own.undo", lang, name=gone.name),
            key="own.undo",
            icon=":material/undo:",
            on_click=_put_back,
            args=(visitor, gone),
        )


def _in_words(wish: Wish, laid: Desk, lang: str) -> str:
    try:
        kpi = own_kpi(wish, {one.id: one for one in laid.key.own})
    except FormulaError as why:
        return f":orange[{plain(_refusal(why, lang))}]"
    return f":gray[{plain(in_words(kpi.variants[0].formula, lang))}]"


def _refusal(why: FormulaError, lang: str) -> str:
    """Return why a formula cannot be, figures named with their table: two tables have a reach."""
    named = why.facts.get("fields")
    if not isinstance(named, tuple):
        return sentence(why, lang)
    return say(why.key, lang, fields=columns(dict.fromkeys(named), lang))


def _drop(visitor: Visitor, wish: Wish) -> None:
    visitor.workspace.drop_own_kpi(wish.id)
    visitor.gone = wish


def _put_back(visitor: Visitor, wish: Wish) -> None:
    own.keep(visitor.workspace, wish)
    visitor.gone = None


def _form(visitor: Visitor, laid: Desk) -> None:
    lang = visitor.lang
    left, right = st.columns(2)
    with left:
        name = st.text_input(say("own.name", lang), key="own.name", max_chars=60, persist_state="session")
        goal = st.selectbox(
            say("own.goal", lang),
            list(goals()),
            index=None,
            format_func=lambda id_: told("goal", id_, lang),
            placeholder=say("own.no_goal", lang),
            key="own.goal",
            persist_state="session",
        )
        better = st.segmented_control(
            say("own.better", lang),
            list(_WAYS),
            default=Better.UP,
            required=True,
            format_func=lambda way: say(_WAYS[way], lang),
            key="own.better",
            persist_state="session",
        )
    with right:
        st.selectbox(
            say("own.figure", lang),
            _figures(laid),
            index=None,
            format_func=lambda token: _named(token, lang),
            placeholder=say("own.figure_choose", lang),
            key=_FIGURE,
            on_change=_insert,
        )
        formula = st.text_area(
            say("own.formula", lang),
            key=_FORMULA,
            max_chars=400,
            height=90,
            placeholder="100 * posts.saves / posts.reach",
            help=say("own.formula_help", lang),
            persist_state="session",
        )
    if not (formula or "").strip():
        return
    wish = Wish(
        id=own.free_id({one.id: one for one in laid.key.own}),
        name=name or "",
        formula=formula or "",
        better=better or Better.UP,
        goals=(goal,) if goal else (),
    )
    _tried(visitor, laid, wish)


def _tried(visitor: Visitor, laid: Desk, wish: Wish) -> None:
    """Draw what a wish would show, or why it cannot be; keep it on a click."""
    lang, others = visitor.lang, {one.id: one for one in laid.key.own}
    try:
        kpi = own_kpi(replace(wish, name=wish.name or say("own.nameless", lang)), others)
    except FormulaError as why:
        st.warning(plain(_refusal(why, lang)), icon=":material/edit_off:")
        return
    st.markdown(f"{plain(in_words(kpi.variants[0].formula, lang))}  \n{_now(visitor, laid, kpi)}")
    if not wish.goals:
        st.caption(say("own.orphan", lang))
    if not wish.name.strip():
        st.caption(say("own.name_first", lang))
    st.button(
        say("own.keep", lang),
        key="own.keep",
        type="primary",
        disabled=not wish.name.strip(),
        on_click=_keep,
        args=(visitor, wish),
    )


def _now(visitor: Visitor, laid: Desk, kpi: Kpi) -> str:
    """Return what a KPI shows in the period looked at, or why nothing."""
    lang, period = visitor.lang, laid.period()
    if period is None:
        return say("own.no_files", lang)
    whole = cube(laid.cube.facts, (kpi,))
    verdict = Judge(whole, view(visitor), ()).verdict(kpi, period)
    when = told("period", period, lang)
    if verdict.value is None:
        lacks = tuple(one.field for one in verdict.missing)
        why = (
            say("catalog.lacks", lang, fields=columns(lacks, lang))
            if lacks
            else sentence(verdict.reasons[0], lang)
        )
        return plain(f"{when}: {why}")
    value = shown(verdict.value, verdict.unit, verdict.currency, lang)
    numbers = in_numbers(kpi.variants[0].formula, verdict.parts, lang)
    return f"{plain(when)}: {plain(numbers)} = **{plain(value)}**"


def _keep(visitor: Visitor, wish: Wish) -> None:
    own.keep(visitor.workspace, wish)
    put(_FORMULA, "")
    put("own.name", "")


def _insert() -> None:
    """Write the chosen figure at the end of the formula."""
    token = picked(_FIGURE)
    if token:
        put(_FORMULA, f"{(picked(_FORMULA) or '').rstrip()} {token}".strip())
        put(_FIGURE, None)


def _figures(laid: Desk) -> list[str]:
    """Return all totals that a formula may take, those of the files first."""
    facts = laid.cube.facts
    totals = [
        f"{id_}.{roll}".rstrip(".")
        for id_, field in fields().items()
        for roll in sorted(TOTALS.get(field.roll, ()))
    ]
    return sorted(totals, key=lambda token: not facts.given(".".join(token.split(".")[:2])))


def _named(token: str, lang: str) -> str:
    return f"{plain_name(token, lang)} · {token}"
