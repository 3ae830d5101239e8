"""What a KPI's card says beside its value: the signs of its bullet, how sure it is, and how it moved."""

from __future__ import annotations

from collections.abc import Mapping

from babel.dates import format_date

from kpi.catalog.loader import fields
from kpi.model.benchmark import Comparison
from kpi.model.verdict import Measure, Verdict
from kpi.report.moved import Moved, moved
from kpi.report.numbers import between, shown, whole
from kpi.report.words import say

SIGNS = frozenset({"percent", "money", "times"})
_LINES: Mapping[Measure, str] = {
    Measure.TARGET: "card.line_target",
    Measure.ECONOMICS: "card.line_limit",
    Measure.REFERENCE: "card.line_usual",
}


def signs(verdict: Verdict, others: Comparison | None, lang: str) -> str:
    """Return what line and diamond of the bullet stand for; empty where there is nothing to measure by."""
    told, unit = [], _sign(verdict)
    if verdict.bar is not None:
        amount = shown(whole(verdict.bar, verdict.unit), unit, verdict.currency, lang)
        if verdict.top is not None:
            amount = between(verdict.bar, verdict.top, unit, verdict.currency, lang)
        told.append(say(_LINES[verdict.measure or Measure.TARGET], lang, value=amount))
    if others is not None and others.middle is not None:
        amount = shown(others.middle, unit, verdict.currency, lang)
        told.append(say("card.diamond", lang, value=amount))
    return " · ".join(told)


def certainty(verdict: Verdict, lang: str) -> str:
    """Return the 80 % interval and how many there were of what it is judged on, as far as both are known.

    A number that is its own sample, 149 orders of 149, is not said twice.
    """
    told = []
    if verdict.interval is not None and verdict.interval[0] < verdict.interval[1]:
        within = between(*verdict.interval, _sign(verdict), verdict.currency, lang)
        told.append(say("card.chance", lang, range=within))
    told.append(counted(verdict, lang))
    return " · ".join(text for text in told if text)


def counted(verdict: Verdict, lang: str) -> str:
    """Return how many there were of what a KPI is judged on; empty where that is the value, or unknown."""
    if verdict.sample is None or verdict.sample.n is None:
        return ""
    table, _, column = verdict.sample.of.partition(".")
    unit = fields()[f"{table}.{column.partition('.')[0] or 'count'}"].unit
    same = (verdict.sample.n, unit) == (verdict.value, verdict.unit)
    return "" if same else shown(verdict.sample.n, unit, None, lang, brief=True)


def changes(verdict: Verdict, lang: str) -> tuple[tuple[Moved, str], ...]:
    """Return how a value moved against the period before and against a year ago, each with what it is to.

    Of the two those that are known.
    """
    found = (moved(verdict, lang), moved(verdict, lang, yearly=True))
    return tuple(
        (one, _against(one, lang, yearly=yearly))
        for one, yearly in zip(found, (False, True), strict=True)
        if one is not None
    )


def _sign(verdict: Verdict) -> str:
    """Return the unit where it is a sign; a word need not be said again so near to the value."""
    return verdict.unit if verdict.unit in SIGNS else ""


def _against(one: Moved, lang: str, *, yearly: bool) -> str:
    """Return what a value is compared with, in a word or two."""
    if one.before.months == 1:
        name = format_date(one.before.first, "LLL y" if yearly else "LLL", locale=lang)
        return say("dashboard.against_a_day" if one.by_day else "dashboard.against", lang, name=name)
    if yearly:
        return say("card.against_year_a_day" if one.by_day else "card.against_year", lang)
    return say("dashboard.against_before_a_day" if one.by_day else "dashboard.against_before", lang)
