"""Draws what posts sold: of how many orders it is told, the posts with most money, and the orders of each."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import streamlit as st

from kpi.facts.assemble import Facts
from kpi.facts.frame import Labels, calendar
from kpi.insight.content.shelf import Shelf
from kpi.insight.content.takings import Order, Takings, orders_of
from kpi.report import takings as words
from kpi.report.numbers import day
from kpi.report.words import say, say_n
from kpi.report.words.tell import listed, told
from pages.parts.content import snippet
from pages.parts.escape import dollars, plain

SHOWN = 6  # posts at once


def sold(facts: Facts, shelf: Shelf, found: Takings, since: date, lang: str) -> None:
    """Draw the posts that sold, or that no order names one and what would help."""
    st.header(say("content.sold", lang), anchor=False)
    st.markdown(plain(words.coverage(found, since, lang)))
    best = found.best
    _cards(facts, shelf, found, best[:SHOWN], lang)
    if rest := best[SHOWN:]:
        more = st.expander(
            say_n("content.sold_others", len(rest), lang), key="content.sold_others", on_change="rerun"
        )
        if more.open:
            with more:
                _cards(facts, shelf, found, rest, lang)
    st.caption(say("content.sold_more", lang))
    with st.popover(say("content.sold_rule", lang), type="tertiary", icon=":material/help:"):
        st.markdown(say("content.sold_rule_more", lang))


def untold(lang: str) -> None:
    """Say that no file of orders has codes, and what would help."""
    st.header(say("content.sold", lang), anchor=False)
    st.markdown(say("content.sold_no_codes", lang))
    st.caption(say("content.sold_more", lang))


def _cards(facts: Facts, shelf: Shelf, found: Takings, posts: tuple[int, ...], lang: str) -> None:
    with st.grid(3, min_column_width=270):
        for post in posts:
            _card(facts, shelf, found, post, lang)


def _card(facts: Facts, shelf: Shelf, found: Takings, post: int, lang: str) -> None:
    """Draw one post: what it brought, what it says, where and when, and the orders behind it."""
    frame, its = shelf.frame, orders_of(facts, found, post)
    with st.container(border=True, height="stretch", gap="xsmall"):
        money = words.revenue(found, post, lang)
        st.metric(words.orders(found, post, lang), dollars(money or say("money.unknown", lang)))
        if money is None:
            st.caption(say("content.sold_unknown", lang))
        st.markdown(plain(snippet(shelf.texts[post])) or say("content.no_text", lang))
        network = frame.labels.get("network", Labels.same("", len(frame)))
        where = told("network", network.names[network.codes[post]], lang)
        named = listed(dict.fromkeys(one.word for one in its), lang)
        parts = [day(calendar(frame.day[post]), lang), where, named]
        st.caption(plain(" · ".join(part for part in parts if part)))
        st.space("stretch")
        key = f"content.sold_{frame.day[post]}_{post}"
        rows = st.popover(
            say("content.sold_rows", lang),
            type="tertiary",
            icon=":material/table_rows:",
            key=key,
            on_change="rerun",
        )
        if rows.open:
            with rows:
                _orders(its, post, lang)


def _orders(its: Sequence[Order], post: int, lang: str) -> None:
    columns = words.rows(its, lang)
    st.dataframe(
        columns,
        hide_index=True,
        width="content",
        key=f"content.orders_{post}",
        column_config=dict.fromkeys(
            (say("content.order_amount", lang), say("content.orders", lang)),
            st.column_config.TextColumn(alignment="right"),
        ),
    )
