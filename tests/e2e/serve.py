"""A real server of the app on a free port, with a home of its own, and a browser to look at it."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http import HTTPStatus
from pathlib import Path
from typing import Self
from urllib.error import URLError
from urllib.parse import urlsplit
from urllib.request import urlopen

from playwright.sync_api import Browser, Error, Page, Playwright, expect

from kpi.report.words import say
from pages.parts.demo import demos, offered
from tests.tools import FLAGS, NO_CHROMIUM, chromium

ROOT = Path(__file__).parents[2]
SCREENS = ("", "data", "goals", "targets", "dashboard", "content", "report")
BESIDE = {
    "data": ((("to.audit", "audit"),),),
    "dashboard": (
        (("dashboard.remedy", "kpi"), ("shell.catalog", "catalog")),
        (("to.actions", "actions"),),
        (("to.money", "money"),),
    ),
}
"""The ways from a step to the screens beside the steps: from link to link."""
LOCALES = {"ru": "ru-RU", "en": "en-US"}
_PATIENCE = 40  # seconds; on a busy machine with cold files the first figures need twenty


@dataclass
class Server:
    """The app, started by the command of the README; what it keeps lies in `home`."""

    home: Path
    port: int = 0
    app: Path = ROOT / "app.py"
    _process: subprocess.Popen[bytes] | None = field(default=None, repr=False)

    def __enter__(self) -> Self:
        """Start and return the server."""
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        """End it."""
        self.kill()

    @property
    def url(self) -> str:
        """Return the address, without a stroke at its end."""
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        """Start and wait until it answers; on the port it had, if it had one."""
        self.port = self.port or _free_port()
        self.home.mkdir(parents=True, exist_ok=True)
        with (self.home / "server.log").open("ab") as log:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "streamlit", "run", self.app.name, *self._options()],
                cwd=self.app.parent,
                env={**os.environ, "SVETOFOR_HOME": str(self.home)},
                stdout=log,
                stderr=log,
            )
        patience = time.monotonic() + _PATIENCE
        while not self._answers():
            assert self._process.poll() is None, self.log()
            assert time.monotonic() < patience, self.log()
            time.sleep(0.1)

    def kill(self) -> None:
        """End it without a word of warning."""
        if self._process:
            self._process.kill()
            self._process.wait()

    def log(self) -> str:
        """Return what it has written so far."""
        return (self.home / "server.log").read_text("utf-8", "replace")

    def complaint(self) -> str:
        """Return the end of what it has written where that is a traceback, else nothing."""
        plain = re.sub(r"\x1b\[[0-9;]*m", "", self.log())
        return plain[-1500:] if "Traceback" in plain else ""

    def _options(self) -> tuple[str, str]:
        return "--server.headless=true", f"--server.port={self.port}"

    def _answers(self) -> bool:
        try:
            with urlopen(f"{self.url}/_stcore/health", timeout=1) as answer:  # noqa: S310  our own server
                return answer.status == HTTPStatus.OK
        except (URLError, OSError):
            return False


def launched(play: Playwright) -> Browser:
    """Return a browser; fails with a plain sentence where there is none."""
    try:
        return play.chromium.launch(executable_path=chromium(), args=FLAGS)
    except Error:
        raise AssertionError(NO_CHROMIUM) from None


@contextmanager
def opened(
    browser: Browser, lang: str = "en", *, width: int = 1360, height: int = 900, scheme: str = "light"
) -> Iterator[Page]:
    """Yield a page of a new visitor who speaks `lang`; no page may ask anything of another host."""
    context = browser.new_context(
        locale=LOCALES[lang],
        viewport={"width": width, "height": height},
        color_scheme="dark" if scheme == "dark" else "light",
    )
    context.set_default_timeout(_PATIENCE * 1000)
    expect.set_options(timeout=_PATIENCE * 1000)
    hosts: set[str | None] = set()
    context.on("request", lambda request: hosts.add(urlsplit(request.url).hostname))
    yield context.new_page()
    context.close()
    assert hosts <= {"127.0.0.1", None}, hosts  # None: data within the page


def settle(page: Page) -> None:
    """Wait until the script has run to its end and the page stands still."""
    page.wait_for_function(
        """() => {
            const app = document.querySelector('[data-testid=stApp]');
            return app && app.dataset.testScriptState === 'notRunning'
                && app.dataset.testConnectionState === 'CONNECTED'
                && !document.querySelector('[data-stale=true], [data-testid=stSkeleton]');
        }"""
    )


def visit(page: Page, server: Server, screen: str) -> None:
    """Open a screen by its address and wait until it is drawn."""
    page.goto(f"{server.url}/{screen}")
    page.locator("h1").first.wait_for()
    settle(page)


def walk(page: Page, server: Server, lang: str) -> Iterator[str]:
    """Go by links from the front door to every step and what lies beside; yield each screen once drawn."""
    visit(page, server, "")
    yield ""
    for step in SCREENS[1:]:
        name = re.compile(rf"(✓|\d\.) {re.escape(say(f'shell.{step}', lang))}$")
        yield _follow(page, server, name, step)
        for way in BESIDE.get(step, ()):
            _follow(page, server, name, step)
            for label, screen in way:
                yield _follow(page, server, re.compile(re.escape(say(label, lang))), screen)


def _follow(page: Page, server: Server, link: re.Pattern[str], screen: str) -> str:
    """Click a link, wait until its screen is drawn, and return the name of the screen."""
    page.get_by_role("link", name=link).first.click()
    page.wait_for_url(re.compile(rf"/{screen}(\?|$)"))
    settle(page)
    assert server.complaint() == ""
    return screen


def show_demo(page: Page, server: Server, lang: str) -> None:
    """Open the front door, click the coffee shop in the visitor's language and wait for its dashboard."""
    visit(page, server, "")
    coffee = next(one for one in offered(demos(), lang) if one.trade == "coffee_shop")
    page.get_by_role("button", name=coffee.name[lang]).click()
    page.wait_for_url("**/dashboard")
    page.get_by_test_id("stMetric").first.wait_for()
    settle(page)


def _free_port() -> int:
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        port: int = door.getsockname()[1]
        return port
