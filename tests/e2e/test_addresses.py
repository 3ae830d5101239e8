"""Every screen in a real browser: by its address, in its language, on a phone, by keyboard, heard."""

from __future__ import annotations

import re
from collections.abc import Callable
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from kpi.report.words import say
from kpi.report.words.check import names, strangers
from pages.parts.demo import demos
from tests.e2e.serve import Server, settle, visit, walk

pytestmark = pytest.mark.e2e

# Findings of axe in Streamlit's own furniture that no setting changes.
STREAMLITS = {
    "svg-img-alt",  # the little chart of st.metric has an empty group
    "presentation-role-conflict",  # the place to drop files into
}
# The chosen one of several buttons, in the dark: no blue is both dark enough to write on and light
# enough to be read on its own shade. Streamlit tells the choice by the frame as well.
CHOSEN = "button[aria-checked=true]"
# Latin words of the invented owner: her account, the other language's name.
OWNERS = {"ryzhaya", "soyka", "English"}
# Latin words in the names of invented businesses, whose cards stand on the front door.
NAMED = {word for one in demos() for word in re.findall("[A-Za-z]+", one.name["ru"])}

TEXT = """() => {
    const page = document.querySelector('[data-testid=stMain]').cloneNode(true);
    const silent = page.querySelectorAll('[data-testid=stIconMaterial], [translate=no], style, svg, code');
    silent.forEach(one => one.remove());
    return [...page.querySelectorAll('*')].flatMap(one => [...one.childNodes])
        .filter(one => one.nodeType === Node.TEXT_NODE).map(one => one.textContent).join('\\n');
}"""
TOO_WIDE = """() => Math.max(
    document.documentElement.scrollWidth, document.querySelector('[data-testid=stMain]').scrollWidth
) - window.innerWidth"""


@pytest.mark.parametrize(
    ("screen", "lang"),
    [("", "en"), ("data", "ru"), ("goals", "en"), ("targets", "ru"), ("dashboard", "ru"), ("report", "en")],
)
def test_an_address_opens_as_the_first_request_of_a_server(
    screen: str, lang: str, fresh: Server, look: Callable[..., Page]
) -> None:
    page = look(lang)
    visit(page, fresh, screen)
    assert page.locator("html").get_attribute("lang") == lang
    assert page.locator("h1").inner_text().strip()
    expect(page.get_by_role("link", name=say("shell.data", lang)).first).to_be_visible()
    assert page.get_by_role("dialog").count() == 0
    assert urlsplit(page.url).path == f"/{screen}"
    assert fresh.complaint() == ""


def test_the_language_can_be_switched_and_stays(fresh: Server, look: Callable[..., Page]) -> None:
    page = look("en")
    visit(page, fresh, "")
    page.get_by_role("button", name=say("language", "ru")).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(say("front.title", "ru"))
    visit(page, fresh, "data")
    expect(page.get_by_role("link", name=say("shell.goals", "ru")).first).to_be_visible()


@pytest.mark.parametrize(
    ("lang", "width", "scheme"),
    [("ru", 390, "light"), ("en", 390, "dark"), ("en", 1360, "light")],
    ids=["ru-phone-light", "en-phone-dark", "en-desktop-light"],
)
def test_every_screen_is_in_its_language_fits_the_width_and_passes_axe(
    lang: str, width: int, scheme: str, shop: Callable[..., Server], look: Callable[..., Page]
) -> None:
    page = look(lang, width=width, scheme=scheme)
    found: dict[str, object] = {}
    for screen in walk(page, shop(lang), lang):
        said = re.sub(r"\S+\.(csv|xlsx|zip|com?|ru)\b", "", page.evaluate(TEXT))  # files and sites are names
        if lang == "ru" and (english := strangers(said, names() | OWNERS | NAMED)):
            found[f"/{screen} speaks"] = english
        if (over := page.evaluate(TOO_WIDE)) > 0:
            found[f"/{screen} is too wide by"] = over
        beside = {"exclude": [[CHOSEN]]} if scheme == "dark" else None
        for finding in Axe().run(page, context=beside).response["violations"]:
            if finding["id"] not in STREAMLITS:
                found[f"/{screen} {finding['id']}"] = [node["html"][:200] for node in finding["nodes"][:3]]
    assert found == {}


def test_the_keyboard_reaches_steps_and_files(fresh: Server, look: Callable[..., Page]) -> None:
    page = look("en")
    visit(page, fresh, "data")
    reached = []
    for _ in range(13):
        page.keyboard.press("Tab")
        reached.append(
            page.evaluate("() => document.activeElement.innerText || document.activeElement.ariaLabel || ''")
        )
    stops = "\n".join(reached)
    for step in ("data", "goals", "targets", "dashboard", "report"):
        assert say(f"shell.{step}", "en") in stops
    assert "Upload" in stops
    page.get_by_role("link", name=say("shell.goals", "en")).first.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/goals")
    settle(page)
