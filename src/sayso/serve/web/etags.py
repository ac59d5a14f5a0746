"""Entity tags: whoever asks again for what did not change is told so, and nothing is sent twice."""

from __future__ import annotations

import hashlib

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_KINDS = ("text/html", "application/json", "application/feed+json", "application/atom+xml")


class Etags:
    """ASGI middleware: a GET that is answered with a page, JSON or a feed gets a tag made of its bytes, and 304 where it is known.

    The tag is weak in meaning and strong in making: the same bytes, the same tag, on every machine.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] not in ("GET", "HEAD"):
            await self._app(scope, receive, send)
            return
        await self._app(scope, receive, _Held(send, Headers(scope=scope).get("if-none-match", "")))


class _Held:
    """Holds an answer back until its tag is known; what is no page or is sent in pieces without end goes on at once."""

    def __init__(self, send: Send, known: str) -> None:
        self._send = send
        self._known = {tag.strip().removeprefix("W/") for tag in known.split(",")} if known else set()
        self._start: Message | None = None
        self._body = b""

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            kind = Headers(raw=message["headers"]).get("content-type", "").split(";")[0]
            if message["status"] == 200 and kind in _KINDS:
                self._start = message
                return
        elif message["type"] == "http.response.body" and self._start is not None:
            self._body += message.get("body", b"")
            if not message.get("more_body", False):
                await self._finish(self._start)
            return
        await self._send(message)

    async def _finish(self, start: Message) -> None:
        tag = f'"{hashlib.sha256(self._body).hexdigest()[:32]}"'
        headers = MutableHeaders(raw=list(start["headers"]))
        headers["etag"] = tag
        headers.setdefault("cache-control", "private, no-cache")
        if tag in self._known:
            del headers["content-length"]
            await self._send({**start, "status": 304, "headers": headers.raw})
            await self._send({"type": "http.response.body", "body": b""})
            return
        await self._send({**start, "headers": headers.raw})
        await self._send({"type": "http.response.body", "body": self._body})
