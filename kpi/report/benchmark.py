"""Says how a value stands beside those of others: where, whose they are, how sure, and why others are not."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from kpi.catalog.loader import networks, peers
from kpi.model.benchmark import EVERYBODY, Basis, Benchmark, Comparison, Confidence, Position, Refusal
from kpi.model.kpi import Kpi
from kpi.model.verdict import Verdict
from kpi.report.numbers import interval, listed, number, shown
from kpi.report.words import say, say_n

CREDIT = "Source: PlayerSells (https://playersells.com), CC BY 4.0"
"""What the one open licence among the sources asks for wherever a figure under it is shown."""
_CONFIDENCE = {
    Confidence.HIGH: "benchmark.confidence_high",
    Confidence.MEDIUM: "benchmark.confidence_medium",
    Confidence.LOW: "benchmark.confidence_low",
    Confidence.OWN: "benchmark.confidence_own",
}
_STANDS = {
    Position.BELOW: "benchmark.below",
    Position.BETWEEN: "benchmark.between",
    Position.ABOVE: "benchmark.above",
    Position.UNDER: "benchmark.under",
    Position.OVER: "benchmark.over",
    Position.EQUAL: "benchmark.equal",
}
_DERIVED = {
    Position.BELOW: "benchmark.below_derived",
    Position.BETWEEN: "benchmark.between_derived",
    Position.ABOVE: "benchmark.above_derived",
}
_SPANS = {
    "week": "benchmark.per_week",
    "month": "benchmark.per_month",
    "two months": "benchmark.per_two_months",
    "year": "benchmark.per_year",
}


def standing(found: Comparison, verdict: Verdict, lang: str) -> tuple[str, ...]:
    """Return where a value stands and against what, in sentences; none where nothing is compared."""
    if found.benchmark is None or found.position is None:
        return ()
    unit, currency = verdict.unit, verdict.currency
    mean = found.benchmark.basis is Basis.MEAN
    value = shown(verdict.value, unit, currency, lang)
    key = (_DERIVED if found.derived else _STANDS)[found.position]
    told = [say(key, lang, value=value, mean=mean)]
    if found.middle is not None:
        middle = shown(found.middle, unit, currency, lang)
        told.append(say("benchmark.mean_is" if mean else "benchmark.median_is", lang, value=middle))
    if found.low is not None and found.high is not None:
        within = interval(found.low, found.high, unit, currency, lang)
        told.append(say("benchmark.half_derived" if found.derived else "benchmark.half", lang, range=within))
    return (*told, say("benchmark.no_light", lang))


def placed(found: Comparison, wanted: Verdict, lang: str) -> str | None:
    """Return where a target would stand among those that count alike; None where nobody does.

    `wanted` has the target in the place of its value. Of an estimated band only the middle is known.
    """
    place, middle = found.position, found.middle
    if found.derived and middle is not None and wanted.value is not None:
        place = Position.UNDER if wanted.value < middle else Position.OVER
    if found.benchmark is None or place is None:
        return None
    value = shown(wanted.value, wanted.unit, wanted.currency, lang)
    return say(
        "benchmark.placed",
        lang,
        value=value,
        below=place is Position.BELOW,
        between=place is Position.BETWEEN,
        above=place is Position.ABOVE,
        under=place is Position.UNDER,
        over=place is Position.OVER,
        equal=place is Position.EQUAL,
    )


def origin(row: Benchmark, lang: str) -> tuple[str, ...]:
    """Return whose figures they are, how many, of when and how sure; the source is named beside them."""
    told = [say("benchmark.who", lang, who="; ".join(_who(row, lang)))]
    year = str(row.year) if row.year else None
    if row.sample:
        count, _, noun = row.sample.partition(" ")
        size = int(count.rstrip("+"))
        counted = say_n(f"sample.{noun}", size, lang, value=number(size, lang))
        told.append(say("benchmark.sample", lang, sample=counted, more=count.endswith("+"), year=year))
    else:
        told.append(say("benchmark.no_sample", lang, year=year))
    return (*told, say(_CONFIDENCE[row.confidence], lang))


def credit(found: Comparison) -> str:
    """Return what a source's licence asks to be said beside its figure, nothing where none does."""
    return CREDIT if found.benchmark and found.benchmark.licence else ""


def refusals(found: Comparison, kpi: Kpi, lang: str) -> tuple[str, ...]:
    """Return which benchmarks are not compared and why, a sentence for each reason."""
    return tuple(
        f"{refusal(one, kpi, lang)} {say_n('benchmark.rows', one.rows, lang)}" for one in found.refused
    )


def refusal(one: Refusal, kpi: Kpi, lang: str) -> str:
    """Return one reason in words, without how many it holds for."""
    facts = {name: _in_words(one.reason.key, fact, kpi, lang) for name, fact in one.reason.facts.items()}
    return say(one.reason.key, lang, **facts)


def plain(found: Comparison, kpi: Kpi, lang: str) -> dict[str, Any] | None:
    """Return a comparison as JSON can write it; None where no benchmark of the KPI is known."""
    row = found.benchmark
    if row is None:
        refused = [
            {
                "reason": one.reason.key.removeprefix("benchmark."),
                "text": refusal(one, kpi, lang),
                "rows": one.rows,
            }
            for one in found.refused
        ]
        return {"refused": refused} if refused else None
    return {
        "median": _exact(found.middle),
        "p25": _exact(found.low),
        "p75": _exact(found.high),
        "derived": found.derived,
        "basis": row.basis.value,
        "variant": row.variant,
        "network": row.network,
        "industry": row.industry,
        "tier": row.tier,
        "sample": row.sample or None,
        "year": row.year,
        "source": row.source,
        "url": row.url or None,
        "credit": credit(found) or None,
        "confidence": row.confidence.value,
        "position": found.position.value if found.position else None,
    }


def _exact(value: float | None) -> float | None:
    """Return a number without float dust: 12 significant digits."""
    return None if value is None else float(f"{value:.12g}")


def _who(row: Benchmark, lang: str) -> list[str]:
    """Return whom a figure speaks of: where, how large, in which industry."""
    told = [place_name(row.network, lang)]
    if row.network in networks():
        told.append(_size(row, lang))
    if row.industry == EVERYBODY:
        told.append(say("benchmark.industry_all", lang))
    else:
        told.append(peers().industries[row.industry].name(lang))
    if row.group in peers().groups:
        told.append(peers().groups[row.group].name(lang))
    return told


def _size(row: Benchmark, lang: str) -> str:
    least, _, below = row.tier.partition("-")
    if row.tier in {"", EVERYBODY}:
        return say("benchmark.size_all", lang)
    if not below:
        return say("benchmark.size_from", lang, least=int(least))
    if not int(least):
        return say("benchmark.size_below", lang, below=int(below))
    return say("benchmark.size_between", lang, least=int(least), below=int(below))


def place_name(id_: str, lang: str) -> str:
    """Return the name of a network, a panel or an ad cabinet; one that nobody knows stays as it is."""
    known: Mapping[str, Any] = {**peers().panels, **networks()}
    return str(known[id_].name(lang)) if id_ in known else id_


def _in_words(key: str, fact: object, kpi: Kpi, lang: str) -> object:
    """Return a fact of a refusal by its plain name: variants, networks, lengths of time."""
    if not isinstance(fact, tuple):
        return fact
    ids: Iterable[str] = fact
    match key:
        case "benchmark.another_way":
            names = {one.id: (one.ru if lang == "ru" else one.en) for one in kpi.variants}
            return listed((names.get(id_, id_) for id_ in ids), lang)
        case "benchmark.another_network" | "benchmark.several_networks":
            return listed((place_name(id_, lang) for id_ in ids), lang)
        case "benchmark.another_span":
            return listed((say(_SPANS[id_], lang) for id_ in ids), lang)
        case _:
            return listed(ids, lang)
