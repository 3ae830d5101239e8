"""Questions about a column that can be read in two ways, each with a cell of it as both would read it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pyarrow as pa
import pyarrow.compute as pc

from kpi.ingest import cells, years
from kpi.ingest.moment import moment
from kpi.ingest.years import Run
from kpi.model.reading import Question

_ORDERS, _SIGNS = ("dmy", "mdy"), (".", ",")
_LOOKED = 500  # different cells among which an example is sought


def order(heading: str, text: pa.Array | None) -> Question:
    """Return the question whether the day or the month comes first."""
    cell, examples = _example(text, _ORDERS, _day)
    return Question(key="day_or_month", heading=heading, choices=_ORDERS, cell=cell, examples=examples)


def decimal(heading: str, text: pa.Array | None) -> Question:
    """Return the question which sign separates decimals."""
    cell, examples = _example(text, _SIGNS, cells.number)
    return Question(key="decimal", heading=heading, choices=_SIGNS, cell=cell, examples=examples)


def year(heading: str, run: Run, choices: Sequence[int]) -> Question:
    """Return the question in which year the last row lies, where the file's dates have none."""
    return Question(
        key="year",
        heading=heading,
        choices=tuple(map(str, choices)),
        cell=run.words[-1].strip(),
        examples=tuple(years.last(run, choice) for choice in choices),
    )


def _day(word: str, choice: str) -> object:
    found = moment(word, choice)
    return None if found is None else found[0].astype("datetime64[D]").item()


def _example(
    text: pa.Array | None, choices: tuple[str, ...], read: Callable[[str, str], object]
) -> tuple[str | None, tuple[object, ...]]:
    """Return the first cell that the choices read differently and what each makes of it, if there is one."""
    words = [] if text is None else pc.unique(text).slice(0, _LOOKED).to_pylist()
    for word in filter(None, words):
        found = tuple(read(word, choice) for choice in choices)
        if None not in found and found[0] != found[1]:
            return word.strip(), found
    return None, ()
