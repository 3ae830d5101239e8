"""Which rows of a sheet of our template are its example, and no data of the owner's."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

import numpy as np
import pyarrow.compute as pc

from kpi.catalog import loader
from kpi.ingest.aside import Rows
from kpi.ingest.heading import key
from kpi.ingest.moment import moment
from kpi.ingest.plan import Plan
from kpi.ingest.strip import Cell, Strip
from kpi.model.form import EXAMPLE, Entry

_NEAR = 3  # rows below the headings in which an example that lost its mark is looked for
_ENOUGH = 2
_MARKS = rf"(?i)^\s*(?:{'|'.join(EXAMPLE.values())})\s*:?\s*$"


def examples(strips: Sequence[Strip], rows: Rows, plan: Plan) -> set[int]:
    """Return the example rows of a form: those marked so; without any, one that says all that the form says.

    The owner may have sorted the rows or deleted the column with the mark.
    """
    source = loader.sources().get(plan.source or "")
    if source is None or source.form is None:
        return set()
    found: set[int] = set()
    for place, name in enumerate(plan.fields):
        text = strips[place].text
        if name is None and text is not None:
            marked = pc.match_substring_regex(text, _MARKS).fill_null(fill_value=False)
            found |= {int(row) for row in rows[np.asarray(marked.to_numpy(zero_copy_only=False), bool)[rows]]}
    if found:
        return found
    entries = [_entry(source.form.columns, name) for name in plan.fields]
    for row in rows[:_NEAR].tolist():
        same = [
            _same(strips[place].cut(row, row + 1).cells()[0], entry)
            for place, entry in enumerate(entries)
            if entry is not None
        ]
        if len(same) >= _ENOUGH and all(same):
            found.add(row)
    return found


def _entry(entries: Sequence[Entry], name: str | None) -> Entry | None:
    """Return the column of the form for a field, if there is one that has an example."""
    mine = (one for one in entries if name and one.field == name)
    return next((one for one in mine if one.example is not None), None)


def _same(cell: Cell, entry: Entry) -> bool:
    """Return whether a cell says what the example says, also as text."""
    example = entry.example
    if isinstance(example, date):
        return _is_day(cell, example)
    if isinstance(example, str):
        return isinstance(cell, str) and key(cell) in {key(example), key(entry.example_ru or "")}
    return cell == example or str(cell).strip() == f"{example:g}"


def _is_day(cell: Cell, day: date) -> bool:
    """Return whether a cell says a day, or a moment where the example is one."""
    read = (moment(cell, order) for order in ("dmy", "mdy")) if isinstance(cell, str) else ()
    told = [cell] if isinstance(cell, datetime) else [one[0].astype(datetime) for one in read if one]
    if isinstance(day, datetime):
        return day in told
    return any(one.date() == day for one in told)
