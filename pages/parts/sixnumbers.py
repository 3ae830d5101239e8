"""Six numbers of a month for owners without any export: typed here, kept as a file like any other."""

from __future__ import annotations

import streamlit as st

from kpi.catalog.loader import networks
from kpi.model.period import Period
from kpi.report import typed
from kpi.report.typed import Six
from kpi.report.words import say
from kpi.report.words.tell import period
from kpi.workspace import Given
from pages.parts import demo, example
from pages.parts.escape import plain
from pages.parts.session import Visitor

_MONTHS = 12  # that can be typed, the last one first
_FIRST = ("instagram", "vk", "telegram")


def form(visitor: Visitor, month: Period) -> None:
    """Draw the form, folded; what was typed for a month and network before stands in it again."""
    lang = visitor.lang
    fold = st.expander(
        say("typed.title", lang), icon=":material/keyboard:", key="front.six", on_change="rerun"
    )
    if not fold.open:
        return
    with fold:
        st.caption(say("typed.lead", lang))
        with st.container(horizontal=True):
            when, network = _which(month, lang)
        old, said = _before(visitor, when, network)
        _ask(visitor, said, old)


def _which(month: Period, lang: str) -> tuple[Period, str]:
    """Return which month and network are typed, as they are chosen."""
    months = [month]
    while len(months) < _MONTHS:
        months.append(months[-1].before())
    label = say("typed.month", lang)
    when = st.selectbox(label, months, format_func=lambda one: period(one, lang), key="front.six_month")
    ids = [*_FIRST, *(id_ for id_ in networks() if id_ not in _FIRST)]
    names = {id_: networks()[id_].name(lang) for id_ in ids}
    label = say("typed.network", lang)
    return when, st.selectbox(label, ids, format_func=names.__getitem__, key="front.six_network")


def _before(visitor: Visitor, month: Period, network: str) -> tuple[Given | None, Six]:
    """Return the file in which this month and network were typed, and what it says; blanks without one."""
    blank = Six(month=month, network=network)
    if demo.loaded(visitor.workspace) or not visitor.workspace.files():
        return None, blank
    from pages.parts import desk  # reads tables, which a first visitor need not wait for

    for given, reading in desk.readings(visitor):
        six = typed.read(reading)
        if six is not None and (six.month, six.network) == (month, network):
            return given, six
    return None, blank


def _ask(visitor: Visitor, said: Six, old: Given | None) -> None:
    lang, which = visitor.lang, f"{said.month.first:%Y_%m}_{said.network}_{old.digest[:8] if old else 'new'}"

    def number(label: str, name: str, value: float | None, text: str | None = None) -> float | None:
        return st.number_input(
            label,
            min_value=0.0,
            value=value,
            step=1.0,
            format="%.12g",
            key=f"front.six_{name}_{which}",
            help=text,
        )

    with st.form("front.six_form"):
        with st.grid(2, min_column_width=200):
            followers = number(say("typed.followers", lang), "followers", said.followers)
            posts = number(say("typed.posts", lang), "posts", said.posts, say("typed.posts_help", lang))
            reach = number(say("typed.reach", lang), "reach", said.reach)
            reactions = number(say("typed.reactions", lang), "reactions", said.reactions)
            receipts = number(say("typed.receipts", lang), "receipts", said.receipts)
            spend = number(say("typed.spend", lang), "spend", said.spend)
        sent = st.form_submit_button(say("typed.keep", lang), key="front.six_keep", type="primary")
    if not sent:
        return
    new = Six(
        month=said.month,
        network=said.network,
        followers=followers,
        posts=posts,
        reach=reach,
        reactions=reactions,
        receipts=receipts,
        spend=spend,
    )
    if new.empty:
        st.warning(say("typed.empty", lang))
        return
    _keep(visitor, new, old)
    st.rerun()


def _keep(visitor: Visitor, new: Six, old: Given | None) -> None:
    """Keep what was typed among the owner's own files, in place of what was typed before."""
    if demo.loaded(visitor.workspace):
        example.leave(visitor)
    name = typed.file_name(new, visitor.lang)
    digest = visitor.workspace.add(name, typed.written(new, visitor.lang))
    if old is not None and old.digest != digest:
        visitor.workspace.remove(old.digest)
    st.toast(say("typed.kept", visitor.lang, file=plain(name)))
