"""Bytes of one file → its reading: the entry of the child process."""

from __future__ import annotations

import gc
import hashlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace

from kpi.errors import NothingFoundError
from kpi.ingest import blank, known, long, mapping, summary, table, tally, targets
from kpi.ingest.blocks import Block, blocks
from kpi.ingest.reasons import Refusal
from kpi.ingest.sheets import Sheet, sheets
from kpi.ingest.strip import Mask
from kpi.model.limits import Limits
from kpi.model.owner import FileAnswers
from kpi.model.reading import Issue, Outcome, Reading, Table


def parse(name: str, data: bytes, answers: FileAnswers, limits: Limits) -> Reading:
    """Return what a file holds; raises `UploadError` where it holds nothing that can be read."""
    digest = hashlib.sha256(data).hexdigest()
    with _unswept():
        found = sheets(data, answers, limits)
        return _reading(name, digest, found, answers)


@contextmanager
def _unswept() -> Iterator[None]:
    """Keep the collector from walking over millions of cells, among which there are no cycles."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


def _reading(name: str, digest: str, found: Sequence[Sheet], answers: FileAnswers) -> Reading:
    issues: list[Issue] = []
    made: list[Table] = []
    seen: list[str] = []
    parts = [(sheet, masks, list(blocks(sheet, masks))) for sheet, masks in _shown(found, answers, issues)]
    seen = [block.found.layout.source.id for _, _, some in parts for block in some if block.found]
    for sheet, masks, some in parts:
        if seen and not any(block.found for block in some):
            some = list(blocks(sheet, masks, seen))  # noqa: PLW2901 - read again in the company of the others
        if not some:
            issues.append(Issue(key="no_table", sheet=sheet.name, facts={"member": sheet.member}))
        for block in some:
            seed = Table(file=name, digest=digest, member=sheet.member, sheet=sheet.name)
            one, flaws = _table(name, block, answers, seed)
            made.append(one)
            issues += flaws
    made, issues = blank.without(made, issues)
    if not made:
        raise NothingFoundError(Refusal.NO_TABLE)
    waits = not any(one.source or one.kind for one in made)
    if waits and not any(one.rows_in for one in made):
        raise NothingFoundError(Refusal.HEADER_ONLY)
    return Reading(
        file=name,
        digest=digest,
        outcome=Outcome.MAPPING if waits else Outcome.READ,
        tables=tuple(made),
        issues=tuple(issues),
    )


def _shown(
    found: Sequence[Sheet], answers: FileAnswers, issues: list[Issue]
) -> Iterator[tuple[Sheet, list[Mask]]]:
    """Yield the sheets to be read with the masks of their filled cells; of hidden ones it is told."""
    for sheet in found:
        issues += [replace(issue, sheet=sheet.name) for issue in sheet.issues]
        if sheet.hidden:
            key = "hidden_sheet_read" if answers.hidden_sheets else "hidden_sheet"
            issues.append(Issue(key=key, sheet=sheet.name, facts={"member": sheet.member}))
        if not sheet.hidden or answers.hidden_sheets:
            yield sheet, [strip.filled() for strip in sheet.strips]


def _table(name: str, block: Block, answers: FileAnswers, seed: Table) -> tuple[Table, list[Issue]]:
    found = block.found
    if found is None:
        return mapping.build(block, answers, seed)
    if found.layout.source.summary:
        block = summary.laid(block)
    plan = known.plan(name, block, found, answers)
    if found.layout.source.long:
        return long.build(block, plan, found.layout.source.long, replace(seed, account=answers.account))
    made, issues = table.build(block, plan, answers, seed)
    if found.layout.wide:
        return tally.with_parts(block, plan, made, issues)
    if plan.kind == "targets":
        return targets.with_kpis(made, issues)
    if found.layout.titles and known.said(found) is None:
        issues.append(Issue(key="unknown_title", sheet=block.sheet.name, cell=found.title))
    return made, issues
