"""Tells a fact in the reader's language: a number, a day, a period, a list, the plain name of an id."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from decimal import Decimal

from babel import Locale
from babel.dates import format_date, format_interval, format_skeleton
from babel.lists import format_list
from babel.numbers import (
    format_compact_currency,
    format_compact_decimal,
    format_currency,
    format_decimal,
    get_currency_symbol,
)

from kpi.catalog import loader
from kpi.model.period import Period

UNKNOWN = "—"
SHORT_FROM = 10_000
_TENTHS_FROM = 100
_WHOLE_FROM = 1000
_CENTS = {True: "", False: ".00"}
_YEAR = 12
_QUARTER = 3


def told(name: str, fact: object, lang: str) -> str:
    """Return the text of a fact.

    `field`, `kpi`, `goal`, `network` and `source`, alone or with an `s` for several, are ids and told by
    their plain names; `sums` is an amount by currency. Any other fact is told by its type.
    """
    if name == "sums" and isinstance(fact, Mapping):
        return listed((money(value, currency, lang) for currency, value in fact.items()), lang)
    if isinstance(fact, list | tuple | set | frozenset):
        return listed((told(name.removesuffix("s"), one, lang) for one in fact), lang)
    if name in _PLAIN and isinstance(fact, str):
        return _PLAIN[name](fact, lang)
    return _by_type(fact, lang)


def number(value: float, lang: str) -> str:
    """Return a number with as many decimals as help: none from 1000, two below 100.

    >>> number(15320.4, "en"), number(3.2149, "en")
    ('15,320', '3.21')
    """
    return format_decimal(_exact(value), format=f"#,##0{_decimals(value)}", locale=lang)


def short(value: float, lang: str) -> str:
    """Return a number with thousands and millions shortened, from ten thousand on: `15,3 тыс.`."""
    if abs(value) < SHORT_FROM:
        return number(value, lang)
    return format_compact_decimal(_exact(value), locale=lang, fraction_digits=1)


def money(value: float, currency: str | None, lang: str, *, brief: bool = False) -> str:
    """Return an amount, to the cent below 100; a currency without a sign of its own is named by its code.

    `brief` shortens thousands and millions.
    """
    if currency is None:
        return number(value, lang)
    brief = brief and abs(value) >= SHORT_FROM
    if get_currency_symbol(currency, locale=lang) == currency:
        return f"{short(value, lang) if brief else _cents(value, lang)}\N{NO-BREAK SPACE}{currency}"
    if brief:
        return format_compact_currency(_exact(value), currency, locale=lang, fraction_digits=1)
    pattern = Locale.parse(lang).currency_formats["standard"].pattern.replace(".00", _CENTS[_whole(value)])
    return format_currency(_exact(value), currency, pattern, locale=lang, currency_digits=False)


def day(value: date, lang: str) -> str:
    """Return a date, e.g. `1 февр. 2025 г.`."""
    return format_skeleton("yMMMd", value, locale=lang)


def period(value: Period, lang: str) -> str:
    """Return a period by its name where it is a month, a quarter or a year, else by its ends.

    >>> period(Period.month(2025, 2), "ru")
    'февраль 2025'
    """
    if value.months == 1:
        return format_date(value.first, "LLLL y", locale=lang)
    if value.months == _QUARTER and value.first.month % _QUARTER == 1:
        return format_date(value.first, "QQQ y", locale=lang)
    if value.months == _YEAR and value.first.month == 1:
        return str(value.first.year)
    if value.first == value.last:
        return day(value.first, lang)
    return format_interval(value.first, value.last, "yMMMd", locale=lang)


def listed(texts: Iterable[str], lang: str) -> str:
    """Return texts as a list in words: `ROAS, CTR и CPC`."""
    return format_list(list(texts), locale=lang)


def _by_type(fact: object, lang: str) -> str:
    if fact is None:
        return UNKNOWN
    if isinstance(fact, int | float):
        return number(fact, lang)
    if isinstance(fact, date):
        return day(fact, lang)
    if isinstance(fact, Period):
        return period(fact, lang)
    return str(fact)


def _field(id_: str, lang: str) -> str:
    found = loader.fields()[id_]
    return found.ru if lang == "ru" else found.en


_PLAIN: Mapping[str, Callable[[str, str], str]] = {
    "field": _field,
    "kpi": lambda id_, lang: loader.kpis()[id_].words(lang).name,
    "goal": lambda id_, lang: loader.goals()[id_].words(lang).name,
    "network": lambda id_, lang: loader.networks()[id_].name(lang),
    "source": lambda id_, lang: loader.sources()[id_].words(lang).name,
}


def _whole(value: float) -> bool:
    """Return whether an amount is told without cents."""
    return abs(value) >= _TENTHS_FROM or value == int(value)


def _cents(value: float, lang: str) -> str:
    return format_decimal(_exact(value), "#,##0" + _CENTS[_whole(value)], locale=lang)


def _decimals(value: float) -> str:
    size = abs(value)
    if size >= _WHOLE_FROM:
        return ""
    return ".#" if size >= _TENTHS_FROM else ".##" if size >= 1 or value == 0 else ".####"


def _exact(value: float) -> Decimal:
    """Return the number as it is written, never with a minus before zero."""
    return Decimal(str(value)) + 0
