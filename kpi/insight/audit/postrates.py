"""Rates of single posts: every way of counting a KPI that needs nothing but the figures of one post."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from kpi.facts.assemble import Facts
from kpi.facts.frame import Frame
from kpi.insight.audit.native import identities
from kpi.judge.ways import Way
from kpi.metrics.formula import Vector, evaluate
from kpi.model.formula import names
from kpi.model.kpi import Kpi, Variant
from kpi.model.reading import Reason

_TABLE = "posts"


def of_posts(facts: Facts, kpi: Kpi, network: str, wanted: Sequence[frozenset[str]]) -> list[tuple[Way, ...]]:
    """Return all variants of a KPI for each post, by its id or address, as its own figures tell them."""
    frame = facts.daily.get(_TABLE)
    rows = [None] * len(wanted) if frame is None else _rows(frame, network, wanted)
    found: list[list[Way]] = [[] for _ in wanted]
    for variant in kpi.variants:
        told = _told(frame, variant) if frame is not None else None
        for ways, row in zip(found, rows, strict=True):
            value = None if told is None or row is None or np.isnan(told[row]) else float(told[row])
            key = "audit.no_post" if row is None else "audit.no_rate"
            reasons = () if value is not None else (Reason(key=key),)
            ways.append(Way(variant=variant, value=value, unit=variant.unit or kpi.unit, reasons=reasons))
    return [tuple(ways) for ways in found]


def _rows(frame: Frame, network: str, wanted: Sequence[frozenset[str]]) -> list[int | None]:
    """Return the row of each post, None where the files have none of it."""
    label = frame.labels.get("network")
    mine = np.arange(len(frame))
    if network and label is not None:
        mine = np.flatnonzero(label.says(network) | label.says(""))
    places = {
        name: row for row, its in zip(mine.tolist(), identities(frame, mine), strict=True) for name in its
    }
    return [next((places[name] for name in sorted(its) if name in places), None) for its in wanted]


def _told(frame: Frame, variant: Variant) -> Vector | None:
    """Return a way of counting for every row; None where it needs more than the figures of a post."""
    columns = {}
    for name in names(variant.formula):
        table, _, column = name.partition(".")
        if table != _TABLE or column not in frame.values:
            return None
        columns[name] = frame.values[column]
    return evaluate(variant.formula, columns.__getitem__)
