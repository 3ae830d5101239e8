"""What reading one file gave: its tables, row by row accounted for, and its flaws."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING

from kpi.model.period import Period

if TYPE_CHECKING:
    import pyarrow as pa


class Outcome(StrEnum):
    """What became of a file."""

    READ = "read"
    MAPPING = "needs mapping"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """A message key and the facts that fill its gaps; the sentence is made in `report.words`."""

    key: str
    facts: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Aside:
    """A row set aside; `row` is the number a person sees in Excel, `reason` a message key."""

    row: int
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Cancelled:
    """An order that a table tells as cancelled in whole: its number and its day as written."""

    id: str
    day: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Issue:
    """A flaw in the owner's data that can be lived with, and what was done about it."""

    key: str
    sheet: str | None = None
    row: int | None = None
    heading: str | None = None
    cell: str | None = None
    facts: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """Something only the owner can tell; `key` is the answer's name in `--answers`.

    `cell` is a cell of the column as written that the choices read differently, and `examples` what each
    choice, in their order, makes of it: a day or a number.
    """

    key: str
    heading: str | None = None
    choices: tuple[str, ...] = ()
    cell: str | None = None
    examples: tuple[object, ...] = ()


ASSUMED = ("thousands", "dollar", "serials", "sequence", "period_start", "zone", "untold_currency")
"""The readings that can be assumed: every one has a sentence that marks the KPIs built on it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column of a sheet, wanted or not.

    `filled` counts its filled cells in the used rows, `total` is their plain sum as they stand in the
    file (None for texts, ids and dates). `where` says which rows of a long table this entry speaks of.
    `samples` are up to five values as written and `guess` the proposed field with its certainty (0..1)
    and the reason for it (`heading`, `unit`, `alike` or `cells`, see `ingest.propose`); all of them only
    in own spreadsheets. `assumed` names the reading that was taken where the cells do not prove it (None
    where they do); every KPI built on the column carries that as a mark. `extra` are the numbers of a
    column that is no field of ours, a used row each, in own spreadsheets of few rows.
    """

    heading: str
    field: str | None = None
    filled: int = 0
    total: float | None = None
    where: Mapping[str, str] | None = None
    samples: tuple[str, ...] = ()
    guess: str | None = None
    certainty: float = 0.0
    reason: str | None = None
    assumed: str | None = None
    extra: tuple[float | None, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """One table of a file.

    `kind` is the canonical table it belongs to (`posts`, `account`, …), `source` the recognised layout
    (None for an own spreadsheet), `data` its used rows in canonical columns: one column a field,
    named without the table, and `row`, the Excel row number. Numbers are float64, unknown is null.
    `at` is a naive timestamp as written, `offset` its minutes from UTC where the file says so;
    `date`, `starts`, `ends`, `month` are dates; labels and keys are strings.
    `turned` means that the sheet has its days or months in columns: there `row`, in `data` and in
    `aside`, is the number of the sheet's column (1 is A), since a figure's name stands in its row; an
    issue still tells the row of its cell, and as `heading` what stands above it.
    `cancelled` are orders among the rows set aside that an older file may still tell as paid.
    `window` is the period that the export itself states. `waiting` means that a question decides
    whether these figures may be used at all (an unknown network).
    """

    file: str
    digest: str
    member: str | None = None
    sheet: str | None = None
    source: str | None = None
    kind: str | None = None
    network: str | None = None
    account: str | None = None
    currency: str | None = None
    rows_in: int = 0
    rows_used: int = 0
    aside: tuple[Aside, ...] = ()
    cancelled: tuple[Cancelled, ...] = ()
    first: date | None = None
    last: date | None = None
    window: Period | None = None
    columns: tuple[Column, ...] = ()
    questions: tuple[Question, ...] = ()
    fingerprint: str = ""
    counts: tuple[str, ...] = ()
    absent_zero: tuple[str, ...] = ()
    waiting: bool = False
    turned: bool = False
    data: pa.Table | None = None

    def place(self, row: int) -> str:
        """Return how a spreadsheet names the place of a row of ours: its number, of a turned sheet a letter.

        >>> Table(file="f", digest="d").place(28), Table(file="f", digest="d", turned=True).place(28)
        ('28', 'AB')
        """
        if not self.turned:
            return str(row)
        letters = ""
        while row > 0:
            row, one = divmod(row - 1, 26)
            letters = chr(ord("A") + one) + letters
        return letters


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """One file, whatever happened to it."""

    file: str
    digest: str
    outcome: Outcome
    reason: Reason | None = None
    tables: tuple[Table, ...] = ()
    issues: tuple[Issue, ...] = ()
