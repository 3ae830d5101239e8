"""The manners of the server: the page's language, the security headers, the closed doors."""

from __future__ import annotations

import base64
import hashlib
import re
from http import HTTPStatus
from pathlib import Path

from starlette.datastructures import Headers, MutableHeaders
from starlette.middleware import Middleware
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit.runtime.pages_manager import PagesManager

from pages.parts import ahead
from pages.parts.language import language

# Without this the first deep link after a start shows "Page not found" over the right screen: the mere
# existence of a folder `pages` makes Streamlit look there for screens before our navigation is known.
PagesManager.uses_pages_directory = False

_TEXTS = (Path(__file__).parents[2] / "static" / "texts.js").read_text("utf-8")
_INLINE = re.compile(r"<script>(.*?)</script>", re.DOTALL)
_NO_PAGES = ("/_stcore/", "/media/", "/static/", "/app/static/", "/component/")
_CLOSED = "/_stcore/metrics"
_HEADERS = {
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "no-referrer",
    "permissions-policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "cross-origin-opener-policy": "same-origin",
}


class Manners:
    """Puts the page into the visitor's language and headers on every answer."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request; the first one is that of the server itself, which starts."""
        if scope["type"] == "lifespan":
            ahead.front_door()
        if scope["type"] != "http":
            await self.app(scope, receive, send)
        elif scope["path"].rstrip("/").endswith(_CLOSED):
            await PlainTextResponse("", HTTPStatus.NOT_FOUND)(scope, receive, _with_headers(send))
        elif _asks_for_page(scope):
            await self.app(_plainly(scope), receive, _Page(scope, _with_headers(send)))
        else:
            await self.app(scope, receive, _with_headers(send))


class _Page:
    """Collects the page that Streamlit sends and sends ours in its place."""

    def __init__(self, scope: Scope, send: Send) -> None:
        self.asked = Headers(scope=scope)
        self.send = send
        self.start: Message = {}
        self.body = b""

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.start = message
            return
        self.body += message.get("body", b"")
        if message.get("more_body"):
            return
        headers = MutableHeaders(raw=self.start["headers"])
        if headers.get("content-type", "").startswith("text/html"):
            lang = language(self.asked.get("accept-language"))
            html = page(self.body.decode(), lang)
            self.body = html.encode()
            headers["content-length"] = str(len(self.body))
            headers["content-security-policy"] = policy(html, self.asked.get("host", ""))
            headers["content-language"] = lang
            headers["vary"] = "Accept-Language"
            del headers["etag"]
        await self.send(self.start)
        await self.send({"type": "http.response.body", "body": self.body})


def page(html: str, lang: str) -> str:
    """Return Streamlit's page in `lang`, with our title and sign and the script that translates its texts."""
    from kpi.report.words import say

    return (
        html.replace('<html lang="en">', f'<html lang="{lang}">')
        .replace("<title>Streamlit</title>", f"<title>{say('shell.brand', lang)}</title>")
        .replace('href="./favicon.png"', 'href="./app/static/favicon.svg"')
        .replace("</body>", f"<script>{_TEXTS}</script></body>")
    )


def policy(html: str, host: str) -> str:
    """Return the content security policy of a page: nothing from elsewhere, no script but its own.

    Vega compiles its expressions, hence `unsafe-eval`; Streamlit styles at run time, hence
    `unsafe-inline` for styles. The page is Streamlit's file and ours, nothing a visitor wrote.
    """
    hashes = " ".join(f"'sha256-{_sha256(text)}'" for text in _INLINE.findall(html))
    return "; ".join(
        (
            "default-src 'self'",
            f"script-src 'self' 'unsafe-eval' {hashes}",
            "style-src 'self' 'unsafe-inline'",
            "img-src 'self' data: blob:",
            "font-src 'self' data:",
            f"connect-src 'self' ws://{host} wss://{host}",
            "worker-src 'self' blob:",
            "object-src 'none'",
            "base-uri 'self'",
            "form-action 'self'",
            "frame-ancestors 'none'",
        )
    )


def apologise(error: Exception) -> bool:
    """Show what nobody expected as `shell.apologise` does, which is loaded with the first screen."""
    from pages.parts import shell

    return shell.apologise(error)


def _asks_for_page(scope: Scope) -> bool:
    accepts = Headers(scope=scope).get("accept", "")
    return "text/html" in accepts and not scope["path"].startswith(_NO_PAGES)


def _plainly(scope: Scope) -> Scope:
    """Return the request without what would bring the page compressed, cut or not at all."""
    unwanted = {b"accept-encoding", b"if-none-match", b"if-modified-since", b"range"}
    return {**scope, "headers": [pair for pair in scope["headers"] if pair[0] not in unwanted]}


def _with_headers(send: Send) -> Send:
    async def polite(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in _HEADERS.items():
                headers[name] = value
        await send(message)

    return polite


def _sha256(text: str) -> str:
    return base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


MIDDLEWARE = (Middleware(Manners),)
