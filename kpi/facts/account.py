"""The days of every account as one frame: each figure of a day once, whichever file gave it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np

from kpi.facts.frame import Frame, Ints, Labels, blank, joined, ordinal
from kpi.facts.key import folded
from kpi.facts.posts import kinds_of
from kpi.facts.revised import newest
from kpi.model.reading import Issue, Table

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
    codes = tuple(int(code) for code in np.unique(_owners(frame, names)))
    days = np.arange(ordinal(table.first), ordinal(table.last) + 1)
    return _Quiet(index, codes, days, tuple(c for c in columns if f"account.{c}" in given))


def _owners(frame: Frame, names: dict[Key, int]) -> Ints:
    """Return for each row the place of its network and account in `names`, which takes up new ones."""
    nobody = Labels.same("", len(frame))
    network, name = frame.labels.get("network", nobody), frame.labels.get("account", nobody)
    both, place = np.unique(network.codes * len(name.names) + name.codes, return_inverse=True)
    pairs = [(network.names[c // len(name.names)], name.names[c % len(name.names)]) for c in both]
    known = np.array([names.setdefault(pair, len(names)) for pair in pairs], np.int64)
    return np.asarray(known[place], np.int64)


def account(frames: Sequence[Frame], tables: Sequence[Table]) -> tuple[Frame, list[Issue]]:
    """Return one row an account and day, oldest first, and what files tell differently.

    Figures of several files stand side by side; where two give the same figure, the newest export
    wins. A day that a layout leaves out because nothing happened is 0 there, and only there.
    """
    whole = joined(list(frames))
    names: dict[Key, int] = {}
    codes = _owners(whole, names)
    told, issues = newest(whole, folded(codes, whole.day), tables)
    quiet = [found for frame in frames if (found := _quiet(frame, tables, names)) is not None]
    left_out = [(np.full(len(q.days), code), q.days) for q in quiet for code in q.codes]
    all_codes = np.concatenate([_owners(told, names), *(c for c, _ in left_out)])
    all_days = np.concatenate([told.day, *(d for _, d in left_out)])
    keys, place = np.unique(all_days * len(names) + all_codes, return_inverse=True)
    place = place[: len(told)]
    values = {field: blank(len(keys)) for field in told.values}
    origin = {field: np.zeros(len(keys), np.int64) for field in told.values}
    for field, given in told.values.items():
        values[field][place], origin[field][place] = given, told.origin[field]
    row = np.zeros(len(keys), np.int64)
    row[place] = told.row
    days, owners = keys // len(names), keys % len(names)
    for one in quiet:
        inside = (days >= one.days[0]) & (days <= one.days[-1]) & np.isin(owners, one.codes)
        for column in one.columns:
            empty = inside & np.isnan(values[column])
            values[column][empty] = 0.0
            origin[column][empty] = one.index
    labels = {
        "network": Labels(owners, tuple(pair[0] for pair in names)),
        "account": Labels(owners, tuple(pair[1] for pair in names)),
    }
    return _engaged(Frame("account", days, days, labels, values, origin, row), tables), issues


def windows(frames: Sequence[Frame], tables: Sequence[Table]) -> tuple[Frame, list[Issue]]:
    """Return rows of longer spans, each span of an account once, and what files tell differently."""
    whole = joined(list(frames))
    told, issues = newest(whole, folded(_owners(whole, {}), whole.day, whole.until), tables)
    return _engaged(told, tables), issues


def _engaged(frame: Frame, tables: Sequence[Table]) -> Frame:
    """Return the frame with interactions added up where a table has all kinds that its network counts.

    A total that an export tells itself is kept; a row in which a kind is blank stays unknown.
    """
    given = frame.values.get("engagements", blank(len(frame)))
    total, where = given.copy(), frame.origin.get("engagements", frame.main_origin()).copy()
    for index in np.unique(np.concatenate([np.zeros(0, np.int64), *frame.origin.values()])):
        table = tables[int(index)]
        kinds = kinds_of(table) if table.counts or table.network else ()
        columns = {column.field for column in table.columns}
        if not kinds or "account.engagements" in columns or not {f"account.{k}" for k in kinds} <= columns:
            continue
        rows = np.isnan(given) & (frame.origin[kinds[0]] == index)
        total[rows] = sum(frame.values[kind][rows] for kind in kinds)
        where[rows] = index
    if np.isnan(total).all():
        return frame
    return replace(
        frame,
        values={**frame.values, "engagements": total},
        origin={**frame.origin, "engagements": where},
    )


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
    names: dict[Key, int] = {}
    owners = _owners(frame, names)
    for key, (day, count) in known.items():
        rows = np.flatnonzero(owners == names.get(key, -1))
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
