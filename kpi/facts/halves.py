"""Views and costs of an ad that its cabinet gives in two files, joined into one row a day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pyarrow as pa

from kpi.facts.frame import Floats, Frame, Ints, blank, joined
from kpi.model.reading import Table

_NAMES = ("campaign", "group", "ad", "keyword")


def whole_ads(frames: Sequence[Frame], tables: Sequence[Table]) -> list[Frame]:
    """Return the frames with halves joined: daily tables without any name, of which one tells costs only.

    Nothing in the files says which halves belong together: those that share most days do. Files of one
    half that agree on the days they share are one ad exported again; others are different ads and add up.
    """
    costs = _different([f for f in frames if _half(f, tables) == "spend"])
    views = _different([f for f in frames if _half(f, tables) == "impressions"])
    if not costs or not views:
        return list(frames)
    found = [frame for frame in frames if _half(frame, tables) is None]
    for cost in costs:
        mate = max(views, key=lambda view: len(np.intersect1d(view.day, cost.day)), default=None)
        if mate is None or tables[_origin(mate)].network != tables[_origin(cost)].network:
            found.append(_named(cost, tables))
            continue
        views = [view for view in views if view is not mate]
        found.append(_named(_joined(mate, cost), tables))
    return [*found, *(_named(view, tables) for view in views)]


def _half(frame: Frame, tables: Sequence[Table]) -> str | None:
    """Return which half of an ad a frame tells, None for whole ones and for own sheets."""
    if (
        not tables[_origin(frame)].source
        or (frame.until > frame.day).any()
        or any(name in (frame.texts or {}) for name in _NAMES)
    ):
        return None
    told = [name for name in ("spend", "impressions") if name in frame.values]
    return told[0] if len(told) == 1 and len(np.unique(frame.day)) == len(frame) else None


def _origin(frame: Frame) -> int:
    return int(frame.main_origin()[0])


def _different(frames: Sequence[Frame]) -> list[Frame]:
    """Return one frame an ad: a file that repeats another's days adds only its further days."""
    found: list[Frame] = []
    for frame in sorted(frames, key=_origin, reverse=True):
        same = next((place for place, other in enumerate(found) if _again(frame, other)), None)
        if same is None:
            found.append(frame)
        else:
            further = np.flatnonzero(~np.isin(frame.day, found[same].day))
            found[same] = joined([found[same], frame.take(further)]) if len(further) else found[same]
    return found


def _again(older: Frame, newer: Frame) -> bool:
    """Return whether two files agree on the days they share; the older one's last day was not over yet."""
    days, mine, its = np.intersect1d(older.day, newer.day, return_indices=True)
    past = days < older.day.max()
    if not past.any():
        return False
    return all(
        np.array_equal(older.values[name][mine[past]], newer.values[name][its[past]], equal_nan=True)
        for name in older.values
        if name in newer.values
    )


def _joined(views: Frame, costs: Frame) -> Frame:
    """Return one row a day with the figures of both, unknown where a half lacks the day."""
    days: Ints = np.union1d(views.day, costs.day)
    values: dict[str, Floats] = {}
    origin: dict[str, Ints] = {}
    for half in (views, costs):
        places = np.searchsorted(days, half.day)
        for name, given in half.values.items():
            values[name] = blank(len(days))
            values[name][places] = given
            origin[name] = np.full(len(days), _origin(half), np.int64)
    rows = np.zeros(len(days), np.int64)
    for half in (costs, views):
        rows[np.searchsorted(days, half.day)] = half.row
    all_same = {
        name: replace(label, codes=np.full(len(days), label.codes[0], np.int64))
        for half in (views, costs)
        for name, label in half.labels.items()
    }
    return Frame(costs.table, days, days, all_same, values, origin, rows)


def _named(frame: Frame, tables: Sequence[Table]) -> Frame:
    """Return the frame with the file as the ad's name, which keeps two ads apart."""
    name = pa.array([tables[_origin(frame)].file] * len(frame), pa.string())
    return replace(frame, texts={**(frame.texts or {}), "ad": name})
