"""The invented shop behind the figures."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from sample_data.chance import Chance
from sample_data.problem import Story

SMALLEST = 0.7  # a smaller shop has too few guests in a month for a verdict on all of its problems


@dataclass(frozen=True, slots=True, kw_only=True)
class Shop:
    """A shop to be made: its seed, its size, the months it tells of and what is planted in it."""

    name: str
    seed: int
    size: float
    months: range
    story: Story

    def chance(self, name: str) -> Chance:
        """Return the stream of chance for one kind of figure."""
        return Chance(self.seed, f"{self.name}/{name}", self.months)

    def count(self, usual: float) -> int:
        """Return how many of a thing this shop has in a month; never too few for a verdict."""
        return max(14, round(usual * self.size))


def tell(folder: Path, *, answers: Mapping[str, object], demo: Mapping[str, object]) -> None:
    """Write what the owner would answer, in the shape of the command line's answers, and would choose.

    `demo` has the shop's trade, language, name and what is in its files, its goals and its targets.
    """
    for stem, content in {"answers": answers, "demo": demo}.items():
        text = json.dumps(content, ensure_ascii=False, indent=2)
        (folder / f"{stem}.json").write_text(text + "\n", encoding="utf-8")
