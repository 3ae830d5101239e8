"""How a column is to be read, and what reading it gave."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
import pyarrow as pa

from kpi.ingest.cells import Floats
from kpi.ingest.years import Days
from kpi.model.reading import Issue, Question

_FEW = 400  # rows
MOST = 50  # flaws of a kind that are told one by one


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """A column as read: `values` is None for a column nobody wants, `numeric` serves to tell totals.

    `assumed` names the reading that was taken without proof; `currency` is what the cells or the heading
    of an amount say of it, row by row; `until` is the last day of every row where a cell of dates stands
    for more than a day.
    """

    values: pa.Array | None = None
    offset: pa.Array | None = None
    filled: int = 0
    total: float | None = None
    numeric: Floats | None = None
    issues: tuple[Issue, ...] = ()
    questions: tuple[Question, ...] = ()
    assumed: str | None = None
    currency: pa.Array | None = None
    until: pa.Array | None = None

    def few(self, used: np.ndarray[tuple[int], np.dtype[np.bool_]]) -> tuple[float | None, ...]:
        """Return the numbers of the used rows, where these are few."""
        if self.numeric is None or int(used.sum()) > _FEW:
            return ()
        return tuple(float(one) if np.isfinite(one) else None for one in self.numeric[used])


@dataclass(frozen=True, slots=True, kw_only=True)
class Manner:
    """How the cells of a table are to be read: what its source and its owner say.

    `decimal` is the decimal sign that holds; `likely` is that of the other columns, for those in doubt.
    `currency` is the one that holds where a cell names none.
    `keep_texts` leaves figures out that stand as texts among numbers.
    Dates without a year: `year` is the last row's, `stated` are the days in the file's name, `about` is
    by row a day that each lies near.
    """

    order: str | None = None
    day_or_month: str | None = None
    decimal: str | None = None
    likely: str | None = None
    currency: str | None = None
    keep_texts: bool = False
    values: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    year: int | None = None
    stated: tuple[dt.date, ...] = ()
    about: Days | None = None


def flaws(kind: str, heading: str, bad: tuple[tuple[int, str], ...], count: int) -> list[Issue]:
    """Return an issue a bad cell, rows counted inside the used ones, and one for those beyond fifty."""
    found = [Issue(key=kind, row=row, heading=heading, cell=text[:80]) for row, text in bad[:MOST]]
    if count > len(found):
        found.append(Issue(key=f"{kind}s", heading=heading, facts={"n": count}))
    return found
