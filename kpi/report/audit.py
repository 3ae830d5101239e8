"""Says how a contractor's report stands to the native files: the headline, each line, what explains it."""

from __future__ import annotations

from collections.abc import Mapping

from kpi.catalog.loader import fields, kpis
from kpi.insight.audit.figure import Audit, Cause, Line, Match
from kpi.report.numbers import change, period, shown
from kpi.report.words import say, say_n, sentence
from kpi.report.words.tell import UNKNOWN, number, quoted, told

_SHAPES = {Match.AGREES: "✓", Match.DIFFERS: "≠", Match.UNTOLD: "?"}


def headline(audit: Audit, lang: str) -> str:
    """Return the finding: how many figures agree, and of what differs most how much and why."""
    agree, differ = audit.count(Match.AGREES), audit.count(Match.DIFFERS)
    explained = max(_odd(audit), key=_weight, default=None)
    if not agree + differ:
        if explained is not None and explained.causes:
            return say("audit.head_line", lang, name=name(explained, lang), why=_short(explained, lang))
        return say("audit.head_untold", lang)
    if not differ and (explained is None or not explained.causes):
        untold = audit.count(Match.UNTOLD)
        if untold:
            return say("audit.head_agree_part", lang, agree=agree, untold=untold)
        return say_n("audit.head_agree", agree, lang)
    parts = [say("audit.head_part", lang, agree=agree, all=agree + differ)]
    if explained is not None:
        parts.append(_told(explained, lang))
    return "; ".join(parts)


def name(line: Line, lang: str) -> str:
    """Return what a line is of, in our words."""
    return told("kpi", line.kpi, lang) if line.kpi else told("field", line.field, lang)


def badge(match: Match, lang: str) -> str:
    """Return the word of a light with its shape before it."""
    return f"{_SHAPES[match]} {say(f'audit.match_{match.value}', lang)}"


def whole(line: Line, lang: str) -> str:
    """Return how a whole line stands, as a sentence."""
    told_ = [one for one in line.figures if one.native is not None]
    if not told_:
        reason = next((one.reason for one in line.figures if one.reason), None)
        return sentence(reason, lang) if reason else UNKNOWN
    agree = sum(one.match is Match.AGREES for one in told_)
    counted = say("audit.line_counts", lang, agree=agree, all=len(told_))
    if line.percent is None or line.match is Match.AGREES:
        return counted
    return f"{counted} {say('audit.line_percent', lang, percent=off(line, lang))}"


def cause(found: Cause, lang: str) -> str:
    """Return an explanation as a sentence or two."""
    facts = {key: _fact(key, fact, lang) for key, fact in found.facts.items()}
    if found.key == "other_formula":
        facts |= _variants(found, lang)
    return say(f"audit.cause_{found.key}", lang, **facts)


def summary(audit: Audit, lang: str) -> dict[str, list[str]]:
    """Return the lines as columns of text: the light, what it is, how many figures agree, by how much not."""
    lines = audit.lines
    counts = [
        (sum(f.match is Match.AGREES for f in one.figures), sum(f.native is not None for f in one.figures))
        for one in lines
    ]
    return {
        say("audit.light", lang): [badge(one.match, lang) for one in lines],
        say("audit.figure", lang): [_named(one, lang) for one in lines],
        say("audit.agree", lang): [
            say("audit.of", lang, agree=agree, all=all_) if all_ else UNKNOWN for agree, all_ in counts
        ],
        say("audit.difference", lang): [off(one, lang) for one in lines],
        say("audit.heading", lang): [one.heading for one in lines],
    }


def rows(line: Line, lang: str) -> dict[str, list[str]]:
    """Return the figures of a line as columns of text, in the order of their days."""
    figures = line.figures
    differences = [
        UNKNOWN if one.difference is None else _signed(one.difference, number(one.difference, lang))
        for one in figures
    ]
    return {
        say("audit.days", lang): [period(one.period, lang) for one in figures],
        say("audit.reported", lang): [_value(one.reported, line, lang) for one in figures],
        say("audit.native", lang): [_value(one.native, line, lang) for one in figures],
        say("audit.difference_in", lang): differences,
        say("audit.percent", lang): [
            UNKNOWN if one.percent is None else signed(one.percent, lang) for one in figures
        ],
        say("audit.light", lang): [
            badge(one.match, lang) if one.reason is None else sentence(one.reason, lang) for one in figures
        ],
        say("audit.row", lang): [one.place for one in figures],
    }


def off(line: Line, lang: str) -> str:
    """Return how much more a line reports in all, signed: of a rate in points, on the average."""
    told_ = [(one.reported, one.native) for one in line.figures if one.native is not None]
    if not told_:
        return UNKNOWN
    ours, native = (sum(side) / len(told_) for side in zip(*told_, strict=True))
    return change(ours, native, line.unit, lang) or UNKNOWN


def signed(percent: float, lang: str) -> str:
    """Return how many percent more or less, with its sign.

    >>> signed(38.04, "en"), signed(-0.04, "en")
    ('+38%', '0%')
    """
    return change(100 + percent, 100, "", lang) or UNKNOWN


def _odd(audit: Audit) -> list[Line]:
    return [line for line in audit.lines if line.match is Match.DIFFERS or line.causes]


def _weight(line: Line) -> tuple[bool, bool, float]:
    """Return how much a line is worth to be told first: what differs and is explained, by how much."""
    return bool(line.causes), line.match is Match.DIFFERS, abs(line.percent or 0.0)


def _told(line: Line, lang: str) -> str:
    """Return by how much a line is off in all, and why if that is known."""
    why = _short(line, lang)
    facts = {"name": name(line, lang)}
    if line.percent is None or line.match is not Match.DIFFERS:
        return say("audit.head_line", lang, name=facts["name"], why=why)
    if not line.causes:
        return say("audit.head_off", lang, name=facts["name"], percent=off(line, lang))
    return say("audit.head_why", lang, name=facts["name"], percent=off(line, lang), why=why)


def _short(line: Line, lang: str) -> str:
    if not line.causes:
        return ""
    found = line.causes[0]
    facts = {key: _fact(key, fact, lang) for key, fact in found.facts.items()}
    return say(f"audit.short_{found.key}", lang, **facts)


def _named(line: Line, lang: str) -> str:
    network = told("network", line.network, lang) if line.network else ""
    return " · ".join(part for part in (name(line, lang), network) if part)


def _value(value: float | None, line: Line, lang: str) -> str:
    return shown(value, line.unit if line.unit in {"money", "percent"} else "", line.currency, lang)


def _fact(key: str, fact: object, lang: str) -> object:
    if key == "part" and isinstance(fact, float):
        return signed(fact, lang)
    if key == "paid" and isinstance(fact, float):
        return number(fact, lang)
    if key == "field" and isinstance(fact, str):
        return quoted(fields()[fact].ru if lang == "ru" else fields()[fact].en, lang)
    return fact


def _variants(found: Cause, lang: str) -> Mapping[str, str]:
    """Return the two ways of counting by their names: that of the report, and ours."""
    variants = {one.id: one for one in kpis()[str(found.facts["kpi"])].variants}
    pair = {side: variants[str(found.facts[side])] for side in ("variant", "ours")}
    return {side: quoted(one.ru if lang == "ru" else one.en, lang) for side, one in pair.items()}


def _signed(value: float, text: str) -> str:
    return f"+{text}" if value > 0 else text
