"""What a copy of the owner's workbook is to show: marks on cells and rows, and the words of its legend."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A cell that is flawed, or a whole row that was set aside, and the sentence that says why.

    Without a row it is every cell of the column that reads like `cell`, without a cell its heading. A whole
    row of a turned table is `column`, by its letter.
    """

    text: str
    member: str | None = None
    sheet: str | None = None
    row: int | None = None
    heading: str | None = None
    cell: str | None = None
    whole_row: bool = False
    column: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Copy:
    """The marks of a copy; `title` names its legend, `lead` are sentences above it, `heads` its headings.

    `heads` are five: sheet, row, heading, cell as written, what it is about.
    """

    marks: tuple[Mark, ...]
    title: str
    lead: tuple[str, ...]
    heads: tuple[str, ...]
