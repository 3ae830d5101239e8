"""The days of every account as one frame: each figure of a day once, whichever file gave it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from kpi.facts.frame import Floats, Frame, Ints, Labels, blank, joined, ordinal
from kpi.model.reading import Table

Key = tuple[str, str]


@dataclass(frozen=True, slots=True)
class _Quiet:
    """A file's table that leaves out days of nothing: of which accounts, and for which fields."""

    index: int
    codes: tuple[int, ...]
    days: Ints
    columns: tuple[str, ...]


def _quiet(frame: Frame, tables: Sequence[Table], names: dict[Key, int]) -> _Quiet | None:
    """Return what a frame's table leaves out, None where it leaves out nothing."""
    index = int(frame.main_origin()[0])
    table = tables[index]
    if not (table.absent_zero and table.first and table.last):
        return None
    given = {column.field for column in table.columns}
    columns = tuple(name.removeprefix("account.") for name in table.absent_zero)
    codes = tuple(names.setdefault(pair, len(names)) for pair in sorted(set(_pairs(frame))))
    days = np.arange(ordinal(table.first), ordinal(table.last) + 1)
    return _Quiet(index, codes, days, tuple(c for c in columns if f"account.{c}" in given))


def _pairs(frame: Frame) -> list[Key]:
    """Return the network and account of each row."""
    nobody = Labels.same("", len(frame))
    network, name = frame.labels.get("network", nobody), frame.labels.get("account", nobody)
    return list(zip(network.words(), name.words(), strict=True))


def account(frames: Sequence[Frame], tables: Sequence[Table]) -> Frame:
    """Return one row an account and day, oldest first.

    Figures of several files stand side by side; where two give the same figure, the newest export
    wins. A day that a layout leaves out because nothing happened is 0 there, and only there.
    """
    whole = joined(list(frames))
    count = len(whole)
    names: dict[Key, int] = {}
    codes = np.array([names.setdefault(pair, len(names)) for pair in _pairs(whole)], np.int64)
    quiet = [found for frame in frames if (found := _quiet(frame, tables, names)) is not None]
    left_out = [(np.full(len(q.days), code), q.days) for q in quiet for code in q.codes]
    all_codes = np.concatenate([codes, *(c for c, _ in left_out)])
    all_days = np.concatenate([whole.day, *(d for _, d in left_out)])
    keys, place = np.unique(all_days * len(names) + all_codes, return_inverse=True)
    place = place[:count]
    values: dict[str, Floats] = {}
    origin: dict[str, Ints] = {}
    for field, given in whole.values.items():
        known = np.flatnonzero(~np.isnan(given))
        values[field] = blank(len(keys))
        origin[field] = np.zeros(len(keys), np.int64)
        values[field][place[known]] = given[known]
        origin[field][place[known]] = whole.origin[field][known]
    row = np.zeros(len(keys), np.int64)
    row[place] = whole.row
    days, owners = keys // len(names), keys % len(names)
    pairs = list(names)
    for one in quiet:
        inside = (days >= one.days[0]) & (days <= one.days[-1]) & np.isin(owners, one.codes)
        for column in one.columns:
            empty = inside & np.isnan(values[column])
            values[column][empty] = 0.0
            origin[column][empty] = one.index
    labels = {
        "network": Labels(owners, tuple(pair[0] for pair in pairs)),
        "account": Labels(owners, tuple(pair[1] for pair in pairs)),
    }
    return Frame("account", days, days, labels, values, origin, row)


def rebuilt(frame: Frame, known: Mapping[Key, tuple[date, float]]) -> Frame:
    """Return the frame with follower levels rebuilt from one known level and the daily joins and leaves.

    `known` gives for an account the followers at the end of one day. A day without joins or leaves
    breaks the chain: beyond it nothing is claimed.
    """
    if not known or not {"followers_new", "followers_lost"} <= set(frame.values):
        return frame
    given = frame.values.get("followers", blank(len(frame)))
    level = given.copy()
    net = frame.values["followers_new"] - frame.values["followers_lost"]
    words = _pairs(frame)
    for key, (day, count) in known.items():
        rows = np.array([i for i, pair in enumerate(words) if pair == key], np.int64)
        start = int(np.searchsorted(frame.day[rows], ordinal(day)))
        if start == len(rows) or frame.day[rows[start]] != ordinal(day):
            continue
        if np.isnan(level[rows[start]]):
            level[rows[start]] = count
        for step in (1, -1):
            at = start
            while 0 <= at + step < len(rows) and frame.day[rows[at + step]] - frame.day[rows[at]] == step:
                gained = net[rows[at + step]] if step > 0 else -net[rows[at]]
                if np.isnan(gained):
                    break
                if np.isnan(level[rows[at + step]]):
                    level[rows[at + step]] = level[rows[at]] + gained
                at += step
    source = frame.origin["followers_new"]
    origin = np.where(np.isnan(given), source, frame.origin.get("followers", source))
    return frame.with_values({"followers": level}, origin)
