"""The catalogue as plain values: every KPI, goal and export, as the command line prints them."""

from __future__ import annotations

from typing import Any

from kpi.catalog.loader import goals, kpis, sources
from kpi.model.formula import field_and_roll, names
from kpi.model.kpi import Kpi


def whole() -> dict[str, Any]:
    """Return KPIs with the formulas of their variants, goals with their weights, and the known exports."""
    return {
        "kpis": [_kpi(kpi) for kpi in kpis().values()],
        "goals": [
            {
                "id": goal.id,
                "name": {"en": goal.en.name, "ru": goal.ru.name},
                "weights": {kpi.id: kpi.goals[goal.id] for kpi in kpis().values() if goal.id in kpi.goals},
            }
            for goal in goals().values()
        ],
        "sources": [
            {"id": id_, "name": {"en": source.en.name, "ru": source.ru.name}, "table": source.kind or None}
            for id_, source in sources().items()
        ],
    }


def _kpi(kpi: Kpi) -> dict[str, Any]:
    return {
        "id": kpi.id,
        "name": {"en": kpi.en.name, "ru": kpi.ru.name},
        "goals": sorted(kpi.goals),
        "unit": kpi.unit,
        "better": kpi.better.value,
        "variants": [
            {
                "id": variant.id,
                "formula": variant.formula,
                "fields": list(dict.fromkeys(field_and_roll(name)[0] for name in names(variant.formula))),
            }
            for variant in kpi.variants
        ],
    }
