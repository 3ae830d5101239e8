"""KPIs as the agreed list of formulas has them, and KPIs of one formula, for tests."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from kpi.catalog.loader import kpis
from kpi.model.kpi import Better, Kpi, Variant, Words

FORMULAS = Path(__file__).parents[2] / "shared" / "kpi" / "formulas.toml"
_WORDS = Words(name="a", question="b", caveat="c")


def one(*formulas: str, id_: str = "tried", unit: str = "people") -> Kpi:
    """Return a KPI of these formulas, its variants called by their places."""
    return _kpi(id_, unit, "up", [{"id": str(at), "formula": text} for at, text in enumerate(formulas)])


def _kpi(id_: str, unit: str, better: str, variants: list[dict[str, str]]) -> Kpi:
    return Kpi(
        id=id_,
        unit=unit,
        better=Better(better),
        goals={},
        variants=tuple(
            Variant(id=v["id"], formula=v["formula"], en="a", ru="b", unit=v.get("unit")) for v in variants
        ),
        en=_WORDS,
        ru=_WORDS,
        examples=(),
        sources=(),
    )


@cache
def agreed() -> Mapping[str, Kpi]:
    """Return every KPI of the agreed list by id, without texts, gates and weights; none without it."""
    if not FORMULAS.exists():
        return {}
    entries = tomllib.loads(FORMULAS.read_text("utf-8"))
    return {
        id_: _kpi(id_, entry["unit"], entry["better"], entry["variants"]) for id_, entry in entries.items()
    }


def every() -> Mapping[str, Kpi]:
    """Return every KPI of the catalogue, and those of the agreed list that it does not have."""
    return {**agreed(), **kpis()}
