"""`make shots`: a picture of every screen, with and without data, for the eye to judge."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import Browser, Page, sync_playwright

from tests.e2e.serve import ROOT, Server, launched, opened, settle, show_demo, visit, walk

FOLDER = ROOT / "shots"
DESKTOP, PHONE = (1360, 2200), (390, 3600)  # tall: Streamlit scrolls inside the page
LOOKS = [(scheme, size) for size in (DESKTOP, PHONE) for scheme in ("light", "dark")]
EMPTY = ("data", "goals", "targets", "dashboard", "content", "report", "actions", "money", "audit")
_DRAWN = 1500  # milliseconds in which charts come to rest


def main() -> int:
    """Take the pictures and name each."""
    FOLDER.mkdir(exist_ok=True)
    with sync_playwright() as play, TemporaryDirectory(ignore_cleanup_errors=True) as home:
        browser = launched(play)
        for lang in ("ru", "en"):
            with Server(Path(home) / lang) as server:
                for path in _taken(browser, server, lang):
                    sys.stdout.write(f"{path.relative_to(ROOT)}\n")
    return 0


def _taken(browser: Browser, server: Server, lang: str) -> Iterator[Path]:
    """Yield the pictures of one language: the empty desk, then the example in every look."""
    with opened(browser, lang, width=DESKTOP[0], height=900) as page:
        for screen in EMPTY:
            visit(page, server, screen)
            yield _picture(page, f"empty-{screen}-{lang}")
        show_demo(page, server, lang)
    for scheme, (width, height) in LOOKS:
        look = f"{lang}-{'phone' if width < DESKTOP[0] else 'desktop'}-{scheme}"
        with opened(browser, lang, width=width, height=height, scheme=scheme) as page:
            for screen in walk(page, server, lang):
                yield _drawn(page, f"{screen or 'front'}-{look}")


def _drawn(page: Page, name: str) -> Path:
    """Take a picture once charts have come to rest."""
    page.wait_for_timeout(_DRAWN)
    settle(page)
    return _picture(page, name)


def _picture(page: Page, name: str) -> Path:
    path = FOLDER / f"{name}.png"
    page.screenshot(path=path)
    return path


if __name__ == "__main__":
    sys.exit(main())
