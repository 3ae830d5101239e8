"""Reports of one marketplace that tell the same money in different ways: never added, one is picked."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from kpi.catalog.loader import sources
from kpi.facts.frame import Frame, calendar
from kpi.facts.money import orders
from kpi.facts.spans import merged
from kpi.model.period import Period
from kpi.model.reading import Issue, Table

_HANGS = {
    "revenue": ("revenue", "amount", "refund", "cogs", "margin"),
    "count": ("count",),
}
"""The figures that reports disagree in, and what of a row goes with each."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """What one report says of the days in question; None where it does not tell the figure."""

    source: str
    files: tuple[str, ...]
    revenue: float | None
    count: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Dispute:
    """Reports of one family that tell the same days: `open` are the figures and days nobody decided on.

    `picked` is the source that the owner believes, if it is among them.
    """

    family: str
    account: str
    periods: tuple[Period, ...]
    claims: tuple[Claim, ...]
    picked: str | None
    open: Mapping[str, tuple[Period, ...]]


Told = tuple[str, Frame]  # a source and the rows of one of its files


def settled(
    frames: Sequence[Frame], tables: Sequence[Table], picks: Mapping[str, str]
) -> tuple[tuple[Dispute, ...], list[Frame], list[Issue]]:
    """Return the disputes, the frames without what is disputed or not believed, and what was left out.

    `picks` gives a family the source that is believed. Where two reports meet and only one of them tells
    a figure, they do not disagree in it.
    """
    kept = list(frames)
    families: dict[tuple[str, str], list[int]] = defaultdict(list)
    for place, frame in enumerate(frames):
        table = tables[int(frame.main_origin()[0])]
        source = sources().get(table.source or "")
        if source and source.family:
            families[source.family, table.account or ""].append(place)
    disputes: list[Dispute] = []
    issues: list[Issue] = []
    for (family, account), places in sorted(families.items()):
        reports = [(tables[int(frames[at].main_origin()[0])].source or "", frames[at]) for at in places]
        cut, again = _once(reports, tables)
        issues += again
        found, cut = _dispute(family, account, cut, tables, picks.get(family))
        for place, (_, frame) in zip(places, cut, strict=True):
            kept[place] = frame
        disputes += found
        issues += [issue for dispute in found for issue in _checks(dispute, reports, tables)]
    return tuple(disputes), [frame for frame in kept if len(frame)], issues


def _once(reports: Sequence[Told], tables: Sequence[Table]) -> tuple[list[Told], list[Issue]]:
    """Return the reports with windows that a newer file of the same kind tells again taken out."""
    found, issues = [], []
    for at, (source, frame) in enumerate(reports):
        newer = [other for name, other in reports[at + 1 :] if name == source]
        if "id" in (frame.texts or {}) or not (frame.until > frame.day).any():
            newer = []  # told apart by their numbers, or day by day
        days = {day for other in newer for day in _days(other)}
        stale = np.array(
            [bool(days.intersection(range(a, b + 1))) for a, b in zip(frame.day, frame.until, strict=True)],
            bool,
        )
        if stale.any():
            files = [tables[int(one.main_origin()[0])].file for one in (frame, newer[-1])]
            issues.append(Issue(key="report_again", facts={"file": files[0], "kept": files[1]}))
        found.append((source, frame.take(np.flatnonzero(~stale)) if stale.any() else frame))
    return found, issues


def _days(frame: Frame) -> set[int]:
    """Return the days from the first to the last of the rows, or those of all their windows."""
    if not len(frame):
        return set()
    if (frame.until > frame.day).any():
        spans = set(zip(frame.day.tolist(), frame.until.tolist(), strict=True))
        return {day for a, b in spans for day in range(a, b + 1)}
    return set(range(int(frame.day.min()), int(frame.until.max()) + 1))


def _dispute(
    family: str, account: str, reports: Sequence[Told], tables: Sequence[Table], pick: str | None
) -> tuple[list[Dispute], list[Told]]:
    """Return the dispute of a family, if there is one, and its reports without what does not count."""
    cut = list(reports)
    undecided: dict[str, tuple[Period, ...]] = {}
    everything: set[int] = set()
    for figure, hangs in _HANGS.items():
        tell: dict[str, set[int]] = defaultdict(set)
        for source, frame in reports:
            if len(frame) and not np.isnan(frame.values[figure]).all():
                tell[source] |= _days(frame)
        shared = {day for days in tell.values() for day in days if sum(day in o for o in tell.values()) > 1}
        if not shared:
            continue
        everything |= shared
        decided = shared & tell.get(pick or "", set())
        if shared - decided:
            undecided[figure] = _periods(shared - decided)
        cut = [
            (source, _without(frame, hangs, shared - decided if source == pick else shared))
            for source, frame in cut
        ]
    if not everything:
        return [], cut
    claims = tuple(_claims(reports, tables, everything))
    picked = pick if pick in {claim.source for claim in claims} else None
    return [
        Dispute(
            family=family,
            account=account,
            periods=_periods(everything),
            claims=claims,
            picked=picked,
            open=undecided,
        )
    ], cut


def _periods(days: Iterable[int]) -> tuple[Period, ...]:
    return merged(Period(calendar(day), calendar(day)) for day in days)


def _meets(frame: Frame, days: set[int]) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    """Return which rows are of one of these days."""
    some = np.array(sorted(days), np.int64)
    return np.searchsorted(some, frame.day) < np.searchsorted(some, frame.until, side="right")


def _without(frame: Frame, names: Sequence[str], days: set[int]) -> Frame:
    """Return the frame with these values unknown on these days."""
    rows = _meets(frame, days)
    if not rows.any():
        return frame
    blanked = {
        name: np.where(rows, np.nan, value) if name in names else value
        for name, value in frame.values.items()
    }
    return replace(frame, values=blanked)


def _claims(reports: Sequence[Told], tables: Sequence[Table], days: set[int]) -> Iterable[Claim]:
    """Yield what each report says of these days, by the name of its source."""
    by_source: dict[str, list[Frame]] = defaultdict(list)
    for source, frame in reports:
        if _meets(frame, days).any():
            by_source[source].append(frame)
    for source, given in sorted(by_source.items()):
        whole = orders(given, tables)[0]
        figures = [whole.values[name][_meets(whole, days)] for name in _HANGS]
        revenue, count = (None if np.isnan(one).all() else float(np.nansum(one)) for one in figures)
        files = dict.fromkeys(tables[int(frame.main_origin()[0])].file for frame in given)
        yield Claim(source=source, files=tuple(files), revenue=revenue, count=count)


def _checks(dispute: Dispute, reports: Sequence[Told], tables: Sequence[Table]) -> Iterable[Issue]:
    """Yield how far each other report is from the one believed, over the days that both tell."""
    if dispute.picked is None:
        return
    days: dict[str, set[int]] = defaultdict(set)
    for source, frame in reports:
        days[source] |= _days(frame)
    for source in sorted(set(days) - {dispute.picked}):
        shared = days[source] & days[dispute.picked]
        pair = [one for one in reports if one[0] in {source, dispute.picked}]
        told = {claim.source: claim.revenue for claim in _claims(pair, tables, shared)} if shared else {}
        believed, other = told.get(dispute.picked), told.get(source)
        if believed is not None and other is not None:
            whole = _periods(shared)
            yield Issue(
                key="report_checked",
                facts={
                    "source": dispute.picked,
                    "sum": believed,
                    "other_source": source,
                    "other_sum": other,
                    "difference": other - believed,
                    "period": Period(whole[0].first, whole[-1].last),
                },
            )
