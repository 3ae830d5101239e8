"""The catalogue as plain values: every KPI, goal, export, action and detector, as the command line prints."""

from __future__ import annotations

from typing import Any

from kpi.catalog.loader import actions, goals, kpis, sources
from kpi.insight.remarks.found import DETECTORS
from kpi.model.action import Action, ActionWords, Aim
from kpi.model.formula import field_and_roll, names
from kpi.model.kpi import Kpi
from kpi.report.words import LANGS, say


def whole() -> dict[str, Any]:
    """Return KPIs with the formulas of their variants, goals with weights, exports, actions, detectors."""
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
        "actions": [offer(one, aim) for one in actions().values() for aim in one.aims],
        "detectors": [
            {"id": key, "text": {lang: say(f"detector.{key}", lang) for lang in LANGS}} for key in DETECTORS
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


def offer(action: Action, aim: Aim) -> dict[str, Any]:
    """Return an action for one aim; `source` is None where it is practice alone."""
    return {
        "id": action.id,
        "kpi": aim.kpi,
        "factor": aim.factor,
        "text": {lang: f"{words.title}. {words.how} {words.check}" for lang, words in _both(action)},
        "source": action.effect.source or None,
    }


def _both(action: Action) -> tuple[tuple[str, ActionWords], ...]:
    return (("en", action.en), ("ru", action.ru))
