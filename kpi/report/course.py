"""A KPI over time in rows and words: what was, what is foretold, its measure, and notes on days."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from babel.dates import format_date, format_skeleton

from kpi.judge.fan import Fan, Step
from kpi.judge.trend import Course
from kpi.metrics.formula import is_ratio
from kpi.model.note import Note
from kpi.model.period import Period
from kpi.model.verdict import Measure, Verdict
from kpi.report.charts.trend import LEVELS
from kpi.report.numbers import between, period, shown
from kpi.report.words import say

_LATE = 0.5  # of the width, from where on a note is written to the left of its line
_ONE_MONTH = 1
Row = Mapping[str, Any]


def rows(
    verdict: Verdict,
    course: Course,
    fan: Fan,
    notes: Sequence[Note],
    *,
    looked_at: Period,
    lang: str,
) -> list[Row]:
    """Return a row a period as the trend wants them, what is foretold after what was.

    The fan begins at the last known value, so that it hangs together with the line.
    """
    ahead = {step.period: step for step in fan.steps}
    values = dict(course)
    steps = [*values, *(one for one in ahead if one not in values)]
    known = [one for one, number in course if number is not None and one not in ahead]
    bar, joint = measured_by(verdict, course, looked_at), known[-1] if ahead and known else None
    found: list[Row] = []
    noted = 0
    for place, one in enumerate(steps):
        number, told = values.get(one), ahead.get(one)
        texts = [note.text for note in notes if one.first <= note.day <= one.last]
        ends = (told.low, told.middle, told.high) if told else (number,) * 3 if one == joint else (None,) * 3
        found.append(
            {
                "label": _label(one, lang, year=not place or one.first.year != steps[place - 1].first.year),
                "when": period(one, lang),
                "value": number,
                "value_text": _amount(verdict, number, lang),
                "target": bar,
                "shown": looked_at.covers(one),
                "low": ends[0],
                "middle": ends[1],
                "high": ends[2],
                "ahead_text": _foretold(verdict, told, lang) if told else "—",
                "note": "; ".join(texts) or None,
                "level": noted % LEVELS,
                "late": place > _LATE * len(steps),
            }
        )
        noted += bool(texts)
    return found


def measured_by(verdict: Verdict, course: Course, looked_at: Period) -> float | None:
    """Return the target or usual level as far as it holds for the steps of a course, too.

    A month's total is no measure of a week's.
    """
    variant = verdict.variant
    rate = variant is not None and is_ratio(variant.formula)
    monthly = looked_at.months == _ONE_MONTH and all(step.months == _ONE_MONTH for step, _ in course)
    return verdict.bar if rate or monthly else None


def dashed(verdict: Verdict, bar: float, lang: str) -> str:
    """Return what the dashed line stands for."""
    measure = verdict.measure or Measure.TARGET
    return say(
        "chart.dashed",
        lang,
        typed=measure is Measure.TARGET,
        limit=measure is Measure.ECONOMICS,
        usual=measure is Measure.REFERENCE,
        value=_amount(verdict, bar, lang),
    )


def foretold(verdict: Verdict, fan: Fan, lang: str) -> tuple[str, ...]:
    """Return in sentences what comes without change, the nearest period and the last, or why nobody knows."""
    if not fan.steps:
        if fan.reason is None:
            return ()
        why = say(fan.reason.key, lang, **fan.reason.facts)
        return (why if fan.reason.key.startswith("outlook.") else say("fan.none", lang, why=why),)
    first, last = fan.steps[0], fan.steps[-1]
    told = [
        say(
            "fan.ahead" if one is first else "fan.later",
            lang,
            period=period(one.period, lang),
            middle=_amount(verdict, one.middle, lang, bound=True),
            range=between(one.low, one.high, verdict.unit, verdict.currency, lang),
        )
        for one in dict.fromkeys((first, last))
    ]
    if fan.error is not None:
        percent = 100 * fan.error
        error = shown(round(percent) if percent >= 1 else round(percent, 1), "percent", None, lang)
        told.append(say("fan.error", lang, error=error))
    return tuple(told)


def table(verdict: Verdict, found: Sequence[Row], lang: str) -> dict[str, list[str]]:
    """Return the rows of a trend as columns of text, the newest period first; empty columns are left out."""
    newest = found[::-1]
    columns = {
        say("chart.when", lang): [row["when"] for row in newest],
        verdict.kpi.words(lang).name: [row["value_text"] for row in newest],
        say("chart.ahead", lang): [row["ahead_text"] for row in newest],
        say("chart.note", lang): [row["note"] or "" for row in newest],
    }
    return {name: cells for name, cells in columns.items() if any(cell not in {"", "—"} for cell in cells)}


def _foretold(verdict: Verdict, step: Step, lang: str) -> str:
    within = between(step.low, step.high, verdict.unit, verdict.currency, lang)
    return say("fan.cell", lang, middle=_amount(verdict, step.middle, lang), range=within)


def _amount(verdict: Verdict, value: float | None, lang: str, *, bound: bool = False) -> str:
    return shown(value, verdict.unit, verdict.currency, lang, bound=bound)


def _label(step: Period, lang: str, *, year: bool) -> str:
    """Return the two lines of the axis for a step; a third part makes it unlike any other."""
    upper = (
        format_date(step.first, "LLL", locale=lang).rstrip(".")
        if step.months == _ONE_MONTH
        else format_skeleton("MMMd", step.first, locale=lang)
    )
    return f"{upper}|{step.first.year if year else ''}|{step.first}"
