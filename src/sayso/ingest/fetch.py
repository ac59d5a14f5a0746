"""Fetching a page: within limits, politely, and only from addresses that were checked.

`Fetcher.fetch` tells the story of one request chain: check the URL, ask robots.txt, wait for the host's turn,
connect to a checked address, follow redirects one hop at a time with all checks made again, read within the
size limit and the deadline, and try again where the server asks for patience.
"""

from __future__ import annotations

import math
import ssl
import threading
import time
from collections.abc import Callable, Mapping
from email.message import Message
from email.utils import parsedate_to_datetime
from functools import lru_cache
from http import HTTPStatus
from typing import NamedTuple
from urllib.parse import SplitResult, urljoin, urlsplit, urlunsplit

import certifi
import urllib3
from protego import Protego
from urllib3.exceptions import HTTPError, LocationParseError, NewConnectionError, SSLError

from sayso.errors import InputError
from sayso.ingest.addresses import Unreachable, checked_addresses
from sayso.ingest.options import IngestOptions, utc_now
from sayso.ingest.unpack import GZIP_MAGIC, gunzip, too_large

_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_PATIENCE = frozenset({408, 429, 500, 502, 503, 504})
_ROBOTS_BYTES = 512 * 1024  # RFC 9309 asks for at least 500 KiB
_ROBOTS_S = 24 * 3600.0  # a day, after which RFC 9309 wants them asked for again
_NO_ROBOTS_S = 600.0  # a site whose robots.txt cannot be had may have it again soon
_CHUNK = 64 * 1024
_ACCEPT = "text/html,application/xhtml+xml,application/rss+xml,application/atom+xml;q=0.9,*/*;q=0.5"


class Fetched(NamedTuple):
    """The body as the server meant it (transfer and gzip coding undone), and where it really came from."""

    raw: bytes
    url: str
    media_type: str | None
    charset: str | None


class Answer(NamedTuple):
    """What a server answered after all redirects, whatever its status."""

    status: int
    headers: urllib3.HTTPHeaderDict
    raw: bytes
    url: str


class _Reply(NamedTuple):
    status: int
    headers: urllib3.HTTPHeaderDict
    raw: bytes


class _Robots(NamedTuple):
    """``rules`` are None where everything is allowed; ``told`` is False where the site could not say what it allows."""

    rules: Protego | None
    until: float
    told: bool = True


class Fetcher:
    """Fetches pages for one run; remembers each host's robots.txt and the time of its last request.

    Several threads may share one: a host is asked by one of them at a time.
    """

    def __init__(
        self,
        options: IngestOptions,
        *,
        sleep: Callable[[float], None] = time.sleep,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._options = options
        self._sleep = sleep
        self._clock = clock
        self._robots: dict[str, _Robots] = {}
        self._last: dict[str, float] = {}
        self._turns: dict[str, threading.Lock] = {}

    def fetch(self, url: str) -> Fetched:
        """The page at ``url``. Raises `InputError` that says why it could not be had."""
        answer = self.ask(url)
        if answer.status != HTTPStatus.OK:
            raise refused(answer.status, where=url)
        return as_fetched(answer)

    def ask(self, url: str, *, headers: Mapping[str, str] | None = None) -> Answer:
        """What the server answers to a request for ``url`` with these headers beside our own. Raises `InputError` where it may not
        be asked, and `Unreachable` where it could not be asked just now."""
        where = url
        for _ in range(self._options.max_redirects + 1):
            parts = checked_url(url, where=where)
            self._ask_robots(parts, where=where)
            reply = self._patiently(parts, where=where, max_bytes=self._options.max_bytes, headers=headers)
            target = reply.headers.get("location")
            if reply.status in _REDIRECTS and target:
                url = urljoin(url, target)
                continue
            return Answer(*reply, urlunsplit(parts._replace(fragment="")))
        raise InputError(
            f"more than {self._options.max_redirects} redirects", where=where, remedy="Give the final address."
        )

    def _ask_robots(self, parts: SplitResult, *, where: str) -> None:
        if not self._options.respect_robots:
            return
        site = f"{parts.scheme}://{parts.netloc}"
        known = self._robots.get(site)
        if known is None or known.until <= self._clock():
            known = self._robots[site] = self._read_robots(site, where=where)
        rules = known.rules
        if rules is not None and not rules.can_fetch(urlunsplit(parts), self._options.user_agent):
            if not known.told:
                raise Unreachable(
                    "the site's robots.txt cannot be had, which keeps us out", where=where, remedy="Try later."
                )
            raise InputError(
                "the site's robots.txt does not allow this page to be fetched",
                where=where,
                remedy="Save the page in a browser and give the file.",
            )

    def _read_robots(self, site: str, *, where: str) -> _Robots:
        """The rules of a site; None where it has none (RFC 9309: 4xx means no rules, 5xx means keep out)."""
        url = f"{site}/robots.txt"
        until = self._clock() + _ROBOTS_S
        for _ in range(self._options.max_redirects + 1):
            parts = checked_url(url, where=where)
            reply = self._patiently(parts, where=where, max_bytes=_ROBOTS_BYTES, cut=True)
            target = reply.headers.get("location")
            if reply.status in _REDIRECTS and target:
                url = urljoin(url, target)
                continue
            if reply.status >= 500 or reply.status == HTTPStatus.TOO_MANY_REQUESTS:
                keep_out = Protego.parse("User-agent: *\nDisallow: /")
                return _Robots(keep_out, self._clock() + _NO_ROBOTS_S, told=False)
            if reply.status != HTTPStatus.OK:
                return _Robots(None, until)
            return _Robots(Protego.parse(reply.raw.decode("utf-8", errors="replace")), until)
        return _Robots(None, until)

    def _patiently(
        self,
        parts: SplitResult,
        *,
        where: str,
        max_bytes: int,
        cut: bool = False,
        headers: Mapping[str, str] | None = None,
    ) -> _Reply:
        """One request, repeated with growing pauses while the server is busy or silent."""
        options = self._options
        for attempt in range(options.retries + 1):
            last = attempt == options.retries
            pause = min(options.backoff_s * 2**attempt, options.max_wait_s)
            try:
                with self._turns.setdefault(parts.netloc, threading.Lock()):
                    self._take_turn(parts)
                    reply = self._request(parts, where=where, max_bytes=max_bytes, cut=cut, headers=headers or {})
            except (HTTPError, OSError) as error:
                if last or isinstance(error, SSLError):
                    raise Unreachable(
                        f"the page could not be fetched ({_reason(error)})",
                        where=where,
                        remedy="Check the address and the network, or try later.",
                    ) from error
            else:
                if reply.status not in _PATIENCE or last:
                    return reply
                asked = retry_after(reply.headers.get("retry-after"))
                if asked is not None and asked > options.max_wait_s:
                    return reply  # longer than we may wait: report the answer as it is
                pause = max(pause, asked or 0.0)
            self._sleep(pause)
        raise AssertionError("the last attempt returns or raises")

    def _take_turn(self, parts: SplitResult) -> None:
        """Waits until the host's interval since our last request to it has passed."""
        host = parts.netloc
        interval = self._options.host_interval_s
        known = self._robots.get(f"{parts.scheme}://{host}")
        if known is not None and known.rules is not None:
            interval = max(interval, float(known.rules.crawl_delay(self._options.user_agent) or 0))
        due = self._last.get(host, float("-inf")) + min(interval, self._options.max_wait_s)
        if (wait := due - self._clock()) > 0:
            self._sleep(wait)
        self._last[host] = self._clock()

    def _request(
        self, parts: SplitResult, *, where: str, max_bytes: int, cut: bool, headers: Mapping[str, str]
    ) -> _Reply:
        host, port = parts.hostname or "", parts.port or (443 if parts.scheme == "https" else 80)
        addresses = checked_addresses(host, port, where=where, allow_private=self._options.allow_private)
        for at, address in enumerate(addresses):
            try:
                return self._request_from(
                    address, parts, host, port, where=where, max_bytes=max_bytes, cut=cut, headers=headers
                )
            except NewConnectionError:
                if at == len(addresses) - 1:
                    raise
        raise InputError(f"the host {host!r} has no address", where=where, remedy="Check the address.")

    def _request_from(
        self,
        address: str,
        parts: SplitResult,
        host: str,
        port: int,
        *,
        where: str,
        max_bytes: int,
        cut: bool,
        headers: Mapping[str, str],
    ) -> _Reply:
        started = self._clock()
        timeout = urllib3.Timeout(connect=self._options.timeout_s, read=self._options.timeout_s)
        path = urlunsplit(("", "", parts.path or "/", parts.query, ""))
        headers = {
            **headers,
            "Host": parts.netloc,
            "User-Agent": self._options.user_agent,
            "Accept": _ACCEPT,
            "Accept-Encoding": "gzip",
        }
        with pinned_pool(parts.scheme, address, host, port, timeout) as pool:
            response = pool.urlopen(
                "GET", path, headers=headers, redirect=False, retries=False, preload_content=False, decode_content=False
            )
            try:
                body = bytearray()
                while chunk := response.read(_CHUNK, decode_content=False):
                    body += chunk
                    if len(body) > max_bytes:
                        if cut:
                            break
                        raise too_large(where, max_bytes)
                    if self._clock() - started > self._options.deadline_s:
                        raise Unreachable(
                            f"the page took longer than {self._options.deadline_s:g} s",
                            where=where,
                            remedy="Try later, or save the page in a browser and give the file.",
                        )
            finally:
                response.close()
        raw = bytes(body)
        if response.headers.get("content-encoding", "").lower() in {"gzip", "x-gzip"} and raw.startswith(GZIP_MAGIC):
            raw = gunzip(raw, where=where, max_bytes=max_bytes, head=max_bytes if cut else None)
        return _Reply(response.status, response.headers, raw)


def refused(status: int, *, where: str) -> InputError:
    """The error for a page that the server would not give."""
    return InputError(
        f"the server answered {status} {_phrase(status)}".rstrip(),
        where=where,
        remedy="Check the address, or save the page in a browser and give the file.",
    )


def as_fetched(answer: Answer) -> Fetched:
    """A page that the server gave, with what it says of the body."""
    media_type, charset = read_content_type(answer.headers.get("content-type"))
    return Fetched(answer.raw, answer.url, media_type, charset)


def read_content_type(header: str | None) -> tuple[str | None, str | None]:
    """Media type and charset of a Content-Type header, in lower case; None where it does not say."""
    if not header:
        return None, None
    message = Message()
    message["content-type"] = header.replace("\n", " ").replace("\r", " ")
    charset = message.get_content_charset()
    return (message.get_content_type() if "/" in header else None), charset


def checked_url(url: str, *, where: str) -> SplitResult:
    """The parts of a URL that may be fetched; raises `InputError` for any other."""
    remedy = "Give an address such as https://news.example/story."
    try:
        parts = urlsplit(url.strip())
        _ = parts.port
    except ValueError as error:
        raise InputError(f"not a valid URL ({error})", where=where, remedy=remedy) from error
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise InputError(f"cannot fetch a {parts.scheme or 'relative'} address", where=where, remedy=remedy)
    if parts.username is not None or parts.password is not None:
        raise InputError("the URL carries a user name or password", where=where, remedy=remedy)
    try:
        host = parts.hostname if ":" in parts.hostname else parts.hostname.encode("idna").decode("ascii")
        whole = urllib3.util.parse_url(url.strip())  # percent-encodes what a request line cannot carry
    except (UnicodeError, LocationParseError) as error:
        raise InputError("not a valid URL", where=where, remedy=remedy) from error
    netloc = f"[{host}]" if ":" in host else host
    netloc = netloc if parts.port is None else f"{netloc}:{parts.port}"
    return SplitResult(parts.scheme, netloc, whole.path or "/", whole.query or "", "")


def pinned_pool(
    scheme: str, address: str, host: str, port: int, timeout: urllib3.Timeout
) -> urllib3.HTTPConnectionPool | urllib3.HTTPSConnectionPool:
    """A pool that connects to ``address``, while TLS still proves that it is ``host``."""
    if scheme == "http":
        return urllib3.HTTPConnectionPool(address, port, timeout=timeout)
    return urllib3.HTTPSConnectionPool(
        address, port, timeout=timeout, ssl_context=_tls(), server_hostname=host, assert_hostname=host
    )


@lru_cache(maxsize=1)
def _tls() -> ssl.SSLContext:
    context = ssl.create_default_context()
    context.load_verify_locations(certifi.where())  # some systems give Python no certificates of their own
    return context


def retry_after(header: str | None) -> float | None:
    """The seconds that a Retry-After header asks us to wait; None where it does not say."""
    if not header:
        return None
    try:
        return max(0.0, float(header)) if math.isfinite(float(header)) else None
    except ValueError:
        pass
    try:
        return max(0.0, (parsedate_to_datetime(header) - utc_now()).total_seconds())
    except (ValueError, TypeError):
        return None


def _phrase(status: int) -> str:
    try:
        return HTTPStatus(status).phrase
    except ValueError:
        return ""


def _reason(error: Exception) -> str:
    return type(error).__name__.removesuffix("Error") or "error"
