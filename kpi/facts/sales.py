"""Orders of all files: by day and by longer window, each once, without what reports disagree about."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kpi.facts.copies import once
from kpi.facts.frame import Frame
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
    left, issues = once(whole, tables)
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
