"""The invented shop behind the figures."""

from __future__ import annotations

from dataclasses import dataclass

from sample_data.chance import Chance
from sample_data.problem import Story

SMALLEST = 0.7  # a smaller shop has too few guests in a month for a verdict on all of its problems


@dataclass(frozen=True, slots=True, kw_only=True)
class Shop:
    """A shop to be made: its seed, its size and what is planted in it."""

    name: str
    seed: int
    size: float
    story: Story

    def chance(self, name: str) -> Chance:
        """Return the stream of chance for one kind of figure."""
        return Chance(self.seed, f"{self.name}/{name}")

    def count(self, usual: float) -> int:
        """Return how many of a thing this shop has in a month; never too few for a verdict."""
        return max(14, round(usual * self.size))
