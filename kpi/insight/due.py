"""Which files are due for the month that has just ended, told by what was given before, source by source."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import median

from kpi.catalog.loader import sources
from kpi.facts.coverage import NO_PAUSE, Line, whole_span
from kpi.model.period import Period

_SEVERAL = 3  # pauses from which there is a usual one
_DAILY = frozenset({"account", "web", "costs"})  # figures of days, or of whole months


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """One source as it stands at the end of a month; nothing `missing` means: all of it is here.

    `missing` are the spans up to the end of the month that no file tells, oldest first. `until` is the
    last day on which the network still exports the first of these days, None where nobody says how far
    back it goes; a day that has passed means that the first days are lost.
    """

    line: Line
    missing: tuple[Period, ...] = ()
    until: date | None = None


def day_after(lines: Sequence[Line]) -> date | None:
    """Return the day after the last one that any file tells: the day on which an example plays."""
    whole = whole_span(lines)
    return whole.last + timedelta(days=1) if whole else None


def due(lines: Sequence[Line], month: Period) -> tuple[Due, ...]:
    """Return every source that can be fetched: what runs out first, then what is missing, then the rest.

    A source whose figures come now and then is missing only after a longer pause than is usual for it, and
    days left out between others are named from a week on.
    """
    found = [_due(line, month) for line in lines if line.days and _lives(line)]
    return tuple(sorted(found, key=lambda one: (not one.missing, one.until or date.max, one.line)))


def _lives(line: Line) -> bool:
    source = sources().get(line.source)
    return source is None or not source.ended


def _due(line: Line, month: Period) -> Due:
    pause = _usual_pause(line)
    whole = Period(line.days[0].first, max(month.last, line.days[-1].last))
    spans = [Period(one.first, min(one.last, month.last)) for one in line.missing(whole)]
    missing = tuple(one for one in spans if one.days > (pause if one.last == month.last else NO_PAUSE))
    source = sources().get(line.source)
    keeps = source.keeps_days if source else None
    until = missing[0].first + timedelta(days=keeps) if missing and keeps else None
    return Due(line=line, missing=missing, until=until)


def _usual_pause(line: Line) -> float:
    """Return how many days usually lie between the days that a source tells, none for daily figures.

    A week without a post or an order is no gap.
    """
    between = [then.first - now.last for now, then in zip(line.days, line.days[1:], strict=False)]
    usual = median(one.days - 1 for one in between) if len(between) >= _SEVERAL else 0
    return max(usual, 0 if line.kind in _DAILY else NO_PAUSE)
