"""A message as a signed POST. What the signature covers: the time of sending, a dot, and the body, byte for byte.

X-Sayso-Message: m-…                     the same at every try: who got it once may ignore it then
X-Sayso-Timestamp: 1924992000            seconds since 1970; refuse what is older than a few minutes
X-Sayso-Signature: sha256=<hex>          HMAC-SHA256 with the shared secret, over "1924992000." + body
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Mapping
from urllib.parse import urlunsplit

import urllib3
from urllib3.exceptions import HTTPError, NewConnectionError

from sayso.errors import InputError
from sayso.ingest.addresses import checked_addresses
from sayso.ingest.fetch import checked_url, pinned_pool
from sayso.watch.channels.notsent import NotSent
from sayso.watch.settings import Webhook

_TIMEOUT_S = 20.0


def signature(secret: str, timestamp: str, body: bytes) -> str:
    """The value of X-Sayso-Signature."""
    covered = timestamp.encode("ascii") + b"." + body
    return "sha256=" + hmac.new(secret.encode("utf-8"), covered, hashlib.sha256).hexdigest()


def post(hook: Webhook, body: bytes, *, identifier: str, secret: str | None, now: float) -> None:
    """Posts a message. Only an answer of 2xx counts; redirects are not followed, so that it goes nowhere else. Raises NotSent."""
    timestamp = str(int(now))
    headers = {
        "Content-Type": "application/json",
        "User-Agent": "sayso-watch",
        "X-Sayso-Message": identifier,
        "X-Sayso-Timestamp": timestamp,
    }
    if secret is not None:
        headers["X-Sayso-Signature"] = signature(secret, timestamp, body)
    try:
        parts = checked_url(hook.url, where=hook.url)
        host, port = parts.hostname or "", parts.port or (443 if parts.scheme == "https" else 80)
        addresses = checked_addresses(host, port, where=hook.url, allow_private=hook.allow_private)
    except InputError as error:
        raise NotSent(error.problem.what) from error
    path = urlunsplit(("", "", parts.path or "/", parts.query, ""))
    headers["Host"] = parts.netloc
    for at, address in enumerate(addresses):
        try:
            status = _status(parts.scheme, address, host, port, path, body, headers)
            break
        except NewConnectionError as error:  # nobody is there: the host may have another address
            if at == len(addresses) - 1:
                raise NotSent(f"it cannot be reached ({type(error).__name__})") from error
        except (HTTPError, OSError) as error:
            raise NotSent(f"it cannot be reached ({type(error).__name__})") from error
    if not 200 <= status < 300:
        raise NotSent(f"it answered {status}")


def _status(scheme: str, address: str, host: str, port: int, path: str, body: bytes, headers: Mapping[str, str]) -> int:
    """What the server at this very address answers."""
    timeout = urllib3.Timeout(connect=_TIMEOUT_S, read=_TIMEOUT_S)
    with pinned_pool(scheme, address, host, port, timeout) as pool:
        answer = pool.urlopen(
            "POST", path, body=body, headers=headers, redirect=False, retries=False, preload_content=False
        )
        answer.close()
        return answer.status
