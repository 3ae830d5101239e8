"""The owner's way through a real browser: example, own files, a server that dies, the report."""

from __future__ import annotations

import re
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import load_workbook
from playwright.sync_api import Page, expect

from kpi.catalog.loader import sources
from kpi.model.verdict import Status
from kpi.report.words import say
from tests.e2e.serve import ROOT, Server, settle, show_demo, visit

pytestmark = pytest.mark.e2e
LIGHTS = [status for status in Status if status is not Status.GREY]


def shown(page: Page) -> str:
    """Return the words of the screen, one space between."""
    return re.sub(r"\s+", " ", page.get_by_test_id("stMain").inner_text())


def give(page: Page, *paths: Path) -> None:
    """Choose files in the real file picker and wait until they are taken in."""
    page.get_by_test_id("stFileUploaderDropzoneInput").set_input_files(list(paths))
    for path in paths:
        expect(page.get_by_test_id("stMain").get_by_text(path.name).first).to_be_visible(timeout=40_000)
    settle(page)


@pytest.mark.parametrize("lang", ["ru", "en"])
def test_one_click_shows_the_example_with_numbers_and_lights(
    lang: str, fresh: Server, look: Callable[..., Page]
) -> None:
    page = look(lang)
    show_demo(page, fresh, lang)
    text = shown(page)
    assert re.search(r"\d", page.locator("h1").inner_text() + text)
    assert sum(say(f"status.{status}", lang) in text for status in LIGHTS) >= 2
    assert page.get_by_test_id("stMetricValue").count() >= 3
    assert page.locator("canvas, svg.marks").count() >= 1
    assert not re.search(r"\b(None|nan|inf|NaN)\b", text)
    assert "Traceback" not in fresh.log()


def test_files_are_recognised_and_a_bad_one_is_refused_beside_its_name(
    fresh: Server, look: Callable[..., Page], tmp_path: Path
) -> None:
    posts = tmp_path / "March.csv"
    posts.write_bytes((ROOT / "tests/golden/sources/meta_instagram_posts.csv").read_bytes())
    orders = tmp_path / "orders.csv"
    orders.write_bytes((ROOT / "tests/golden/sources/shopify_orders.csv").read_bytes())
    bad = tmp_path / "logo.xlsx"
    bad.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 4)
    page = look("en")
    visit(page, fresh, "data")
    give(page, posts, bad, orders)
    text = shown(page)
    for source in ("meta_instagram_posts", "shopify_orders"):
        assert sources()[source].name("en") in text
    assert say("picture", "en") in text
    assert "Traceback" not in fresh.log()


def test_a_dead_server_loses_nothing(fresh: Server, look: Callable[..., Page]) -> None:
    page = look("en")
    show_demo(page, fresh, "en")
    before = shown(page)
    fresh.kill()
    fresh.start()
    visit(page, fresh, "dashboard")
    assert shown(page) == before


@pytest.mark.parametrize("lang", ["ru", "en"])
def test_the_report_is_a_workbook(lang: str, shop: Callable[..., Server], look: Callable[..., Page]) -> None:
    page = look(lang)
    visit(page, shop(lang), "report")
    with page.expect_download(timeout=40_000) as waiting:
        page.get_by_test_id("stDownloadButton").get_by_role("button").first.click()
    file = waiting.value
    assert file.suggested_filename.endswith(".xlsx")
    book = load_workbook(BytesIO(Path(file.path()).read_bytes()))
    assert len(book.sheetnames) >= 3
    formulas = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]
    assert formulas
