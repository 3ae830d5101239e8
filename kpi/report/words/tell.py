"""Tells a fact in the reader's language: a number, a day, a period, a list, the plain name of an id."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from functools import cache

from babel import Locale
from babel.dates import format_date, format_interval, format_skeleton
from babel.lists import format_list
from babel.numbers import (
    NumberPattern,
    format_compact_currency,
    format_compact_decimal,
    format_currency,
    format_decimal,
    get_currency_symbol,
    parse_pattern,
)
from babel.units import format_unit

from kpi.catalog import loader
from kpi.model.period import Period

_MEGABYTE = 1024 * 1024
UNKNOWN = "—"
SHORT_FROM = 10_000
_NO_CENTS_FROM = 100
_YEAR = 12
_QUARTER = 3


def told(name: str, fact: object, lang: str) -> str:
    """Return the text of a fact.

    `field`, `kpi`, `goal`, `network`, `other_network`, `format`, `source` and `other_source`, alone or with
    an `s` for several, are ids and told by their plain names; so is `of`, a field or a table's rows, and
    `risk`, a goal whose risk is told. `sums`
    is an amount by currency, `size` a number of bytes, `rate` is told to its last digit. Any other fact is
    told by its type.
    """
    if name == "sums" and isinstance(fact, Mapping):
        return listed((money(value, currency, lang) for currency, value in fact.items()), lang)
    if name == "rate" and isinstance(fact, int | float):
        return format_decimal(
            Decimal(repr(fact)), "#,##0.############", locale=lang, decimal_quantization=False
        )
    if name == "size" and isinstance(fact, int):
        return format_unit(exact(fact / _MEGABYTE, 1), "digital-megabyte", "short", locale=lang)
    if isinstance(fact, list | tuple | set | frozenset):
        return listed((told(name.removesuffix("s"), one, lang) for one in fact), lang)
    return _by_type(fact, name, lang)


def number(value: float, lang: str) -> str:
    """Return a number with as many decimals as help.

    >>> number(15320.4, "en"), number(3.2149, "en"), number(-0.00001, "en")
    ('15,320', '3.21', '0')
    """
    places = decimals(value)
    return format_decimal(exact(value, places), _pattern(places), locale=lang)


@cache
def _pattern(places: int) -> NumberPattern:
    return parse_pattern(f"#,##0.{'#' * places}")


def short(value: float, lang: str) -> str:
    """Return a number with thousands and millions shortened, from ten thousand on: `15,3 тыс.`."""
    if abs(value) < SHORT_FROM:
        return number(value, lang)
    return format_compact_decimal(exact(value, 0), locale=lang, fraction_digits=1)


def money(value: float, currency: str | None, lang: str, *, brief: bool = False) -> str:
    r"""Return an amount, to the cent below 100; a currency without a sign of its own is named by its code.

    `brief` shortens as `short` does.

    >>> money(1234567.8, "RUB", "en"), money(12.5, "USD", "en"), money(12.5, None, "en")
    ('1,234,568\xa0RUB', '$12.50', '12.50')
    """
    places = _cents(value)
    plain = "#,##0." + "0" * places
    brief = brief and abs(value) >= SHORT_FROM
    if currency is None or get_currency_symbol(currency, locale=lang) == currency:
        text = short(value, lang) if brief else format_decimal(exact(value, places), plain, locale=lang)
        return text if currency is None else f"{text}\N{NO-BREAK SPACE}{currency}"
    if brief:
        return format_compact_currency(exact(value, 0), currency, locale=lang, fraction_digits=1)
    pattern = Locale.parse(lang).currency_formats["standard"].pattern.replace("#,##0.00", plain)
    return format_currency(exact(value, places), currency, pattern, locale=lang, currency_digits=False)


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


def quoted(text: str, lang: str) -> str:
    """Return a text in the quotation marks of a language."""
    return f"«{text}»" if lang == "ru" else f"“{text}”"


def _by_type(fact: object, name: str, lang: str) -> str:
    if fact is None:
        return UNKNOWN
    if isinstance(fact, int | float):
        return number(fact, lang)
    if isinstance(fact, date):
        return day(fact, lang)
    if isinstance(fact, Period):
        return period(fact, lang)
    return _plain(name, str(fact), lang)


def _plain(name: str, id_: str, lang: str) -> str:
    """Return the plain name of an id; an id that the catalogue does not know stays as it is."""
    match name:
        case "field" if field := loader.fields().get(id_):
            return field.ru if lang == "ru" else field.en
        case "kpi" if kpi := loader.kpis().get(id_):
            return kpi.words(lang).name
        case "goal" if goal := loader.goals().get(id_):
            return goal.words(lang).name
        case "risk" if goal := loader.goals().get(id_):
            return goal.words(lang).risk
        case "of" if field := loader.fields().get(id_ if "." in id_ else f"{id_}.count"):
            return field.ru if lang == "ru" else field.en
        case "network" | "other_network" if network := loader.networks().get(id_):
            return network.name(lang)
        case "format" if form := loader.post_formats().get(id_):
            return form.name(lang)
        case "source" | "other_source" if source := loader.sources().get(id_):
            return source.words(lang).name
    return id_


def exact(value: float, places: int) -> Decimal:
    """Return the number rounded as it will be written, never a minus before zero."""
    return round(Decimal(str(value)), places) + 0


def decimals(value: float) -> int:
    """Return how many decimals help to tell a number: three digits or so, none from 1000."""
    size = abs(value)
    return next(places for places, least in enumerate((1000, 10, 1, 0)) if size >= least)


def _cents(value: float) -> int:
    """Return how many decimals an amount wants: none where it is whole or not small."""
    return 0 if abs(value) >= _NO_CENTS_FROM or value == int(value) else 2
