"""Says what stands out among posts: groups by their plain names, findings as sentences."""

from __future__ import annotations

from babel.dates import get_day_names

from kpi.insight.content.findings import Findings
from kpi.insight.content.groups import Group, Standing
from kpi.insight.content.kinds import Kind
from kpi.report.numbers import number
from kpi.report.words import say, say_n
from kpi.report.words.tell import UNKNOWN, quoted, told


def group_name(kind: Kind, name: str, lang: str) -> str:
    """Return the plain name of a group: `Reels (short videos)`, `Monday`, `9:00–12:00`, `#coffee`."""
    match kind:
        case Kind.FORMAT:
            return told("format", name, lang)
        case Kind.WEEKDAY:
            return _weekday(name, lang)
        case Kind.HOUR:
            return _hours(name)
        case Kind.SLOT:
            day, _, hours = name.partition(" ")
            return f"{_weekday(day, lang)}, {_hours(hours)}"
        case Kind.HASHTAG:
            return f"#{name}"
        case Kind.TOPIC:
            return quoted(name, lang)
    return say(f"content.group_{name}", lang)


def headline(found: Findings, lang: str) -> str:
    """Return the surest finding as a sentence, or that there is none."""
    best = found.best
    if best is None:
        few = all(one.standing is Standing.FEW for groups in found.kinds.values() for one in groups)
        return say("content.too_few" if few else "content.nothing", lang)
    kind, group = best
    return say(
        f"content.best_{found.measure.value}",
        lang,
        group=group_name(kind, group.name, lang),
        times=times(group.times, lang),
    )


def sentence(kind: Kind, group: Group, lang: str) -> str:
    """Return how a group stands, with its range, or how many posts are lacking."""
    name = group_name(kind, group.name, lang)
    if group.standing is Standing.FEW:
        if group.lack:
            return say_n("content.few", group.lack, lang, group=name)
        return say_n("content.no_others", group.n, lang, group=name)
    within = say("content.range", lang, low=times(group.low, lang), high=times(group.high, lang))
    return (
        f"{say(f'content.{group.standing.value}', lang, group=name, times=times(group.times, lang))} {within}"
    )


def verdict(group: Group, lang: str) -> str:
    """Return how a group stands, in a word or two."""
    if group.standing is Standing.FEW and group.lack:
        return say_n("content.lack", group.lack, lang)
    return say(f"content.is_{group.standing.value}", lang)


def times(value: float | None, lang: str) -> str:
    """Return how many times the usual something is, as `1.8`; a dash for None.

    >>> times(1.8349, "en"), times(0.914, "ru")
    ('1.8', '0,91')
    """
    return UNKNOWN if value is None else number(round(value, 1 if value >= 1 else 2), lang)


def _weekday(name: str, lang: str) -> str:
    day: str = get_day_names("wide", "stand-alone", locale=lang)[int(name)]
    return day[:1].upper() + day[1:]


def _hours(name: str) -> str:
    first, _, last = name.partition("-")
    return f"{first}:00\N{EN DASH}{last}:00"
