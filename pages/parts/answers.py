"""The answers about the business: each asked with its reason, each free to be left out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import cache
from zoneinfo import available_timezones

import streamlit as st
from babel import Locale
from babel.core import get_global
from babel.dates import get_timezone_location

from kpi.catalog.loader import trades
from kpi.model import hours
from kpi.model.owner import Owner
from kpi.report.words import say
from pages.parts import rates
from pages.parts.session import Visitor

_CURRENCIES = (
    "RUB", "USD", "EUR", "KZT", "BYN", "UAH", "UZS", "AMD", "GEL", "KGS", "AZN", "GBP", "PLN", "TRY", "AED",
    "RSD", "CHF", "CZK", "SEK", "NOK", "DKK", "ILS", "INR", "CNY", "JPY", "CAD", "AUD", "NZD", "BRL", "MXN",
)  # fmt: skip
_OLDEST = date(2000, 1, 1)
_HALF_HOURS = tuple(f"{hour:02}:{minute:02}" for hour in range(24) for minute in (0, 30))
_REGIONS = ("Africa/", "America/", "Asia/", "Atlantic/", "Australia/", "Europe/", "Indian/", "Pacific/")


def form(visitor: Visitor, first_day: date | None, currencies: Sequence[str] = ()) -> None:
    """Draw the answers; the first ones hold from the first day of the data, changes from today.

    `currencies` are those that the files name: of each that is not the owner's own the rate is asked.
    """
    lang, said = visitor.lang, visitor.workspace.owner()
    known = replace(said, reports={}, since=None) != Owner()  # a picked report is no answer of this form
    if known and said.since and first_day and said.since > first_day:
        st.caption(say("answers.since", lang, day=said.since))
    with st.form("data.answers"):
        left, right = st.columns(2, gap="medium")
        with left:
            trade = _trade(said, lang)
            currency, zone = _place(said, lang)
            since = _since(lang, None if known else first_day)
        with right:
            margin = _margin(said, lang, known=known)
            costs = _costs(said, lang)
            with st.expander(say("answers.more", lang)):
                working = _hours(said, lang)
                promise = _assumed(said.reply_within, "promise", lang)
                years = _assumed(said.lifetime_years, "years", lang)
                spent = _assumed(said.own_hours_week, "own_hours", lang)
                hour = _assumed(said.own_hour_worth, "own_hour", lang)
            worth = rates.ask(said, currencies, lang)
        kept = st.form_submit_button(say("answers.keep", lang), key="data.keep_answers", type="primary")
    if kept:
        visitor.workspace.keep_owner(
            Owner(
                trade=trade,
                currency=currency,
                time_zone=zone,
                margin_rate=margin,
                smm_costs_month=costs,
                working_hours=working,
                reply_within=promise,
                lifetime_years=years,
                own_hours_week=spent,
                own_hour_worth=hour,
                rates=worth,
                reports=said.reports,
                since=since,
            )
        )
        st.success(say("answers.kept", lang))


def _ask(question: str, why: str) -> str:
    """Draw a question with the reason why it is asked; return the question, to name its widget by."""
    st.markdown(f"**{question}**  \n:gray[:small[{why}]]")
    return question


def _choose(label: str, said: str | None, told: Mapping[str, str], key: str, lang: str) -> str | None:
    """Draw a choice among ids by their plain names."""
    options = tuple(told)
    return st.selectbox(
        label,
        options,
        index=options.index(said) if said in options else None,
        format_func=lambda one: told[one],
        placeholder=say("question.choose", lang),
        label_visibility="collapsed",
        key=key,
    )


def _trade(said: Owner, lang: str) -> str | None:
    label = _ask(say("answers.trade", lang), say("answers.trade_why", lang))
    names = {trade.id: trade.name(lang) for trade in trades().values()}
    return _choose(label, said.trade, names, "data.trade", lang)


def _place(said: Owner, lang: str) -> tuple[str | None, str | None]:
    """Ask for currency and time zone; the browser's own zone is proposed where none was told."""
    label = _ask(say("answers.currency", lang), say("answers.currency_why", lang))
    names = {code: f"{Locale.parse(lang).currencies[code]}, {code}" for code in _CURRENCIES}
    currency = _choose(label, said.currency, names, "data.currency", lang)
    label = _ask(say("answers.zone", lang), say("answers.zone_why", lang))
    zones = _zones(lang)
    told = said.time_zone or st.context.timezone
    return currency, _choose(label, told, zones, "data.zone", lang)


def _since(lang: str, first_day: date | None) -> date:
    label = _ask(say("answers.hold", lang), say("answers.hold_why", lang))
    today = datetime.now(UTC).date()
    proposed = min(first_day or today, today)
    chosen = st.date_input(
        label,
        value=proposed,
        min_value=_OLDEST,
        max_value=today,
        format="DD.MM.YYYY" if lang == "ru" else "MM/DD/YYYY",
        label_visibility="collapsed",
        key=f"data.since_{proposed}",  # files that come later propose another day
    )
    return chosen if isinstance(chosen, date) else today


def _margin(said: Owner, lang: str, *, known: bool) -> float | None:
    label = _ask(say("answers.margin", lang), say("answers.margin_why", lang))
    value = _number(label, said.margin_rate, "data.margin", lang, most=100.0)
    unknown = st.checkbox(
        say("answers.margin_unknown", lang), known and said.margin_rate is None, key="data.margin_unknown"
    )
    return None if unknown else value


def _costs(said: Owner, lang: str) -> float | None:
    """Ask for monthly costs; the ticked box is a told zero, an empty field is not told."""
    label = _ask(say("answers.costs", lang), say("answers.costs_why", lang))
    value = _number(label, said.smm_costs_month or None, "data.costs", lang)
    none = st.checkbox(say("answers.costs_none", lang), said.smm_costs_month == 0, key="data.costs_none")
    return 0.0 if none else value


def _assumed(said: float | None, what: str, lang: str) -> float | None:
    """Ask for what no file can tell; nothing and zero are not told."""
    asked = {
        "promise": (say("answers.promise", lang), say("answers.promise_why", lang)),
        "years": (say("answers.years", lang), say("answers.years_why", lang)),
        "own_hours": (say("answers.own_hours", lang), say("answers.own_hours_why", lang)),
        "own_hour": (say("answers.own_hour", lang), say("answers.own_hour_why", lang)),
    }
    return _number(_ask(*asked[what]), said, f"data.{what}", lang) or None


def _number(
    label: str, said: float | None, key: str, lang: str, *, most: float | None = None
) -> float | None:
    return st.number_input(
        label,
        min_value=0.0,
        max_value=most,
        value=None if said is None else float(said),
        step=1.0,
        format="%.2f" if said is not None and said % 1 else "%.0f",
        placeholder=say("answers.empty", lang),
        label_visibility="collapsed",
        key=key,
    )


def _hours(said: Owner, lang: str) -> str | None:
    """Ask for the days and hours in which messages are answered."""
    label = _ask(say("answers.hours", lang), say("answers.hours_why", lang))
    kept = hours.read(said.working_hours)
    names = Locale.parse(lang).days["stand-alone"]["abbreviated"]
    days = st.pills(
        label,
        range(len(hours.DAYS)),
        selection_mode="multi",
        default=kept.days if kept else None,
        format_func=lambda place: names[place],
        label_visibility="collapsed",
        key="data.days",
    )
    first, last = st.columns(2)
    with first:
        start = _time(say("answers.hours_from", lang), kept.start if kept else None, "data.hours_from")
    with last:
        end = _time(say("answers.hours_to", lang), kept.end if kept else None, "data.hours_to")
    return hours.written(days, start, end) if days and start and end else None


def _time(label: str, said: str | None, key: str) -> str | None:
    return st.selectbox(
        label,
        _HALF_HOURS,
        index=_HALF_HOURS.index(said) if said in _HALF_HOURS else None,
        placeholder="—",
        key=key,
    )


@cache
def _zones(lang: str) -> dict[str, str]:
    """Return the time zones of places by their plain names, in the order of the alphabet."""
    places = [name for name in available_timezones() if name.startswith(_REGIONS)]
    lands, land_of = Locale.parse(lang).territories, get_global("zone_territories")
    told = {
        name: f"{lands[land_of[name]]}, {get_timezone_location(name, locale=lang, return_city=True)}"
        for name in places
        if land_of.get(name) in lands
    }
    return dict(sorted(told.items(), key=lambda item: item[1].casefold()))
