"""What a goal is: a business aim in plain words; its weights stand in the KPIs."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class GoalWords:
    """The texts of a goal in one language; `risk` is what goes wrong where nothing else is looked at."""

    name: str
    question: str
    risk: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Goal:
    """One goal; `icon` is a Material symbol's name.

    `guards` are the KPIs that must not get worse while the goal is pursued, the most telling first.
    `beside` are totals to show next to each other where no order tells which network it came from.
    """

    id: str
    order: int
    icon: str
    en: GoalWords
    ru: GoalWords
    guards: tuple[str, ...]
    beside: tuple[str, ...] = ()

    def words(self, lang: str) -> GoalWords:
        """Return the texts in `lang`."""
        return self.ru if lang == "ru" else self.en
