"""What people ask, say and answer, of all files and each once: requests, reviews, messages, surveys."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from kpi.facts.audience import snapshots
from kpi.facts.copies import once
from kpi.facts.engagers import met
from kpi.facts.frame import Frame, joined
from kpi.facts.marked import marked
from kpi.facts.money import counted
from kpi.facts.replies import replied
from kpi.facts.scores import scored
from kpi.model.owner import Owner
from kpi.model.reading import Issue, Table


def people(
    frames: Mapping[str, Sequence[Frame]], owners: Sequence[Owner], tables: Sequence[Table]
) -> tuple[dict[str, Frame], list[Issue]]:
    """Return the rows of single days by table, oldest first, and what is to be said of them."""
    found: dict[str, Frame] = {}
    issues: list[Issue] = []
    for kind in ("leads", "mentions", "reviews"):
        if frames.get(kind):
            rows, told = counted(frames[kind], tables)
            found[kind] = marked(rows)
            issues += told
    messages = []
    for one in frames.get("messages", ()):
        made, told = replied(one, tables[int(one.main_origin()[0])], owners)
        messages.append(made)
        issues += told
    surveys, told = scored(frames.get("surveys", ()), tables)
    issues += told
    for some in (messages, surveys, frames.get("stories", ())):
        left, told = once(some, tables)
        issues += told
        if left:
            whole = joined(left)
            found[whole.table] = whole.take(np.argsort(whole.day, kind="stable"))
    if frames.get("engagers"):
        found["engagers"] = met(frames["engagers"])
    if frames.get("audience"):
        found["audience"], told = snapshots(frames["audience"])
        issues += told
    return found, issues
