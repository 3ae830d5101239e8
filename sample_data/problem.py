"""What a planted problem is, and how much of a figure it leaves in which month."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

MONTH = 9  # the month in which the first problem of a shop shows unless asked otherwise


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """A trouble planted in an invented shop.

    `kpis` fall (for costs: rise) plainly below their earlier level from `from_month` on, `also` move with
    them; `keeps` is the share of the figure that is left. `network` None means: every network of the shop.
    After `lasts` months it is over.
    """

    id: str
    what: str
    kpis: tuple[str, ...]
    also: tuple[str, ...] = ()
    network: str | None = None
    from_month: int
    keeps: float
    lasts: int = 12

    def first(self, month: int) -> int:
        """Return the first month of this problem when the first problem of the shop shows in `month`."""
        return min(12, self.from_month + month - MONTH)

    def months(self, month: int) -> range:
        """Return the months of this problem when the first problem of the shop shows in `month`."""
        first = self.first(month)
        return range(first, min(13, first + self.lasts))


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """Which problems are planted, and from when."""

    known: Mapping[str, Problem]
    planted: Collection[str]
    month: int

    def keeps(self, problem: str, month: int) -> float:
        """Return the share of a figure that `problem` leaves in `month`: 1 before it and without it."""
        trouble = self.known[problem]
        shows = problem in self.planted and month in trouble.months(self.month)
        return trouble.keeps if shows else 1.0
