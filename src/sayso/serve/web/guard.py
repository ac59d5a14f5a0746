"""What every answer of the web app carries, and which requests it refuses before anything is done.

Nothing is loaded from anywhere else, no script stands in a page, and no page can be framed. A request that changes something must
come from a page of this very address: browsers say so themselves (``Sec-Fetch-Site``, ``Origin``), and what says otherwise is
refused. A name that is not ours in ``Host`` is refused too: so no foreign page can reach a desk on loopback under a name of its own.
"""

from __future__ import annotations

from collections.abc import Collection
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; font-src 'none'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",  # "no-referrer" would have browsers send forms of ours with "Origin: null"
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
}
#: Bytes of a request's body; a long report with pictures left out has well under a tenth of it.
LARGEST_BODY = 20_000_000
LOOPBACK = ("127.0.0.1", "localhost", "::1")

_SAFE = ("GET", "HEAD", "OPTIONS")


class Guard:
    """ASGI middleware around the whole app. ``hosts`` are the names it answers to, loopback among them always."""

    def __init__(self, app: ASGIApp, *, hosts: Collection[str] = ()) -> None:
        self._app = app
        self._hosts = {*LOOPBACK, *(host.lower() for host in hosts)}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        refusal = self._refusal(scope)
        if refusal is not None:
            status, words = refusal
            await PlainTextResponse(words, status, headers=HEADERS)(scope, receive, send)
            return
        await self._app(scope, _Limited(receive), _with_headers(send))

    def _refusal(self, scope: Scope) -> tuple[int, str] | None:
        headers = Headers(scope=scope)
        host = headers.get("host", "")
        if _name(host) not in self._hosts:
            return 421, "This desk does not answer to that name. Start it with --host-name to add one.\n"
        length = headers.get("content-length", "0")
        if not length.isdecimal() or int(length) > LARGEST_BODY:
            return 413, f"The request is larger than {LARGEST_BODY:,} bytes. Use `sayso add` on the machine itself.\n"
        if scope["method"] not in _SAFE and _from_elsewhere(headers, host):
            return 403, "This request came from another site and was refused.\n"
        return None


class TooLarge(Exception):
    """The body of a request went on beyond `LARGEST_BODY`."""


class _Limited:
    """A request's body, cut off where it is larger than it may be, whatever its headers said."""

    def __init__(self, receive: Receive) -> None:
        self._receive = receive
        self._seen = 0

    async def __call__(self) -> Message:
        message = await self._receive()
        self._seen += len(message.get("body", b""))
        if self._seen > LARGEST_BODY:
            raise TooLarge
        return message


def _with_headers(send: Send) -> Send:
    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start":
            have = {name for name, _ in message["headers"]}
            extra = [(n.encode(), v.encode()) for n, v in HEADERS.items() if n.encode() not in have]
            message = {**message, "headers": [*message["headers"], *extra]}
        await send(message)

    return sending


def _from_elsewhere(headers: Headers, host: str) -> bool:
    """Whether the browser says that another site sent this. Programs send neither header, and no browser leaves both out."""
    if headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
        return True
    origin = headers.get("origin")
    return origin is not None and urlsplit(origin).netloc.lower() != host.lower()


def _name(host: str) -> str:
    """The name in a Host header, without its port and the brackets of IPv6."""
    try:
        return (urlsplit(f"//{host}").hostname or "").lower()
    except ValueError:
        return ""
