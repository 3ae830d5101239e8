"""A KPI set against its target: value, light, why, and where every figure came from."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from kpi.model.kpi import Better, Kpi, Variant
from kpi.model.period import Period
from kpi.model.reading import Reason


class Status(StrEnum):
    """The light."""

    GREEN = "green"
    AMBER = "amber"
    RED = "red"
    GREY = "grey"


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """What the owner wants of a KPI; `variant` None means: of whichever variant is shown."""

    kpi: str
    value: float
    variant: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """How many there were (`n`), of what, and how many a colour needs."""

    of: str
    n: float
    needed: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Missing:
    """A field that no file gave, and the sources that would (their ids)."""

    field: str
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Trace:
    """Where figures came from: so many rows of this heading in this file.

    `turned` says that these rows are columns of the file's sheet, and the heading stands in a row there.
    `assumed` names the reading of that column which its cells do not prove. `rates` are the owner's rates
    by which money of it was converted: the currency it was written in, and the worth of one unit.
    """

    file: str
    sheet: str | None
    heading: str
    field: str
    rows: int
    total: float | None
    assumed: str | None = None
    turned: bool = False
    rates: tuple[tuple[str, float], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One name of the formula with its number, for the sentence under the figure."""

    name: str
    value: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """All that is known of one KPI in one slice.

    `value` None is always grey, with the first of `reasons` saying why. `interval` is the two-sided
    80 % interval. `reference` is the median of earlier periods, shown where no target is set.
    `series` holds the value of the same variant for each period of the trend. `networks` are those that
    the figure speaks of where others had to be left out. `marks` say on which assumed readings and on
    which rates of the owner's the figure stands; there is none where every reading is certain.
    """

    kpi: Kpi
    variant: Variant | None
    value: float | None
    unit: str
    better: Better
    status: Status
    reasons: tuple[Reason, ...] = ()
    currency: str | None = None
    interval: tuple[float, float] | None = None
    target: float | None = None
    reference: float | None = None
    previous: float | None = None
    sample: Sample | None = None
    rows_left_out: int = 0
    rows: int = 0
    missing: tuple[Missing, ...] = ()
    trace: tuple[Trace, ...] = ()
    parts: tuple[Part, ...] = ()
    series: tuple[tuple[Period, float | None], ...] = ()
    networks: frozenset[str] | None = None
    marks: tuple[Reason, ...] = ()
