"""What a benchmark is: a figure of others, told with how it was counted, and what became of comparing it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from math import inf

from kpi.model.reading import Reason

EVERYBODY = "all"  # of any industry, of any size


class Basis(StrEnum):
    """What of the others the middle figure is."""

    MEDIAN = "median"
    MEAN = "mean"
    RANGE = "range"  # a rule of thumb, low to high
    BOUND = "bound"  # at least or at most so much
    TOP = "top"  # of the best ones
    SHARE = "share"  # of people asked, or of accounts
    CHANGE = "change"  # against another year, or against other posts


class Confidence(StrEnum):
    """How sure the figure itself is, not how good the study."""

    HIGH = "high"  # read on the publisher's own page
    MEDIUM = "medium"  # read on a page that names the publisher
    LOW = "low"  # without method, disputed, or an opinion
    OWN = "own"  # the owner's


class Position(StrEnum):
    """Where a value stands against others."""

    BELOW = "below_p25"
    BETWEEN = "between"
    ABOVE = "above_p75"
    UNDER = "below_middle"  # where nothing but the middle is known
    OVER = "above_middle"
    EQUAL = "at_middle"


@dataclass(frozen=True, slots=True, kw_only=True)
class Benchmark:
    """One published figure of others.

    `kpi` is a KPI's id, or any other where there is no such KPI. `variant` is empty where the source does
    not say how it counted: such a figure is kept and never compared. `network` is a network's id or a
    panel's. `tier` are followers as `1000-5000` (5000 is the next tier's) or `5000-`, `all` for every
    size, empty where not told; `format` a kind of post. `per` is the time that a figure is meant for
    where it grows with time. `group` says whom the figure speaks of, `sample` how many of them.
    `period` are first and last day, month or year of the data, `year` is the last year.
    """

    kpi: str
    network: str
    unit: str
    source: str
    variant: str = ""
    industry: str = EVERYBODY
    tier: str = ""
    format: str = ""
    p25: float | None = None
    median: float | None = None
    p75: float | None = None
    currency: str | None = None
    per: str = ""
    basis: Basis = Basis.MEDIAN
    group: str = ""
    note: str = ""
    sample: str = ""
    year: int | None = None
    period: str = ""
    url: str = ""
    licence: str = ""
    confidence: Confidence = Confidence.OWN

    @property
    def size(self) -> tuple[float, float] | None:
        """The fewest followers, and from how many on no more; None where the source does not tell."""
        if self.tier in {"", EVERYBODY}:
            return (0.0, inf) if self.tier else None
        least, _, below = self.tier.partition("-")
        return float(least), float(below) if below else inf


@dataclass(frozen=True, slots=True, kw_only=True)
class Name:
    """A plain name in both languages."""

    en: str
    ru: str

    def name(self, lang: str) -> str:
        """Return the name in `lang`."""
        return self.ru if lang == "ru" else self.en


@dataclass(frozen=True, slots=True, kw_only=True)
class Industry(Name):
    """An industry of benchmarks, and the trades of owners that it is near to."""

    trades: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Panel(Name):
    """A place of figures that is no network; `of` are the cabinets and networks it speaks of."""

    of: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Peers:
    """Whom benchmarks speak of, by id; an owner's nearest industry comes first."""

    industries: Mapping[str, Industry]
    panels: Mapping[str, Panel]
    groups: Mapping[str, Name]


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """Why so many benchmarks are not compared; `found` are theirs, `yours` what they would have to be."""

    reason: Reason
    rows: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """A value beside those of others: never a light.

    `benchmark` is the one compared with, None where there is none. `low` and `high` bound the middle half
    of the others, or what is taken for it where `derived`; None where nothing but `middle` is known.
    """

    benchmark: Benchmark | None = None
    low: float | None = None
    middle: float | None = None
    high: float | None = None
    derived: bool = False
    position: Position | None = None
    refused: tuple[Refusal, ...] = field(default=())
