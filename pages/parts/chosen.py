"""What is looked at: the chooser of period, comparison, network, account and currency, and the link to it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from typing import Any
from urllib.parse import urlencode, urlsplit

import streamlit as st

from kpi.catalog.loader import networks
from kpi.judge.periods import first_shown, span, windows
from kpi.metrics.cubes import Cube
from kpi.model.period import Period, months_of, quarters_of
from kpi.report.numbers import period as told
from kpi.report.words import say
from pages.parts import address, businesses
from pages.parts.session import Filter, Visitor, Wrong, held, picked, put

_MONTH, _QUARTER, _WINDOW, _DAYS = "month", "quarter", "window", "days"
_DATES = {"ru": "DD.MM.YYYY", "en": "YYYY/MM/DD"}
_BOTH_ENDS = 2


def fitting(chosen: Filter, cube: Cube) -> tuple[Filter, tuple[Wrong, ...]]:
    """Return the filter as far as the files have what it asks for, and what of it they have not."""
    whole, wrong = span(cube), []
    if chosen.period and not (whole and whole.meets(chosen.period)):
        wrong.append(Wrong("period", f"{chosen.period.first:%Y-%m-%d} … {chosen.period.last:%Y-%m-%d}"))
        chosen = replace(chosen, period=None)
    if strange := [one for one in chosen.networks if one not in cube.networks]:
        wrong.append(Wrong("network", strange[0]))
        chosen = replace(chosen, networks=())
    if strange := [one for one in chosen.accounts if one not in _accounts(cube, chosen)]:
        wrong.append(Wrong("account", strange[0]))
        chosen = replace(chosen, accounts=())
    if chosen.currency and chosen.currency not in cube.currencies:
        wrong.append(Wrong("currency", chosen.currency))
        chosen = replace(chosen, currency=None)
    if chosen.yearly and not reaches_back(cube, chosen.period or first_shown(cube, chosen.view)):
        wrong.append(Wrong("year", ""))
        chosen = replace(chosen, yearly=False)
    return chosen, tuple(wrong)


def reaches_back(cube: Cube, period: Period | None) -> bool:
    """Return whether the files reach back to the same period a year ago."""
    whole = span(cube)
    return whole is not None and period is not None and whole.covers(period.year_before())


def chooser(visitor: Visitor, cube: Cube, whole: Period) -> None:
    """Draw the choosers in one row; what is chosen is kept and stands in the address at once."""
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        _period(visitor, cube, whole)
        _comparison(visitor, cube)
        if len(cube.networks) > 1:
            network(visitor, cube.networks)
        _account(visitor, cube)
        _currency(visitor, cube)
        _link(visitor, cube, whole)


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
    default = first_shown(cube, visitor.filter.view) or whole
    now = visitor.filter.period or default
    if held("dashboard.kind") != _DAYS and now not in offered.get(held("dashboard.kind") or "", ()):
        put("dashboard.kind", next((kind for kind, periods in offered.items() if now in periods), _DAYS))
    names = {
        _MONTH: say("dashboard.by_month", lang),
        _QUARTER: say("dashboard.by_quarter", lang),
        _WINDOW: say("dashboard.by_window", lang),
        _DAYS: say("dashboard.by_days", lang),
    }

    def keep(one: Period) -> None:
        address.narrow(visitor, period=None if one == default else one)

    def turn() -> None:
        periods = offered.get(picked("dashboard.kind"), ())
        if periods and now not in periods:
            keep(periods[_nearest(periods, now)])

    kind = st.segmented_control(
        say("dashboard.period", lang),
        [*offered, _DAYS],
        required=True,
        format_func=names.__getitem__,
        key="dashboard.kind",
        label_visibility="collapsed",
        persist_state="session",
        on_change=turn,
    )
    if kind in offered:
        _select(
            names[kind],
            f"dashboard.{kind}",
            offered[kind],
            now=now,
            named=lambda one: _named(one, whole, lang),
            keep=keep,
            width=230,
        )
    else:
        _free(now, whole, lang, keep)


def _free(now: Period, whole: Period, lang: str, keep: Callable[[Period], None]) -> None:
    """Draw the chooser of two days; what they span is kept once both are there."""
    key = f"dashboard.days_{now.first:%Y%m%d}_{now.last:%Y%m%d}"  # another period is another field

    def both() -> None:
        days: Sequence[date] = picked(key)
        if len(days) == _BOTH_ENDS:
            keep(Period(days[0], days[1]))

    st.date_input(
        say("dashboard.by_days", lang),
        (max(now.first, whole.first), min(now.last, whole.last)),
        min_value=whole.first,
        max_value=whole.last,
        format=_DATES[lang],
        key=key,
        label_visibility="collapsed",
        width=260,
        on_change=both,
    )


def _nearest(periods: tuple[Period, ...], now: Period) -> int:
    """Return the place of the newest period that ends by the end of the one shown."""
    return next((place for place, one in enumerate(periods) if one.last <= now.last), 0)


def _named(one: Period, whole: Period, lang: str) -> str:
    name = told(one, lang)
    name = name[:1].upper() + name[1:]
    return name if whole.covers(one) else say("dashboard.not_whole", lang, name=name)


def _comparison(visitor: Visitor, cube: Cube) -> None:
    """Draw what is compared with, where the files leave a choice."""
    lang, now = visitor.lang, visitor.filter.yearly
    if not reaches_back(cube, visitor.filter.period or first_shown(cube, visitor.filter.view)):
        return
    names = {False: say("dashboard.to_before", lang), True: say("dashboard.to_year_ago", lang)}
    _select(
        say("dashboard.comparison", lang),
        "dashboard.comparison",
        tuple(names),
        now=now,
        named=names.__getitem__,
        keep=lambda yearly: address.narrow(visitor, yearly=yearly),
        width=240,
    )


def network(visitor: Visitor, offered: Sequence[str]) -> None:
    """Draw the chooser of the network; it is the same on every screen that has one."""
    lang, now = visitor.lang, next(iter(visitor.filter.networks), "")
    _select(
        say("dashboard.network", lang),
        f"{visitor.screen}.network",
        ("", *offered),
        now=now if now in offered else "",
        named=lambda id_: _network_name(id_, lang),
        keep=lambda id_: address.narrow(visitor, networks=(id_,) if id_ else (), accounts=()),
    )


def _account(visitor: Visitor, cube: Cube) -> None:
    lang, mine = visitor.lang, _accounts(cube, visitor.filter)
    if len(mine) > 1:
        _select(
            say("dashboard.account", lang),
            "dashboard.account",
            ("", *mine),
            now=next(iter(visitor.filter.accounts), ""),
            named=lambda name: name or say("dashboard.all_accounts", lang),
            keep=lambda name: address.narrow(visitor, accounts=(name,) if name else ()),
        )


def _accounts(cube: Cube, chosen: Filter) -> list[str]:
    """Return the accounts of the networks looked at, by name."""
    return sorted({a for network, a in cube.accounts if not chosen.networks or network in chosen.networks})


def _currency(visitor: Visitor, cube: Cube) -> None:
    lang = visitor.lang
    if len(cube.currencies) > 1:
        _select(
            say("dashboard.currency", lang),
            "dashboard.currency",
            ("", *cube.currencies),
            now=visitor.filter.currency or "",
            named=lambda code: code or say("dashboard.all_currencies", lang),
            keep=lambda code: address.narrow(visitor, currency=code or None),
        )


def _select(
    label: str,
    key: str,
    options: Sequence[Any],
    *,
    now: Any,  # noqa: ANN401  one of the options
    named: Callable[[Any], str],
    keep: Callable[[Any], None],
    width: int = 190,
) -> None:
    """Draw a chooser that always shows `now`, wherever that was decided: here, in a link, one step back."""
    if held(key) != now:
        put(key, now)
    st.selectbox(
        label,
        options,
        format_func=named,
        key=key,
        label_visibility="collapsed",
        width=width,
        on_change=lambda: keep(picked(key)),
    )


def _link(visitor: Visitor, cube: Cube, whole: Period) -> None:
    """Draw the address of exactly this view, its period named even where it is the one shown first."""
    lang, now = visitor.lang, visitor.filter
    named = replace(now, period=now.period or first_shown(cube, now.view) or whole)
    asked = businesses.asked() | address.written(named) | {"lang": lang}
    with st.popover(say("dashboard.link", lang), type="tertiary", icon=":material/link:"):
        st.caption(say("dashboard.link_more", lang))
        here = urlsplit(str(st.context.url or ""))
        st.code(
            f"{here.scheme}://{here.netloc}{here.path}?{urlencode(asked)}", language=None, wrap_lines=True
        )


def _network_name(id_: str, lang: str) -> str:
    known = networks().get(id_)
    return known.name(lang) if known else id_ or say("dashboard.all_networks", lang)
