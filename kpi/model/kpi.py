"""What a KPI is: formula variants over fields, when it may be judged and in which words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from kpi.model.identity import Identity

WINDOWS = ("month", "90 days", "quarter", "12 months")  # the periods that a KPI may want for itself


class Better(StrEnum):
    """Which way is good."""

    UP = "up"
    DOWN = "down"
    RANGE = "range"


class Spread(StrEnum):
    """How the uncertainty of a value is told; `none` means: not known, so never red."""

    POSTS = "posts"  # t on per-post log ratios
    COUNT = "count"  # Gamma-Poisson
    SHARE = "share"  # Wilson
    DIFFERENCE = "difference"  # of two counts: Skellam
    COST = "cost"  # money for one event: Gamma on the events below the line
    ORDERS = "orders"  # bootstrap over orders
    DAYS = "days"  # jackknife over days
    ROWS = "rows"  # bootstrap over rows: medians, means of ratings
    ANSWERS = "answers"  # shares of one set of answers less each other: multinomial
    PERIODS = "periods"  # moving ranges of earlier periods, on logs
    EXACT = "exact"  # counted, not sampled: nothing is left to chance
    NONE = "none"


@dataclass(frozen=True, slots=True, kw_only=True)
class Gate:
    """A minimum sample: fewer than `colour` is grey, fewer than `red` is never red.

    `of` is a field total of the rows that gave the value, e.g. `posts.count` or `ads.link_clicks`.
    """

    of: str
    colour: float
    red: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Tolerance:
    """How far below the target is still no matter: a share of the target, or points."""

    share: float = 0.10
    points: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Variant:
    """One formula of a KPI; what is None here is taken from the KPI by `resolve`."""

    id: str
    formula: str
    en: str
    ru: str
    unit: str | None = None
    better: Better | None = None
    spread: Spread | None = None
    colour: bool = True
    sample: tuple[Gate, ...] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """The texts of a KPI in one language."""

    name: str
    question: str
    caveat: str
    term: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """Totals of a slice and the value they must give; no value means: cannot be told."""

    given: Mapping[str, float]
    value: float | None = None
    variant: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Kpi:
    """One KPI as its catalogue file states it; the file's name is the id.

    Names in a formula are totals of the slice, so a rate is always a ratio of sums.
    `window` is the length of the period that the KPI wants, ending on the last day of the chosen one.
    `limits` are formulas of the value at which the business neither gains nor loses, the first that can be
    computed counts; `own` says that the owner wrote this KPI. `identities` tell what moves its variants, of
    each the first whose figures are all known.
    """

    id: str
    unit: str
    better: Better
    goals: Mapping[str, float]
    variants: tuple[Variant, ...]
    en: Words
    ru: Words
    examples: tuple[Example, ...]
    sources: tuple[str, ...]
    spread: Spread = Spread.NONE
    sample: tuple[Gate, ...] = ()
    tolerance: Tolerance = field(default_factory=Tolerance)
    window: str = ""
    leading: bool = True
    limits: tuple[str, ...] = ()
    own: bool = False
    identities: tuple[Identity, ...] = ()

    def words(self, lang: str) -> Words:
        """Return the texts in `lang`, `ru` or `en`."""
        return self.ru if lang == "ru" else self.en

    @property
    def factors(self) -> tuple[str, ...]:
        """Return the factors that may move it, each once, in the order of the identities."""
        return tuple(dict.fromkeys(factor for one in self.identities for factor in one.moved))

    @property
    def said(self) -> str:
        """Return what a sentence knows it by: its id, or the name that the owner gave it."""
        return self.en.name if self.own else self.id
