"""Says remarks in the reader's language, with their figures in their units."""

from __future__ import annotations

from collections.abc import Mapping

from babel.dates import get_day_names

from kpi.insight.content.kinds import Kind
from kpi.model.remark import Remark
from kpi.report.content import group_name, times
from kpi.report.numbers import money, shown
from kpi.report.words import say
from kpi.report.words.tell import quoted

_OF_THE_UNIT = frozenset({"value", "previous", "usual", "bar", "target", "reach", "orders"})
_MONEY = frozenset({"spend", "spend_before", "cost", "cost_before", "others"})
_PERCENT = frozenset({"part", "part_before"})
_QUOTED = frozenset({"campaign", "channel"})
_SNIPPET = 60  # letters of a post


def told(remark: Remark, lang: str) -> str:
    """Return a remark as a sentence or two."""
    facts = {name: _told(name, fact, remark.facts, lang) for name, fact in remark.facts.items()}
    return say(f"remark.{remark.key}", lang, **facts)


def _told(name: str, fact: object, facts: Mapping[str, object], lang: str) -> object:
    """Return one fact as it is written; what a sentence chooses its words by stays as it is."""
    if isinstance(fact, float | int) and not isinstance(fact, bool):
        return _figure(name, fact, facts, lang)
    if isinstance(fact, str):
        return _words(name, fact, facts, lang)
    return fact


def _figure(name: str, fact: float, facts: Mapping[str, object], lang: str) -> object:
    unit, currency = facts.get("unit"), facts.get("currency")
    coin = currency if isinstance(currency, str) else None
    if name in _MONEY:
        return money(fact, coin, lang)
    if name in _PERCENT:
        return shown(fact, "percent", None, lang)
    if name == "times":
        return times(fact, lang)
    if name == "weekday":
        return get_day_names("wide", "stand-alone", locale=lang)[int(fact)]
    if name in _OF_THE_UNIT and isinstance(unit, str):
        return shown(fact, unit, coin, lang)
    return fact


def _words(name: str, fact: str, facts: Mapping[str, object], lang: str) -> str:
    if name == "group":
        return group_name(Kind(str(facts["kind"])), fact, lang)
    if name in _QUOTED:
        return quoted(fact, lang)
    if name == "post":
        one_line = " ".join(fact.split())
        return quoted(one_line[:_SNIPPET] + "…" * (len(one_line) > _SNIPPET), lang)
    return say(f"table.{fact}", lang) if name == "table" else fact
