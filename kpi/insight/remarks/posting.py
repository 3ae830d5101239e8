"""Detectors of what was published: how often, in which formats, paid or not, how much hangs on one post."""

from __future__ import annotations

import math
from collections.abc import Iterator
from datetime import timedelta

import numpy as np

from kpi.facts.frame import calendar
from kpi.insight.content.findings import findings
from kpi.insight.content.groups import Group, loser, winner
from kpi.insight.content.kinds import Kind
from kpi.insight.content.shelf import Measure, shelf
from kpi.insight.remarks.chance import LEVEL, bar, certainty, counts, means, shares
from kpi.insight.remarks.scene import Scene, by_label, values
from kpi.model.period import Period
from kpi.model.remark import Remark

_HALF = 0.5
_FEWEST = 5  # posts of a period
_MIXED = 8
_FEWER = 0.75
_POINTS = 0.15
_QUIET = 10  # days


def concentration(scene: Scene) -> Iterator[Remark]:
    """One post made half of the reach of the period or more."""
    frame = scene.frame("posts")
    if frame is None:
        return
    for column in ("reach", "views"):
        rows = scene.known(frame, scene.period, column)
        reached = values(frame, column)[rows]
        if len(rows) >= _FEWEST and reached.sum() > 0:
            share = float(reached.max() / reached.sum())
            if share >= _HALF:
                top = rows[[int(reached.argmax())]]
                text = (frame.texts or {}).get("text")
                facts = {
                    "part": 100 * share,
                    "of": f"posts.{column}",
                    "post": (text[int(top[0])].as_py() or "") if text is not None else "",
                    "day": calendar(frame.day[top[0]]),
                    "n": len(rows),
                }
                weight = max(scene.weight("reach"), scene.weight("reach_per_post"))
                trace = scene.trace(frame, top, column)
                yield Remark(
                    key="concentration", facts=facts, stake=weight, kpi="reach_per_post", trace=trace
                )
            return


def cadence_drop(scene: Scene) -> Iterator[Remark]:
    """Clearly fewer posts than in the period before."""
    frame = scene.frame("posts")
    if frame is None or not scene.covers("posts.count", scene.period, scene.previous):
        return
    now, before = scene.rows(frame, scene.period), scene.rows(frame, scene.previous)
    longer = scene.period.days / scene.previous.days
    z = counts(len(now), len(before), longer=longer)
    if z < -bar(1) and len(now) <= _FEWER * len(before) * longer:
        facts = {"now": len(now), "before": len(before)}
        yield Remark(
            key="cadence_drop",
            facts=facts,
            good=False,
            certainty=certainty(z),
            stake=scene.weight("reach") or scene.weight("views"),
            kpi="reach",
            factor="cadence",
            trace=scene.trace(frame, before, "count"),
        )


def silence(scene: Scene) -> Iterator[Remark]:
    """No post for so many days as the usual rhythm would hardly ever leave."""
    frame = scene.frame("posts")
    if frame is None or not scene.covers("posts.count", scene.period):
        return
    days = np.unique(frame.day[scene.rows(frame, Period(scene.previous.first, scene.period.last))])
    if len(days) < _MIXED:
        return
    gaps = np.diff(days)
    at = int(gaps.argmax())
    rest = np.delete(gaps, at)
    chance = len(gaps) * math.exp(-float(gaps[at]) / float(rest.mean()))
    first, last = calendar(days[at]), calendar(days[at + 1])
    if gaps[at] >= _QUIET and chance <= LEVEL and last >= scene.period.first:
        yield Remark(
            key="silence",
            facts={"n": int(gaps[at]) - 1, "first": first, "last": last},
            good=False,
            certainty=1 - chance,
            stake=scene.weight("reach") or scene.weight("views"),
            kpi="reach",
            factor="cadence",
            trace=scene.trace(frame, scene.rows(frame, scene.period), "count"),
        )


def format_mix(scene: Scene) -> Iterator[Remark]:
    """A format makes a clearly larger or smaller part of the posts than before."""
    frame = scene.frame("posts")
    if frame is None:
        return
    now = by_label(frame, scene.rows(frame, scene.period), "format")
    before = by_label(frame, scene.rows(frame, scene.previous), "format")
    many, were = sum(map(len, now.values())), sum(map(len, before.values()))
    if min(many, were) < _MIXED:
        return
    forms = sorted(now.keys() | before.keys())
    for form in forms:
        part, was = len(now.get(form, ())), len(before.get(form, ()))
        z = shares(part, many, was, were)
        if abs(z) > bar(len(forms)) and abs(part / many - was / were) >= _POINTS:
            yield Remark(
                key="format_mix",
                facts={
                    "format": form,
                    "part": 100 * part / many,
                    "part_before": 100 * was / were,
                    "up": z > 0,
                },
                certainty=certainty(z),
                stake=max(scene.weight("engagement_rate"), scene.weight("reach_per_post")),
                kpi="engagement_rate",
                factor="format_mix",
                trace=scene.trace(frame, np.concatenate([*now.values()]), "count"),
            )


def paid_shift(scene: Scene) -> Iterator[Remark]:
    """The part of the reach that was paid for is clearly larger or smaller than before."""
    frame = scene.frame("posts")
    if frame is None or "reach_paid" not in frame.values:
        return
    parts = []
    for period in (scene.period, scene.previous):
        rows = scene.known(frame, period, "reach_paid", "reach")
        rows = rows[values(frame, "reach")[rows] > 0]
        paid, whole = values(frame, "reach_paid")[rows], values(frame, "reach")[rows]
        parts.append((rows, paid / whole, float(paid.sum() / whole.sum()) if len(rows) else 0.0))
    (rows, now, share), (_, before, was) = parts
    z = means(now, before)
    if abs(z) > bar(1) and abs(share - was) >= _POINTS:
        yield Remark(
            key="paid_shift",
            facts={"part": 100 * share, "part_before": 100 * was, "up": z > 0},
            certainty=certainty(z),
            stake=scene.weight("reach") or scene.weight("reach_per_post"),
            kpi="reach",
            trace=scene.trace(frame, rows, "reach_paid", "reach"),
        )


def content_wins(scene: Scene) -> Iterator[Remark]:
    """A format, hour, topic or hashtag does better than the other posts by more than chance."""
    yield from _stands_out(scene, "content_wins", best=True)


def content_loses(scene: Scene) -> Iterator[Remark]:
    """A format, hour, topic or hashtag does worse than the other posts by more than chance."""
    yield from _stands_out(scene, "content_loses", best=False)


def _stands_out(scene: Scene, key: str, *, best: bool) -> Iterator[Remark]:
    frame = scene.frame("posts")
    if frame is None:
        return
    first = scene.period.year_before().last + timedelta(days=1)
    posts = shelf(scene.facts, Period(first, scene.period.last), scene.board.view)
    for measure, kpi in ((Measure.REACH, "reach_per_post"), (Measure.ENGAGEMENT, "engagement_rate")):
        found = findings(posts, measure)
        told = {kind: (winner if best else loser)(groups) for kind, groups in found.kinds.items()}
        sure = [(kind, one) for kind, one in told.items() if one is not None]
        if sure:
            kind, one = max(sure, key=lambda pair: _margin(pair[1], best=best))
            yield Remark(
                key=key,
                facts={
                    "reach": measure is Measure.REACH,
                    "kind": kind.value,
                    "group": one.name,
                    **_told(one),
                },
                good=best,
                certainty=0.99,
                stake=scene.weight(kpi),
                kpi=kpi,
                factor="format_mix" if kind is Kind.FORMAT else None,
                trace=scene.trace(frame, np.flatnonzero(posts.chosen), "count"),
            )


def _margin(one: Group, *, best: bool) -> float:
    return (one.low or 0.0) if best else -(one.high or 0.0)


def _told(one: Group) -> dict[str, object]:
    return {"times": one.times, "low": one.low, "high": one.high, "n": one.n}
