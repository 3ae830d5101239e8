"""The server's manners: language of the page, headers, closed doors, and Streamlit's folder rule."""

from __future__ import annotations

import asyncio
import base64
import hashlib
import re
from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse
from starlette.routing import Route
from starlette.types import Message, Scope
from streamlit import file_util
from streamlit.runtime.pages_manager import PagesManager

from pages.parts import manners

_ROOT = Path(__file__).parents[2]
_PAGE = (Path(file_util.get_static_dir()) / "index.html").read_text("utf-8")


def asked_for(path: str, **headers: str) -> tuple[int, dict[str, str], str]:
    """Return status, headers and text of one answer of a small server behind our manners."""

    def any_page(request: Request) -> HTMLResponse:
        return HTMLResponse(_PAGE, headers={"x-encoding": request.headers.get("accept-encoding", "none")})

    inner = Starlette(
        routes=[
            Route("/media/report.html", lambda _: HTMLResponse('<html lang="en">theirs</html>')),
            Route("/_stcore/metrics", lambda _: PlainTextResponse("secret counts")),
            Route("/{page:path}", any_page),
        ]
    )
    sent: list[Message] = []
    scope: Scope = {
        "type": "http",
        "method": "GET",
        "path": path,
        "query_string": b"",
        "headers": [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()],
    }

    async def receive() -> Message:
        return {"type": "http.request", "body": b""}

    async def send(message: Message) -> None:
        sent.append(message)

    asyncio.run(manners.Manners(inner)(scope, receive, send))
    answer = {name.decode(): value.decode() for name, value in sent[0]["headers"]}
    return sent[0]["status"], answer, b"".join(part.get("body", b"") for part in sent[1:]).decode()


@pytest.mark.parametrize(
    ("wanted", "lang", "title"),
    [("ru-RU,ru;q=0.9", "ru", "Светофор"), ("de", "en", "Svetofor"), ("", "en", "Svetofor")],
)
def test_the_page_speaks_the_browser_s_language(wanted: str, lang: str, title: str) -> None:
    _, headers, text = asked_for("/data", accept="text/html", accept_language=wanted)
    assert f'<html lang="{lang}">' in text
    assert f"<title>{title}</title>" in text
    assert text.count('rel="shortcut icon" href="./app/static/favicon.svg"') == 1
    assert headers["content-language"] == lang
    assert int(headers["content-length"]) == len(text.encode())


def test_the_page_is_asked_for_uncompressed() -> None:
    _, headers, _ = asked_for("/data", accept="text/html", accept_encoding="gzip, br")
    assert headers["x-encoding"] == "none"


def test_only_the_page_s_own_scripts_may_run() -> None:
    _, headers, text = asked_for("/", accept="text/html", host="localhost:8501")
    policy = headers["content-security-policy"]
    scripts = re.findall(r"<script>(.*?)</script>", text, re.DOTALL)
    assert len(scripts) == 2
    for script in scripts:
        digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
        assert f"'sha256-{digest}'" in policy
    assert "script-src 'self' 'unsafe-eval'" in policy
    assert "'unsafe-inline'" not in policy.split("script-src")[1].split(";")[0]
    assert "connect-src 'self' ws://localhost:8501" in policy
    assert "http:" not in policy.replace("ws:", "")


@pytest.mark.parametrize("path", ["/", "/data", "/media/report.html", "/_stcore/metrics"])
def test_every_answer_carries_the_headers(path: str) -> None:
    _, headers, _ = asked_for(path, accept="text/html")
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["x-frame-options"] == "DENY"
    assert headers["referrer-policy"] == "no-referrer"


def test_the_server_s_figures_are_nobody_s_business() -> None:
    status, _, text = asked_for("/_stcore/metrics")
    assert (status, text) == (404, "")


def test_what_an_owner_takes_away_is_left_as_it_is() -> None:
    _, headers, text = asked_for("/media/report.html", accept="text/html")
    assert text == '<html lang="en">theirs</html>'
    assert "content-security-policy" not in headers


def test_the_first_deep_link_finds_its_screen() -> None:
    assert PagesManager.uses_pages_directory is False


def test_the_screens_folders_hold_nothing_that_streamlit_would_take_for_a_screen() -> None:
    assert [path.name for path in (_ROOT / "pages").glob("*.py")] == ["__init__.py"]


def test_static_files_are_fonts_their_licence_the_sign_and_one_script() -> None:
    names = {path.name for path in (_ROOT / "static").iterdir()}
    fonts = {name for name in names if name.endswith(".woff2")}
    assert len(fonts) == 4
    assert names - fonts == {"GolosText-OFL.txt", "favicon.svg", "texts.js"}
