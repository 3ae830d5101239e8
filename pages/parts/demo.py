"""The invented businesses: which there are, and each laid out in a workspace of its own."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any

from kpi.catalog.loader import trades
from kpi.model.owner import FileAnswers, Owner
from kpi.model.target import Target
from kpi.workspace import Workspace

FOLDER = Path(__file__).parents[2] / "sample_data"
_ANSWERS, _DEMO = "answers.json", "demo.json"
_SHEETS = {".csv", ".xlsx"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Demo:
    """One invented business: its folder's name, its line of business, and the language of its files."""

    id: str
    trade: str
    lang: str
    name: Mapping[str, str]
    blurb: Mapping[str, str]


def demos() -> Iterator[Demo]:
    """Yield every invented business, by the names of their folders."""
    for path in sorted(FOLDER.glob(f"*/{_DEMO}")):
        said: dict[str, Any] = json.loads(path.read_text("utf-8"))
        yield Demo(id=path.parent.name, **{name: said[name] for name in ("trade", "lang", "name", "blurb")})


def offered(found: Iterable[Demo], lang: str) -> tuple[Demo, ...]:
    """Return one business a trade, in the order of trades; of several the one in the reader's language."""
    first: dict[str, Demo] = {}
    for one in sorted(found, key=lambda demo: demo.lang != lang):
        first.setdefault(one.trade, one)
    return tuple(first[trade] for trade in trades() if trade in first)


def laid_out(home: Workspace, demo: str) -> Workspace:
    """Return the workspace of an invented business, beside the owner's own.

    What was tried in it stays, unless the business itself has become another one since.
    """
    workspace = home.beside(f"demo_{demo}")
    if workspace.settings().get("made_of") != _made_of(demo):
        load(workspace, demo)
    return workspace


def load(workspace: Workspace, demo: str) -> None:
    """Replace what the workspace holds by a demo: its files, what its owner would have said, its goals."""
    folder = FOLDER / demo
    said: dict[str, dict[str, Any]] = json.loads((folder / _ANSWERS).read_text("utf-8"))
    chosen: dict[str, Any] = json.loads((folder / _DEMO).read_text("utf-8"))
    owner = Owner(**said.pop("owner"))
    clear(workspace)
    for path in _sheets(demo):
        digest = workspace.add(path.name, path.read_bytes())
        workspace.keep_answers(digest, FileAnswers(**said.get(path.name, {})))
    workspace.keep_owner(replace(owner, since=owner.since or date(2000, 1, 1)))
    workspace.choose(chosen["goals"])
    named = ((*kpi.partition(":"), value) for kpi, value in chosen["targets"].items())
    workspace.decide(*(Target(kpi=kpi, variant=way or None, value=value) for kpi, _, way, value in named))
    workspace.keep_setting("demo", demo)
    workspace.keep_setting("made_of", _made_of(demo))


def clear(workspace: Workspace) -> None:
    """Forget all that the workspace holds but the language."""
    lang = workspace.settings().get("lang")
    workspace.clear()
    if lang:
        workspace.keep_setting("lang", lang)


def loaded(workspace: Workspace) -> str | None:
    """Return which invented business a workspace holds, None for what an owner gave."""
    found: str | None = workspace.settings().get("demo")
    return found


def _sheets(demo: str) -> list[Path]:
    return [path for path in sorted((FOLDER / demo).iterdir()) if path.suffix in _SHEETS]


def _made_of(demo: str) -> str:
    """Return by what the files and answers of a demo are known to be the same as before."""
    parts = (FOLDER / demo / _ANSWERS, FOLDER / demo / _DEMO, *_sheets(demo))
    return sha256(b"".join(sha256(part.read_bytes()).digest() for part in parts)).hexdigest()
