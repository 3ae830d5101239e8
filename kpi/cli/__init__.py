"""`python -m kpi`: read files, judge KPIs and write the report without a screen."""

from __future__ import annotations

from kpi.cli.run import main

__all__ = ["main"]
