"""What a check of a report gives: figures side by side, the lines they make, what explains a difference."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from kpi.model.period import Period
from kpi.model.reading import Reason
from kpi.model.remark import Remark
from kpi.model.verdict import Trace

CLOSE = 0.01  # of the native figure
_ROUNDED = 0.05  # of the native figure: what rounding may hide at most and still agree
_STEPS = range(6, -7, -1)  # powers of ten
_DUST = 1e-9


class Match(StrEnum):
    """How a reported figure stands to the native one."""

    AGREES = "agrees"
    DIFFERS = "differs"
    UNTOLD = "untold"


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One reported figure and the native one of the same days; `place` is its row in the report.

    `reason` says why there is no native figure to compare with.
    """

    period: Period
    place: str
    reported: float
    native: float | None
    match: Match
    reason: Reason | None = None

    @property
    def difference(self) -> float | None:
        """Return how much more is reported, None where nothing is told."""
        return None if self.native is None else self.reported - self.native

    @property
    def percent(self) -> float | None:
        """Return how many percent more are reported, None where nothing is told or it is nothing."""
        return 100 * (self.reported / self.native - 1) if self.native else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Cause:
    """What explains a line: a key, what fills its sentence, and the native rows that it stands on."""

    key: str
    facts: Mapping[str, object] = field(default_factory=dict)
    trace: tuple[Trace, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One column of a report: a `field`, or a rate, which is told by the KPI's id.

    `reported` and `native` say which rows of which files stand behind the two sides.
    """

    heading: str
    network: str
    unit: str
    figures: tuple[Figure, ...]
    field: str = ""
    kpi: str = ""
    currency: str | None = None
    causes: tuple[Cause, ...] = ()
    reported: tuple[Trace, ...] = ()
    native: tuple[Trace, ...] = ()

    @property
    def match(self) -> Match:
        """Return how the whole line stands: it differs where one figure does."""
        seen = {figure.match for figure in self.figures}
        return next(
            (one for one in (Match.DIFFERS, Match.AGREES) if one in seen),
            Match.UNTOLD,
        )

    @property
    def percent(self) -> float | None:
        """Return how many percent more are reported in all, over what is told."""
        told = [(one.reported, one.native) for one in self.figures if one.native is not None]
        native = sum(theirs for _, theirs in told)
        return 100 * (sum(ours for ours, _ in told) / native - 1) if native else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Audit:
    """A whole check: its lines, odd jumps of followers in the native files, headings not looked at."""

    lines: tuple[Line, ...]
    jumps: tuple[Remark, ...] = ()
    skipped: tuple[str, ...] = ()

    def count(self, match: Match) -> int:
        """Return how many figures stand so."""
        return sum(figure.match is match for line in self.lines for figure in line.figures)


def step(values: Sequence[float]) -> float:
    """Return the largest power of ten of which all values are multiples: what they may be rounded to.

    >>> step([48000, 12000]), step([3.4, 2.0]), step([17.0, 20.0])
    (1000.0, 0.1, 1.0)
    """
    for power in _STEPS:
        unit = 10.0**power
        if any(values) and all(
            abs(one / unit - round(one / unit)) < _DUST * max(1, abs(one)) for one in values
        ):
            return float(f"1e{power}")
    return 0.0


def near(reported: float, native: float, part: float = CLOSE) -> bool:
    """Return whether two figures are the same but for a small part of the native one."""
    return abs(reported - native) <= part * abs(native) + _DUST


def matched(reported: float, native: float, unit: float) -> Match:
    """Return whether two figures agree: within one percent, or by rounding to `unit` that hides little."""
    within = abs(reported - native) <= min(unit / 2, _ROUNDED * abs(native)) + _DUST
    return Match.AGREES if within or near(reported, native) else Match.DIFFERS
