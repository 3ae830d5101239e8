"""Did it help, in words: the badge and the sentences of an effect, and its weeks as rows of a chart."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from kpi.catalog.loader import fields
from kpi.model.taken import Effect, Outcome, Taken
from kpi.report.card import SIGNS
from kpi.report.numbers import day, shown
from kpi.report.words import say, say_n, sentence

_BADGES = {
    Outcome.HELPED: "effect.badge_helped",
    Outcome.WORSE: "effect.badge_worse",
    Outcome.UNSEEN: "effect.badge_unseen",
    Outcome.UNTOLD: "effect.badge_untold",
}


def badge(found: Effect, lang: str) -> str:
    """Return the outcome in two or three words."""
    return say(_BADGES[found.outcome], lang)


def sentences(found: Effect, beside: Sequence[Taken], lang: str) -> tuple[str, ...]:
    """Return what an action seems to have done and how sure that is; `beside` ran at the same time."""
    if found.reason is not None:
        return (sentence(found.reason, lang),)
    texts = []
    if found.after is not None and found.expected is not None:
        after, expected = (_level(found, one, lang) for one in (found.after, found.expected))
        texts.append(say("effect.levels", lang, after=after, expected=expected))
    if found.low is not None and found.high is not None:
        low, high = (_difference(found, end, lang) for end in (found.low, found.high))
        texts.append(say("effect.range", lang, range=say("range", lang, low=low, high=high)))
    if found.outcome is Outcome.UNSEEN:
        texts.append(_when(found, lang))
    if found.outcome is Outcome.WORSE:
        texts.append(say("effect.worse_more", lang))
    if found.seasonal and found.after is not None:
        texts.append(say("effect.seasonal", lang))
    if beside and found.outcome in {Outcome.HELPED, Outcome.WORSE}:
        texts.append(say("effect.together", lang, titles=[one.title for one in beside]))
    return tuple(texts)


def _when(found: Effect, lang: str) -> str:
    """Return from when a change would show."""
    if found.needed is None:
        return say("effect.never", lang)
    if found.after is not None and found.told >= found.needed:
        return say("effect.would_have", lang)
    needed, told = (_many(found, number, lang) for number in (found.needed, found.told))
    return say("effect.shows", lang, needed=needed, told=told)


def _many(found: Effect, number: float, lang: str) -> str:
    """Return a number of what the KPI is judged on; weeks where it is judged on nothing."""
    if not found.of:
        return say_n("effect.weeks", round(number), lang)
    return shown(float(round(number)), fields()[found.of].unit, None, lang)


def _level(found: Effect, value: float, lang: str) -> str:
    told = shown(value, found.unit, found.currency, lang)
    return say("effect.a_week", lang, value=told) if found.weekly else told


def _difference(found: Effect, value: float, lang: str) -> str:
    """Return how much more or less there is: as a share of what was expected, else as an amount."""
    if found.expected is not None and found.expected > 0:
        share = shown(float(round(100 * value / found.expected)), "percent", None, lang)
        return f"+{share}" if value > 0 else share
    told = shown(value, found.unit, found.currency, lang)
    return f"+{told}" if value > 0 else told


def signs(found: Effect, lang: str) -> tuple[str, str]:
    """Return what stands before and after each figure of the chart's axis: the sign of the unit, no word."""
    if found.unit not in SIGNS:
        return "", ""
    before, _, after = shown(5.0, found.unit, found.currency, lang).partition("5")
    return before, after


def rows(found: Effect, taken: Taken, lang: str) -> list[dict[str, Any]]:
    """Return a row a week: place from the first day, value, what was expected, and both in words."""
    return [
        {
            "place": (step.first - taken.first).days // 7,
            "when": f"{day(step.first, lang)} – {day(step.last, lang)}",
            "value": value,
            "value_text": shown(value, found.unit, found.currency, lang),
            "expected": found.expected if step.first >= taken.first else None,
        }
        for step, value in found.steps
    ]
