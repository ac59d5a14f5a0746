"""A server on this machine that plays a news site: pages with ETags, feeds, sitemaps, errors, redirects, slow answers, robots."""

from __future__ import annotations

import hashlib
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Answer = tuple[int, dict[str, str], bytes]


@dataclass
class Site:
    """What it answers by path. ``asked`` are the paths in order, ``headers`` what came with each, ``most`` how many were asked at once."""

    address: str = ""
    pages: dict[str, Answer | Callable[[], Answer]] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)
    statuses: list[int] = field(default_factory=list)
    posted: list[tuple[str, dict[str, str], bytes]] = field(default_factory=list)
    at_once: int = 0
    most: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)

    def url(self, path: str) -> str:
        return self.address + path

    def put(self, path: str, body: str | bytes, *, status: int = 200, kind: str = "text/html", **headers: str) -> str:
        raw = body.encode() if isinstance(body, str) else body
        named = {"Content-Type": f"{kind}; charset=utf-8"} | {k.replace("_", "-"): v for k, v in headers.items()}
        if status == 200:
            named.setdefault("ETag", f'"{hashlib.sha256(raw).hexdigest()[:12]}"')
        self.pages[path] = (status, named, raw)
        return self.url(path)

    def article(self, path: str, words: str, *, title: str | None = None) -> str:
        return self.put(path, article(words, title=title or f"Title of {path}"))

    def feed(self, path: str, *entries: str) -> str:
        return self.put(path, feed(*entries), kind="application/rss+xml")

    def entry(self, path: str, words: str = "In brief.", *, published: str = "", link: str | None = None) -> str:
        when = f"<pubDate>{published}</pubDate>" if published else ""
        return f"<item><title>Entry {path}</title><link>{link or self.url(path)}</link>{when}<description>{words}</description></item>"

    def counts(self) -> Counter[str]:
        return Counter(path for path in self.asked if path != "/robots.txt")


def article(words: str, *, title: str) -> str:
    return (
        f'<html lang="en"><head><title>{title}</title><meta property="og:site_name" content="Tarn Post"></head>'
        f"<body><article><h1>{title}</h1><p>{words}</p></article></body></html>"
    )


def feed(*entries: str) -> str:
    return (
        '<?xml version="1.0"?><rss version="2.0"><channel><title>Tarn Post</title><link>https://tarnpost.example/</link>'
        f"{''.join(entries)}</channel></rss>"
    )


def sitemap(*entries: tuple[str, str], index: bool = False) -> str:
    outer, inner = ("sitemapindex", "sitemap") if index else ("urlset", "url")
    rows = "".join(f"<{inner}><loc>{u}</loc>{f'<lastmod>{w}</lastmod>' if w else ''}</{inner}>" for u, w in entries)
    return f'<?xml version="1.0"?><{outer} xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{rows}</{outer}>'


@contextmanager
def serving() -> Iterator[Site]:
    site = Site()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            with site.lock:
                site.asked.append(self.path)
                site.headers.append(dict(self.headers))
                site.at_once += 1
                site.most = max(site.most, site.at_once)
            try:
                given = site.pages.get(self.path, (404, {}, b"none"))
                status, headers, body = given() if callable(given) else given
                if status == 200 and headers.get("ETag") and self.headers.get("If-None-Match") == headers["ETag"]:
                    status, body = 304, b""
                site.statuses.append(status)
            finally:
                with site.lock:  # before the answer: whoever has it may ask again sooner than this thread goes on
                    site.at_once -= 1
            self._answer(status, headers, body)

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            site.posted.append((self.path, dict(self.headers), body))
            given = site.pages.get(self.path, (204, {}, b""))
            self._answer(*(given() if callable(given) else given))

        def _answer(self, status: int, headers: dict[str, str], body: bytes) -> None:
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            with suppress(ConnectionError):
                self.wfile.write(body)

        def log_message(self, format: str, *args: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    site.address = f"http://127.0.0.1:{server.server_address[1]}"
    try:
        yield site
    finally:
        server.shutdown()
        server.server_close()
