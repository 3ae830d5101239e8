"""Writes a KPI's value, its change and its range with their unit in the reader's language."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from babel import Locale
from babel.numbers import get_currency_symbol

from kpi.catalog.loader import fields
from kpi.model.reading import Reason
from kpi.model.verdict import Verdict
from kpi.report.formula import lower
from kpi.report.words import say
from kpi.report.words.tell import (
    SHORT_FROM,
    UNKNOWN,
    day,
    decimals,
    exact,
    listed,
    money,
    number,
    period,
    quoted,
    short,
)

__all__ = [
    "between",
    "change",
    "column",
    "columns",
    "day",
    "interval",
    "listed",
    "marked",
    "money",
    "number",
    "period",
    "reasons",
    "ruled",
    "shown",
    "typed",
    "vega_locale",
    "whole",
]

_IN_POINTS = frozenset({"percent", "points", "stars"})
_OF_THE_UNIT = frozenset(
    {"value", "target", "reference", "previous", "low", "high", "due", "green", "red", "top", "far"}
)
_BOUNDS = frozenset({"low", "high", "green", "red", "top", "far"})  # always told after *from*, *to*, *below*
_FEW, _MANY, _ELEVEN = 2, 5, 11
_TELLING, _HUNDRED = 10, 100  # from where on tenths say nothing: of what comes in ones, of anything
_ONES = frozenset(
    {
        "people", "orders", "clicks", "comments", "posts", "views", "leads", "reviews", "mentions",
        "messages", "answers", "actions", "conversions", "sessions", "visits",
    }
)  # fmt: skip


def shown(
    value: float | None,
    unit: str,
    currency: str | None,
    lang: str,
    *,
    brief: bool = False,
    bound: bool = False,
) -> str:
    """Return a value with its unit, a dash for None; `brief` shortens thousands and millions.

    `bound` tells it as it stands after *from*, *to* or *below*, where Russian counts in another case.

    >>> shown(21, "people", None, "ru"), shown(15320, "views", None, "en", brief=True)
    ('21 человек', '15.3K views')
    >>> shown(5.14, "percent", None, "en"), shown(None, "money", "RUB", "ru")
    ('5.14%', '—')
    """
    if value is None:
        return UNKNOWN
    if unit == "money":
        return money(value, currency, lang, brief=brief)
    if unit == "percent":
        return _percent(value, lang)
    value = whole(value, unit)
    text = short(value, lang) if brief else number(value, lang)
    if not unit:
        return text
    shortened = brief and abs(value) >= SHORT_FROM
    written = float(abs(exact(value, decimals(value))))  # 1099.6 is written 1,100, and counts as that
    if bound and lang == "ru" and written == int(written):
        written = _FEW if written % 10 == 1 and written % 100 != _ELEVEN else _MANY
    return say(f"unit.{unit.replace(' ', '_')}", lang, n=_MANY if shortened else written, value=text)


def whole(value: float, unit: str) -> float:
    """Return a number as it is told of what comes in ones: nobody sees a tenth of a person.

    >>> whole(151.5, "orders"), whole(7.62, "orders"), whole(636.6, "people a day")
    (152, 7.6, 637)
    """
    if abs(value) >= (_TELLING if unit in _ONES else _HUNDRED):
        return round(value)
    return round(value, 1) if unit in _ONES and abs(value) >= 1 else value


def typed(value: float) -> str:
    """Return a number as one would type it: three digits that tell, never an exponent.

    >>> typed(1504.2), typed(0.02345), typed(57527.0)
    ('1500', '0.0234', '57500')
    """
    return f"{float(f'{value:.3g}'):.9f}".rstrip("0").rstrip(".")


def change(now: float | None, before: float | None, unit: str, lang: str) -> str | None:
    """Return how far a value moved, signed: in points where it is a rate or a mark, else in percent.

    None where either is unknown, or where there was nothing to compare with. What comes in ones and fell
    below nought is told by how many: a percent of a loss says nothing.

    >>> change(110, 100, "people", "en"), change(3.5, 3.9, "percent", "en"), change(5, 0, "orders", "en")
    ('+10%', '-0.4 pp', None)
    >>> change(-4, 12, "people", "en")
    '-16 people'
    """
    if now is None or before is None:
        return None
    if unit in _IN_POINTS:
        points = round(now - before, 1 if abs(now - before) >= 1 else 2)
        key = "change.percent_points" if unit == "percent" else "change.points"
        return say(key, lang, n=abs(points), value=_signed(points, number(points, lang)))
    if unit in _ONES and min(now, before) < 0:
        return _signed(now - before, shown(now - before, unit, None, lang))
    if before == 0:
        return None
    percent = 100 * (now - before) / abs(before)
    percent = round(percent, 0 if abs(percent) >= _TELLING else 1)
    return _signed(percent, _percent(percent, lang))


def interval(low: float, high: float, unit: str, currency: str | None, lang: str) -> str:
    """Return a range in words, `от 2,8 % до 3,7 %`."""
    first, last = (shown(end, unit, currency, lang, bound=True) for end in (low, high))
    return say("range", lang, low=first, high=last)


def between(low: float, high: float, unit: str, currency: str | None, lang: str) -> str:
    r"""Return a range in figures, as short as it can be told.

    >>> between(2.69, 3.17, "percent", None, "en"), between(130, 184, "orders", None, "ru")
    ('2.69–3.17%', '130–184 заказа')
    >>> between(-13.9, 5.8, "people", None, "en"), between(-0.5, 0.34, "percent", None, "ru")
    ('from -14 to 6 people', 'от -0,5 до 0,34\xa0%')
    >>> between(1208, 15300, "money", "RUB", "ru").replace("\xa0", " ")
    '1 208–15,3 тыс. ₽'
    """
    if unit == "money":
        first, last = (money(end, currency, lang, brief=True) for end in (low, high))
        sign = get_currency_symbol(currency, locale=lang) if currency else ""
        return _span(first.removesuffix(sign).rstrip(), last, low, lang)
    if unit == "percent":
        return _span(number(low, lang), _percent(high, lang), low, lang)
    ends = [round(end) if max(abs(low), abs(high)) >= _TELLING else end for end in (low, high)]
    if low < 0:
        last = shown(ends[1], unit, currency, lang, brief=True, bound=True)
        return _span(short(ends[0], lang), last, low, lang)
    text = "–".join(short(end, lang) for end in ends)
    if not unit:
        return text
    counts = _MANY if abs(high) >= SHORT_FROM else float(abs(exact(ends[1], decimals(ends[1]))))
    return say(f"unit.{unit.replace(' ', '_')}", lang, n=counts, value=text)


def _span(first: str, last: str, low: float, lang: str) -> str:
    """Return two ends with a dash between; where the first has a minus, in words."""
    return say("range", lang, low=first, high=last) if low < 0 else f"{first}–{last}"


def reasons(verdict: Verdict, lang: str) -> tuple[str, ...]:
    """Return the sentences that say why a verdict is what it is, amounts in the verdict's own unit."""
    return tuple(_said(reason, verdict, lang) for reason in verdict.reasons)


def ruled(verdict: Verdict, lang: str) -> str | None:
    """Return the rule of a verdict's light in words, with its figures; None where there is no value."""
    return None if verdict.rule is None else _said(verdict.rule, verdict, lang)


def marked(verdict: Verdict, lang: str) -> tuple[str, ...]:
    """Return the sentences that say on which assumed readings and rates a value stands."""
    return tuple(say(mark.key, lang, **mark.facts) for mark in verdict.marks)


def vega_locale(lang: str) -> dict[str, Any]:
    """Return Vega's `config.locale` for charts: separators, signs, names of months and days."""
    locale = Locale.parse(lang)
    months, days = locale.months["stand-alone"], locale.days["stand-alone"]
    signs = locale.number_symbols["latn"]
    sunday_first = (6, 0, 1, 2, 3, 4, 5)
    return {
        "number": {
            "decimal": signs["decimal"],
            "thousands": signs["group"],
            "grouping": [3],
            "currency": ["", ""],
            "percent": locale.percent_formats[None].suffix[0],
        },
        "time": {
            "dateTime": "%d %B %Y, %H:%M",
            "date": "%d.%m.%Y" if lang == "ru" else "%m/%d/%Y",
            "time": "%H:%M",
            "periods": ["AM", "PM"],
            "days": [days["wide"][day] for day in sunday_first],
            "shortDays": [days["abbreviated"][day] for day in sunday_first],
            "months": [months["wide"][month] for month in range(1, 13)],
            "shortMonths": [months["abbreviated"][month].rstrip(".") for month in range(1, 13)],
        },
    }


def _said(reason: Reason, verdict: Verdict, lang: str) -> str:
    facts = {name: _in_unit(name, fact, verdict, lang) for name, fact in reason.facts.items()}
    return say(reason.key, lang, **facts)


def _in_unit(name: str, fact: object, verdict: Verdict, lang: str) -> object:
    if name in _OF_THE_UNIT and isinstance(fact, int | float):
        return shown(fact, verdict.unit, verdict.currency, lang, bound=name in _BOUNDS)
    if name == "fields" and isinstance(fact, tuple):
        return columns(fact, lang)
    return fact


def column(field: str, lang: str) -> str:
    """Return a field as a column to look for: of which table, and its name.

    >>> column("orders.source", "en")
    'Orders and till: source'
    """
    known = fields()[field]
    name = known.ru if lang == "ru" else known.en
    return say("column", lang, table=say(f"table.{known.table}", lang), name=name[:1].lower() + name[1:])


def columns(names: Iterable[str], lang: str) -> str:
    """Return fields as columns to look for, table by table.

    >>> columns(("ads.spend", "leads.at", "leads.source"), "en")
    'Ads: “spend”; Requests: “date” and “source”'
    """
    tables: dict[str, list[str]] = {}
    for field in names:
        known = fields()[field]
        tables.setdefault(known.table, []).append(quoted(lower(known.ru if lang == "ru" else known.en), lang))
    return "; ".join(
        say("column", lang, table=say(f"table.{table}", lang), name=listed(texts, lang))
        for table, texts in tables.items()
    )


def _percent(value: float, lang: str) -> str:
    return number(value, lang) + str(Locale.parse(lang).percent_formats[None].suffix[0])


def _signed(value: float, text: str) -> str:
    return f"+{text}" if value > 0 else text
