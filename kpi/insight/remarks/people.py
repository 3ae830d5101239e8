"""Detectors of people: jumps of followers, more of them lost, complaints, slow answers, worse marks."""

from __future__ import annotations

import math
from collections.abc import Iterator

import numpy as np

from kpi.facts.frame import Floats, Frame, Ints, calendar
from kpi.facts.key import folded, label_codes
from kpi.insight.remarks.chance import bar, certainty, means, shares
from kpi.insight.remarks.scene import Scene, values
from kpi.model.period import Period
from kpi.model.remark import Remark

_FAR = 6.0  # robust standard errors: days differ more than a normal says
_TIMES = 5
_FEWEST = 20  # people of one day
_DAYS = 28
_AS_USUAL = 1.5
_POINTS = 0.10
_STARS = 0.3
_MANY = 8
_WORSE = 1.25


def follower_jump(scene: Scene) -> Iterator[Remark]:
    """Many more people followed on one day than usual, though no more were reached: bought, or a giveaway."""
    frame = scene.frame("account")
    if frame is None:
        return
    for rows, gains, at in _spikes(scene, frame, "followers_new"):
        reach = values(frame, "reach")[rows]
        known = reach[~np.isnan(reach)]
        day = frame.day[rows[at]]
        if len(known) < _DAYS or np.isnan(reach[at]) or reach[at] > _AS_USUAL * float(np.median(known)):
            continue
        yield Remark(
            key="follower_jump",
            facts={"n": int(gains[at]), "day": calendar(day), "usual": float(np.median(gains))},
            good=False,
            certainty=0.95,
            stake=max(scene.weight("follower_net_growth"), scene.weight("audience_quality")),
            kpi="audience_quality",
            factor="audience_fit",
            trace=scene.trace(frame, rows[[at]], "followers_new", "reach"),
        )


def followers_left(scene: Scene) -> Iterator[Remark]:
    """Many more people left on one day than usual."""
    frame = scene.frame("account")
    if frame is None:
        return
    for rows, losses, at in _spikes(scene, frame, "followers_lost"):
        yield Remark(
            key="followers_left",
            facts={
                "n": int(losses[at]),
                "day": calendar(frame.day[rows[at]]),
                "usual": float(np.median(losses)),
            },
            good=False,
            certainty=0.95,
            stake=max(scene.weight("follower_net_growth"), scene.weight("audience_retention_rate")),
            kpi="audience_retention_rate",
            factor="losses",
            trace=scene.trace(frame, rows[[at]], "followers_lost"),
        )


def more_complaints(scene: Scene) -> Iterator[Remark]:
    """A clearly larger part of those reached hid a post or complained about it."""
    frame = scene.frame("posts")
    if frame is None or "negative" not in frame.values:
        return
    told = []
    for period in (scene.period, scene.previous):
        rows = scene.known(frame, period, "negative", "reach")
        rows = rows[values(frame, "reach")[rows] > 0]
        reach, negative = values(frame, "reach")[rows], values(frame, "negative")[rows]
        told.append((rows, negative / reach, float(negative.sum()) / max(1.0, float(reach.sum()))))
    (rows, now, rate), (_, before, was) = told
    z = means(now, before)
    if was > 0 and z > bar(1) and rate >= _WORSE * was:
        yield Remark(
            key="more_complaints",
            facts={"part": 100 * rate, "part_before": 100 * was},
            good=False,
            certainty=certainty(z),
            stake=scene.weight("negative_feedback_rate"),
            kpi="negative_feedback_rate",
            factor="negative",
            trace=scene.trace(frame, rows, "negative"),
        )


def fewer_answers(scene: Scene) -> Iterator[Remark]:
    """A clearly smaller part of the messages was answered than before."""
    frame = scene.frame("messages")
    if frame is None:
        return
    told = []
    for period in (scene.period, scene.previous):
        rows = scene.known(frame, period, "count", "answered")
        answered, count = (float(values(frame, name)[rows].sum()) for name in ("answered", "count"))
        told.append((rows, answered, count))
    (rows, answered, all_), (_, was_answered, were) = told
    if not all_ or not were:
        return
    z = shares(answered, all_, was_answered, were)
    if z < -bar(1) and was_answered / were - answered / all_ >= _POINTS:
        yield Remark(
            key="fewer_answers",
            facts={"part": 100 * answered / all_, "part_before": 100 * was_answered / were, "n": round(all_)},
            good=False,
            certainty=certainty(z),
            stake=scene.weight("response_rate"),
            kpi="response_rate",
            factor="answered",
            trace=scene.trace(frame, rows, "answered"),
        )


def worse_marks(scene: Scene) -> Iterator[Remark]:
    """Reviews give clearly fewer stars than before."""
    frame = scene.frame("reviews")
    if frame is None:
        return
    rows = scene.known(frame, scene.period, "rating")
    earlier = Period(scene.previous.year_before().last, scene.previous.last)
    stars, before = (
        values(frame, "rating")[rows],
        values(frame, "rating")[scene.known(frame, earlier, "rating")],
    )
    if min(len(stars), len(before)) < _MANY:
        return
    z = means(stars, before)
    if z < -bar(1) and float(before.mean() - stars.mean()) >= _STARS:
        yield Remark(
            key="worse_marks",
            facts={"now": float(stars.mean()), "before": float(before.mean()), "n": len(stars)},
            good=False,
            certainty=certainty(z),
            stake=scene.weight("avg_rating"),
            kpi="avg_rating",
            factor="ratings",
            trace=scene.trace(frame, rows, "rating"),
        )


def _spikes(scene: Scene, frame: Frame, column: str) -> Iterator[tuple[Ints, Floats, int]]:
    """Yield the account's last quarter, its figures, and the place of a day of the period far above all."""
    rows = scene.known(frame, Period(scene.previous.before().first, scene.period.last), column)
    for mine in _by_account(frame, rows):
        found = values(frame, column)[mine]
        if len(found) < _DAYS:
            continue
        usual = float(np.median(found))
        spread = max(1.4826 * float(np.median(np.abs(found - usual))), math.sqrt(max(1.0, usual)))
        at = int(found.argmax())
        inside = scene.period.first <= calendar(frame.day[mine[at]]) <= scene.period.last
        if inside and found[at] >= max(_FEWEST, _TIMES * usual) and (found[at] - usual) / spread >= _FAR:
            yield mine, found, at


def _by_account(frame: Frame, rows: Ints) -> list[Ints]:
    whose = folded(label_codes(frame, "network"), label_codes(frame, "account"))[rows]
    return [rows[whose == one] for one in np.unique(whose)]
