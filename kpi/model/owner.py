"""What the owner answered: about the business, and about single files."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class Owner:
    """The answers; None means: not told. `since` is the day from which they hold.

    `margin_rate` is gross margin in percent of revenue, `smm_costs_month` what social networks cost a
    month outside the ad budget (0 is an explicit "none"), `working_hours` like `Mo-Fr 09:00-18:00`,
    `reply_within` the minutes within which a message is promised an answer, `lifetime_years` how long a
    buyer stays one: both are more than 0, ValueError for anything else.
    `own_hours_week` is how many hours a week the owner gives to social networks, `own_hour_worth` what such
    an hour is worth in the owner's currency.
    `rates` says what one unit of another currency is worth in the owner's own, `reports` which source is
    believed of a shop or marketplace whose reports disagree.
    """

    trade: str | None = None
    currency: str | None = None
    time_zone: str | None = None
    margin_rate: float | None = None
    smm_costs_month: float | None = None
    working_hours: str | None = None
    reply_within: float | None = None
    lifetime_years: float | None = None
    own_hours_week: float | None = None
    own_hour_worth: float | None = None
    rates: Mapping[str, float] = field(default_factory=dict)
    reports: Mapping[str, str] = field(default_factory=dict)
    since: date | None = None

    def __post_init__(self) -> None:
        """Refuse an assumption that no figure can be built on."""
        for number in (self.reply_within, self.lifetime_years):
            if number is not None and (
                isinstance(number, bool) or not isinstance(number, int | float) or not 0 < number < math.inf
            ):
                raise ValueError(str(number))


def in_force(owners: Sequence[Owner], day: date) -> Owner:
    """Return the answers in force on a day; the first ones ever given hold for all days before."""
    held = [owner for owner in owners if owner.since is None or owner.since <= day]
    return (held or list(owners))[-1 if held else 0]


def answer(owner: Owner, column: str) -> float | None:
    """Return the answer that stands for a field `owner.column` of formulas; None where it is not told."""
    return {
        "margin_rate": owner.margin_rate,
        "lifetime_years": owner.lifetime_years,
        "reply_within": owner.reply_within,
    }.get(column)


@dataclass(frozen=True, slots=True, kw_only=True)
class FileAnswers:
    """What the owner said about one file.

    `mapping` gives a field (or None for "not wanted") to a heading, `mappings` such a mapping to the
    fingerprint of a table's headings, which goes before; `day_or_month` is `dmy` or `mdy`,
    `decimal` is `.` or `,`; `period` is the window of a file that states none, as the owner typed it;
    `year` is that of the last row where the dates have none;
    `followers` is a known follower count by day, from which joins and leaves rebuild the level;
    `keep_quoted` undoes the unwrapping of lines that a spreadsheet program wrapped in quotes;
    `keep_texts` leaves out figures that a workbook holds as texts among numbers;
    `hidden_sheets` lets sheets take part that the workbook hides.
    """

    network: str | None = None
    account: str | None = None
    day_or_month: str | None = None
    decimal: str | None = None
    year: int | None = None
    currency: str | None = None
    period: str | None = None
    mapping: Mapping[str, str | None] = field(default_factory=dict)
    mappings: Mapping[str, Mapping[str, str | None]] = field(default_factory=dict)
    followers: Mapping[str, float] = field(default_factory=dict)
    keep_quoted: bool = False
    keep_texts: bool = False
    hidden_sheets: bool = False


LASTING = ("mapping", "network", "account", "day_or_month", "decimal", "currency")
"""The answers that hold for every later file with the same headings."""
