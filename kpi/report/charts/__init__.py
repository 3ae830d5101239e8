"""Vega-Lite specs of the charts: one a kind and language, without data, made once."""

from __future__ import annotations

from kpi.report.charts.band import band
from kpi.report.charts.bullet import bullet
from kpi.report.charts.coverage import COVERAGE_ROW, coverage
from kpi.report.charts.effect import effect
from kpi.report.charts.frame import BULLET_HEIGHT, FILLS, Spec
from kpi.report.charts.groups import groups
from kpi.report.charts.heat import heat
from kpi.report.charts.parts import PART_ROW, parts
from kpi.report.charts.spark import sparkline
from kpi.report.charts.trend import trend

__all__ = [
    "BULLET_HEIGHT",
    "COVERAGE_ROW",
    "FILLS",
    "PART_ROW",
    "Spec",
    "band",
    "bullet",
    "coverage",
    "effect",
    "groups",
    "heat",
    "parts",
    "sparkline",
    "trend",
]
