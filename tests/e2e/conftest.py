from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from tests.e2e.serve import Server, launched, opened, show_demo


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
    server = Server(tmp_path / "home")
    server.start()
    yield server
    server.kill()


@pytest.fixture(scope="session")
def shop(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[str], Server]]:
    """Servers on whose desk the invented shop lies, one a language."""
    servers: dict[str, Server] = {}

    def serving(lang: str) -> Server:
        if lang not in servers:
            servers[lang] = Server(tmp_path_factory.mktemp(f"shop_{lang}"))
            servers[lang].start()
            with opened(browser, lang) as page:
                show_demo(page, servers[lang], lang)
        return servers[lang]

    yield serving
    for server in servers.values():
        server.kill()


@pytest.fixture
def look(browser: Browser) -> Iterator[Callable[..., Page]]:
    """Pages of new visitors; closed at the end."""
    with ExitStack() as stack:
        yield lambda *how, **more: stack.enter_context(opened(browser, *how, **more))
