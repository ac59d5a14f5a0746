"""`/metrics` and `/healthz` on this machine, for as long as the watcher runs."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from sayso.errors import UsageError
from sayso.watch.metrics import Metrics

ADDRESS = "127.0.0.1"
_TIMEOUT_S = 10.0  # for a client that connects and says nothing


@contextmanager
def listening(metrics: Metrics, port: int, *, now: Callable[[], float]) -> Iterator[str]:
    """Serves the metrics while inside; gives the address. Raises UsageError for a port that is taken."""

    class Handler(BaseHTTPRequestHandler):
        timeout = _TIMEOUT_S
        server_version = "sayso"
        sys_version = ""

        def do_GET(self) -> None:
            path = self.path.partition("?")[0]
            if path == "/metrics":
                self._answer(200, "text/plain; version=0.0.4; charset=utf-8", metrics.text(now()))
            elif path == "/healthz":
                well = metrics.healthy(now())
                told = {"status": "ok" if well else "silent", "queue_length": metrics.queue_length}
                self._answer(200 if well else 503, "application/json", json.dumps(told) + "\n")
            else:
                self._answer(404, "text/plain; charset=utf-8", "There are /metrics and /healthz.\n")

        def _answer(self, status: int, kind: str, text: str) -> None:
            body = text.encode("utf-8")
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            self.send_header("Cache-Control", "no-store")
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: Any) -> None:
            pass

    try:
        server = ThreadingHTTPServer((ADDRESS, port), Handler)
    except OSError as error:
        raise UsageError(
            f"the metrics cannot listen there: {error.strerror}",
            where=f"{ADDRESS}:{port}",
            remedy="Choose another metrics_port, or 0 for any free one.",
        ) from None
    server.daemon_threads = True
    thread = threading.Thread(
        target=server.serve_forever, kwargs={"poll_interval": 0.1}, name="sayso-metrics", daemon=True
    )
    thread.start()
    try:
        yield f"http://{ADDRESS}:{server.server_address[1]}"
    finally:
        server.shutdown()
        server.server_close()
