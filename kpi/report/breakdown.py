"""A KPI by network or format in rows and words: who is ahead, if anybody, and of whom too little is known."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from kpi.judge.breakdown import Part, ahead, ranked
from kpi.metrics.formula import is_ratio
from kpi.model.reading import Reason
from kpi.model.verdict import Verdict
from kpi.report.card import counted
from kpi.report.numbers import between, reasons, shown
from kpi.report.words import say
from kpi.report.words.tell import told

Row = Mapping[str, Any]


def rows(whole: Verdict, parts: Sequence[Part], kind: str, lang: str) -> list[Row]:
    """Return a row for each known part as the chart wants them, the best first; `kind` is what their ids are.

    Of a rate the value of all together is drawn beside; a sum is larger than any of its parts.
    """
    known = [part for part in ranked(parts) if part.verdict.value is not None]
    beside = whole.value if whole.variant is not None and is_ratio(whole.variant.formula) else None
    return [
        {
            "top": float(place),
            "name": _named(part, kind, lang),
            "value": part.verdict.value,
            "low": part.verdict.interval[0] if part.verdict.interval and part.enough else None,
            "high": part.verdict.interval[1] if part.verdict.interval and part.enough else None,
            "few": not part.enough,
            "whole": beside,
            "value_text": _value(part.verdict, lang),
            "range_text": _range(part, lang) or "—",
        }
        for place, part in enumerate(known)
    ]


def finding(parts: Sequence[Part], unlike: Reason | None, kind: str, lang: str) -> str:
    """Return who is ahead by more than chance, or why nobody is."""
    if unlike is not None:
        return say("parts.unlike", lang)
    if sum(part.enough for part in parts) < 2:  # noqa: PLR2004 - of one nobody can be ahead
        return say("parts.few", lang)
    best = ahead(parts)
    if best is None:
        return say("parts.close", lang)
    name = told(kind, best.id, lang)
    return say("parts.ahead", lang, name=name, value=_value(best.verdict, lang))


def table(parts: Sequence[Part], kind: str, lang: str) -> dict[str, list[str]]:
    """Return the parts as columns of text, the best first; empty columns are left out."""
    found = ranked(parts)
    columns = {
        say("parts.network" if kind == "network" else "parts.format", lang): [
            told(kind, part.id, lang) for part in found
        ],
        say("chart.value", lang): [_value(part.verdict, lang) for part in found],
        say("parts.range", lang): [_range(part, lang) for part in found],
        say("parts.counted", lang): [counted(part.verdict, lang) for part in found],
        say("parts.remark", lang): [_remark(part, lang) for part in found],
    }
    return {name: cells for name, cells in columns.items() if any(cells)}


def _named(part: Part, kind: str, lang: str) -> str:
    texts = [_value(part.verdict, lang), counted(part.verdict, lang), _remark(part, lang)]
    return f"{told(kind, part.id, lang)}\n{' · '.join(text for text in texts if text)}"


def _remark(part: Part, lang: str) -> str:
    """Return what is to be known of a part: that it is too small, or why it is unknown."""
    if part.verdict.value is None:
        return next(iter(reasons(part.verdict, lang)), "")
    return "" if part.enough else say("parts.too_few", lang)


def _range(part: Part, lang: str) -> str:
    verdict = part.verdict
    if not part.enough or verdict.interval is None or verdict.interval[0] == verdict.interval[1]:
        return ""
    return between(*verdict.interval, verdict.unit, verdict.currency, lang)


def _value(verdict: Verdict, lang: str) -> str:
    return shown(verdict.value, verdict.unit, verdict.currency, lang, brief=True)
