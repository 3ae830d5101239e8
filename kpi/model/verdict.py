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


class Drift(StrEnum):
    """Where the course of a KPI is going, apart from its light."""

    UP = "up"
    DOWN = "down"
    STEADY = "steady"  # ordinary ups and downs


class Measure(StrEnum):
    """What a value is judged by, the strongest first."""

    TARGET = "target"  # the owner's own
    ECONOMICS = "economics"  # below it money is lost
    REFERENCE = "reference"  # the median of earlier periods


@dataclass(frozen=True, slots=True, kw_only=True)
class Pace:
    """How far a running period has come: days that are told, days in all, and what would be due by now."""

    days: int
    all: int
    due: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """How many there were (`n`, None where no row tells it), of what, and how many a colour needs."""

    of: str
    n: float | None
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
    80 % interval. `target` is the target in force for this period, `top` its upper end where a range is
    wanted, `limit` what the economics of the business demand, `reference` the median of earlier periods;
    `measure` says which of them the light goes by, None where there is no light to give; `slack` is by how
    much that may be missed, in the unit of the value. `rule` is the
    rule of the light as a sentence with its figures. `hollow` says that chance explains the distance.
    `escalated` says that it is red for the second period running, or that both together prove it.
    `drift` is None with fewer than six earlier periods. `pace` is there in a running period only.
    `past` are the lights of up to twelve periods before by today's rule, oldest first. `nearest` is the
    variant that lacks what is `missing`. `series` holds the value of the same variant for each period of
    the trend. `previous` is its value in the period before, `year_ago` in the same period of the year before,
    None where the files do not tell them whole. `networks` are those that the figure speaks of where others
    had to be left out. `marks` say on which assumed readings and on which rates of the owner's the figure
    stands; there is none where every reading is certain.
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
    top: float | None = None
    limit: float | None = None
    reference: float | None = None
    measure: Measure | None = None
    slack: float | None = None
    rule: Reason | None = None
    hollow: bool = False
    escalated: bool = False
    drift: Drift | None = None
    pace: Pace | None = None
    past: tuple[tuple[Period, Status], ...] = ()
    previous: float | None = None
    year_ago: float | None = None
    sample: Sample | None = None
    rows_left_out: int = 0
    rows: int = 0
    missing: tuple[Missing, ...] = ()
    nearest: Variant | None = None
    trace: tuple[Trace, ...] = ()
    parts: tuple[Part, ...] = ()
    series: tuple[tuple[Period, float | None], ...] = ()
    networks: frozenset[str] | None = None
    marks: tuple[Reason, ...] = ()

    @property
    def bar(self) -> float | None:
        """Return what the value is set against: what its light goes by, else a target that judges nothing."""
        measures = {
            Measure.TARGET: self.target,
            Measure.ECONOMICS: self.limit,
            Measure.REFERENCE: self.reference,
        }
        return self.target if self.measure is None else measures[self.measure]
