"""The address: what is looked at stands in it, so that a view can be sent as a link and found again.

An address without any of our names is the plain view: everything, in the period that is shown first.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import streamlit as st

from kpi.model.period import Period
from kpi.report.words import LANGS, say
from kpi.report.words.tell import listed
from pages.parts.session import Filter, Visitor, Wrong

LOOKING = frozenset({"dashboard", "content", "report", "kpi", "catalog"})
"""The screens whose figures hang on what is looked at."""

_LANG = "lang"
_NAMES = ("from", "to", "against", "network", "account", "currency")
_AGAINST = {"before": False, "year": True}
_CURRENCY = re.compile(r"[A-Z]{3}")


def written(filter_: Filter) -> dict[str, str]:
    """Return a filter as the address has it: only what was chosen."""
    days = filter_.period
    found = {
        "from": days.first.isoformat() if days else "",
        "to": days.last.isoformat() if days else "",
        "against": "year" if filter_.yearly else "",
        "network": next(iter(filter_.networks), ""),
        "account": next(iter(filter_.accounts), ""),
        "currency": filter_.currency or "",
    }
    return {name: value for name, value in found.items() if value}


def read(asked: Mapping[str, str]) -> tuple[Filter, tuple[Wrong, ...]]:
    """Return the filter that an address asks for, and what of it nobody can understand.

    >>> read({"from": "2025-03-01", "to": "2025-03-31", "against": "last week"})[1]
    (Wrong(name='against', value='last week'),)
    """
    wrong = []
    days = [asked[name] for name in ("from", "to") if asked.get(name)]
    period = _period(asked)
    if days and period is None:
        wrong.append(Wrong("period", " … ".join(days)))
    against = asked.get("against") or "before"
    if against not in _AGAINST:
        wrong.append(Wrong("against", against))
    currency = asked.get("currency") or None
    if currency and not _CURRENCY.fullmatch(currency):
        wrong.append(Wrong("currency", currency))
        currency = None
    network, account = asked.get("network"), asked.get("account")
    found = Filter(
        period=period,
        networks=(network,) if network else (),
        accounts=(account,) if account else (),
        yearly=_AGAINST.get(against, False),
        currency=currency,
    )
    return found, tuple(wrong)


def _period(asked: Mapping[str, str]) -> Period | None:
    """Return the days asked for; None where they are no days, or end before they begin."""
    try:
        found = Period(*(date.fromisoformat(asked[name]) for name in ("from", "to")))
    except (KeyError, ValueError):
        return None
    return found if found.first <= found.last else None


def follow(visitor: Visitor, screen: str) -> None:
    """Look at what the address asks for, before a screen is drawn; what the workspace kept comes second.

    Whoever goes back to the plain address on the same screen wants the plain view; whoever comes from
    another screen without a word goes on looking at the same.
    """
    arrived, visitor.screen, visitor.wrong = screen != visitor.screen, screen, ()
    asked = _asked()
    if screen in LOOKING and (asked or not arrived):
        visitor.filter, visitor.wrong = read(asked)


def settle(visitor: Visitor, fits: Filter, wrong: Sequence[Wrong]) -> None:
    """Look at what the files have of it, once they are read.

    An address that asked for what they have not is left as it is, so that it goes on saying so; one that
    asked for nothing is told what is looked at.
    """
    asked = _asked()
    if wrong:
        visitor.filter = fits
        if not asked:
            visitor.narrow()
        visitor.wrong = (*visitor.wrong, *wrong)
    if not asked:
        write(visitor)


def _asked() -> dict[str, str]:
    return {name: st.query_params[name] for name in _NAMES if name in st.query_params}


def speak_as_asked(visitor: Visitor) -> None:
    """Speak the language of the address, if there is one; a link changes nobody's own choice for good."""
    asked = st.query_params.get(_LANG)
    if asked in LANGS:
        visitor.lang = asked


def write(visitor: Visitor) -> None:
    """Write what is looked at into the address of a screen that shows it.

    A step back in the browser leads to what stood there.
    """
    if visitor.screen not in LOOKING:
        return
    others = {name: st.query_params[name] for name in st.query_params if name not in {*_NAMES, _LANG}}
    wanted = others | query(visitor)
    if _LANG in st.query_params:
        wanted |= {_LANG: visitor.lang}
    if wanted != st.query_params.to_dict():
        st.query_params.from_dict(wanted)


def query(visitor: Visitor) -> dict[str, str]:
    """Return what a link to a screen that looks at the same has to carry; nothing for the plain view."""
    found = written(visitor.filter)
    return found | {_LANG: visitor.lang} if found else found


def in_vain(visitor: Visitor) -> str:
    """Return what was asked for and is not there, as a sentence."""
    lang = visitor.lang
    return say("link.left_out", lang, what=listed((_told(one, lang) for one in visitor.wrong), lang))


def _told(wrong: Wrong, lang: str) -> str:
    match wrong.name:
        case "period":
            return say("link.period", lang, value=wrong.value)
        case "network":
            return say("link.network", lang, value=wrong.value)
        case "account":
            return say("link.account", lang, value=wrong.value)
        case "currency":
            return say("link.currency", lang, value=wrong.value)
        case "business":
            return say("link.business", lang, value=wrong.value)
        case "year":
            return say("link.year", lang)
    return say("link.against", lang, value=wrong.value)


def narrow(visitor: Visitor, **changes: Any) -> None:  # noqa: ANN401  the fields of `Filter`
    """Change what is looked at, for good and in the address; for callbacks of choosers."""
    visitor.narrow(**changes)
    write(visitor)


def speak(visitor: Visitor, lang: str) -> None:
    """Change the language, for good and in the address where it names one; for a callback."""
    visitor.speak(lang)
    if _LANG in st.query_params:
        st.query_params[_LANG] = lang
