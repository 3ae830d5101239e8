"""The charter in words: of each target who wants what of which KPI by when, and how it came to be so."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from kpi.insight.charter import served
from kpi.insight.smart import Finding
from kpi.model.kpi import Better, Kpi, Variant
from kpi.model.reading import Reason
from kpi.model.target import Target
from kpi.report.numbers import shown
from kpi.report.outline import get_from
from kpi.report.words import say
from kpi.report.words.tell import UNKNOWN, day, number, told
from kpi.workspace import Decision

_IN_UNIT = frozenset({"low", "high"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One target in force in plain words; what nobody has told is a dash."""

    goal: str
    kpi: str
    counted: str
    target: str
    tolerance: str
    per: str
    owner: str
    approver: str
    since: str
    by: str
    reason: str
    marks: str


def line(
    target: Target,
    kpi: Kpi,
    found: Iterable[Finding],
    *,
    goals: Sequence[str],
    currency: str | None,
    lang: str,
) -> Line:
    """Return a target as a line of the charter; `found` are its marks, `goals` the chosen ones."""
    goal = target.goal or served(target, kpi, goals)
    return Line(
        goal=told("goal", goal, lang),
        kpi=kpi.words(lang).name,
        counted=counted(target, kpi, lang),
        target=wanted(target, kpi, currency, lang),
        tolerance=tolerance(target, kpi, lang),
        per=period(target.per, lang),
        owner=target.owner or UNKNOWN,
        approver=target.approver or UNKNOWN,
        since=say("charter.start", lang) if target.since is None else day(target.since, lang),
        by=day(target.by, lang) if target.by else UNKNOWN,
        reason=target.reason or UNKNOWN,
        marks=marks(found, lang),
    )


def table(lines: Sequence[Line], lang: str) -> dict[str, list[str]]:
    """Return lines as columns under their headings, in the order in which a charter is read."""
    return {
        say("charter.goal", lang): [one.goal for one in lines],
        say("charter.kpi", lang): [one.kpi for one in lines],
        say("charter.counted", lang): [one.counted for one in lines],
        say("charter.target", lang): [one.target for one in lines],
        say("charter.tolerance", lang): [one.tolerance for one in lines],
        say("charter.per", lang): [one.per for one in lines],
        say("charter.owner", lang): [one.owner for one in lines],
        say("charter.approver", lang): [one.approver for one in lines],
        say("charter.since", lang): [one.since for one in lines],
        say("charter.by", lang): [one.by for one in lines],
        say("charter.reason", lang): [one.reason for one in lines],
        say("charter.marks", lang): [one.marks for one in lines],
    }


def history(decisions: Sequence[Decision], kpi: Kpi, currency: str | None, lang: str) -> tuple[str, ...]:
    """Return the versions of a KPI's targets as sentences, the first day on which one holds first.

    Each names what it follows: the version of the same way of counting before it, or the one of another
    way that had to give way to it, of which nothing more is said.
    """
    before: dict[str | None, Target] = {}
    sentences = []
    for one in sorted(decisions, key=lambda one: one.target.since or date.min):
        if any(_gave_way(one, other) for other in decisions):
            continue
        ended = (other.target.variant for other in decisions if _gave_way(other, one))
        found = [old for way in (one.target.variant, *ended) if (old := before.pop(way, None))]
        sentences.append(_sentence(one, found[0] if found else None, kpi, currency, lang))
        before[one.target.variant] = one.target
    return tuple(sentences)


def _gave_way(ended: Decision, new: Decision) -> bool:
    """Return whether a target ended only because another of its KPI was decided together with that."""
    together = ended.at is not None and (ended.at, ended.target.since) == (new.at, new.target.since)
    return together and ended.target.dropped and not new.target.dropped


def counted(target: Target, kpi: Kpi, lang: str) -> str:
    """Return the way of counting that a target is meant for."""
    variant = _variant(target, kpi)
    if variant is None:
        return say("charter.counted_any", lang)
    return variant.ru if lang == "ru" else variant.en


def wanted(target: Target, kpi: Kpi, currency: str | None, lang: str) -> str:
    """Return what is wanted, with its unit: `at least 3%`, `from 2 to 4 views`."""
    variant = _variant(target, kpi)
    better = (variant.better if variant else None) or kpi.better
    value = amount(target.value, target, kpi, currency, lang)
    if target.top is not None:
        return say("range", lang, low=value, high=amount(target.top, target, kpi, currency, lang))
    if better is Better.RANGE:
        return value
    return say("charter.at_most" if better is Better.DOWN else "charter.at_least", lang, value=value)


def amount(value: float, target: Target, kpi: Kpi, currency: str | None, lang: str) -> str:
    """Return a value in the unit of a target."""
    variant = _variant(target, kpi)
    return shown(value, (variant.unit if variant else None) or kpi.unit, currency, lang)


def tolerance(target: Target, kpi: Kpi, lang: str) -> str:
    """Return by how much a target may be missed before it is called so."""
    own = kpi.tolerance
    if target.tolerance is None and own.points is not None:
        key = "change.percent_points" if kpi.unit == "percent" else "change.points"
        return say(key, lang, n=own.points, value=number(own.points, lang))
    share = own.share if target.tolerance is None else target.tolerance
    return shown(100 * share, "percent", None, lang)


def period(per: str, lang: str) -> str:
    """Return for which length of period a target is meant."""
    return say(f"per.{per or 'any'}", lang)


def marks(found: Iterable[Finding], lang: str) -> str:
    """Return how many marks hold, and which do not or cannot be told."""
    found = tuple(found)
    fails = [say(f"criterion.{one.mark.value}", lang) for one in found if one.holds is False]
    open_ = [say(f"criterion.{one.mark.value}", lang) for one in found if one.holds is None]
    parts = [say("charter.holds", lang, n=sum(one.holds is True for one in found), all=len(found))]
    if fails:
        parts.append(say("charter.fails", lang, marks=fails))
    if open_:
        parts.append(say("charter.open", lang, marks=open_))
    return "; ".join(parts)


def why(finding: Finding, target: Target, kpi: Kpi, currency: str | None, lang: str) -> tuple[str, ...]:
    """Return the sentences that say why a mark holds or does not, and what would mend it."""
    said = [_said(reason, target, kpi, currency, lang) for reason in finding.why]
    lacks = [
        say("smart.lacks", lang, field=one.field, get_from=get_from(one, lang)) for one in finding.missing
    ]
    return (*said, *lacks)


def _said(reason: Reason, target: Target, kpi: Kpi, currency: str | None, lang: str) -> str:
    facts = {
        name: amount(fact, target, kpi, currency, lang)
        if name in _IN_UNIT and isinstance(fact, int | float)
        else fact
        for name, fact in reason.facts.items()
    }
    return say(reason.key, lang, **facts)


def _sentence(decision: Decision, before: Target | None, kpi: Kpi, currency: str | None, lang: str) -> str:
    target = decision.target
    when = say("charter.start", lang) if target.since is None else say("charter.from", lang, day=target.since)
    value = wanted(target, kpi, currency, lang)
    if target.dropped:
        main = say("charter.ended", lang, when=when)
    elif before is None or before.dropped or (before.value, before.top) == (target.value, target.top):
        main = say("charter.first", lang, when=when, value=value)
    else:
        old = amount(before.value, before, kpi, currency, lang)
        main = say("charter.instead", lang, when=when, value=value, before=old)
    parts = [main]
    if target.approver and not target.dropped:
        parts.append(say("charter.set_by", lang, name=target.approver))
    if target.reason and not target.dropped:
        parts.append(say("charter.because", lang, reason=target.reason.rstrip(". ")))
    sentences = [", ".join(parts)]
    if decision.at:
        sentences.append(say("charter.noted", lang, day=decision.at.date()))
    return " ".join(f"{one.rstrip('.')}." for one in sentences)  # a Russian date ends in a full stop itself


def _variant(target: Target, kpi: Kpi) -> Variant | None:
    return next((one for one in kpi.variants if one.id == target.variant), None)
