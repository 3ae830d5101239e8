"""The rows of a block: which are used, and why the others are not."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow.compute as pc

from kpi.ingest import aside
from kpi.ingest.aside import Rows, Shape
from kpi.ingest.blocks import Block
from kpi.ingest.example import examples
from kpi.ingest.fate import FATES, fates
from kpi.ingest.nested import subtotals
from kpi.ingest.plan import Plan, shape
from kpi.ingest.strip import Mask
from kpi.model.reading import Aside

_FEW = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Ledger:
    """The rows of a block: those that are not blank, those that are used, and why the others are not."""

    rows: Rows
    used: Rows
    aside: Mapping[int, str]

    @property
    def data(self) -> Rows:
        """Return the rows that are data: those used and the orders that do not count."""
        fated = [row for row, reason in self.aside.items() if reason in FATES]
        return np.union1d(self.used, np.array(fated, np.int64)) if fated else self.used

    def told(self) -> tuple[Aside, ...]:
        """Return the rows set aside by the numbers that a person sees."""
        return tuple(Aside(row=row + 1, reason=reason) for row, reason in sorted(self.aside.items()))


def ledger(block: Block, plan: Plan, roles: Shape | None = None) -> Ledger:
    """Return which rows of the block are used; blank ones are not counted at all."""
    columns = len(plan.headings)
    masks, strips = block.masks[:columns], block.sheet.strips[:columns]
    filled = np.logical_or.reduce([mask[block.header + 1 : block.stop] for mask in masks])
    rows = np.flatnonzero(filled) + block.header + 1
    if _placeholder(masks, rows, columns):
        return Ledger(rows=rows[:0], used=rows[:0], aside={})
    notes = dict(block.notes) | dict.fromkeys(_again(block, rows), "heading_row")
    data = rows if not notes else rows[~np.isin(rows, list(notes))]
    reasons = notes | aside.reasons(strips, masks, data, roles or shape(plan))
    if plan.fill:
        reasons |= subtotals(strips, masks, data)
    reasons |= fates(strips, masks, rows[~np.isin(rows, list(reasons))], plan)
    reasons |= dict.fromkeys(examples(strips, rows, plan), "example_row")
    used = rows if not reasons else rows[~np.isin(rows, list(reasons))]
    return Ledger(rows=rows, used=used, aside=reasons)


def _again(block: Block, rows: Rows) -> list[int]:
    """Return the rows that only repeat the headings, as where months were pasted under each other."""
    if block.bare:
        return []
    heads = block.sheet.rows(block.header, block.header + 1)[0]
    place = next((at for at, cell in enumerate(heads) if isinstance(cell, str) and cell), 0)
    text = block.sheet.strips[place].text
    if text is None:
        return []
    same = pc.equal(text, heads[place]).fill_null(fill_value=False).to_numpy(zero_copy_only=False)
    return [row for row in rows[same[rows]].tolist() if block.sheet.rows(row, row + 1)[0] == heads]


def _placeholder(masks: Sequence[Mask], rows: Rows, columns: int) -> bool:
    """Return whether the only row is one cell in a wide table ("No data available.")."""
    return len(rows) == 1 and columns >= _FEW and sum(bool(mask[rows[0]]) for mask in masks) == 1
