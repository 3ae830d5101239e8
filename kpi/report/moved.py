"""How far a KPI moved against the period before or a year ago: by the day where lengths differ."""

from __future__ import annotations

from dataclasses import dataclass

from kpi.metrics.formula import is_ratio
from kpi.model.period import Period
from kpi.model.verdict import Verdict
from kpi.report.numbers import change
from kpi.report.words import say


@dataclass(frozen=True, slots=True)
class Moved:
    """The change in words, against which period, and whether both were counted by the day."""

    change: str
    before: Period
    by_day: bool

    def told(self, lang: str) -> str:
        """Return the change, with the remark that it is one by the day."""
        return say("change.by_day", lang, change=self.change) if self.by_day else self.change


def moved(verdict: Verdict, lang: str, *, yearly: bool = False) -> Moved | None:
    """Return how far a value moved against the period before, `yearly` against the same one a year ago.

    None where either of the two values is unknown.
    """
    if verdict.variant is None or verdict.value is None:
        return None
    (before, _), (now, _) = verdict.series[-2:]
    value, earlier = verdict.value, verdict.previous
    if yearly:
        before, earlier = now.year_before(), verdict.year_ago
    if earlier is None:
        return None
    by_day = not is_ratio(verdict.variant.formula) and before.days != now.days and min(value, earlier) >= 0
    if by_day:
        value, earlier = value / now.days, earlier / before.days
    told = change(value, earlier, verdict.unit, lang)
    return None if told is None else Moved(told, before, by_day)
