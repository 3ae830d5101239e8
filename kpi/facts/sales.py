"""Orders of all files: by day and by longer window, each once, without what reports disagree about."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from kpi.facts.copies import once
from kpi.facts.frame import EPOCH, Frame
from kpi.facts.money import in_currency, orders
from kpi.facts.rates import converted
from kpi.facts.receipts import receipts
from kpi.facts.rivals import Dispute, settled
from kpi.model.owner import Owner
from kpi.model.reading import Issue, Table


@dataclass(frozen=True, slots=True, kw_only=True)
class Sales:
    """What all files tell of orders: `daily` under the name of its table, and rows of longer spans."""

    daily: Mapping[str, Frame]
    windows: tuple[Frame, ...]
    disputes: tuple[Dispute, ...]
    issues: tuple[Issue, ...]


def sales(frames: Sequence[Frame], owners: Sequence[Owner], tables: Sequence[Table]) -> Sales:
    """Return the orders of all files; `tables` are those that the frames came from, oldest first."""
    whole = [receipts(frame, tables[int(frame.main_origin()[0])]) for frame in frames]
    whole, issues = standing(whole, tables)
    left, told = once(whole, tables)
    issues += told
    disputes, left, told = settled(left, tables, owners[-1].reports)
    issues += told
    made: dict[bool, Frame] = {}
    for longer in (False, True):
        some = [frame for frame in left if (frame.until > frame.day).any() == longer]
        if some:
            sold, told = orders(some, tables)
            made[longer] = converted(in_currency(sold, owners[-1]), owners)
            issues += told
    return Sales(
        daily={"orders": made[False]} if False in made else {},
        windows=(made[True],) if True in made else (),
        disputes=disputes,
        issues=tuple(issues),
    )


def standing(frames: Sequence[Frame], tables: Sequence[Table]) -> tuple[list[Frame], list[Issue]]:
    """Return the orders without those that another export of the shop tells as cancelled, and how many.

    Of exports that reach as far none is older: an order is paid first and cancelled then. The same number
    on a day farther than a time zone away is another order.
    """
    left, issues = [], []
    for frame in frames:
        place = int(frame.main_origin()[0]) if len(frame) else 0
        gone = np.zeros(len(frame), dtype=bool)
        for at, table in enumerate(tables):
            if at != place and table.cancelled and _later(table, at, tables[place], place):
                new = _gone(frame, table) & ~gone
                gone |= new
                if new.any():
                    facts = {"kept": table.file, "file": tables[place].file, "n": int(new.sum())}
                    issues.append(Issue(key="cancelled_later", facts=facts))
        left.append(frame.take(np.flatnonzero(~gone)) if gone.any() else frame)
    return [frame for frame in left if len(frame)], issues


def _later(table: Table, at: int, mine: Table, place: int) -> bool:
    """Return whether a table of the same layout and shop is newer, or as new; tables stand oldest first."""
    same = (table.source, table.account) == (mine.source, mine.account)
    return same and (at > place or table.last == mine.last)


def _gone(frame: Frame, table: Table) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    """Return which orders the table tells as cancelled."""
    ids = (frame.texts or {}).get("id")
    if ids is None:
        return np.zeros(len(frame), dtype=bool)
    days: dict[str, list[int]] = defaultdict(list)
    for one in table.cancelled:
        days[one.id].append((one.day - EPOCH).days)
    pairs = zip(ids.to_pylist(), frame.day.tolist(), strict=True)
    return np.array([any(abs(day - one) <= 1 for one in days.get(number, ())) for number, day in pairs], bool)
