"""An outlook and contradicting targets in words, and as plain values for the command line."""

from __future__ import annotations

from typing import Any

from kpi.catalog.loader import fields
from kpi.judge.history import is_level
from kpi.metrics.formula import is_ratio
from kpi.model.conflict import Conflict, Named
from kpi.model.formula import field_and_roll
from kpi.model.outlook import Outlook
from kpi.model.reading import Reason
from kpi.model.verdict import Status, Verdict
from kpi.report.numbers import interval, listed, number, reasons, shown
from kpi.report.words import say

_SMALL = 10


def outline(found: Outlook, lang: str) -> dict[str, Any]:
    """Return an outlook as the command line prints it; ranges have their low end first."""
    return {
        "kpi": found.kpi.id,
        "variant": found.variant.id,
        "value": _plain(found.value),
        "by": None if found.by is None else found.by.isoformat(),
        "chance": None if found.chance is None else round(found.chance, 2),
        "realistic": None if found.realistic is None else [_plain(end) for end in found.realistic],
        "ambitious": None if found.ambitious is None else [_plain(end) for end in found.ambitious],
        "needed_per_week": _plain(found.needed_per_week),
        "reached_before": _before(found, lang),
        "method": found.method,
        "backtest_error": None if found.error is None else round(found.error, 3),
        "reason": _why(found, lang),
    }


def sentences(found: Outlook, lang: str) -> tuple[str, ...]:
    """Return an outlook as an owner reads it, the weightiest sentence first."""
    told = [_why(found, lang), _target(found, lang)]
    if found.middle is not None and found.usual is not None:
        usual = _range(found.usual, found, lang)
        told.append(
            say(
                "outlook.without_change",
                lang,
                period=found.goal,
                middle=_shown(found.middle, found, lang),
                usual=usual,
            )
        )
    if found.realistic is not None and found.ambitious is not None:
        realistic, ambitious = (_range(one, found, lang) for one in (found.realistic, found.ambitious))
        told.append(say("outlook.ranges", lang, realistic=realistic, ambitious=ambitious))
    before = _before(found, lang)
    if before is not None:
        told.append(say("outlook.reached", lang, times=before))
    told += [_pace(found, lang), _method(found, lang)]
    told += _said(found, found.notes, lang)
    return tuple(one for one in told if one is not None)


def contradiction(found: Conflict, lang: str) -> str:
    """Return in one sentence which target another one would need, with the figures."""
    beside = [_named(one, found.currency, lang) for one in found.beside]
    beside += [_total(name, total, found.currency, lang) for name, total in found.totals]
    facts = {
        "whole": _quoted(found.whole, lang),
        "aim": shown(found.whole.value, found.whole.unit, found.currency, lang),
        "part": _quoted(found.part, lang),
        "needed": shown(found.needed, found.part.unit, found.currency, lang),
        "typed": shown(found.part.value, found.part.unit, found.currency, lang),
    }
    if not beside:
        return say("conflict.alone", lang, **facts)
    return say("conflict.with", lang, beside=listed(beside, lang), **facts)


def _why(found: Outlook, lang: str) -> str | None:
    """Return why there is no forecast or no chance: a reason, or that the period is over."""
    if found.fact is not None:
        key = "outlook.was" if found.met is None else "outlook.met" if found.met else "outlook.missed"
        return say(key, lang, period=found.goal, fact=_shown(found.fact, found, lang))
    return None if found.reason is None else _said(found, (found.reason,), lang)[0]


def _said(found: Outlook, said: tuple[Reason, ...], lang: str) -> list[str]:
    """Return reasons as those of a verdict are said, amounts in the unit of the KPI."""
    grey = Verdict(
        kpi=found.kpi,
        variant=found.variant,
        value=None,
        unit=found.unit,
        better=found.better,
        status=Status.GREY,
        reasons=said,
        currency=found.currency,
    )
    return list(reasons(grey, lang))


def _target(found: Outlook, lang: str) -> str | None:
    if found.chance is None or found.reach is None or found.value is None:
        return None
    aim = _shown(found.value, found, lang)
    if found.top is not None:
        aim = _range((found.value, found.top), found, lang)
    chance = shown(round(100 * found.chance), "percent", None, lang)
    return say(f"outlook.target_{found.reach}", lang, aim=aim, chance=chance)


def _before(found: Outlook, lang: str) -> str | None:
    """Return in how many of the earlier periods the target was reached; None where there are none."""
    if found.reached is None or not found.known:
        return None
    return say(f"outlook.of_{found.per}", lang, n=found.known, reached=found.reached)


def _pace(found: Outlook, lang: str) -> str | None:
    pace = found.needed_per_week
    if not pace:
        return None
    if not is_ratio(found.variant.formula):
        return say("outlook.pace_total", lang, pace=_shown(pace, found, lang))
    size = _shown(abs(pace), found, lang)
    if found.unit == "percent":
        size = say("change.percent_points", lang, value=number(abs(pace), lang))
    return say("outlook.pace_change", lang, up=pace > 0, pace=size)


def _method(found: Outlook, lang: str) -> str | None:
    if found.method is None:
        return None
    how = say(f"outlook.method_{found.method}", lang)
    if found.error is None:
        return say("outlook.method", lang, how=how)
    percent = 100 * found.error
    error = shown(round(percent) if percent >= 1 else percent, "percent", None, lang)
    return say("outlook.method_error", lang, how=how, error=error)


def _shown(value: float, found: Outlook, lang: str) -> str:
    return shown(_whole(value, found), found.unit, found.currency, lang)


def _range(ends: tuple[float, float], found: Outlook, lang: str) -> str:
    low, high = (_whole(end, found) for end in ends)
    return interval(low, high, found.unit, found.currency, lang)


def _whole(value: float, found: Outlook) -> float:
    """Return a count without a fraction, which a forecast has and a thing has not; small ones keep it."""
    formula = found.variant.formula
    counted = (not is_ratio(formula) or is_level(formula)) and found.unit != "money"
    return round(value) if counted and abs(value) >= _SMALL else value


def _named(one: Named, currency: str | None, lang: str) -> str:
    value = shown(one.value, one.unit, currency, lang)
    return say("conflict.beside", lang, name=_quoted(one, lang), value=value, wanted=one.wanted)


def _total(name: str, total: float, currency: str | None, lang: str) -> str:
    """Return a plain sum of the files as it is now."""
    field = fields()[field_and_roll(name)[0]]
    value = shown(total, field.unit, currency, lang)
    known = field.ru if lang == "ru" else field.en
    return say(
        "conflict.beside", lang, name=say("conflict.quoted", lang, name=known), value=value, wanted=False
    )


def _quoted(one: Named, lang: str) -> str:
    return say("conflict.quoted", lang, name=one.kpi.words(lang).name)


def _plain(value: float | None) -> float | None:
    """Return a number without float dust."""
    return None if value is None else float(f"{value:.12g}")
