"""The Model Context Protocol over standard input and output, or over HTTP on this machine: lists the tools and calls them.

A `Ledger` is for one thread, so one worker thread owns it; it is opened for reading only. What other processes put in is seen by the next
call, as a ledger never reads what is derived stale.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import anyio
from mcp import types
from mcp.server.lowlevel import Server
from mcp.server.stdio import stdio_server
from pydantic import ValidationError

from sayso import __version__
from sayso import ledger as ledgers
from sayso.errors import SaysoError
from sayso.ledger import Ledger
from sayso.pipeline import Steps
from sayso.serve.mcp.tools import QUOTED, TOOLS, Tool
from sayso.shapes import Json, dumps

INSTRUCTIONS = (
    "sayso: on whose say-so do we know this? A ledger of reports, with who says what, how independently it is known, and what is disputed. "
    f"Cite claims by id with their status and number of origins. {QUOTED}"
)
_BY_NAME = {tool.name: tool for tool in TOOLS}


class Worker:
    """One thread with one ledger, opened for reading when it is first asked. A context manager."""

    def __init__(self, url: str, *, steps: Steps | None = None) -> None:
        self._url = url
        self._steps = steps
        self._pool = ThreadPoolExecutor(1, thread_name_prefix="sayso-mcp")
        self._ledger: Ledger | None = None

    def __enter__(self) -> Worker:
        return self

    def __exit__(self, *_: object) -> None:
        self._pool.submit(self._close).result()
        self._pool.shutdown()

    def open(self) -> None:
        """Opens the ledger now. Raises a LedgerError where it cannot be used."""
        self._pool.submit(self._opened).result()

    async def run(self, act: Callable[[Ledger], Json]) -> Json:
        """What ``act`` gives of the ledger, in the worker's thread."""
        return await asyncio.get_running_loop().run_in_executor(self._pool, lambda: act(self._opened()))

    def _opened(self) -> Ledger:
        if self._ledger is None:
            self._ledger = ledgers.open(self._url, read_only=True, steps=self._steps)
        return self._ledger

    def _close(self) -> None:
        if self._ledger is not None:
            self._ledger.close()


def make_server(worker: Worker) -> Server[Any]:
    """The server, with every tool; it speaks for the worker's ledger."""

    async def list_tools(_: Any, __: types.PaginatedRequestParams | None) -> types.ListToolsResult:
        return types.ListToolsResult(tools=[_described(tool) for tool in TOOLS])

    async def call_tool(_: Any, params: types.CallToolRequestParams) -> types.CallToolResult:
        tool = _BY_NAME.get(params.name)
        if tool is None:
            return _failed(f"there is no tool {params.name!r}. Remedy: call one of {', '.join(_BY_NAME)}.")
        try:
            result = await worker.run(lambda ledger: tool(ledger, params.arguments or {}))
        except ValidationError as error:
            wrong = "; ".join(f"{'.'.join(map(str, e['loc'])) or 'arguments'}: {e['msg']}" for e in error.errors())
            return _failed(f"{tool.name}: {wrong}. Remedy: give the arguments as its input schema says.")
        except SaysoError as error:
            problem = error.problem
            return _failed(f"{problem.where}: {problem.what}. Remedy: {problem.remedy}")
        return types.CallToolResult(
            content=[types.TextContent(type="text", text=dumps(result))], structured_content=result
        )

    return Server(
        "sayso",
        version=__version__,
        title="sayso",
        instructions=INSTRUCTIONS,
        on_list_tools=list_tools,
        on_call_tool=call_tool,
    )


def _described(tool: Tool) -> types.Tool:
    return types.Tool(
        name=tool.name,
        title=tool.title,
        description=tool.description,
        input_schema=tool.takes.model_json_schema(),
        output_schema=tool.gives(),
        annotations=types.ToolAnnotations(
            title=tool.title, read_only_hint=True, destructive_hint=False, idempotent_hint=True, open_world_hint=False
        ),
    )


def _failed(what: str) -> types.CallToolResult:
    return types.CallToolResult(content=[types.TextContent(type="text", text=what)], is_error=True)


def serve_stdio(url: str) -> None:
    """Speaks on standard input and output until input ends. Raises a LedgerError where the ledger cannot be used."""

    async def run() -> None:
        async with stdio_server() as (read, write):
            await server.run(read, write, server.create_initialization_options())

    with Worker(url) as worker:
        worker.open()
        server = make_server(worker)
        anyio.run(run)


def serve_http(url: str, *, port: int) -> None:
    """Speaks over HTTP at http://127.0.0.1:PORT/mcp until it is stopped."""
    import uvicorn

    with Worker(url) as worker:
        worker.open()
        app = make_server(worker).streamable_http_app(host="127.0.0.1")
        uvicorn.run(app, host="127.0.0.1", port=port, log_level="warning")
