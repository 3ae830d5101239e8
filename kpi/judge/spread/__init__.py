"""Finds the interval of a value from the rows that gave it."""

from __future__ import annotations

from kpi.judge.spread.method import interval_of, spread_of
from kpi.judge.spread.pooled import pooled

__all__ = ["interval_of", "pooled", "spread_of"]
