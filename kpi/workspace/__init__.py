"""What the owner gave, kept across restarts: files, mappings, answers, goals, targets, settings."""

from __future__ import annotations

from kpi.workspace.charter import Decision
from kpi.workspace.given import Given, Workspace
from kpi.workspace.memory import Drift, Memory

__all__ = ["Decision", "Drift", "Given", "Memory", "Workspace"]
