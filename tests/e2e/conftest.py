from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from tests.e2e.serve import Server, launched, opened, show_demo


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Browser tests come last: Playwright's event loop would stand in the way of others."""
    items.sort(key=lambda item: "e2e" in item.keywords)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as play:
        yield launched(play)


@pytest.fixture
def fresh(tmp_path: Path) -> Iterator[Server]:
    """A server that nobody has asked for anything yet."""
    with Server(tmp_path / "home") as server:
        yield server


@pytest.fixture(scope="session")
def shop(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[str], Server]]:
    """Servers, one a language, on whose desk one click has put the invented shop."""
    servers: dict[str, Server] = {}
    with ExitStack() as stack:

        def serving(lang: str) -> Server:
            if lang not in servers:
                server = servers[lang] = stack.enter_context(Server(tmp_path_factory.mktemp(f"shop_{lang}")))
                with opened(browser, lang) as page:
                    show_demo(page, server, lang)
            return servers[lang]

        yield serving


@pytest.fixture
def look(browser: Browser) -> Iterator[Callable[..., Page]]:
    """Pages of new visitors, see `opened`; closed at the end."""
    with ExitStack() as stack:
        yield lambda *how, **more: stack.enter_context(opened(browser, *how, **more))
