"""What the owner gave, kept across restarts: files, mappings, answers, goals, targets, settings."""

from __future__ import annotations

from kpi.workspace.given import Given, Workspace

__all__ = ["Given", "Workspace"]
