"""Puts a what-if into words: its levers and their places, the figures before and after, what it rests on."""

from __future__ import annotations

from collections.abc import Mapping

from kpi.insight.whatif import Figure, Lever, Outcome, Scene
from kpi.report.numbers import change, interval, shown
from kpi.report.words import say
from kpi.report.words.tell import number

_UNITS = {
    Lever.POSTS: "",
    Lever.BUDGET: "money",
    Lever.CLICK_RATE: "percent",
    Lever.CONVERSION: "percent",
    Lever.ORDER_VALUE: "money",
}
_STEPS = (0.0, 0.25, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0, 1.1, 1.2, 1.3, 1.4, 1.5, 1.75, 2.0, 2.5, 3.0)
_FEWER, _MORE = 7, 8  # posts a week


def places(lever: Lever, now: float) -> tuple[float, ...]:
    """Return where a lever can stand: posts by whole ones, all else by parts of what it is; `now` is one."""
    if lever is Lever.POSTS:
        fewest = -min(_FEWER, int(now))
        return tuple(now + step for step in range(fewest, _MORE))
    first = 0.0 if lever is Lever.BUDGET else 0.5
    return tuple(now * step if step != 1 else now for step in _STEPS if step >= first)


def place(lever: Lever, value: float, scene: Scene, lang: str) -> str:
    """Return a place of a lever in words, with how far it is from where it stands."""
    now = scene.levers[lever]
    text = shown(value, _UNITS[lever], scene.currency, lang)
    if value == now:
        return say("money.as_now", lang, value=text)
    moved = change(value, now, "money", lang) or ""
    if lever is Lever.POSTS:
        more = round(value - now)
        moved = f"+{number(more, lang)}" if more > 0 else f"−{number(-more, lang)}"
    return f"{text} ({moved})"


def rows(scene: Scene, then: Mapping[Figure, Outcome], lang: str) -> dict[str, list[str]]:
    """Return the figures as they are, as they would be, and how far they move, as columns."""
    units = {Figure.REVENUE: "money", Figure.PROFIT: "money"}
    names, before, after, moved = [], [], [], []
    for figure, now in scene.figures.items():
        unit, one = units.get(figure, ""), then[figure]
        rounded = (lambda value: value) if unit else round
        views = figure is Figure.REACH and scene.views
        names.append(say("money.figure_views" if views else f"money.figure_{figure.value}", lang))
        before.append(shown(rounded(now), unit, scene.currency, lang))
        after.append(_then(one, unit, scene, lang))
        moved.append("" if one.value is None else change(one.value, now, "money", lang) or "")
    return {
        say("money.figure", lang): names,
        say("money.now", lang): before,
        say("money.then", lang): after,
        say("money.change", lang): moved,
    }


def _then(one: Outcome, unit: str, scene: Scene, lang: str) -> str:
    """Return a figure as it would be, with its interval where it has one."""
    low, high = (end if unit else round(end) for end in (one.low, one.high))
    span = interval(low, high, unit, scene.currency, lang)
    if one.value is None:
        return span
    value = shown(one.value if unit else round(one.value), unit, scene.currency, lang)
    return value if low == high else say("money.with_range", lang, value=value, range=span)


def grounds(scene: Scene, lang: str) -> tuple[str, ...]:
    """Return what the figures rest on: the owner's own weeks, or an assumption that is named as one."""
    told = []
    if Lever.POSTS in scene.levers:
        own = scene.of_posts
        told.append(
            say("money.posts_own", lang, n=own.weeks, **_percents(own.value, own.low, own.high, lang))
            if own.weeks
            else say("money.posts_assumed", lang)
        )
    if Lever.BUDGET in scene.levers:
        own = scene.of_budget
        told.append(
            say("money.budget_own", lang, n=own.weeks, **_percents(own.value, own.low, own.high, lang))
            if own.weeks
            else say("money.budget_assumed", lang)
        )
    if scene.mixed and Lever.POSTS in scene.levers:
        told.append(say("money.mixed", lang))
    told.append(say("money.rest_assumed", lang))
    return tuple(told)


def _percents(value: float, low: float, high: float, lang: str) -> dict[str, str]:
    """Return by how many percent a figure grows with ten percent more, from its elasticities."""
    grown = [100 * (1.1**one - 1) for one in (value, low, high)]
    return {
        "value": shown(round(grown[0], 1), "percent", None, lang),
        "range": interval(round(grown[1], 1), round(grown[2], 1), "percent", None, lang),
    }
