"""What was said of own tables as JSON: to be taken to another computer, and taken in there."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date
from typing import Any

from kpi.catalog.loader import fields, networks
from kpi.errors import WorkspaceError
from kpi.model.owner import LASTING, FileAnswers
from kpi.workspace.memory import Memory, lasting

_KIND = "svetofor-mappings"
_FORM = 1
_CHOICES = {"day_or_month": ("dmy", "mdy"), "decimal": (".", ",")}
_LONGEST = 1000  # letters of any text
_NAMED = 5  # unknown fields named at most


def written(memories: Iterable[Memory]) -> str:
    """Return memories as JSON text; `taken` reads it."""
    found = [
        {"fingerprint": one.fingerprint, "on": one.on and one.on.isoformat(), **lasting(one.said)}
        for one in memories
    ]
    return json.dumps({"kind": _KIND, "form": _FORM, "mappings": found}, ensure_ascii=False, indent=1)


def taken(text: str | bytes) -> tuple[Memory, ...]:
    """Return the memories that such a text holds: all of them, or none.

    Raises `WorkspaceError`: `mappings_unreadable` where it is another text, `mappings_newer` where a later
    version wrote it, `mappings_unknown` with the `names` of fields that nobody knows.
    """
    try:
        given = json.loads(text)
    except (ValueError, RecursionError) as why:
        raise WorkspaceError("mappings_unreadable") from why
    if not isinstance(given, dict) or given.get("kind") != _KIND or not isinstance(given.get("form"), int):
        raise WorkspaceError("mappings_unreadable")
    if given["form"] > _FORM:
        raise WorkspaceError("mappings_newer")
    found = given.get("mappings")
    if not isinstance(found, list):
        raise WorkspaceError("mappings_unreadable")
    memories = tuple(map(_one, found))
    names = sorted(
        {name for one in memories for name in one.said.mapping.values() if name and not _is_field(name)}
    )
    if names:
        raise WorkspaceError("mappings_unknown", names=", ".join(names[:_NAMED]))
    return memories


def _one(given: Any) -> Memory:  # noqa: ANN401  whatever JSON can hold
    if not isinstance(given, dict):
        raise WorkspaceError("mappings_unreadable")
    said = {name: given[name] for name in LASTING if given.get(name) is not None}
    mapping = said.pop("mapping", None)
    if not (_is_text(given.get("fingerprint")) and isinstance(mapping, dict) and mapping):
        raise WorkspaceError("mappings_unreadable")
    columns = all(_is_text(heading) and (name is None or _is_text(name)) for heading, name in mapping.items())
    if not columns or not all(_may_be(name, value) for name, value in said.items()):
        raise WorkspaceError("mappings_unreadable")
    try:
        on = date.fromisoformat(given["on"]) if given.get("on") else None
    except (TypeError, ValueError) as why:
        raise WorkspaceError("mappings_unreadable") from why
    return Memory(fingerprint=given["fingerprint"], said=FileAnswers(mapping=mapping, **said), on=on)


def _is_field(name: str) -> bool:
    known = fields().get(name)
    return known is not None and known.given


def _is_text(value: object) -> bool:
    return isinstance(value, str) and len(value) <= _LONGEST


def _may_be(name: str, value: object) -> bool:
    if name == "network":
        return value in networks()
    return value in _CHOICES[name] if name in _CHOICES else _is_text(value)
