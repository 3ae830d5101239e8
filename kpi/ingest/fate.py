"""What becomes of an order's row: it counts, or is set aside as cancelled, unpaid or no sale."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache

import numpy as np

from kpi.catalog import loader
from kpi.ingest.aside import Rows
from kpi.ingest.heading import key
from kpi.ingest.plan import Plan
from kpi.ingest.strip import Cell, Mask, Strip

FATES = frozenset({"cancelled", "unpaid", "no_sale"})
_OTHERS = "*"
_LOOKED = ("orders.status", "orders.operation")


@cache
def words(column: str) -> Mapping[str, str]:
    """Return what the words of own spreadsheets say in a column of orders, by key."""
    return {key(word): state for word, state in loader.states().get(column, {}).items()}


def fates(strips: Sequence[Strip], masks: Sequence[Mask], rows: Rows, plan: Plan) -> dict[int, str]:
    """Return why rows of orders do not count, by row; the lines of an order share its first line's fate."""
    if plan.kind != "orders":
        return {}
    places = {name: place for place, name in enumerate(plan.fields) if name}
    found: dict[int, str] = {}
    for name in _LOOKED:
        why = _reasons(plan, name)
        if name in places and why:
            states = strips[places[name]].take(rows).cells()
            told = [_reason(state, why) for state in states]
            found |= {int(row): reason for row, reason in zip(rows, told, strict=True) if reason}
    if plan.void is not None:
        found |= dict.fromkeys(rows[masks[plan.void][rows]].tolist(), "cancelled")
    return found | _shared(found, places, strips, rows)


def _reasons(plan: Plan, name: str) -> Mapping[str, str]:
    """Return why a state sets its row aside: as the layout says, else as owners write it."""
    if plan.known:
        return {
            word if word == _OTHERS else key(word): why
            for word, why in (plan.why or {}).get(name, {}).items()
        }
    column = name.partition(".")[2]
    return {word: state for word, state in words(column).items() if state in FATES}


def _reason(state: Cell, why: Mapping[str, str]) -> str | None:
    """Return the reason of one state; `*` speaks for all that are not named, an empty one is none."""
    if state == "":
        return None
    return why.get(key(str(state)), why.get(_OTHERS)) or None


def _shared(
    found: Mapping[int, str], places: Mapping[str, int], strips: Sequence[Strip], rows: Rows
) -> dict[int, str]:
    """Return the fate of lines without a state of their own: that of the first line of their order."""
    if "orders.id" not in places or not found:
        return {}
    ids = strips[places["orders.id"]].take(rows).cells()
    stated = np.zeros(len(rows), dtype=bool)
    for name in _LOOKED:
        if name in places:
            stated |= strips[places[name]].filled()[rows]
    first: dict[Cell, str] = {}
    for row, one in zip(rows.tolist(), ids, strict=True):
        if one != "" and row in found:
            first.setdefault(one, found[row])
    return {
        row: first[one]
        for row, one, said in zip(rows.tolist(), ids, stated, strict=True)
        if not said and row not in found and one in first
    }
