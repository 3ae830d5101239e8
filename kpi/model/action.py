"""What an action is: something to do about a factor of a KPI, for whom, with what effort and evidence."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Effort(StrEnum):
    """How much of the owner's time it takes, the least first."""

    MINUTES = "minutes"  # within half an hour, once
    WEEKLY = "weekly"  # up to an hour, every week
    HOURS = "hours"  # a few hours, once
    WEEKLY_HOURS = "weekly_hours"  # a few hours, every week


class Need(StrEnum):
    """What the business must have for it."""

    ADS = "ads"
    SHOP = "shop"  # a till, an order book, a shop: orders that are written down
    SITE = "site"


@dataclass(frozen=True, slots=True, kw_only=True)
class Aim:
    """The factor of a KPI that an action is to move."""

    kpi: str
    factor: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """What is known of the effect: what a source found, in both languages, or that it is practice alone."""

    source: str = ""
    practice: bool = False
    en: str = ""
    ru: str = ""

    def words(self, lang: str) -> str:
        """Return what was found, an empty text where it is practice."""
        return self.ru if lang == "ru" else self.en


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionWords:
    """The texts of an action: what to do, how, and by what to see later whether it helped."""

    title: str
    how: str
    check: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Action:
    """One entry of the playbook; without `networks` or `trades` it suits any."""

    id: str
    aims: tuple[Aim, ...]
    effort: Effort
    effect: Evidence
    en: ActionWords
    ru: ActionWords
    networks: tuple[str, ...] = ()
    needs: tuple[Need, ...] = ()
    trades: tuple[str, ...] = ()

    def words(self, lang: str) -> ActionWords:
        """Return the texts in `lang`, `ru` or `en`."""
        return self.ru if lang == "ru" else self.en
