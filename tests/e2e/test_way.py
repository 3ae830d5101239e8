"""The owner's way through a real browser: example, own files, a server that dies, the report."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, date, datetime
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import load_workbook
from playwright.sync_api import Page, expect

from kpi.catalog.loader import sources
from kpi.model.verdict import Status
from kpi.report.words import say, tell
from tests.e2e.serve import ROOT, Server, settle, visit

pytestmark = pytest.mark.e2e
LIGHTS = [status for status in Status if status is not Status.GREY]
SOURCES = ROOT / "tests" / "golden" / "sources"
RECOGNISED = ("meta_instagram_posts", "shopify_orders")


def shown(page: Page) -> str:
    """Return the words of the screen, one space between."""
    return re.sub(r"\s+", " ", page.get_by_test_id("stMain").inner_text())


@pytest.mark.parametrize("lang", ["ru", "en"])
def test_one_click_shows_the_example_and_a_second_one_takes_the_report_away(
    lang: str, shop: Callable[..., Server], look: Callable[..., Page]
) -> None:
    server, page = shop(lang), look(lang)
    visit(page, server, "dashboard")
    page.get_by_test_id("stExpander").first.locator("summary").click()
    page.get_by_test_id("stMetric").nth(7).wait_for()
    settle(page)
    text = shown(page)
    assert sum(say(f"status.{status}", lang) in text for status in LIGHTS) >= 2
    assert sum(text.count(say(f"status.{status}", lang)) for status in LIGHTS) >= 6  # cards and goals
    values = page.get_by_test_id("stMetricValue").all_inner_texts()
    assert sum(bool(re.search(r"\d", value)) for value in values) >= 3
    assert not re.search(r"\b(None|nan|inf|NaN)\b", text)

    page.get_by_role("link", name=say("shell.report", lang)).first.click()
    button = page.get_by_test_id("stDownloadButton").get_by_role("button").first
    with page.expect_download() as waiting:
        button.click()
    assert waiting.value.suggested_filename.endswith(".xlsx")
    book = load_workbook(BytesIO(Path(waiting.value.path()).read_bytes()))
    formulas = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]
    assert len(book.sheetnames) >= 3
    assert formulas
    assert server.complaint() == ""


def test_files_are_recognised_and_a_bad_one_is_refused_beside_its_name(
    fresh: Server, look: Callable[..., Page], tmp_path: Path
) -> None:
    given = {
        "March.csv": (SOURCES / "meta_instagram_posts.csv").read_bytes(),
        "logo.xlsx": b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 4,
        "orders.csv": (SOURCES / "shopify_orders.csv").read_bytes(),
    }
    for name, content in given.items():
        (tmp_path / name).write_bytes(content)
    page = look("en")
    visit(page, fresh, "data")
    page.get_by_test_id("stFileUploaderDropzoneInput").set_input_files([tmp_path / name for name in given])
    expect(page.locator("[class*='st-key-data-card_']")).to_have_count(len(given))
    settle(page)
    text = shown(page)
    for told in (*given, say("picture", "en"), *(sources()[one].words("en").name for one in RECOGNISED)):
        assert told in text
    assert fresh.complaint() == ""


def till(month: int) -> bytes:
    """A messy till sheet: title, blank line, unit in a heading, dates that can be read two ways, a total."""
    rows = [f"{day:02}/0{month}/2026;1 200,50;{80 + day};Оля" for day in (9, 2, 11, 5, 7)]
    head = "Касса кофейни;;;\n;;;\nДата;Выручка, руб.;Чеки;Кто записал"
    return "\n".join([head, *rows, "Итого;6 002,50;434;"]).encode("cp1251")


def test_a_messy_sheet_is_mapped_once_and_the_next_month_needs_no_click(
    fresh: Server, look: Callable[..., Page], tmp_path: Path
) -> None:
    for month in (3, 4):
        (tmp_path / f"касса {month}.csv").write_bytes(till(month))
    page = look("ru", width=390, height=840)
    visit(page, fresh, "data")
    drop = page.get_by_test_id("stFileUploaderDropzoneInput").first
    drop.set_input_files([tmp_path / "касса 3.csv"])
    page.get_by_role("radio", name=tell.day(date(2026, 3, 9), "ru")).click()
    page.wait_for_timeout(1000)  # the answer must have reached the server before the mapping is confirmed
    settle(page)
    page.get_by_role("button", name=say("mapping.confirm", "ru")).click()
    expect(page.locator("h1")).to_have_text(say("data.head_read", "ru", n=1))
    settle(page)
    drop.set_input_files([tmp_path / "касса 4.csv"])
    expect(page.locator("h1")).to_have_text(say("data.head_read", "ru", n=2))
    settle(page)
    told = re.sub(r"\s+", " ", say("mapping.remembered", "ru", day=datetime.now(UTC).date()))
    assert shown(page).count(told) == 2
    wide = page.evaluate("document.querySelector('[data-testid=stMain]').scrollWidth")
    assert wide <= 390
    assert fresh.complaint() == ""


def test_a_step_back_undoes_a_filter_and_a_dead_server_loses_nothing(
    shop: Callable[..., Server], look: Callable[..., Page]
) -> None:
    server, page = shop("en"), look("en")
    visit(page, server, "dashboard")
    title, month = page.locator("h1"), say("dashboard.by_month", "en")
    newest = title.inner_text()
    page.get_by_role("combobox", name=month).click()
    page.get_by_role("option").nth(1).click()
    page.wait_for_url("**/dashboard?from=*")
    expect(title).not_to_have_text(newest)
    settle(page)
    link, before = page.url, shown(page)
    page.go_back()
    expect(title).to_have_text(newest)
    page.go_forward()
    expect(title).not_to_have_text(newest)
    settle(page)
    assert (page.url, shown(page)) == (link, before)

    server.kill()
    server.start()
    visit(page, server, link.removeprefix(f"{server.url}/"))
    assert shown(page) == before
    visit(page, server, "dashboard")  # what was chosen last is kept, and the address says so
    page.wait_for_url(link)
    page.get_by_role("combobox", name=month).click()
    page.get_by_role("option").first.click()  # the other tests find the shop as it was
    expect(title).to_have_text(newest)
