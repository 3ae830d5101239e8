"""Tells why a KPI moved: in sentences, as rows of its factors, and as rows of its segments."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kpi.catalog.loader import factors
from kpi.catalog.units import measured
from kpi.errors import FormulaError
from kpi.model.driver import Drill, Explained, Factor, Segment
from kpi.model.identity import MIXES
from kpi.model.kpi import Better
from kpi.model.reading import Reason
from kpi.report.formula import lower, plain_name
from kpi.report.numbers import change, listed, number, period, shown
from kpi.report.words import say
from kpi.report.words.tell import told

_TELLING = 0.1  # of the change: a factor with a smaller part is left to the table
_ALL = 1.05  # a part beyond the whole change is told as an amount, since others made up for it
_STILL = 0.02  # of its value: a KPI that moved by less stood as good as still
_WHOLE = 10  # from here on parts of one say nothing
_POINTS = frozenset({"percent", "points", "stars"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A line of a table: a name, the figures before and now, what it did to the KPI, its share."""

    name: str
    before: str
    now: str
    effect: str
    share: str


def sentences(found: Explained, lang: str) -> tuple[str, ...]:
    """Return why a KPI moved: what it did, its main cause, what else counts, and what worked against it."""
    facts = {
        "before": _value(found, found.before, lang),
        "now": _value(found, found.now, lang),
        "previous": period(found.previous, lang),
        "period": period(found.period, lang),
    }
    moved = change(found.now, found.before, found.unit, lang)
    texts = [
        say("why.moved", lang, **facts, change=moved) if moved else say("why.moved_plain", lang, **facts)
    ]
    if found.mean is not None:
        texts.append(say("why.mean", lang))
    if found.why is not None:
        return (*texts, say(found.why.key, lang, **found.why.facts))
    if not found.factors or not found.change:
        return (*texts, say("why.no_change", lang))
    return (*texts, *_causes(found, lang))


def main_cause(found: Explained, lang: str) -> str | None:
    """Return the main cause of a change for the worse in one line; None where it cannot be told.

    Nor where the KPI is its own only factor, did not get worse, or is good within a range.
    """
    better = found.variant.better or found.kpi.better
    worse = {Better.UP: found.change < 0, Better.DOWN: found.change > 0, Better.RANGE: False}[better]
    if not worse or found.why is not None or len(found.factors) < 2:  # noqa: PLR2004 - itself and another
        return None
    first = max(found.factors, key=lambda one: one.share)
    factor, since = named(first.id, lang), period(found.previous, lang)
    if first.id in MIXES:
        return say(
            "why.brief_mix", lang, factor=factor, effect=effect(found, first.effect, lang), since=since
        )
    before, now = (factor_value(found, first, value, lang) for value in (first.before, first.now))
    told = {"factor": factor, "before": before, "now": now, "since": since}
    return say("why.brief", lang, **told, mean=found.mean is not None)


def remarks(found: Explained, lang: str) -> tuple[str, ...]:
    """Return what to know before the change is believed, a sentence each."""
    return tuple(_remark(found, check, lang) for check in found.checks)


def named(factor: str, lang: str) -> str:
    """Return what a factor is called within a sentence; of the owner's own formulas it is a field's name.

    >>> named("reach_per_post", "en"), named("posts.reach", "en")
    ('reach of one post', 'reach')
    """
    known = factors().get(factor)
    return plain_name(factor, lang) if known is None else known.words(lang).name


def factor_rows(found: Explained, lang: str) -> tuple[Row, ...]:
    """Return the factors as lines of a table, the largest effect first."""
    return tuple(
        Row(
            name=named(factor.id, lang),
            before="" if factor.id in MIXES else factor_value(found, factor, factor.before, lang),
            now="" if factor.id in MIXES else factor_value(found, factor, factor.now, lang),
            effect=effect(found, factor.effect, lang),
            share=percent(factor.share, lang),
        )
        for factor in found.factors
    )


def drill_rows(found: Explained, drill: Drill, lang: str) -> tuple[Row, ...]:
    """Return the segments of one kind as lines of a table, the largest effect first."""
    return tuple(
        Row(
            name=segment_name(drill.kind, one, lang),
            before=_value(found, one.before, lang),
            now=_value(found, one.now, lang),
            effect=effect(found, one.effect, lang),
            share=percent(one.share, lang),
        )
        for one in drill.segments
    )


def segment_name(kind: str, one: Segment, lang: str) -> str:
    """Return the plain name of a network or format; others are called as the files call them."""
    if not one.name:
        return say("why.nameless", lang)
    if one.network:
        return f"{one.name} ({told('network', one.network, lang)})"
    return told(kind, one.name, lang) if kind in {"network", "format"} else one.name


def factor_value(found: Explained, factor: Factor, value: float | None, lang: str) -> str:
    """Return a factor's value with its unit; a mix is told by the KPI with that mix alone."""
    if factor.id in MIXES:
        return _value(found, value, lang)
    try:
        what = measured(factor.formula)
    except FormulaError:  # people of two windows, which an identity may divide: a plain number
        return shown(value, "", None, lang)
    if value is not None and what.below == ("days",):
        return say("why.a_day", lang, value=shown(value, what.above[0], None, lang))
    return shown(value, what.unit, found.currency if what.unit == "money" else None, lang)


def effect(found: Explained, amount: float, lang: str) -> str:
    """Return how far the KPI was moved, signed and in its unit: in points where it is a rate or a mark."""
    if found.unit in _POINTS:
        points = round(amount, 1 if abs(amount) >= 1 else 2)
        key = "change.percent_points" if found.unit == "percent" else "change.points"
        text = say(key, lang, n=abs(points), value=number(points, lang))
    else:
        plain = float(round(amount)) if abs(amount) >= _WHOLE else amount
        text = shown(plain, found.unit, found.currency, lang)
    return f"+{text}" if amount > 0 else text


def percent(share: float, lang: str) -> str:
    """Return a share of a change in whole percent."""
    return shown(float(round(100 * share)), "percent", None, lang)


def _causes(found: Explained, lang: str) -> list[str]:
    if len(found.factors) == 1:
        return [say("why.itself", lang, drilled=bool(found.drills))]
    if abs(found.change) < _STILL * abs(found.before):
        return [say("why.still", lang)]
    first, *rest = sorted(found.factors, key=lambda one: -one.share)
    texts = [_main(found, lang)]
    also = [one for one in rest if one.share >= _TELLING]
    against = [one for one in (first, *rest) if one.share <= -_TELLING]
    if also:
        texts.append(say("why.also", lang, items=_items(found, also, lang)))
    if against:
        texts.append(say("why.against", lang, items=_items(found, against[::-1], lang)))
    return texts


def _main(found: Explained, lang: str) -> str:
    """Return the sentence on the factor that drove the KPI the way it went."""
    first = max(found.factors, key=lambda one: one.share)
    facts = {
        "factor": named(first.id, lang),
        "before": factor_value(found, first, first.before, lang),
        "now": factor_value(found, first, first.now, lang),
    }
    amount = effect(found, first.effect, lang)
    if first.id in MIXES:
        return say("why.main_mix", lang, factor=facts["factor"], effect=amount)
    if first.share > _ALL:
        return say("why.main_more", lang, **facts, effect=amount)
    return say("why.main", lang, **facts, percent=percent(first.share, lang))


def _items(found: Explained, some: Sequence[Factor], lang: str) -> str:
    texts = []
    for one in some:
        factor = named(one.id, lang)
        if one.id in MIXES:
            texts.append(say("why.item_mix", lang, factor=factor, effect=effect(found, one.effect, lang)))
        else:
            before, now = (factor_value(found, one, value, lang) for value in (one.before, one.now))
            texts.append(say("why.item", lang, factor=factor, before=before, now=now))
    return listed(texts, lang)


def _remark(found: Explained, check: Reason, lang: str) -> str:
    facts = dict(check.facts)
    if "variant" in facts:
        way = next(one for one in found.kpi.variants if one.id == facts["variant"])
        facts["variant"] = lower(way.ru if lang == "ru" else way.en)
    if check.key == "why.season":
        facts["percent"] = percent(float(str(facts["percent"])) / 100, lang)
        facts["year"] = str(facts["year"])  # a number would be told with its thousands apart
    return say(check.key, lang, **facts)


def _value(found: Explained, value: float | None, lang: str) -> str:
    return shown(value, found.unit, found.currency, lang)
