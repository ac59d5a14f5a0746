"""Server-sent events: whoever keeps the connection open hears when something was put into the ledger."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator

from fastapi import APIRouter, Request
from starlette.responses import StreamingResponse

from sayso.serve.desk import Desk

#: Between two signs of life where nothing happens: proxies close a connection that says nothing for a minute.
HEARTBEAT_S = 15.0
#: Connections at once; beyond that, pages work without news.
MOST_OPEN = 200


def event_routes(desk: Desk) -> APIRouter:
    """The stream of changes of one desk."""
    router = APIRouter(tags=["read"])
    open_now = 0

    @router.get("/events", response_class=StreamingResponse, responses={200: {"content": {"text/event-stream": {}}}})
    async def events(request: Request, head: str = "") -> StreamingResponse:
        """One event "changed" for each change, with the new end of the journal; at once where it is another than ``head``.

        With too many connections open, the stream ends after the first sign of life, and a browser comes back later.
        """

        async def stream() -> AsyncIterator[str]:
            nonlocal open_now
            open_now += 1
            try:
                yield "retry: 5000\n\n"
                known = head or desk.head
                while open_now <= MOST_OPEN and not await request.is_disconnected() and not desk.silent:
                    now = await desk.changed(known, timeout_s=HEARTBEAT_S)
                    if now == known:
                        yield ": still here\n\n"
                    else:
                        known = now
                        yield f"event: changed\ndata: {json.dumps({'head': now})}\n\n"
            finally:
                open_now -= 1

        return StreamingResponse(stream(), media_type="text/event-stream", headers={"cache-control": "no-store"})

    return router
