"""Rows without a key that several files tell: a copy or an overlap counts once, two shops count twice."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from kpi.facts.frame import Floats, Frame, Ints, Labels, blank
from kpi.facts.key import folded, keyed, same_codes, text_codes
from kpi.facts.revised import Pair, told_differently
from kpi.model.reading import Issue, Table

_WHOSE = ("network", "account", "currency")  # what a file as a whole may say
_NEAR = 0.1  # a figure that a later export corrected lies within so much of the earlier one
_ENOUGH = 0.5  # of the rows that could recur: from here on two tables tell of the same things
_ENOUGH_OF_BARE = 0.9  # the same where rows have nothing but a day to be known by
_EVENTS = frozenset(
    {"posts", "leads", "mentions", "reviews", "messages", "surveys"}
)  # two on one day are two, not one corrected
_MINUTE = 60
_DIGITS = 9  # of a figure that are compared

Bools = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class _Side:
    """One of two tables: its rows that are compared, their places, and their figures."""

    frame: Frame
    rows: Ints
    places: Ints
    whole: Ints  # the place and every figure of a row


def once(frames: Sequence[Frame], tables: Sequence[Table]) -> tuple[list[Frame], list[Issue]]:
    """Return the frames without rows that a newer, or fuller, file tells too, and what differs.

    `frames` stand oldest first. A *place* is a day (minute, where told) with the same words in all
    columns that both tables have. If most places of two tables of the same headings recur with equal
    figures, or near ones, they tell of the same things: then one file speaks for each place, the newer
    one, or the older where that has all of its rows and more. Else both count.
    """
    left = list(frames)
    issues: list[Issue] = []
    for new in range(1, len(left)):
        for old in range(new):
            pair = left[old], left[new]
            if not (len(pair[0]) and len(pair[1]) and _same_layout(*pair, tables) and _alike(*pair)):
                continue
            without, told = _against(left[old], left[new], tables)
            left[old], left[new] = without
            issues += told
    return [frame for frame in left if len(frame)], issues


def _same_layout(old: Frame, new: Frame, tables: Sequence[Table]) -> bool:
    """Return whether two tables may be the same one saved again: no two different exports are."""
    layouts = {tables[int(frame.main_origin()[0])].source for frame in (old, new)} - {None}
    return len(layouts) <= 1


def _alike(old: Frame, new: Frame) -> bool:
    """Return whether two tables have days in common and the same headings, but for some left out."""
    if old.day.min() > new.until.max() or new.day.min() > old.until.max():
        return False
    for name in _WHOSE:
        one, other = _words(old, name), _words(new, name)
        if one and other and one.isdisjoint(other):
            return False
    one, other = _headings(old), _headings(new)
    return one <= other or other <= one


def _words(frame: Frame, name: str) -> set[str]:
    label = frame.labels.get(name)
    return {label.names[code] for code in np.unique(label.codes)} - {""} if label else set()


def _named(frame: Frame) -> int:
    """Return how much a table says of whose it is."""
    return sum(bool(_words(frame, name)) for name in _WHOSE)


def _headings(frame: Frame) -> set[str]:
    """Return the columns of a frame in which anything stands."""
    values = {name for name, value in frame.values.items() if not np.isnan(value).all()}
    labels = {name for name in frame.labels if name not in _WHOSE and _words(frame, name)}
    texts = {name for name, text in (frame.texts or {}).items() if text.null_count < len(text)}
    return values | labels | texts


def _against(old: Frame, new: Frame, tables: Sequence[Table]) -> tuple[tuple[Frame, Frame], list[Issue]]:
    """Return two tables without what the other one tells, and what they tell differently."""
    sides = _sides(old, new, tables)
    if sides is None:
        return (old, new), []
    (one, other), columns, bare = sides
    count = max(one.places.max(), other.places.max()) + 1
    sizes = [np.bincount(side.places, minlength=count) for side in (one, other)]
    both = (sizes[0] > 0) & (sizes[1] > 0)
    if not both.any():
        return (old, new), []
    within = _shared(one, other, count) == np.minimum(*sizes)
    sums = {name: [_sum(side, name, count) for side in (one, other)] for name in columns}
    near = np.ones(count, bool)
    for before, after in sums.values():
        near &= ~(np.abs(after - before) > _NEAR * np.maximum(np.abs(after), np.abs(before)))
    agree = both & (sizes[0] == sizes[1] if bare else within | near)
    days = one.frame.day[one.rows]
    unfinished = np.zeros(count, bool)  # the older export may have been made in the middle of its last day
    unfinished[one.places[days == days.max()]] = True
    unfinished &= ~agree
    could = [_could_recur(a, b, count) & ~unfinished for a, b in ((one, other), (other, one))]
    most = min(could[0].sum(), could[1].sum())
    single = old.table not in _EVENTS and bool((sizes[0][both] == 1).all() and (sizes[1][both] == 1).all())
    needed = (_ENOUGH_OF_BARE if bare else _ENOUGH) * most
    same = bool(agree.sum() >= needed) if most else single
    older, newer = (int(frame.main_origin()[0]) for frame in (old, new))
    if not same:
        clash = int((both & ~unfinished).sum())
        facts = {"file": tables[older].file, "kept": tables[newer].file, "n": clash}
        return (old, new), [Issue(key="both_count", facts=facts)] if 2 * clash >= needed > 0 else []
    fuller = _headings(old) > _headings(new) or (
        _headings(old) == _headings(new) and _named(old) > _named(new)
    )
    keep_old = both & within & ((sizes[0] > sizes[1]) | ((sizes[0] == sizes[1]) & fuller))
    pairs = []
    for name, (before, after) in sums.items():
        rows = np.flatnonzero(both & ~within & ~np.isnan(before) & ~np.isnan(after))
        where = np.full(len(rows), older), np.full(len(rows), newer)
        pairs.append(Pair(name, before[rows], after[rows], *where))
    kept = tuple(
        side.frame.take(np.setdiff1d(np.arange(len(side.frame)), side.rows[gone[side.places]]))
        for side, gone in ((one, both & ~keep_old), (other, keep_old))
    )
    return (kept[0], kept[1]), told_differently(old.table, pairs, tables)


def _sides(
    old: Frame, new: Frame, tables: Sequence[Table]
) -> tuple[tuple[_Side, _Side], list[str], bool] | None:
    """Return both tables coded alike, the figures that both have, and whether rows have but a day.

    Rows with a key are compared by it elsewhere, if both tables have keys.
    """
    keys = [keyed(frame) for frame in (old, new)]
    by_key = all((key >= 0).any() for key in keys)
    rows = [np.flatnonzero((key < 0) | (not by_key)) for key in keys]
    if not len(rows[0]) or not len(rows[1]):
        return None
    frames = [frame.take(chosen) for frame, chosen in zip((old, new), rows, strict=True)]
    columns = sorted(
        name
        for name in set(old.values) & set(new.values)
        if not any(np.isnan(frame.values[name]).all() for frame in frames)
    )
    minutes = [_minutes(frame, tables) for frame in frames]
    timed = all(bool(minute.any()) for minute in minutes)
    names = [n for n in sorted(set(old.labels) & set(new.labels)) if all(_words(f, n) for f in frames)]
    texts = [
        n
        for n in sorted(set(old.texts or {}) & set(new.texts or {}) - {"id", "url"})
        if all((text_codes(frame, n) >= 0).any() for frame in frames)
    ]
    parts = [_joint(frames[0].day, frames[1].day), _joint(frames[0].until, frames[1].until)]
    parts += [_joint(*minutes)] if timed else []
    parts += [np.concatenate(same_codes(frames[0].labels[n], frames[1].labels[n])) for n in names]
    parts += [np.concatenate(same_codes(*(_as_label(frame, n) for frame in frames))) for n in texts]
    places = folded(*parts)
    figures = [_coded(np.concatenate([frame.values[name] for frame in frames])) for name in columns]
    whole = folded(places, *figures)
    cut = len(rows[0])
    sides = (
        _Side(old, rows[0], places[:cut], whole[:cut]),
        _Side(new, rows[1], places[cut:], whole[cut:]),
    )
    return sides, columns, not (columns or timed or texts)


def _joint(one: Ints, other: Ints) -> Ints:
    return np.concatenate([one, other])


def _as_label(frame: Frame, name: str) -> Labels:
    return Labels.of((frame.texts or {})[name])


def _coded(values: Floats) -> Ints:
    """Return a code for each different number; what two ways of writing differ by is no difference."""
    size = np.abs(values)
    scale = 10.0 ** (_DIGITS - np.floor(np.log10(np.where(size > 0, size, 1.0))))
    return np.asarray(np.unique(np.round(values * scale) / scale, return_inverse=True)[1], np.int64)


def _minutes(frame: Frame, tables: Sequence[Table]) -> Ints:
    """Return the minute of the day of each row, 0 where its table tells no time."""
    data = tables[int(frame.main_origin()[0])].data
    if data is None or "at" not in data.column_names or "row" not in data.column_names:
        return np.zeros(len(frame), np.int64)
    seconds = data["at"].cast(pa.timestamp("s"), safe=False).cast(pa.int64()).fill_null(0)
    by_row = np.asarray(data["row"].to_numpy(), np.int64)
    order = np.argsort(by_row, kind="stable")
    place = order[np.searchsorted(by_row, frame.row, sorter=order)]
    minutes: Ints = np.asarray(seconds.to_numpy(), np.int64)[place] // _MINUTE % (24 * _MINUTE)
    return minutes


def _shared(one: _Side, other: _Side, count: int) -> Ints:
    """Return how many rows of each place stand in both tables with the same figures."""
    most = max(one.whole.max(), other.whole.max()) + 1
    shared = np.minimum(np.bincount(one.whole, minlength=most), np.bincount(other.whole, minlength=most))
    place = np.zeros(most, np.int64)
    place[one.whole], place[other.whole] = one.places, other.places
    return np.bincount(place, weights=shared, minlength=count).astype(np.int64)


def _sum(side: _Side, name: str, count: int) -> Floats:
    """Return the sum of a figure by place, unknown where no row tells it."""
    value = side.frame.values.get(name, blank(len(side.frame)))[side.rows]
    known = ~np.isnan(value)
    sums = np.bincount(side.places[known], weights=value[known], minlength=count)
    return np.where(np.bincount(side.places[known], minlength=count) > 0, sums, np.nan)


def _could_recur(side: _Side, against: _Side, count: int) -> Bools:
    """Return the places of a table on days that the other one has too."""
    inside = np.isin(side.frame.day[side.rows], against.frame.day[against.rows])
    found = np.zeros(count, bool)
    found[side.places[inside]] = True
    return found
