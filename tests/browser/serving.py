"""A desk on loopback for the browser: on a port that the system gives, ended when the test is done."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import uvicorn

from sayso.serve.desk import Desk
from sayso.serve.web.app import make_app


@contextmanager
def served(ledger: Path, *, user: str = "Mo") -> Iterator[str]:
    """The address of a desk over ``ledger`` while the block runs."""
    listening = socket.create_server(("127.0.0.1", 0))
    desk = Desk(str(ledger))
    app = make_app(desk, name=ledger.stem, user=user)
    server = uvicorn.Server(uvicorn.Config(app, log_level="error", access_log=False, timeout_graceful_shutdown=1))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.02)
    try:
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"
    finally:
        desk.hang_up()
        server.should_exit = True
        thread.join(timeout=10)
        listening.close()
