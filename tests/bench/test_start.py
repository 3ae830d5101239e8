"""What a visitor waits for: the first heading after a cold start, and the dashboard after one click."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from statistics import median
from time import perf_counter

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from kpi.report.words import say
from pages.parts.demo import demos, offered
from tests.e2e.serve import ROOT, Server, launched, opened, settle, visit

pytestmark = pytest.mark.bench
TIMES = 5
START, FIRST_CLICK = 1.3, 3.0
ONE_LINE = 'import streamlit as st; st.title("Good morning")'


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as play:
        yield launched(play)


def started(browser: Browser, server: Server) -> float:
    """Return the seconds from the command to the first heading in a browser that waits for it."""
    with opened(browser) as page:
        start = perf_counter()
        with server:
            page.goto(server.url)
            page.locator("h1").first.wait_for()
            return perf_counter() - start


def clicked(page: Page, name: str) -> float:
    """Return the seconds from a click on an example at the front door to the figures of its dashboard."""
    button = page.get_by_role("button", name=name)
    button.wait_for()
    settle(page)
    start = perf_counter()
    button.click()
    page.wait_for_url("**/dashboard")
    page.get_by_test_id("stMetric").first.wait_for()
    settle(page)
    return perf_counter() - start


def test_a_cold_start_against_that_of_a_one_line_app(browser: Browser, tmp_path: Path) -> None:
    plain = tmp_path / "plain"
    shutil.copytree(ROOT / ".streamlit", plain / ".streamlit")
    (plain / "app.py").write_text(ONE_LINE)
    started(browser, Server(tmp_path / "warm"))  # what the machine reads from its disk is read
    started(browser, Server(tmp_path / "warm", app=plain / "app.py"))

    ratios = []
    for round_ in range(TIMES):
        base = started(browser, Server(tmp_path / f"base{round_}", app=plain / "app.py"))
        ratios.append(started(browser, Server(tmp_path / f"ours{round_}")) / base)

    print(f"\ncold start: {median(ratios):.2f} x that of a one-line app")
    assert median(ratios) <= START


@pytest.mark.parametrize("lang", ["ru", "en"])
def test_the_first_click_on_an_example_against_the_second(
    lang: str, browser: Browser, tmp_path: Path
) -> None:
    name = next(one for one in offered(demos(), lang) if one.trade == "coffee_shop").name[lang]
    ratios = []
    for round_ in range(TIMES):
        with Server(tmp_path / f"{round_}") as server, opened(browser, lang) as page:
            visit(page, server, "")
            page.wait_for_timeout(3000)  # in which a visitor reads the front door
            first = clicked(page, name)
            page.get_by_role("link", name=say("shell.brand", lang)).first.click()
            ratios.append(first / clicked(page, name))

    print(f"\nfirst click on the example ({lang}): {median(ratios):.2f} x the second")
    assert median(ratios) <= FIRST_CLICK
