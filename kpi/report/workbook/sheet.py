"""What a sheet is: cells in rows, and the ranges that have a name; only a `Formula` is ever computed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

TITLE_LONGEST = 31
_CELL_LONGEST = 32_767
_FORBIDDEN_IN_TITLE = re.compile(r"[\[\]:*?/\\\x00-\x1f\x7f]+")
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_RESERVED = "history"  # Excel keeps this title for itself

Plain = str | float | date | None


@dataclass(frozen=True, slots=True)
class Formula:
    """An Excel expression, and the value that stands in the cell until it is computed."""

    text: str
    value: float | str


@dataclass(frozen=True, slots=True)
class Cell:
    """A value with its look: a style of `book.STYLES` and a number format."""

    value: Plain | Formula
    style: str = ""
    format: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """What may be typed into a range: a `kind` of Excel's, its bound or list, and what is said of all else.

    Whoever insists may type it all the same.
    """

    where: str
    kind: Literal["list", "date", "decimal"]
    bound: str
    title: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """One sheet.

    `frozen` is the cell above and left of which nothing scrolls, `names` gives ranges of this sheet
    (`$A$2:$A$9`) by their name, `table` is the range that can be filtered. `formats` are the number
    formats of columns that wait to be filled in, by place from 1, `heights` those of rows, in points.
    """

    title: str
    rows: Iterable[Sequence[Cell | Plain]]
    widths: Sequence[int]
    frozen: str = "A2"
    heads: int = 1
    names: Mapping[str, str] = field(default_factory=dict)
    table: str = ""
    checks: Sequence[Check] = ()
    formats: Mapping[int, str] = field(default_factory=dict)
    heights: Mapping[int, float] = field(default_factory=dict)
    hidden: bool = False


def heads(texts: Iterable[str]) -> list[Cell]:
    """Return a row of column heads."""
    return [Cell(text, "head") for text in texts]


def clean(text: str) -> str:
    """Return a text without what an Excel file cannot hold."""
    whole = text.encode("utf-8", "replace").decode("utf-8")
    return _FORBIDDEN.sub("\N{REPLACEMENT CHARACTER}", whole)[:_CELL_LONGEST]


def title(wanted: str, taken: Iterable[str]) -> str:
    """Return a title that Excel accepts and no other sheet has.

    >>> title("a/b*c.csv", []), title("Posts", ["posts"]), title("'", [])
    ('a b c.csv', 'Posts 2', 'Sheet')
    """
    used = {name.casefold() for name in taken} | {_RESERVED}
    stem = clean(_FORBIDDEN_IN_TITLE.sub(" ", wanted)).strip(" '") or "Sheet"
    found, count = _cut(stem, TITLE_LONGEST), 1
    while found.casefold() in used:
        count += 1
        found = f"{_cut(stem, TITLE_LONGEST - len(str(count)) - 1)} {count}"
    return found


def _cut(text: str, longest: int) -> str:
    """Return at most so many UTF-16 units of a text, as Excel counts them."""
    return text.encode("utf-16-le")[: 2 * longest].decode("utf-16-le", "ignore").strip(" '")
