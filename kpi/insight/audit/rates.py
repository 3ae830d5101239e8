"""Rates of a report, of which we have no field: each beside every way of counting the KPI of that name."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from statistics import median

import numpy as np

from kpi.catalog.loader import kpis
from kpi.facts.assemble import Facts
from kpi.facts.frame import calendar
from kpi.ingest.heading import key
from kpi.insight.audit.causes import fits
from kpi.insight.audit.figure import Cause, Figure, Line, Match, matched, step
from kpi.insight.audit.native import identities
from kpi.insight.audit.postrates import of_posts
from kpi.judge.periods import lengthened
from kpi.judge.ways import Way, ways
from kpi.metrics.cubes import Cube
from kpi.model.kpi import Kpi
from kpi.model.period import Period
from kpi.model.reading import Column, Reason, Table
from kpi.model.verdict import Trace
from kpi.model.view import View

_MOST = 60  # figures of one rate of days, each of which is worked out by itself
_SHARE = 20  # times: so much smaller is a share written as a part of one
_HEAD = re.compile(r"[:—]")
_BRACKETS = re.compile(r"\(([^()]*)\)")


@dataclass(frozen=True, slots=True)
class _Said:
    """A reported rate; `post` are the id and the address of the one post that it is of, None for days."""

    period: Period
    value: float
    place: str
    post: frozenset[str] | None = None


def rates(cube: Cube, report: Facts) -> Iterator[Line]:
    """Yield every rate of the report, by table and network."""
    for table in report.tables:
        for column in table.columns:
            if column.field is not None or not column.extra or table.kind is None:
                continue
            kpi = named(column.heading, table.kind)
            if kpi is None:
                continue
            for network, said in _said(report, table, column).items():
                some = said if said[0].post is not None else said[-_MOST:]
                yield _line(cube, kpi, (table, column), network, some)


@cache
def _names() -> Mapping[str, frozenset[str]]:
    """Return the KPIs of each name: as they are called, and the short forms in brackets."""
    found: dict[str, set[str]] = defaultdict(set)
    for kpi in kpis().values():
        for words in (kpi.en, kpi.ru):
            for text in (words.name, _HEAD.split(words.term)[0]):
                for name in (text, _BRACKETS.sub("", text), *_BRACKETS.findall(text)):
                    if name.strip():
                        found[key(name)].add(kpi.id)
    return {name: frozenset(ids) for name, ids in found.items()}


def named(heading: str, table: str) -> Kpi | None:
    """Return the KPI that a heading names, with or without its unit; None where it names none or several.

    Of one that is told of advertising and of posts, the `table` decides.
    """
    plain = heading.replace("%", " ").strip(" ,.")
    ids = _names().get(key(plain)) or _names().get(key(_BRACKETS.sub("", plain).strip(" ,."))) or ()
    fitting = [
        id_ for id_ in ids if len(ids) == 1 or ("ads." in kpis()[id_].variants[0].formula) == (table == "ads")
    ]
    return kpis()[fitting[0]] if len(fitting) == 1 else None


def _said(report: Facts, table: Table, column: Column) -> dict[str, list[_Said]]:
    """Return the figures of a column by network, oldest first: of a post that can be named, else of days."""
    rows = table.data["row"].to_pylist() if table.data is not None else []
    by_row = dict(zip(rows, column.extra, strict=False))
    found: dict[str, list[_Said]] = defaultdict(list)
    kind = table.kind or ""
    frames = [*([report.daily[kind]] if kind in report.daily else []), *report.windows.get(kind, ())]
    for frame in frames:
        label = frame.labels.get("network")
        posts = identities(frame, np.arange(len(frame))) if kind == "posts" else [None] * len(frame)
        for at, place in enumerate(frame.main_origin().tolist()):
            value = by_row.get(int(frame.row[at]))
            named_post = posts[at] is None or bool(posts[at])
            if report.tables[place] is table and value is not None and named_post:
                network = label.names[label.codes[at]] if label else ""
                period = Period(calendar(frame.day[at]), calendar(frame.until[at]))
                found[network].append(_Said(period, value, table.place(int(frame.row[at])), posts[at]))
    return {network: sorted(some, key=lambda one: one.period) for network, some in found.items()}


def _line(cube: Cube, kpi: Kpi, of: tuple[Table, Column], network: str, said: Sequence[_Said]) -> Line:
    """Return a rate beside the way of counting that is ours, and which other way it is, if it is one."""
    (table, column), view = of, View(network=network or None)
    if any(one.post is not None for one in said):
        told = of_posts(cube.facts, kpi, network, [one.post or frozenset() for one in said])
    else:
        told = [ways(cube, kpi, one.period, view) if _fits_in(kpi, one.period) else () for one in said]
    ours = next(
        (place for place in range(len(kpi.variants)) if any(_value(t, place) is not None for t in told)), 0
    )
    values = _scaled([one.value for one in said], [_value(t, ours) for t in told], kpi)
    unit = step(values)
    figures = tuple(
        _figure(one, value, way, ours, unit) for one, value, way in zip(said, values, told, strict=True)
    )
    trace = Trace(
        file=table.file,
        sheet=table.sheet or table.member,
        heading=column.heading,
        field="",
        rows=len(said),
        total=None,
        turned=table.turned,
    )
    variant = kpi.variants[ours]
    differs = any(one.match is Match.DIFFERS for one in figures)
    return Line(
        heading=column.heading,
        network=network,
        unit=variant.unit or kpi.unit,
        kpi=kpi.id,
        currency=next((t[ours].currency for t in told if t and t[ours].currency), None),
        figures=figures,
        causes=tuple(_other_formula(kpi, values, told, ours)) if differs else (),
        reported=(trace,),
    )


def _fits_in(kpi: Kpi, period: Period) -> bool:
    return lengthened(kpi, period) == period


def _value(told: Sequence[Way], place: int) -> float | None:
    return told[place].value if told else None


def _scaled(values: Sequence[float], native: Sequence[float | None], kpi: Kpi) -> list[float]:
    """Return percents as percents where the report writes them as parts of one."""
    known = [one for one in native if one]
    small = kpi.unit == "percent" and known and max(map(abs, values)) <= 1
    if small and median(values) * _SHARE < median(known):
        return [100 * one for one in values]
    return list(values)


def _figure(one: _Said, value: float, told: Sequence[Way], place: int, unit: float) -> Figure:
    native = _value(told, place)
    reason = None
    if native is None:
        whole = Reason(key="audit.other_window")
        reasons = told[place].reasons if told else (whole,)
        reason = reasons[0] if reasons else Reason(key="audit.no_rate")
    return Figure(
        period=one.period,
        place=one.place,
        reported=value,
        native=native,
        match=Match.UNTOLD if native is None else matched(value, native, unit),
        reason=reason,
    )


def _other_formula(
    kpi: Kpi, values: Sequence[float], told: Sequence[Sequence[Way]], ours: int
) -> Iterator[Cause]:
    """Yield the other way of counting that gives what the report says; of two that do, none can be told."""
    found = []
    for place, variant in enumerate(kpi.variants):
        native = [_value(one, place) for one in told]
        pairs = [(value, its) for value, its in zip(values, native, strict=True) if its is not None]
        half = [abs(value - its) <= step(values) / 2 * 1.001 for value, its in pairs]
        close = fits(pairs, len(values)) or (len(pairs) == len(values) and len(pairs) > 1 and all(half))
        if place != ours and close:
            found.append(variant.id)
    if len(found) == 1:
        facts = {"kpi": kpi.id, "variant": found[0], "ours": kpi.variants[ours].id}
        yield Cause(key="other_formula", facts=facts)
