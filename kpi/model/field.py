"""What a field is: a column of a canonical table, and how it adds up."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Roll(StrEnum):
    """How the values of a field become one value of a slice.

    `sum` is a flow, `last` a level, `none` unique people (the exact window only), `distinct` and
    `median` are read over rows; `key`, `when`, `label` and `raw` are parts of a row and no totals.
    """

    SUM = "sum"
    LAST = "last"
    NONE = "none"
    DISTINCT = "distinct"
    MEDIAN = "median"
    KEY = "key"
    WHEN = "when"
    LABEL = "label"
    RAW = "raw"


TOTALS: Mapping[Roll, frozenset[str]] = {
    Roll.SUM: frozenset({"", "median"}),
    Roll.LAST: frozenset({"start", "end", "mean"}),
    Roll.NONE: frozenset({"", "daily_mean", "person_days"}),
    Roll.DISTINCT: frozenset({""}),
    Roll.MEDIAN: frozenset({"median", "p90"}),
}
"""How a formula may take a field of each roll, an empty word for the bare name."""
NUMERIC = frozenset({Roll.SUM, Roll.LAST, Roll.NONE, Roll.MEDIAN, Roll.RAW})


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One field, e.g. `posts.reach`: its roll, unit, plain name and the headings owners give it.

    `given` is False for a field that is never a column of a file but is worked out row by row.
    """

    table: str
    column: str
    roll: Roll
    unit: str
    en: str
    ru: str
    headings: tuple[str, ...] = ()
    given: bool = True

    @property
    def name(self) -> str:
        """Return the canonical name, `table.column`."""
        return f"{self.table}.{self.column}"
