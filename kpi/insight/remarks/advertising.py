"""Detectors of advertising: money without results, tired ads, and where a result costs most and least."""

from __future__ import annotations

import math
from collections.abc import Iterator

import numpy as np

from kpi.facts.frame import Frame, Ints
from kpi.insight.remarks.chance import LEVEL, bar, certainty, means
from kpi.insight.remarks.scene import Scene, by_label, values
from kpi.model.remark import Remark

RESULTS = ("orders", "leads", "follows", "results")  # what ads are paid for, the dearest first
_ENOUGH = 20  # results of a channel
_TIRED, _OFTENER = 0.8, 1.2
_SCATTER = 1.5  # results cluster by day: more than a Poisson count
_MORE = 1.25
_DAYS = 7


def spend_without_results(scene: Scene) -> Iterator[Remark]:
    """A campaign cost as much as several results of the others, and brought none."""
    for frame, column, rows in _paid_for(scene):
        groups = by_label(frame, rows, "campaign")
        spent, got = _sums(frame, groups, "spend"), _sums(frame, groups, column)
        for name, mine in groups.items():
            others = sum(got.values()) - got[name]
            money = sum(spent.values()) - spent[name]
            if got[name] or not others or money <= 0:
                continue
            expected = spent[name] / (money / others)
            chance = len(groups) * math.exp(-expected / _SCATTER)
            if chance <= LEVEL:
                yield Remark(
                    key="spend_without_results",
                    facts={
                        "campaign": name,
                        "spend": spent[name],
                        "of": f"ads.{column}",
                        "n": round(expected),
                        "currency": _currency(frame, mine),
                    },
                    good=False,
                    certainty=1 - chance,
                    stake=scene.stake(spent[name]),
                    kpi="cpl" if column == "leads" else "roas",
                    factor="click_to_lead" if column == "leads" else "click_to_order",
                    trace=scene.trace(frame, mine, "spend", column),
                )


def tired_ads(scene: Scene) -> Iterator[Remark]:
    """A campaign is shown to the same people more often than before, and they click less."""
    frame = scene.frame("ads")
    if frame is None:
        return
    need = ("impressions", "reach", "link_clicks")
    now = by_label(frame, scene.known(frame, scene.period, *need), "campaign")
    before = by_label(frame, scene.known(frame, scene.previous, *need), "campaign")
    both = [name for name in now if name in before and min(len(now[name]), len(before[name])) >= _DAYS]
    for name in both:
        often = [_ratio(frame, rows[name], "impressions", "reach") for rows in (now, before)]
        clicks = [_ratio(frame, rows[name], "link_clicks", "impressions") for rows in (now, before)]
        if not all((*often, *clicks)):
            continue
        by_day = [_by_row(frame, rows[name], "link_clicks", "impressions") for rows in (now, before)]
        z = means(*by_day)
        fewer, oftener = clicks[0] <= _TIRED * clicks[1], often[0] >= _OFTENER * often[1]
        if oftener and fewer and z < -bar(len(both)):
            yield Remark(
                key="tired_ads",
                facts={
                    "campaign": name,
                    "often": often[0],
                    "often_before": often[1],
                    "part": 100 * clicks[0],
                    "part_before": 100 * clicks[1],
                },
                good=False,
                certainty=certainty(z),
                stake=max(scene.weight("ctr_ads"), scene.stake(_sums(frame, now, "spend")[name])),
                kpi="ctr_ads",
                factor="ad_click_rate",
                trace=scene.trace(frame, now[name], *need),
            )


def cheapest_channel(scene: Scene) -> Iterator[Remark]:
    """A campaign or network gets its results for clearly less than the others."""
    yield from _channel(scene, "cheapest_channel", cheap=True)


def dearest_channel(scene: Scene) -> Iterator[Remark]:
    """A campaign or network pays clearly more for a result than the others."""
    yield from _channel(scene, "dearest_channel", cheap=False)


def _channel(scene: Scene, key: str, *, cheap: bool) -> Iterator[Remark]:
    for frame, column, rows in _paid_for(scene):
        groups = by_label(frame, rows, "network")
        groups = groups if len(groups) > 1 else by_label(frame, rows, "campaign")
        spent, got = _sums(frame, groups, "spend"), _sums(frame, groups, column)
        able = [name for name in groups if got[name] >= _ENOUGH and sum(got.values()) - got[name] >= _ENOUGH]
        told = {name: _against_others(spent, got, name) for name in able}
        sure = {name: z for name, z in told.items() if abs(z) > bar(len(able)) and (z < 0) is cheap}
        if not sure:
            continue
        name = max(sure, key=lambda one: abs(sure[one]))
        rest = sum(spent.values()) - spent[name]
        others = rest / (sum(got.values()) - got[name])
        cost = spent[name] / got[name]
        yield Remark(
            key=key,
            facts={
                "channel": name,
                "cost": cost,
                "others": others,
                "of": f"ads.{column}",
                "n": round(got[name]),
                "currency": _currency(frame, groups[name]),
            },
            good=cheap,
            certainty=certainty(sure[name]),
            stake=scene.stake(abs(cost - others) * got[name]),
            kpi="cpl" if column == "leads" else "cac",
            factor="ad_budget",
            trace=scene.trace(frame, groups[name], "spend", column),
        )


def dearer_results(scene: Scene) -> Iterator[Remark]:
    """More was spent on ads than in the period before, and each result cost clearly more."""
    for frame, column, rows in _paid_for(scene):
        past = scene.known(frame, scene.previous, "spend", column)
        money, got = (
            {"now": float(values(frame, name)[rows].sum()), "was": float(values(frame, name)[past].sum())}
            for name in ("spend", column)
        )
        if min(got.values()) < _ENOUGH or money["now"] < _MORE * money["was"]:
            continue
        z = _against_others(money, got, "now")
        if z > bar(1):
            now, before = money["now"] / got["now"], money["was"] / got["was"]
            yield Remark(
                key="dearer_results",
                facts={
                    "spend": money["now"],
                    "spend_before": money["was"],
                    "cost": now,
                    "cost_before": before,
                    "of": f"ads.{column}",
                    "currency": _currency(frame, rows),
                },
                good=False,
                certainty=certainty(z),
                stake=scene.stake((now - before) * got["now"]),
                kpi="cpl" if column == "leads" else "cac",
                factor="ad_budget",
                trace=scene.trace(frame, rows, "spend", column),
            )


def _paid_for(scene: Scene) -> Iterator[tuple[Frame, str, Ints]]:
    """Yield the ads, the kind of result that they are counted by, and the rows of the period that tell it."""
    frame = scene.frame("ads")
    if frame is None:
        return
    for column in RESULTS:
        rows = scene.known(frame, scene.period, "spend", column)
        if len(rows) and values(frame, column)[rows].sum() > 0:
            yield frame, column, rows
            return


def _against_others(spent: dict[str, float], got: dict[str, float], name: str) -> float:
    """Return by how many standard errors the log cost of a result differs from that of the others."""
    rest = sum(spent.values()) - spent[name]
    others = sum(got.values()) - got[name]
    if not got[name] or not others or rest <= 0 or spent[name] <= 0:
        return 0.0
    error = _SCATTER * math.sqrt(1 / got[name] + 1 / others)
    return math.log(spent[name] / got[name] / (rest / others)) / error


def _sums(frame: Frame, groups: dict[str, Ints], column: str) -> dict[str, float]:
    return {name: float(np.nansum(values(frame, column)[rows])) for name, rows in groups.items()}


def _ratio(frame: Frame, rows: Ints, above: str, below: str) -> float:
    divisor = float(values(frame, below)[rows].sum())
    return float(values(frame, above)[rows].sum()) / divisor if divisor else 0.0


def _by_row(frame: Frame, rows: Ints, above: str, below: str) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    known = rows[values(frame, below)[rows] > 0]
    found: np.ndarray[tuple[int], np.dtype[np.float64]] = (
        values(frame, above)[known] / values(frame, below)[known]
    )
    return found


def _currency(frame: Frame, rows: Ints) -> str | None:
    """Return the currency of some rows; None where they name several or none."""
    found = list(by_label(frame, rows, "currency"))
    return found[0] if len(found) == 1 else None
