"""Whom a figure may stand beside: the networks or ad cabinets that gave it, and the size of its account."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence

import numpy as np
import pyarrow.compute as pc

from kpi.catalog.loader import sources
from kpi.judge.benchmark import compared
from kpi.metrics.cubes import Cube
from kpi.metrics.levels import level
from kpi.model.benchmark import Benchmark, Comparison
from kpi.model.period import Period
from kpi.model.reading import Table
from kpi.model.verdict import Verdict
from kpi.model.view import View

_FOLLOWERS = "account.followers"


def networks(verdict: Verdict, tables: Iterable[Table], view: View) -> frozenset[str]:
    """Return the networks that gave a figure; of ads the cabinet, where the export names one.

    `tables` are those of the cube's facts. An empty name stands for rows that name none.
    """
    told = {(trace.file, trace.sheet, trace.field.partition(".")[0]) for trace in verdict.trace}
    used = (t for t in tables if (t.file, t.sheet or t.member, t.kind) in told)
    return frozenset(name for table in used for name in _names(table, view))


def followers(cube: Cube, period: Period, view: View, named: Collection[str]) -> float | None:
    """Return the followers of the one account in view and of these networks at the end of a period.

    None where they are not known, and where there are several accounts: their sum is nobody's size.
    """
    tracks = [
        track
        for track in cube.tracks.get(_FOLLOWERS, ())
        if view.shows(*track.segment) and track.segment[0] in named
    ]
    if len(tracks) != 1:
        return None
    found = level(tracks[0], "end", period)
    return None if np.isnan(found) else float(found)


def beside(
    verdict: Verdict,
    cube: Cube,
    view: View,
    *,
    trade: str | None,
    benchmarks: Sequence[Benchmark],
    show_low: bool = False,
) -> Comparison:
    """Return a verdict beside those of `benchmarks` that were counted alike, of its networks and its size."""
    named = networks(verdict, cube.facts.tables, view)
    size = followers(cube, verdict.series[-1][0], view, named) if verdict.series else None
    return compared(
        verdict, networks=named, followers=size, trade=trade, benchmarks=benchmarks, show_low=show_low
    )


def _names(table: Table, view: View) -> Iterator[str]:
    """Yield what a table says of where its rows in view come from."""
    cabinet = sources()[table.source].cabinet if table.source else None
    if table.kind == "ads" and cabinet:
        yield cabinet
    elif table.data is not None and "network" in table.data.column_names:
        found = pc.unique(table.data["network"]).to_pylist()
        yield from (name or "" for name in found if view.network in {None, name})
    else:
        yield table.network or view.network or ""
