"""The forms in which a report can be taken away: one module each, found by walking the folder."""

from __future__ import annotations

from importlib import import_module
from importlib.resources import files
from typing import Protocol, cast

from kpi.report.report import Report


class Format(Protocol):
    """What a module of this folder offers; `TITLE` is a key of the words, `SUFFIX` begins with a dot."""

    TITLE: str
    SUFFIX: str
    MIME: str

    def render(self, report: Report) -> bytes:
        """Return the report as a file."""


def formats() -> dict[str, Format]:
    """Return every format by the name of its module, sorted."""
    names = sorted(entry.name.removesuffix(".py") for entry in files(__package__).iterdir())
    return {
        name: cast("Format", import_module(f"{__package__}.{name}"))
        for name in names
        if not name.startswith("__")
    }
