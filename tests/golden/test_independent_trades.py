"""The last month of the invented shop, clinic and firm, worked out again by hand over their cells."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime, timedelta
from pathlib import Path
from statistics import mean, median
from typing import Any

import pytest
from python_calamine import CalamineWorkbook

from sample_data.b2b_en import make as firm
from sample_data.dental_en import make as clinic
from sample_data.shop_en import make as shop
from tests.golden.test_demo import shipped

Row = Mapping[str, Any]


def export(made: Any, name: str, above: int = 0) -> list[dict[str, str]]:
    """The rows of an exported table, which stands below so many lines."""
    lines = Path(made.__file__).with_name(made.FILES[name]).read_text("utf-8-sig").splitlines(keepends=True)
    return list(csv.DictReader(lines[above:]))


def sheet(made: Any, name: str, place: int, above: int = 0) -> list[dict[str, Any]]:
    book = CalamineWorkbook.from_path(Path(made.__file__).with_name(made.FILES[name]))
    lines = book.get_sheet_by_index(place).to_python()[above:]
    return [dict(zip(lines[0], line, strict=True)) for line in lines[1:]]


def money(cell: str) -> float:
    return float(cell.replace(",", "") or 0)


def december(rows: Iterable[Row], heading: str, begins: str) -> list[Row]:
    """The rows whose date begins as those of December 2025 do."""
    return [row for row in rows if str(row[heading]).startswith(begins)]


def us(rows: Iterable[Row], heading: str) -> list[Row]:
    return [row for row in rows if row[heading][:2] == "12" and row[heading][6:10] == "2025"]


def total(rows: Iterable[Row], heading: str) -> float:
    return sum(money(str(row[heading])) for row in rows)


def of_shop() -> dict[str, float]:
    placed = [
        row for row in december(export(shop, "orders"), "Created at", "2025-12") if not row["Cancelled at"]
    ]
    told = [(row, f"{row['Note Attributes']} {row['Source']}") for row in placed]
    social = [row for row, said in told if "instagram" in said or "facebook" in said]
    revenue = total(social, "Total") - total(social, "Refunded Amount")
    ads = december(export(shop, "ads"), "Day", "2025-12")
    spend = total(ads, "Amount spent (USD)")
    site = december(export(shop, "site", 9), "Date", "202512")
    visits = total(
        [row for row in site if row["Session source / medium"][:5] in {"insta", "faceb"}], "Sessions"
    )
    posts = us([*export(shop, "instagram"), *export(shop, "facebook")], "Publish time")
    costs = [row for row in sheet(shop, "costs", 0) if row["Month"] == date(2025, 12, 1)]
    return {
        "conversions": len(social),
        "avg_order_value": revenue / len(social),
        "conversion_rate": 100 * len(social) / visits,
        "profit_social": revenue * 0.55 - spend - sum(row["Amount"] for row in costs),
        "ctr_ads": 100 * total(ads, "Link clicks") / total(ads, "Impressions"),
        "roas": total(ads, "Purchases conversion value") / spend,
        "reach_per_post": median(int(row["Reach"]) for row in posts if row["Reach"]),
        "views": total(posts, "Views"),
    }


def of_clinic() -> dict[str, float]:
    costs, requests, reviews, messages, survey = (sheet(clinic, "desk", place) for place in range(5))
    assert costs
    asked = [
        row
        for row in december(requests, "Day of the request", "2025-12")
        if row["Where the request came from"] == "Facebook"
    ]
    written = december(messages, "When they wrote to us", "2025-12")
    answered = [row for row in written if isinstance(row["When we first answered"], datetime)]
    waits = [row["When we first answered"] - row["When they wrote to us"] for row in answered]
    stars = [
        row["Stars from 1 to 5"]
        for row in reviews
        if timedelta() <= date(2025, 12, 31) - row["Day of the review"] < timedelta(90)
    ]
    scores = [
        row["Their score from 0 to 10"] for row in survey if row["Day of their answer"] >= date(2025, 10, 1)
    ]
    forms = december(export(clinic, "forms"), "Day", "2025-12")
    return {
        "leads": len(asked),
        "qualified_lead_rate": 100 * mean(row["Is this our customer?"] == "yes" for row in asked),
        "response_rate": 100 * len(answered) / len(written),
        "first_response_time": median(wait / timedelta(minutes=1) for wait in waits),
        "avg_rating": mean(stars),
        "nps": 100 * mean((score >= 9) - (score <= 6) for score in scores),
        "cpl": total(forms, "Amount spent (GBP)") / total(forms, "Leads"),
        "cvr_click_to_lead": 100 * total(forms, "Leads") / total(forms, "Link clicks"),
    }


def of_firm() -> dict[str, float]:
    posts = us(sheet(firm, "content", 1, 1), "Created date")
    videos = [row for row in export(firm, "videos") if row["Video publish time"][:3] == "Dec"]
    videos = [row for row in videos if row["Video publish time"].endswith("2025")]
    views = [float(row["Impressions"]) for row in posts] + [float(row["Views"]) for row in videos]
    likes = sum(row["Likes"] for row in posts) + total(videos, "Likes")
    more = sum(row["Comments"] + row["Reposts"] for row in posts)
    more += total(videos, "Comments added") + total(videos, "Shares")
    days = us(sheet(firm, "content", 0, 1), "Date")
    asked = december(sheet(firm, "requests", 0), "Created", "2025-12")
    asked = [row for row in asked if row["Lead source"] in {"LinkedIn", "YouTube"}]
    site = december(export(firm, "site", 9), "Date", "202512")
    social = [row for row in site if row["Session source / medium"].endswith("/ social")]
    ads = december(export(firm, "ads", 2), "Day", "2025-12")
    costs = [row for row in sheet(firm, "costs", 0) if row["Month"] == date(2025, 12, 1)]
    return {
        "engagement_rate": 100 * (likes + more) / sum(views),
        "reaction_rate": 100 * likes / sum(views),
        "reach_per_post": median(views),
        "reach": mean(row["Unique impressions (organic)"] for row in days),
        "leads": len(asked),
        "qualified_lead_rate": 100 * mean(row["Qualified"] == "yes" for row in asked),
        "cvr_click_to_lead": 100 * len(asked) / total(social, "Sessions"),
        "cpl": (total(ads, "Cost") + sum(row["Amount"] for row in costs)) / len(asked),
    }


@pytest.mark.parametrize(
    ("made", "by_hand"), [("shop_en", of_shop), ("dental_en", of_clinic), ("b2b_en", of_firm)]
)
def test_the_last_month_is_what_the_files_say(made: str, by_hand: Callable[[], dict[str, float]]) -> None:
    expected = by_hand()
    found = {verdict.kpi.id: verdict.value for verdict in shipped(made)[12].verdicts}
    assert {kpi: found[kpi] for kpi in expected} == pytest.approx(expected, rel=1e-9)
