"""An export is told by its headings, in any order and case, with some lacking, and never by chance."""

from __future__ import annotations

from random import Random

import pytest

from kpi.ingest.heading import clean, key
from kpi.ingest.recognise import layouts, recognise

INSTAGRAM = [
    "Post ID", "Account ID", "Account username", "Account name", "Description", "Duration (sec)",
    "Publish time", "Permalink", "Post type", "Data comment", "Date", "Views", "Reach", "Likes", "Shares",
    "Comments", "Saves",
]  # fmt: skip
ADS = ["Reporting starts", "Reporting ends", "Campaign name", "Amount spent (USD)", "Impressions", "Reach"]


def source(*rows: list[str], beside: tuple[str, ...] = ()) -> str | None:
    found = recognise(rows, beside)
    return found.layout.source.id if found else None


@pytest.mark.parametrize("seed", range(20))
def test_order_case_and_a_few_missing_columns_do_not_matter(seed: int) -> None:
    random = Random(seed)
    kept = random.sample(INSTAGRAM, len(INSTAGRAM) - 4)
    assert source([heading.upper() + " " for heading in kept]) == "meta_instagram_posts"


@pytest.mark.parametrize(
    "row",
    [
        ["Date", "Reach", "Likes"],
        ["Date", "Views"],
        ["Дата", "Охват", "Лайки", "Комментарии", "Репосты"],
        ["Post", "Published", "Reach", "Views", "Likes", "Comments", "Shares", "Saves"],
        ["Name", "Total", "Currency"],
        ["Campaign name", "Impressions", "Reach", "Spend"],
        ["Page", "Total followers", "New followers"],
        ["Date", "Total followers"],
    ],
)
def test_an_own_spreadsheet_is_no_export(row: list[str]) -> None:
    assert source(row) is None


def test_a_lone_mark_needs_half_of_the_headings() -> None:
    shared, own = ["Дата", "Охват подписчиков", "Комментариев"], ["Тема", "Лайков", "Репостов"]
    assert source([*shared, *own, "Охват всего"]) is None
    assert source([*shared, *own]) == "vk_posts"


def test_an_export_without_its_identities_is_still_one() -> None:
    videos = ["Video title", "Video publish time", "Watch time (hours)", "Subscribers", "Impressions"]
    orders = ["Email", "Financial Status", "Total", "Created at", "Lineitem name"]
    assert source(videos) == "youtube_content"
    assert source(orders) == "shopify_orders"


def test_the_header_may_stand_lower() -> None:
    notes = [["A long note", "", ""] for _ in range(12)]
    found = recognise([*notes, ADS])
    assert found is not None
    assert (found.row, found.layout.source.id) == (12, "meta_ads")


def test_a_title_says_what_primary_means() -> None:
    found = recognise([["Instagram reach", ""], ["Date", "Primary"]])
    assert found is not None
    assert (found.row, found.title) == (1, "Instagram reach")
    assert source(["Facebook Page reach", ""], ["Date", "Facebook Page reach"]) == "meta_insights_overview"
    assert source(["Reach of our shop", ""], ["Date", "Reach"]) is None


def test_company_in_an_archive_replaces_a_mark() -> None:
    assert source(["Date", "Views"], beside=("youtube_content",)) == "youtube_daily"
    assert source(["Name", "Views"], beside=("youtube_content",)) is None


def test_a_currency_in_a_heading_is_read() -> None:
    ads = next(one for one in layouts() if one.source.id == "meta_ads")
    assert ads.meaning("Amount spent (UAH)")[:3] == (True, "ads.spend", "UAH")
    assert not ads.meaning("Amount spent (in all)").belongs
    assert ads.meaning("Сумма затрат (RUB)")[:3] == (True, "ads.spend", "RUB")
    assert ads.meaning("Amount")[0] is False


def test_headings_are_compared_without_what_cannot_be_seen() -> None:
    shy, zero, narrow = chr(0xAD), chr(0x200B), chr(0x202F)
    assert key(f"Auf{shy}rufe") == key("AUFRUFE")
    assert key(f"Reach{zero}:") == key("reach")
    assert key(f"Потрачено{narrow},₽") == key("потрачено, ₽")
    assert clean('"Date"') == "Date"
    assert clean('Отметки "Нравится"') == 'Отметки "Нравится"'


@pytest.mark.parametrize("lost", ["Критерий", "Значение"])
def test_a_long_table_needs_what_its_values_mean_and_the_values(lost: str) -> None:
    headings = ["Дата", "Критерий", "Парам. №1", "Парам. №2", "Значение"]
    assert recognise([headings]) is not None
    assert recognise([[heading for heading in headings if heading != lost]]) is None


def test_the_name_of_a_sheet_tells_twins_apart() -> None:
    heads = ["Description", "Post ID", "Permalink", "Post Message", "Posted", "Audience Targeting", "like"]
    for sheet, found in [
        ("Lifetime Post Stories by act...", "facebook_insights_actions"),
        ("Lifetime Talking About This(...", "facebook_insights_breakdown"),
        (None, "facebook_insights_breakdown"),
    ]:
        known = recognise([heads], sheet=sheet)
        assert known is not None
        assert known.layout.source.id == found


def test_a_sheet_of_a_common_name_is_an_export_only_beside_others_of_its_workbook() -> None:
    rows = [["Date", "New followers"], ["8/4/2024", 3.0]]
    assert recognise(rows, sheet="FOLLOWERS") is None
    found = recognise(rows, ["linkedin_creator_posts"], "FOLLOWERS")
    assert found is not None
    assert found.layout.source.id == "linkedin_creator_followers"


def test_a_heading_that_repeats_its_title_needs_no_line_above_where_it_names_its_network() -> None:
    for rows in (
        [["Date", "Facebook Page reach"]],
        [["Facebook Page reach", ""], ["Date", "Facebook Page reach"]],
    ):
        found = recognise(rows)
        assert found is not None
        assert (found.layout.source.id, found.title) == ("meta_insights_overview", "Facebook Page reach")
    assert recognise([["Date", "Reach"]]) is None


def test_a_title_alone_tells_demographics() -> None:
    found = recognise([["Top cities", ""], ["Leeds, England", "Lyon, France"]])
    assert found is not None
    assert found.layout.source.id == "meta_insights_audience"


def test_viewers_by_country_are_no_videos() -> None:
    heads = ["Views", "Watch time (hours)", "Impressions", "Impressions click-through rate (%)"]
    assert source(["Geography", *heads]) == "youtube_breakdown"
    assert source(["Video publish time", *heads]) == "youtube_content"
