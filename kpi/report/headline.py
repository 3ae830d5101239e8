"""States the finding of a board in one sentence: what is red, else what is amber, else what can be told."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kpi.model.period import Period
from kpi.model.verdict import Measure, Status, Verdict
from kpi.report.formula import lower
from kpi.report.numbers import change, period, shown
from kpi.report.words import say
from kpi.report.words.tell import listed

SPELLED = 2  # findings told in full; the others are counted
_BRACKETS = re.compile(r"\s*\([^)]*\)")
_IN_POINTS = frozenset({"percent", "points", "stars"})


def headline(verdicts: Sequence[Verdict], shown_period: Period, lang: str) -> str:
    """Return the finding of these verdicts, heaviest KPI first, with the period before it.

    Reds are told with how far they are off, heaviest first; without any, ambers by name; if nothing has
    a colour, why.
    """
    when = period(shown_period, lang)
    return f"{when[:1].upper()}{when[1:]}: {_finding(verdicts, lang)}"


def _finding(verdicts: Sequence[Verdict], lang: str) -> str:
    by = {status: [v for v in verdicts if v.status is status] for status in Status}
    red, amber, green, grey = (by[s] for s in (Status.RED, Status.AMBER, Status.GREEN, Status.GREY))
    if red:
        return _problems(red, amber, lang, rest_is_green=bool(green) and not grey)
    if amber:
        names = [_name(v, lang) for v in amber[:SPELLED]]
        if len(amber) > SPELLED:
            names.append(say("headline.others", lang, n=len(amber) - SPELLED))
        return say("headline.amber", lang, names=listed(names, lang))
    if green:
        return say("headline.all_green" if not grey else "headline.told_green", lang)
    return _nothing(grey, lang)


def _problems(red: Sequence[Verdict], amber: Sequence[Verdict], lang: str, *, rest_is_green: bool) -> str:
    """Return the heaviest reds with how far they are off, and how many more there are."""
    told = _off(red[:SPELLED], lang)
    if len(red) > SPELLED:
        return say("headline.more_red", lang, told=told, n=len(red) - SPELLED)
    if amber:
        return say("headline.red_and_amber", lang, told=told, n=len(amber))
    return say("headline.red_rest_green", lang, told=told) if rest_is_green else told


def _off(verdicts: Sequence[Verdict], lang: str) -> str:
    """Return how far KPIs are from their targets or usual levels: `reach per post 43% below usual`.

    Those that are off on the same side of the same kind of measure share its word.
    """
    alike: dict[tuple[str, str], list[str]] = {}
    for verdict in verdicts:
        kind, bar = _measure(verdict)
        if verdict.value is None or bar is None:  # without them no light is red
            continue
        by = _distance(verdict, verdict.value, bar, lang)
        side = "above" if verdict.value > bar else "below"
        told = say("headline.by", lang, name=_name(verdict, lang), by=by)
        alike.setdefault((side, kind), []).append(told)
    return ", ".join(
        say(
            "headline.above" if side == "above" else "headline.below",
            lang,
            told=listed(told, lang),
            typed=kind == "typed",
            usual=kind == "usual",
            limit=kind == "limit",
            running=kind == "running",
        )
        for (side, kind), told in alike.items()
    )


def _measure(verdict: Verdict) -> tuple[str, float | None]:
    """Return what kind of figure a verdict is judged by, and that figure: of a range its nearer end."""
    if verdict.target is not None:
        part = 1.0 if verdict.pace is None else verdict.pace.days / verdict.pace.all
        low, high = (None if end is None else end * part for end in (verdict.target, verdict.top))
        above = high is not None and verdict.value is not None and verdict.value > high
        return "typed" if verdict.pace is None else "running", high if above else low
    if verdict.measure is Measure.ECONOMICS:
        return "limit", verdict.limit
    return "usual", verdict.reference


def _name(verdict: Verdict, lang: str) -> str:
    """Return a KPI's name within a sentence, without what stands in brackets."""
    return lower(_BRACKETS.sub("", verdict.kpi.words(lang).name))


def _distance(verdict: Verdict, value: float, measure: float, lang: str) -> str:
    gap = abs(value - measure)
    if verdict.unit in _IN_POINTS:
        points = change(round(gap, 1) or gap, 0.0, verdict.unit, lang) or ""
        return points.lstrip("+").replace(" ", "\N{NO-BREAK SPACE}")  # a title breaks lines elsewhere
    if measure <= 0 or value < 0:  # more than a whole below says nothing: 150 % below 8 people
        return shown(gap, verdict.unit, verdict.currency, lang)
    return shown(round(100 * gap / measure), "percent", None, lang)


def _nothing(grey: Sequence[Verdict], lang: str) -> str:
    """Return why no light is on: the reason that most of the KPIs have."""
    keys = [v.reasons[0].key for v in grey if v.reasons]
    most = max(keys, key=keys.count, default="")
    match most:
        case "no_target" | "no_range":
            return say("headline.no_target", lang)
        case "too_few" | "untold_few":
            return say("headline.too_few", lang)
        case "partly_covered":
            return say("headline.partly_covered", lang)
        case "waits_for_answer" | "reports_disagree":
            return say("headline.waits", lang)
        case "missing":
            return say("headline.missing", lang)
        case _:
            return say("headline.unknown", lang)
