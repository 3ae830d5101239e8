"""Puts what posts sold into words: of how many orders it is told, the money of a post, and its orders."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import numpy as np

from kpi.insight.content.takings import Order, Takings
from kpi.report.numbers import day, shown
from kpi.report.words import say, say_n
from kpi.report.words.tell import UNKNOWN, number


def coverage(found: Takings, since: date, lang: str) -> str:
    """Return of how many orders it is told which post brought them."""
    total, joined = number(round(found.total), lang), round(found.joined)
    if not found.rows:
        return say("content.sold_none", lang, total=total, day=day(since, lang))
    return say_n("content.sold_of", joined, lang, total=total, day=day(since, lang))


def orders(found: Takings, post: int, lang: str) -> str:
    """Return how many orders a post sold; only the word where a row does not tell how many it stands for."""
    count = found.orders[post]
    return (
        say("content.orders", lang) if np.isnan(count) else say_n("content.sold_orders", round(count), lang)
    )


def revenue(found: Takings, post: int, lang: str) -> str | None:
    """Return the money that a post brought; None where it is unknown."""
    money = float(found.revenue[post])
    return None if np.isnan(money) else shown(money, "money", found.currency[post] or None, lang)


def column(found: Takings, lang: str) -> str | None:
    """Return the heading of the money of posts; None where posts brought money of several currencies."""
    told = set(found.currency.values())
    if len(told) > 1:
        return None
    one = next(iter(told), "")
    return say("content.revenue_in", lang, currency=one) if one else say("content.revenue", lang)


def rows(sold: Sequence[Order], lang: str) -> dict[str, list[str] | list[int]]:
    """Return the orders of a post as columns; how many a row stands for only where one is no single order."""
    numbers = [one.number for one in sold]
    counts = [UNKNOWN if np.isnan(one.count) else number(round(one.count), lang) for one in sold]
    return {
        say("content.day", lang): [day(one.day, lang) for one in sold],
        say("content.order_amount", lang): [
            UNKNOWN if one.amount is None else shown(one.amount, "money", one.currency or None, lang)
            for one in sold
        ],
        **({say("content.orders", lang): counts} if any(one.count != 1 for one in sold) else {}),
        **({say("content.order_number", lang): numbers} if any(numbers) else {}),
        say("content.order_word", lang): [one.word for one in sold],
        say("howto.file", lang): [one.file for one in sold],
        say("content.order_row", lang): [one.row for one in sold],
    }
