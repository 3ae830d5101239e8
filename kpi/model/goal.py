"""What a goal is: a business aim in plain words; its weights stand in the KPIs."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class GoalWords:
    """The texts of a goal in one language."""

    name: str
    question: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Goal:
    """One goal; `icon` is a Material symbol's name."""

    id: str
    order: int
    icon: str
    en: GoalWords
    ru: GoalWords

    def words(self, lang: str) -> GoalWords:
        """Return the texts in `lang`."""
        return self.ru if lang == "ru" else self.en
