"""What is looked at: the chooser of period, network and account, kept over a reload."""

from __future__ import annotations

from datetime import date

import streamlit as st

from kpi.catalog.loader import networks
from kpi.judge.periods import first_shown, span, windows
from kpi.metrics.cubes import Cube
from kpi.model.period import Period, months_of, quarters_of
from kpi.report.numbers import period as told
from kpi.report.words import say
from pages.parts.session import Visitor

_MONTH, _QUARTER, _WINDOW, _DAYS = "month", "quarter", "window", "days"
_DATES = {"ru": "DD.MM.YYYY", "en": "YYYY/MM/DD"}
_BOTH_ENDS = 2


def chooser(visitor: Visitor, cube: Cube, whole: Period) -> None:
    """Draw the choosers in one row and keep what is chosen at once."""
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        _period(visitor, cube, whole)
        _network(visitor, cube)


def kinds(cube: Cube) -> dict[str, tuple[Period, ...]]:
    """Return the periods that can be chosen, newest first, by kind; days are chosen freely."""
    whole = span(cube)
    if whole is None:
        return {}
    found = {
        _MONTH: months_of(whole)[::-1],
        _QUARTER: quarters_of(whole)[::-1],
        _WINDOW: windows(cube.facts)[::-1],
    }
    return {kind: periods for kind, periods in found.items() if periods}


def _period(visitor: Visitor, cube: Cube, whole: Period) -> None:
    lang, offered = visitor.lang, kinds(cube)
    default = first_shown(cube)
    now = visitor.filter.period or default or whole
    shown_as = next((kind for kind, periods in offered.items() if now in periods), _DAYS)
    names = {
        _MONTH: say("dashboard.by_month", lang),
        _QUARTER: say("dashboard.by_quarter", lang),
        _WINDOW: say("dashboard.by_window", lang),
        _DAYS: say("dashboard.by_days", lang),
    }
    kind = st.segmented_control(
        say("dashboard.period", lang),
        [*offered, _DAYS],
        default=shown_as,
        required=True,
        format_func=names.__getitem__,
        key="dashboard.kind",
        label_visibility="collapsed",
        persist_state="session",
    )
    if kind in offered:
        periods = offered[kind]
        picked = st.selectbox(
            names[kind],
            periods,
            index=periods.index(now) if now in periods else _nearest(periods, now),
            format_func=lambda one: _named(one, whole, lang),
            key=f"dashboard.{kind}",
            label_visibility="collapsed",
            persist_state="session",
            width=230,
        )
    else:
        picked = _free(now, whole, lang)
    if picked != now:
        visitor.narrow(period=None if picked == default else picked)


def _free(now: Period, whole: Period, lang: str) -> Period:
    """Draw the chooser of two days and return what they span; the old period until both are there."""
    days = st.date_input(
        say("dashboard.by_days", lang),
        (max(now.first, whole.first), min(now.last, whole.last)),
        min_value=whole.first,
        max_value=whole.last,
        format=_DATES[lang],
        key="dashboard.days",
        label_visibility="collapsed",
        persist_state="session",
        width=260,
    )
    ends: tuple[date, ...] = days if isinstance(days, tuple) else ()
    return Period(ends[0], ends[1]) if len(ends) == _BOTH_ENDS else now


def _nearest(periods: tuple[Period, ...], now: Period) -> int:
    """Return the place of the newest period that ends by the end of the one shown."""
    return next((place for place, one in enumerate(periods) if one.last <= now.last), 0)


def _named(one: Period, whole: Period, lang: str) -> str:
    name = told(one, lang)
    name = name[:1].upper() + name[1:]
    return name if whole.covers(one) else say("dashboard.not_whole", lang, name=name)


def _network(visitor: Visitor, cube: Cube) -> None:
    lang, chosen = visitor.lang, visitor.filter
    if len(cube.networks) > 1:
        options = ("", *cube.networks)
        old = chosen.networks[0] if chosen.networks else ""
        picked = st.selectbox(
            say("dashboard.network", lang),
            options,
            index=options.index(old) if old in options else 0,
            format_func=lambda id_: _network_name(id_, lang),
            key="dashboard.network",
            label_visibility="collapsed",
            persist_state="session",
            width=190,
        )
        if picked != old:
            visitor.narrow(networks=(picked,) if picked else (), accounts=())
    _account(visitor, cube)


def _account(visitor: Visitor, cube: Cube) -> None:
    lang, chosen = visitor.lang, visitor.filter
    mine = {a for network, a in cube.accounts if not chosen.networks or network in chosen.networks}
    old = chosen.accounts[0] if chosen.accounts else ""
    if len(mine) > 1:
        options = ("", *sorted(mine))
        picked = st.selectbox(
            say("dashboard.account", lang),
            options,
            index=options.index(old) if old in options else 0,
            format_func=lambda name: name or say("dashboard.all_accounts", lang),
            key=f"dashboard.account_{'_'.join(chosen.networks)}",
            label_visibility="collapsed",
            persist_state="session",
            width=190,
        )
        if picked != old:
            visitor.narrow(accounts=(picked,) if picked else ())
    elif old:
        visitor.narrow(accounts=())


def _network_name(id_: str, lang: str) -> str:
    known = networks().get(id_)
    return known.name(lang) if known else id_ or say("dashboard.all_networks", lang)
