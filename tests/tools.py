"""Finds or installs what the tests need beside Python: a Chromium, and LibreOffice.

`python -m tests.tools` does both before the tests start and says in one sentence what is lacking.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

FLAGS = (
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
NO_CHROMIUM = (
    "The browser tests need Chromium and it could not be installed: "
    "install Chromium, Chrome or Edge, or set CHROMIUM to its path."
)
NO_LIBREOFFICE = "No LibreOffice here: the tests that recalculate the Excel report are skipped."
_BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "msedge")
_BROWSERS_ELSEWHERE = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
    "C:/Program Files/Google/Chrome/Application/chrome.exe",
    "C:/Program Files (x86)/Google/Chrome/Application/chrome.exe",
    "C:/Program Files (x86)/Microsoft/Edge/Application/msedge.exe",
)
_OFFICES_ELSEWHERE = (
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
    "C:/Program Files/LibreOffice/program/soffice.exe",
)


def chromium() -> Path | None:
    """Return the browser for the tests; None means the one that Playwright keeps."""
    asked = os.environ.get("CHROMIUM")
    found = asked or next(filter(None, map(shutil.which, _BROWSERS)), None)
    return Path(found) if found else next(_existing(_BROWSERS_ELSEWHERE), None)


def soffice() -> Path | None:
    """Return LibreOffice's program; None where there is none."""
    found = shutil.which("soffice") or shutil.which("libreoffice")
    return Path(found) if found else next(_existing(_OFFICES_ELSEWHERE), None)


def main() -> int:
    """Find or install both; 1 without a browser, in CI also without LibreOffice."""
    ready = True
    if not _starts(chromium()):
        _run([sys.executable, "-m", "playwright", "install", "chromium"])
        if not _starts(chromium()):
            _apt("chromium")
        if not _starts(chromium()):
            sys.stderr.write(f"{NO_CHROMIUM}\n")
            ready = False
    if soffice() is None:
        _apt("libreoffice-calc-nogui")
        if soffice() is None:
            sys.stderr.write(f"{NO_LIBREOFFICE}\n")
            ready = ready and "CI" not in os.environ
    return 0 if ready else 1


def _existing(paths: Sequence[str]) -> Iterator[Path]:
    return (Path(path) for path in paths if Path(path).exists())


def _starts(browser: Path | None) -> bool:
    """Return whether a browser opens a page: one without its system libraries is there and does not."""
    from playwright.sync_api import Error, sync_playwright

    with sync_playwright() as play:
        try:
            play.chromium.launch(executable_path=browser, args=FLAGS).close()
        except Error:
            return False
    return True


def _apt(package: str) -> None:
    """Install a Debian package where that is possible: as root, where apt-get is."""
    if shutil.which("apt-get") and os.geteuid() == 0:
        quiet = {"DEBIAN_FRONTEND": "noninteractive"}
        _run(["apt-get", "update", "-q"], **quiet)
        _run(["apt-get", "install", "-q", "-y", "--no-install-recommends", package], **quiet)


def _run(command: Sequence[str], **environment: str) -> None:
    """Run a command, its talk on standard error; whether it helped is seen afterwards."""
    sys.stderr.write(f"$ {' '.join(command)}\n")
    subprocess.run(command, check=False, stdout=sys.stderr, env={**os.environ, **environment})


if __name__ == "__main__":
    sys.exit(main())
