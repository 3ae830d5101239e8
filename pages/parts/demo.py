"""Puts an invented business on the desk: its files, what its owner would have said, its goals."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from kpi.model.owner import FileAnswers, Owner
from kpi.model.target import Target
from kpi.workspace import Workspace

FOLDER = Path(__file__).parents[2] / "sample_data"
DEMOS = {"ru": "coffee_ru", "en": "coffee_en"}
_ANSWERS, _DEMO = "answers.json", "demo.json"
_SHEETS = {".csv", ".xlsx"}


def load(workspace: Workspace, demo: str) -> None:
    """Replace what the workspace holds by a demo; language and filters of the visitor stay."""
    folder = FOLDER / demo
    said: dict[str, dict[str, Any]] = json.loads((folder / _ANSWERS).read_text("utf-8"))
    chosen: dict[str, Any] = json.loads((folder / _DEMO).read_text("utf-8"))
    owner = Owner(**said.pop("owner"))
    clear(workspace)
    for path in sorted(folder.iterdir()):
        if path.suffix in _SHEETS:
            digest = workspace.add(path.name, path.read_bytes())
            workspace.keep_answers(digest, FileAnswers(**said.get(path.name, {})))
    workspace.keep_owner(replace(owner, since=owner.since or date(2000, 1, 1)))
    workspace.choose(chosen["goals"])
    named = ((*kpi.partition(":"), value) for kpi, value in chosen["targets"].items())
    workspace.decide(*(Target(kpi=kpi, variant=way or None, value=value) for kpi, _, way, value in named))
    workspace.keep_setting("demo", demo)


def clear(workspace: Workspace) -> None:
    """Forget all that the workspace holds but the language."""
    lang = workspace.settings().get("lang")
    workspace.clear()
    if lang:
        workspace.keep_setting("lang", lang)


def is_loaded(workspace: Workspace) -> bool:
    """Return whether what lies on the desk is an invented business."""
    return "demo" in workspace.settings()
