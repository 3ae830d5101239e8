"""What is known about a table before its rows are read."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kpi.catalog import loader
from kpi.ingest.aside import Shape
from kpi.ingest.heading import key
from kpi.ingest.level import Told
from kpi.ingest.manner import Manner
from kpi.model.field import NUMERIC, Roll
from kpi.model.period import Period
from kpi.model.source import Level

_MONEY = (".amount", ".refund", "cash", "cashless")
_NAMES = ("campaign", "group", "ad", "item")


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What is known about a table before its rows are read: a field (or None) for every column.

    `level` is the kind of level that stands above the table, `stands` what it says.
    """

    headings: tuple[str, ...]
    fields: tuple[str | None, ...]
    kind: str | None
    manner: Manner
    known: bool = True
    network: str | None = None
    choices: tuple[str, ...] = ()
    currency: str | None = None
    window: Period | None = None
    source: str | None = None
    counts: tuple[str, ...] = ()
    absent_zero: tuple[str, ...] = ()
    fixed: Mapping[str, str] | None = None
    void: int | None = None
    utm: int | None = None
    why: Mapping[str, Mapping[str, str]] | None = None
    fill: tuple[str, ...] = ()
    added: tuple[str, ...] = ()
    level: Level | None = None
    stands: Told | None = None


def shape(plan: Plan) -> Shape:
    """Return what the columns are for."""
    rolls = {name: loader.fields()[name].roll for name in plan.fields if name in loader.fields()}
    places: dict[str, list[int]] = {"figures": [], "whens": [], "keys": [], "names": []}
    for place, name in enumerate(plan.fields):
        if name in plan.fill:
            continue
        roll = rolls.get(name or "")
        if roll is Roll.WHEN:
            places["whens"].append(place)
        elif roll is Roll.KEY:
            places["keys"].append(place)
        elif (roll in NUMERIC and roll is not Roll.RAW) or (
            roll is Roll.RAW and name and name.endswith(_MONEY)
        ):
            places["figures"].append(place)
        elif name and name.partition(".")[2] in _NAMES:
            places["names"].append(place)
    nothing_else = plan.known and not places["whens"] and not places["keys"]
    if plan.kind in {"ads", "costs"} or (plan.kind == "orders" and nothing_else):
        return Shape(**places, known=plan.known, ends=plan.known and plan.kind == "orders")
    texts = [place for place, name in enumerate(plan.fields) if name == "posts.text"]
    return Shape(
        figures=places["figures"],
        whens=places["whens"],
        keys=places["keys"],
        texts=texts,
        known=plan.known,
        ends=plan.known and plan.kind == "orders",
    )


def fingerprint(names: Sequence[str]) -> str:
    """Return what stays the same when a sheet is renamed or its columns are swapped."""
    return hashlib.sha256("\n".join(sorted(map(key, names))).encode()).hexdigest()[:32]
