"""Every address in a real browser: as first request, on a phone, by keyboard, to a screen reader, alone."""

from __future__ import annotations

import re
from collections.abc import Callable
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, Route, expect

from kpi.report.words import say
from kpi.report.words.check import names, strangers
from tests.e2e.serve import SCREENS, Server, settle, visit

pytestmark = pytest.mark.e2e

# Findings of axe in Streamlit's own furniture that no setting changes.
STREAMLITS = {
    "svg-img-alt",  # the little chart of st.metric has an empty group
    "presentation-role-conflict",  # the place to drop files into
}


@pytest.mark.parametrize("screen", SCREENS)
def test_an_address_opens_as_the_first_request_of_a_server(
    screen: str, fresh: Server, look: Callable[..., Page]
) -> None:
    page = look("ru")
    visit(page, fresh, screen)
    assert page.locator("html").get_attribute("lang") == "ru"
    assert page.locator("h1").inner_text().strip()
    assert page.get_by_role("dialog").count() == 0
    assert page.get_by_role("alert").count() == 0
    assert urlsplit(page.url).path == f"/{screen}"
    assert "Traceback" not in fresh.log()


@pytest.mark.parametrize("lang", ["ru", "en"])
def test_the_browser_s_language_is_spoken(
    lang: str, shop: Callable[..., Server], look: Callable[..., Page]
) -> None:
    page = look(lang)
    visit(page, shop(lang), "")
    assert page.locator("html").get_attribute("lang") == lang
    expect(page.get_by_role("heading", level=1)).to_have_text(say("front.title", lang))
    expect(page.get_by_role("link", name=say("shell.data", lang))).to_be_visible()


def test_the_language_can_be_switched_and_stays(fresh: Server, look: Callable[..., Page]) -> None:
    page = look("en")
    visit(page, fresh, "")
    page.get_by_role("button", name=say("language", "ru")).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(say("front.title", "ru"))
    visit(page, fresh, "data")
    expect(page.get_by_role("link", name=say("shell.goals", "ru"))).to_be_visible()


@pytest.mark.parametrize("screen", SCREENS)
def test_russian_screens_speak_russian(
    screen: str, shop: Callable[..., Server], look: Callable[..., Page]
) -> None:
    page = look("ru")
    visit(page, shop("ru"), screen)
    text = page.evaluate(
        """() => {
            const page = document.querySelector('[data-testid=stMain]').cloneNode(true);
            const silent = page.querySelectorAll('[data-testid=stIconMaterial], style, script, svg');
            silent.forEach(one => one.remove());
            return [...page.querySelectorAll('*')].flatMap(one => [...one.childNodes])
                .filter(one => one.nodeType === Node.TEXT_NODE).map(one => one.textContent).join('\\n');
        }"""
    )
    own = re.sub(r"\S+\.(csv|xlsx|zip)\b", "", text)  # names of files are the owner's words
    assert strangers(own, names()) <= {"English", "Svetofor"}


@pytest.mark.parametrize("screen", SCREENS)
@pytest.mark.parametrize("lang", ["ru", "en"])
def test_a_phone_need_not_scroll_sideways(
    screen: str, lang: str, shop: Callable[..., Server], look: Callable[..., Page]
) -> None:
    page = look(lang, width=390, height=800)
    visit(page, shop(lang), screen)
    over = page.evaluate(
        """() => {
            const main = document.querySelector('[data-testid=stMain]');
            return Math.max(document.documentElement.scrollWidth, main.scrollWidth) - window.innerWidth;
        }"""
    )
    assert over <= 0


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_but_streamlit_s_own(
    scheme: str, shop: Callable[..., Server], look: Callable[..., Page]
) -> None:
    page = look("en", scheme=scheme)
    found = {}
    for screen in SCREENS:
        visit(page, shop("en"), screen)
        for finding in Axe().run(page).response["violations"]:
            if finding["id"] not in STREAMLITS:
                found[f"/{screen} {finding['id']}"] = [node["html"][:200] for node in finding["nodes"][:3]]
    assert found == {}


def test_nothing_is_asked_of_anybody_else(shop: Callable[..., Server], look: Callable[..., Page]) -> None:
    page = look("en")
    asked: set[str] = set()

    def note(route: Route) -> None:
        asked.add(route.request.url)
        route.continue_()

    page.context.route("**/*", note)
    page.on("websocket", lambda socket: asked.add(socket.url))
    for screen in SCREENS:
        visit(page, shop("en"), screen)
    hosts = {urlsplit(url).hostname for url in asked if not url.startswith(("data:", "blob:"))}
    assert hosts == {"127.0.0.1"}


def test_the_keyboard_reaches_steps_and_files(fresh: Server, look: Callable[..., Page]) -> None:
    page = look("en")
    visit(page, fresh, "data")
    reached = []
    for _ in range(20):
        page.keyboard.press("Tab")
        reached.append(
            page.evaluate("() => document.activeElement.innerText || document.activeElement.ariaLabel || ''")
        )
    stops = "\n".join(reached)
    for step in ("data", "goals", "dashboard", "report"):
        assert say(f"shell.{step}", "en") in stops
    assert "Upload" in stops
    page.get_by_role("link", name=say("shell.goals", "en")).focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/goals")
    settle(page)
