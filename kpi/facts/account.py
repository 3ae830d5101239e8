"""The days of every account as one frame: each figure of a day once, whichever file gave it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

import numpy as np

from kpi.facts.frame import Floats, Frame, Ints, Labels, blank, joined, ordinal
from kpi.model.reading import Table

Key = tuple[str, str]


def _zero_days(tables: Sequence[Table], names: Mapping[Key, int]) -> tuple[Ints, Ints]:
    """Return (account code, day) of all days on which a layout leaves out zeros."""
    codes: list[Ints] = []
    days: list[Ints] = []
    for table in tables:
        code = names.get((table.network or "", table.account or ""))
        if table.absent_zero and table.first and table.last and code is not None:
            span = np.arange(ordinal(table.first), ordinal(table.last) + 1)
            days.append(span)
            codes.append(np.full(len(span), code))
    if not days:
        return np.zeros(0, np.int64), np.zeros(0, np.int64)
    return np.concatenate(codes), np.concatenate(days)


def account(frames: Sequence[Frame], tables: Sequence[Table]) -> Frame:
    """Return one row an account and day, oldest first.

    Figures of several files stand side by side; where two give the same figure, the newest export
    wins. A day that a layout leaves out because nothing happened is 0 there, and only there.
    """
    whole = joined(list(frames))
    count = len(whole)
    network = whole.labels.get("network", Labels.same("", count)).words()
    name = whole.labels.get("account", Labels.same("", count)).words()
    names: dict[Key, int] = {}
    codes = np.array(
        [names.setdefault(pair, len(names)) for pair in zip(network, name, strict=True)], np.int64
    )
    used = [tables[index] for index in sorted({int(i) for frame in frames for i in set(frame.main_origin())})]
    more_codes, more_days = _zero_days(used, names)
    all_codes, all_days = np.concatenate([codes, more_codes]), np.concatenate([whole.day, more_days])
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
    for table in used:
        mine = pairs.index((table.network or "", table.account or ""))
        _fill_zeros(table, tables.index(table), days, owners == mine, (values, origin))
    labels = {
        "network": Labels(owners, tuple(pair[0] for pair in pairs)),
        "account": Labels(owners, tuple(pair[1] for pair in pairs)),
    }
    return Frame("account", days, days, labels, values, origin, row)


def _fill_zeros(
    table: Table,
    index: int,
    days: Ints,
    mine: np.ndarray[tuple[int], np.dtype[np.bool_]],
    into: tuple[Mapping[str, Floats], Mapping[str, Ints]],
) -> None:
    """Set 0 on the days inside the table's span that its layout leaves out, for the fields it gives."""
    if not (table.absent_zero and table.first and table.last):
        return
    values, origin = into
    inside = (days >= ordinal(table.first)) & (days <= ordinal(table.last)) & mine
    given = {column.field for column in table.columns}
    for field in table.absent_zero:
        column = field.removeprefix("account.")
        if column in values and f"account.{column}" in given:
            empty = inside & np.isnan(values[column])
            values[column][empty] = 0.0
            origin[column][empty] = index


def rebuilt(frame: Frame, known: Mapping[Key, tuple[date, float]]) -> Frame:
    """Return the frame with follower levels rebuilt from one known level and the daily joins and leaves.

    `known` gives for an account the followers at the end of one day. A day without joins or leaves
    breaks the chain: beyond it nothing is claimed.
    """
    if not {"followers_new", "followers_lost"} <= set(frame.values):
        return frame
    level = frame.values.get("followers", blank(len(frame))).copy()
    net = frame.values["followers_new"] - frame.values["followers_lost"]
    words = list(zip(frame.labels["network"].words(), frame.labels["account"].words(), strict=True))
    for key, (day, count) in known.items():
        rows = np.array([i for i, pair in enumerate(words) if pair == key], np.int64)
        if not len(rows):
            continue
        start = int(np.searchsorted(frame.day[rows], ordinal(day)))
        if start == len(rows) or frame.day[rows[start]] != ordinal(day):
            continue
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
    return frame.with_values({"followers": level}, frame.origin["followers_new"])
