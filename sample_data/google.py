"""Writers of the layouts in which Google tells of a website, of ads and of a listing on the map."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from sample_data.layouts import Cell

_ANALYTICS = (
    "Date", "Session source / medium", "Sessions", "Engaged sessions",
    "Average engagement time per session", "Key events",
)  # fmt: skip
_ADS = (
    "Day", "Campaign status", "Campaign", "Currency code", "Clicks", "Impr.", "CTR", "Avg. CPC", "Cost",
    "Conversions", "Cost / conv.", "Conv. rate",
)  # fmt: skip
_VIEWED = "Number of people that viewed your Business Profile on Google"
_PROFILE = {
    "Store code": "", "Business name": "", "Address": "", "Labels": "",
    "Google Search - Mobile": f"{_VIEWED} Search using Mobile",
    "Google Search - Desktop": f"{_VIEWED} Search using Desktop",
    "Google Maps - Mobile": f"{_VIEWED} Maps using Mobile",
    "Google Maps - Desktop": f"{_VIEWED} Maps using Desktop",
    "Calls": "Number of interactions with the call button from your Business Profile",
    "Messages": "Number of conversations initiated from your Business Profile",
    "Bookings": "Number of bookings made from your Business Profile",
    "Directions": "Number of requests for directions made from your Business Profile",
    "Website clicks": "Number of interactions with the website button from your Business Profile",
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Visits:
    """What Google Analytics tells of a day and a source: `source` is `source / medium`."""

    day: date
    source: str
    sessions: int
    engaged: int
    seconds: float
    key_events: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Campaign:
    """A day of a campaign in Google Ads."""

    day: date
    name: str
    clicks: int
    impressions: int
    cost: float
    conversions: int


def analytics(path: Path, about: tuple[str, str], first: date, last: date, rows: Iterable[Visits]) -> None:
    """Write the visits of a website by day and source; `about` are its account and its property."""
    rule = "# ----------------------------------------"
    above = (
        rule,
        "# Traffic acquisition: Session source / medium",
        f"# Account: {about[0]}",
        f"# Property: {about[1]} - GA4",
        rule,
        "# ",
        "# All Users",
        f"# Start date: {first:%Y%m%d}",
        f"# End date: {last:%Y%m%d}",
    )
    told = (
        (f"{one.day:%Y%m%d}", one.source, one.sessions, one.engaged, one.seconds, one.key_events)
        for one in rows
    )
    _write(path, above, (_ANALYTICS, *told))


def ads(path: Path, currency: str, first: date, last: date, rows: Iterable[Campaign]) -> None:
    """Write campaigns by day; the rows of totals stand last."""
    told = list(rows)
    lines = [_campaign(f"{row.day}", "Enabled", currency, row) for row in told]
    whole = Campaign(
        day=last,
        name=" --",
        clicks=sum(row.clicks for row in told),
        impressions=sum(row.impressions for row in told),
        cost=round(sum(row.cost for row in told), 2),
        conversions=sum(row.conversions for row in told),
    )
    totals = [_campaign(" --", f"Total: {of}", currency, whole) for of in ("Campaigns", "Account")]
    above = ("Campaign report", f"{_long(first)} - {_long(last)}")
    _write(path, above, (_ADS, *lines, *totals))


def business_profile(path: Path, name: str, address: str, counts: Iterable[int]) -> None:
    """Write what a listing on the map was seen and used in the period that the file's name states."""
    _write(path, (), (tuple(_PROFILE), tuple(_PROFILE.values()), ("", name, address, "", *counts)))


def _campaign(day: str, status: str, currency: str, row: Campaign) -> tuple[Cell, ...]:
    return (
        day,
        status,
        row.name,
        currency,
        f"{row.clicks:,}",
        f"{row.impressions:,}",
        f"{100 * row.clicks / row.impressions:.2f}%" if row.impressions else " --",
        f"{row.cost / row.clicks:.2f}" if row.clicks else " --",
        f"{row.cost:,.2f}",
        f"{row.conversions:.2f}",
        f"{row.cost / row.conversions:.2f}" if row.conversions else "0.00",
        f"{100 * row.conversions / row.clicks:.2f}%" if row.clicks else " --",
    )


def _long(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


def _write(path: Path, above: Iterable[str], lines: Iterable[Iterable[Cell]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        file.writelines(f"{line}\n" for line in above)
        csv.writer(file, lineterminator="\n").writerows(lines)
