"""What is given on the command line: files and answers, read into facts."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from kpi.cli.asked import FIRST_YEAR, LAST_YEAR, day, finite
from kpi.facts.assemble import Facts, assemble
from kpi.ingest.reader import Reader
from kpi.model.limits import LOCAL
from kpi.model.owner import FileAnswers, Owner
from kpi.model.reading import Reading


def answers(path: Path | None) -> tuple[Mapping[str, FileAnswers], Owner]:
    """Return the answers by file name, and the owner's."""
    if path is None:
        return {}, Owner()
    told: dict[str, dict[str, Any]] = json.loads(path.read_text("utf-8"))
    owner = told.pop("owner", {})
    since = owner.pop("since", None)
    for name in ("margin_rate", "smm_costs_month"):
        if owner.get(name) is not None:
            finite(owner[name])
    for code, rate in owner.get("rates", {}).items():
        if finite(rate) <= 0 or not isinstance(code, str):
            raise ValueError(code)
    files = {name: _file_answers(said) for name, said in told.items()}
    return files, Owner(**owner, since=date.fromisoformat(since) if since else None)


def _file_answers(said: Mapping[str, Any]) -> FileAnswers:
    """Return what was said of one file; ValueError, TypeError or AttributeError where it cannot be meant."""
    found = FileAnswers(**said)
    if found.day_or_month not in {None, "dmy", "mdy"} or found.decimal not in {None, ".", ","}:
        raise ValueError(found.day_or_month or found.decimal)
    if found.year is not None and not FIRST_YEAR <= finite(found.year) <= LAST_YEAR:
        raise ValueError(found.year)
    for field in found.mapping.values():
        if not isinstance(field, str | None):
            raise TypeError(field)
    for written, count in found.followers.items():
        day(written)
        finite(count)
    return found


def readings(paths: Sequence[str], said: Mapping[str, FileAnswers]) -> list[Reading]:
    """Return every file read, in the order given, whatever happened to one."""
    from kpi.ingest.reasons import unopened

    found = []
    with Reader() as reader:
        for path in paths:
            name = Path(path).name
            about = said.get(path, said.get(name, FileAnswers()))
            try:
                data = Path(path).read_bytes()
            except OSError:
                found.append(unopened(name))
                continue
            found.append(reader.read(name, data, about, LOCAL))
    return found


def facts(read: Sequence[Reading], said: Mapping[str, FileAnswers], owner: Owner) -> Facts:
    """Return the facts of all files, with the follower counts that were answered for one day."""
    followers = {
        (table.network or "", table.account or ""): (date.fromisoformat(written), count)
        for one in read
        for table in one.tables
        for written, count in said.get(one.file, FileAnswers()).followers.items()
    }
    return assemble(read, (owner,), followers)
