"""Detectors of sales: one large order, more returns, a weekday that sells, all orders from one network."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from kpi.facts.frame import calendar, ordinal
from kpi.insight.remarks.chance import bar, certainty, means, shares
from kpi.insight.remarks.scene import Scene, by_label, values
from kpi.model.period import Period
from kpi.model.remark import Remark

_THIRD = 1 / 3
_FEWEST = 8  # orders of a period
_POINTS = 0.03
_WEEKS = 13
_WEEK = 7
_MONDAY = 3  # 1970-01-01 was a Thursday
_BETTER = 1.3
_MOST = 0.8


def big_order(scene: Scene) -> Iterator[Remark]:
    """One order made a third of the sales of the period or more."""
    frame = scene.frame("orders")
    if frame is None:
        return
    rows = scene.known(frame, scene.period, "revenue", "count")
    rows = rows[values(frame, "count")[rows] == 1]  # a row a day hides its orders
    money = values(frame, "revenue")[rows]
    if len(rows) < _FEWEST or money.sum() <= 0 or money.max() < _THIRD * money.sum():
        return
    top = rows[[int(money.argmax())]]
    currencies = list(by_label(frame, top, "currency"))
    yield Remark(
        key="big_order",
        facts={
            "value": float(money.max()),
            "currency": currencies[0] if currencies else None,
            "part": 100 * float(money.max() / money.sum()),
            "n": len(rows),
        },
        stake=scene.stake(float(money.max())),
        kpi="avg_order_value",
        trace=scene.trace(frame, top, "revenue"),
    )


def more_returns(scene: Scene) -> Iterator[Remark]:
    """A clearly larger part of the orders was returned than in the period before."""
    frame = scene.frame("orders")
    if frame is None or "refund" not in frame.values:
        return
    told = []
    for period in (scene.period, scene.previous):
        rows = scene.known(frame, period, "refund", "count")
        rows = rows[values(frame, "count")[rows] == 1]
        told.append((rows, int((values(frame, "refund")[rows] > 0).sum()), len(rows)))
    (rows, back, many), (_, was_back, were) = told
    if not many or not were:
        return
    z = shares(back, many, was_back, were)
    if z > bar(1) and back / many - was_back / were >= _POINTS:
        yield Remark(
            key="more_returns",
            facts={"part": 100 * back / many, "part_before": 100 * was_back / were},
            good=False,
            certainty=certainty(z),
            stake=scene.stake(float(values(frame, "refund")[rows].sum())),
            kpi="revenue_social",
            trace=scene.trace(frame, rows, "refund"),
        )


def weekday_sells(scene: Scene) -> Iterator[Remark]:
    """A weekday brings clearly more orders than the others, week after week."""
    frame = scene.frame("orders")
    if frame is None:
        return
    last = ordinal(scene.period.last)
    whole = Period(calendar(last - _WEEK * _WEEKS + 1), scene.period.last)
    if not scene.covers("orders.count", whole):
        return
    rows = scene.known(frame, whole, "count")
    by_day = np.zeros(_WEEK * _WEEKS)
    np.add.at(by_day, frame.day[rows] - ordinal(whole.first), values(frame, "count")[rows])
    weekday = (np.arange(len(by_day)) + ordinal(whole.first) + _MONDAY) % _WEEK
    best = int(np.argmax([by_day[weekday == day].mean() for day in range(_WEEK)]))
    mine, others = by_day[weekday == best], by_day[weekday != best]
    z = means(mine, others)
    if others.mean() > 0 and z > bar(_WEEK) and mine.mean() >= _BETTER * others.mean():
        yield Remark(
            key="weekday_sells",
            facts={"weekday": best, "times": float(mine.mean() / others.mean()), "n": _WEEKS},
            certainty=certainty(z),
            stake=scene.weight("conversions"),
            kpi="conversions",
            trace=scene.trace(frame, rows, "count"),
        )


def one_network(scene: Scene) -> Iterator[Remark]:
    """Nearly all orders that networks brought came from one of several."""
    frame = scene.frame("social_orders")
    if frame is None or scene.board.view.network:
        return
    rows = scene.known(frame, scene.period, "count")
    by_network = {
        name: float(values(frame, "count")[one].sum())
        for name, one in by_label(frame, rows, "network").items()
    }
    total = sum(by_network.values())
    posting = scene.frame("posts")
    others = (
        set(by_label(posting, scene.rows(posting, scene.period), "network")) if posting is not None else set()
    )
    if total < _FEWEST or len(others | set(by_network)) < 2:  # noqa: PLR2004
        return
    name = max(by_network, key=by_network.__getitem__)
    if by_network[name] >= _MOST * total:
        yield Remark(
            key="one_network",
            facts={"network": name, "part": 100 * by_network[name] / total, "n": round(total)},
            stake=scene.weight("conversions"),
            kpi="conversions",
            trace=scene.trace(frame, rows, "count"),
        )
