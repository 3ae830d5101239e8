"""All that the catalogue holds, each part by id."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from kpi.catalog import loader
from kpi.model.field import Field
from kpi.model.goal import Goal
from kpi.model.identity import FactorTexts
from kpi.model.kpi import Kpi
from kpi.model.source import Source


@dataclass(frozen=True, slots=True, kw_only=True)
class Catalogue:
    """Fields, KPIs, goals, sources and factors as they stand together."""

    fields: Mapping[str, Field]
    kpis: Mapping[str, Kpi]
    goals: Mapping[str, Goal]
    sources: Mapping[str, Source]
    factors: Mapping[str, FactorTexts]


def ours() -> Catalogue:
    """Return the catalogue of this package; raises `CatalogError` for a file that cannot be read."""
    return Catalogue(
        fields=loader.fields(),
        kpis=loader.kpis(),
        goals=loader.goals(),
        sources=loader.sources(),
        factors=loader.factors(),
    )
