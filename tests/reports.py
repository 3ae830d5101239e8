"""Invented businesses as reports, for the tests of the forms in which a report is taken away."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from kpi.catalog.loader import goals, kpis
from kpi.facts.assemble import assemble
from kpi.judge.board import board
from kpi.metrics.cubes import cube
from kpi.model.owner import Owner
from kpi.model.period import Period
from kpi.model.reading import Reading
from kpi.model.target import Target
from kpi.model.view import EVERYTHING, View
from kpi.report.report import Report
from tests.made import reading

_DAYS = [date(2025, 1, 1) + timedelta(days=i) for i in range(365)]
_OWNER = Owner(margin_rate=60, currency="RUB")


def report(
    readings: Sequence[Reading],
    period: Period,
    lang: str,
    *,
    view: View = EVERYTHING,
    owner: Owner = _OWNER,
    aims: Sequence[str] = tuple(goals()),
    targets: Sequence[Target] = (),
) -> Report:
    whole = cube(assemble(readings, (owner,)), kpis().values())
    return Report(
        board=board(whole, aims, period, view, targets), cube=whole, readings=tuple(readings), lang=lang
    )


def posts(network: str = "instagram", *, count: int = 300, file: str = "posts.csv") -> Reading:
    """Return posts over a year, every tenth without reach."""
    rows = range(count)
    reach = [500 + (i * 37) % 911 for i in rows]
    return reading(
        "posts",
        {
            "id": [f"{network}{i}" for i in rows],
            "at": [f"{_DAYS[i * 365 // count]}T10:00:00" for i in rows],
            "format": [("reel", "photo")[i % 2] for i in rows],
            "reach": [None if i % 10 == 0 else float(one) for i, one in enumerate(reach)],
            "views": [2.0 * one for one in reach],
            "reactions": [float(20 + (i * 7) % 31) for i in rows],
            "comments": [float(i % 4) for i in rows],
            "shares": [float(i % 3) for i in rows],
            "saves": [float(i % 5) for i in rows],
        },
        network=network,
        counts=("reactions", "comments", "shares", "saves"),
        source="meta_instagram_posts" if network == "instagram" else None,
        file=file,
    )


def account(network: str = "instagram", *, name: str | None = None, file: str = "account.csv") -> Reading:
    """Return an account by day; the first week of August is missing, as when an export was not made."""
    days = [day for day in _DAYS if not (day.month == 8 and day.day <= 7)]
    return reading(
        "account",
        {
            "date": [day.isoformat() for day in days],
            "followers": [1000.0 + 2 * i + len(network) for i, _ in enumerate(days)],
            "followers_lost": [float(i % 3) for i, _ in enumerate(days)],
            "reach": [float(200 + (i * 13) % 57) for i, _ in enumerate(days)],
            "views": [float(500 + i % 17) for i, _ in enumerate(days)],
            "link_clicks": [float(i % 9) for i, _ in enumerate(days)],
        },
        network=network,
        account=name,
        file=file,
    )


def ads() -> Reading:
    """Return ads by day over three months and one window before them."""
    days = _DAYS[:90]
    starts = [day.isoformat() for day in days] + ["2024-11-01"]
    ends = [day.isoformat() for day in days] + ["2024-11-30"]
    count = len(starts)
    return reading(
        "ads",
        {
            "campaign": ["Autumn"] * count,
            "starts": starts,
            "ends": ends,
            "spend": [120.5 + i for i in range(count)],
            "impressions": [5000.0 + 10 * i for i in range(count)],
            "link_clicks": [40.0 + i % 7 for i in range(count)],
            "leads": [float(i % 4) for i in range(count)],
            "orders": [float(i % 3) for i in range(count)],
            "revenue": [None if i % 11 == 0 else 300.0 + i for i in range(count)],
        },
        network="meta_ads",
        currency="RUB",
        file="ads.csv",
    )


def orders() -> Reading:
    """Return orders with the source of each."""
    count = 400
    return reading(
        "orders",
        {
            "id": [f"#{i}" for i in range(count)],
            "at": [f"{_DAYS[i * 365 // count]}T12:00:00" for i in range(count)],
            "amount": [500.0 + (i * 17) % 301 for i in range(count)],
            "refund": [100.0 if i % 20 == 0 else None for i in range(count)],
            "source": [("Instagram", "walk-in", "VK")[i % 3] for i in range(count)],
        },
        file="orders.csv",
        currency="RUB",
    )


def costs() -> Reading:
    """Return costs by month."""
    months = [date(2025, month, 1).isoformat() for month in range(1, 13)]
    return reading(
        "costs",
        {"month": months, "item": ["Photographer"] * 12, "amount": [3000.0 + 100 * i for i in range(12)]},
        file="costs.csv",
    )
