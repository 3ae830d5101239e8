"""Real exports, where they lie beside the project, give the figures that others counted independently."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from kpi.ingest.fate import FATES
from kpi.ingest.parse import parse
from kpi.model.limits import LOCAL
from kpi.model.owner import FileAnswers
from kpi.model.reading import Reading, Table

EXPORTS = Path(__file__).parents[3] / "shared" / "exports"
SOURCES = {
    "meta_business_suite_ig": {"meta_instagram_posts"},
    "meta_business_suite_fb": {"meta_facebook_posts"},
    "meta_insights_overview": {"meta_insights_overview"},
    "meta_ads": {"meta_ads"},
    "ga4": {"ga4"},
    "google_ads": {"google_ads", "google_ads_cards"},
    "google_business_profile": {"google_business_profile"},
    "ozon_ads": {"ozon_ads"},
    "youtube_studio": {"youtube_content", "youtube_daily", "youtube_chart"},
    "linkedin_page": {
        "linkedin_page_content_metrics",
        "linkedin_page_posts",
        "linkedin_page_followers",
        "linkedin_page_demographics",
        "linkedin_competitors",
    },
    "facebook_insights_old": {
        "facebook_insights_posts",
        "facebook_insights_actions",
        "facebook_insights_breakdown",
        "facebook_insights_page",
    },
    "linkedin_creator": {
        "linkedin_creator_window",
        "linkedin_creator_days",
        "linkedin_creator_posts",
        "linkedin_creator_followers",
        "linkedin_creator_demographics",
    },
    "shopify": {"shopify_orders"},
    "ozon_orders": {"ozon_orders"},
    "ozon_analytics": {"ozon_analytics"},
    "ozon_unit": {"ozon_unit"},
    "ozon_accruals": {"ozon_accruals"},
    "wb_detail": {"wb_detail"},
    "wb_funnel": {"wb_funnel", "wb_totals", None},
    "marketplace_service": {"marketplace_days"},
    "getcourse_synthetic": {"getcourse_orders"},
    "tiktok_business_suite": {"tiktok_business_daily", "tiktok_business_videos"},
    "tiktok_studio": {"tiktok_overview", "tiktok_followers", "tiktok_videos", "tiktok_activity"},
    "x_analytics": {"x_account", "x_posts"},
    "x_twitter_old": {"twitter_daily"},
    "vk_community": {"vk_community"},
}
pytestmark = pytest.mark.skipif(not EXPORTS.exists(), reason="the real exports are not beside the project")


def truths() -> Iterator[tuple[str, dict[str, Any]]]:
    if EXPORTS.exists():
        told = json.loads((EXPORTS / "TRUTH.json").read_text("utf-8"))
        yield from ((name, truth) for name, truth in told.items() if name.partition("/")[0] in SOURCES)


def read(name: str, truth: dict[str, Any]) -> Reading:
    """Return the export as read under a neutral name, the year answered where its dates have none."""
    answers = FileAnswers(year=int(truth["resolved_max_date"][:4]) if "resolved_max_date" in truth else None)
    return parse("renamed.bin", (EXPORTS / name).read_bytes(), answers, LOCAL)


def sums(table: Table) -> dict[str, float | None]:
    """Sums by heading; a twin is told by its column, as in the truths."""
    found: dict[str, float | None] = {}
    for place, column in enumerate(table.columns):
        found.setdefault(column.heading, column.total)
        found[f"{column.heading}#col{place}"] = column.total
    return found


def facts(name: str, truth: dict[str, Any]) -> Iterator[tuple[str, object, object]]:
    """Yield what is compared: rows, every sum, first and last day; what was found and what is true."""
    reading = read(name, truth)
    yield "sources", {table.source for table in reading.tables} <= SOURCES[name.partition("/")[0]], True
    if "Значение by Критерий" in truth.get("sums", {}):
        yield from _long(reading.tables[0], truth)
    elif isinstance(truth.get("tables"), list):
        yield from _listed(reading, truth)
    elif isinstance(truth.get("tables"), dict):
        yield from _stacked(reading, truth)
    elif "members" in truth:
        yield from _members(reading, truth)
    elif "top_posts_left" in truth:
        yield from _creator(reading, truth)
    elif "metrics_rows" in truth:
        yield from _linkedin(reading, truth)
    else:
        yield from _flat(next((one for one in reading.tables if one.kind), reading.tables[0]), truth)


def _flat(table: Table, truth: dict[str, Any]) -> Iterator[tuple[str, object, object]]:
    data = sum(aside.reason in {"error_row", *FATES} for aside in table.aside)
    yield "rows", table.rows_used + data, truth["data_rows"]
    yield "conserved", table.rows_in, table.rows_used + len(table.aside)
    found = sums(table)
    for heading, total in truth.get("sums", {}).items():
        blank = truth.get("nonblank_counts", {}).get(heading) == 0  # nothing there is no sum of 0
        written = " ".join(heading.split())
        yield heading, found.get(written), None if blank else pytest.approx(total, abs=1e-6)
    for heading, count in truth.get("nonblank_counts", {}).items():
        yield (
            f"filled {heading}",
            next(c.filled for c in table.columns if c.heading == heading.split("#")[0]),
            count,
        )
    if isinstance(truth.get("period"), str):
        ends = [str(table.window.first), str(table.window.last)] if table.window else None
        yield "window", ends, _ends(truth["period"])
        if table.kind:
            truth = truth | dict(zip(("min_date", "max_date"), _ends(truth["period"]), strict=True))
    else:
        months = [f"{day[6:]}-{day[:5].replace('/', '-')}" for day in truth.get("period", ())]
        truth = truth | dict(zip(("min_date", "max_date"), months, strict=False))
    first = (
        truth.get("min_local_date")
        or truth.get("min_date")
        or truth.get("resolved_min_date")
        or truth.get("reporting_starts")
    )
    last = (
        truth.get("period_end")
        or truth.get("max_local_date")
        or truth.get("max_date")
        or truth.get("resolved_max_date")
        or truth.get("reporting_ends")
    )
    if "post_time_labels" in truth:  # days without a year, each found by the number of its video
        yield "days", [f"{at:%B} {at.day}" for at in table.data["at"].to_pylist()], truth["post_time_labels"]
        first, last = str(table.first), str(table.last)
    yield "first", str(table.first) if table.first else None, first and first[:10]
    yield "last", str(table.last) if table.last else None, last and last[:10]
    if "last_lifetime_total_likes" in truth:
        yield "level", table.data["followers"].to_pylist()[-1], truth["last_lifetime_total_likes"]
    if "last_followers" in truth:
        yield "level", table.data["followers"].to_pylist()[-1], truth["last_followers"]
        yield "gained", found["Difference in followers from previous day"], truth["sum_of_differences"]
        yield "blank", table.data["followers"].null_count, truth["undefined_cells"]


def _long(table: Table, truth: dict[str, Any]) -> Iterator[tuple[str, object, object]]:
    yield "rows", table.rows_used, truth["data_rows"]
    found = {
        "|".join((column.where or {}).values()): column.total for column in table.columns if column.where
    }
    yield "meanings", found, truth["sums"]["Значение by Критерий"]
    yield "days", len(table.data or ()), truth["distinct_days"]
    yield "span", [str(table.first), str(table.last)], [truth["min_date"], truth["max_date"]]


def _stacked(reading: Reading, truth: dict[str, Any]) -> Iterator[tuple[str, object, object]]:
    yield "tables", len(reading.tables), len(truth["tables"])
    for table, (title, told) in zip(reading.tables, truth["tables"].items(), strict=False):
        found = [table.rows_used, table.columns[1].total, str(table.first), str(table.last)]
        yield title, found, [told["data_rows"], told["sum"], told["min_date"], told["max_date"]]


def _ends(period: str) -> list[str]:
    """The two days of "2023-07-08..2024-03-04" or "27 January 2026 - 23 February 2026"."""
    if ".." in period:
        return period.split("..")
    return [str(datetime.strptime(day, "%d %B %Y").date()) for day in period.split(" - ")]  # noqa: DTZ007 - a day has no zone


def _listed(reading: Reading, truth: dict[str, Any]) -> Iterator[tuple[str, object, object]]:
    yield "tables", len(reading.tables), len(truth["tables"])
    for table, told in zip(reading.tables, truth["tables"], strict=False):
        found = [[c.heading for c in table.columns], table.rows_used, table.columns[-1].total or 0]
        yield str(told["header"]), found, [told["header"], told["data_rows"], told["sum_last_column"]]
        yield "window", [str(table.window.first), str(table.window.last)], _ends(truth["period"])


def _members(reading: Reading, truth: dict[str, Any]) -> Iterator[tuple[str, object, object]]:
    by_member = {table.member: table for table in reading.tables}
    yield "members", set(by_member), set(truth["members"])
    for member, told in truth["members"].items():
        table = by_member[member]
        yield member, table.rows_in, told["rows_incl_header"] - 1
        if "sum_views" in told:
            views = next(column.total for column in table.columns if (column.field or "").endswith(".views"))
            yield f"{member} views", [table.rows_used, views], [told["data_rows"], told["sum_views"]]


def _creator(reading: Reading, truth: dict[str, Any]) -> Iterator[tuple[str, object, object]]:
    window, days, left, right, followers, _ = reading.tables
    yield "days", days.rows_used, truth["engagement_rows"]
    yield "span", [str(days.first), str(days.last)], [truth["min_date"], truth["max_date"]]
    found = [sums(days)["Impressions"], sums(days)["Engagements"]]
    yield "sums", found, [truth["impressions"], truth["engagements"]]
    yield "lists", [left.rows_used, right.rows_used], [truth["top_posts_left"], truth["top_posts_right"]]
    yield "followers", followers.rows_used, truth["followers_rows"]
    yield "gained", sums(followers)["New followers"], truth["new_followers_sum"]
    yield "level", sums(followers)[truth["total_followers_label"]], truth["total_followers"]
    start, end = truth["discovery"]["Overall Performance"].split(" - ")
    assert window.window is not None
    found = [f"{day.month}/{day.day}/{day.year}" for day in (window.window.first, window.window.last)]
    yield "window", found, [start, end]
    found = [sums(window)["Impressions"], sums(window)["Unique views"]]
    yield "people", found, [float(truth["discovery"][name]) for name in ("Impressions", "Unique views")]


def _linkedin(reading: Reading, truth: dict[str, Any]) -> Iterator[tuple[str, object, object]]:
    metrics, posts = reading.tables
    for table, part in ((metrics, "metrics"), (posts, "posts")):
        yield f"{part} rows", table.rows_used, truth[f"{part}_rows"]
        yield (
            f"{part} sums",
            {name: sums(table)[name] for name in truth[f"{part}_sums"]},
            truth[f"{part}_sums"],
        )
    yield "span", [str(metrics.first), str(metrics.last)], [truth["min_date"], truth["max_date"]]
    yield "posts span", [str(posts.first), str(posts.last)], truth["posts_dates"]


@pytest.mark.parametrize(
    ("name", "truth"), list(truths()), ids=lambda value: value if isinstance(value, str) else ""
)
def test_equals_the_truth(name: str, truth: dict[str, Any]) -> None:
    wrong = {what: (found, true) for what, found, true in facts(name, truth) if found != true}
    assert wrong == {}
