"""How often somebody may try to log in: after a few failures each try has to wait, longer every time, by name and by address.

A try counts as failed before the password is looked at, so that many at once gain nothing. Names wait a minute at most, so
that nobody can be kept out for long by somebody else's guessing; addresses a quarter of an hour.
"""

from __future__ import annotations

import hashlib
import ipaddress
from dataclasses import dataclass

from sayso.serve.people.store import PeopleStore, name_key

_FORGOTTEN_S = 24 * 3600.0


@dataclass(frozen=True, slots=True)
class Limit:
    """``free`` failures cost nothing; each after that doubles the wait, from one second up to ``longest_s``."""

    free: int
    longest_s: float

    def wait_s(self, failed: int) -> float:
        return 0.0 if failed < self.free else min(2.0 ** min(failed - self.free, 30), self.longest_s)


NAME = Limit(free=5, longest_s=60.0)
ADDRESS = Limit(free=20, longest_s=900.0)  # an office may share one address


def enter(store: PeopleStore, name: str, address: str) -> float:
    """Seconds to wait before the next try, 0 if this one may go on; it then counts as failed until `passed`."""
    now = store.now()
    with store.writing():
        store.do("DELETE FROM attempts WHERE last_at < ?", now - _FORGOTTEN_S)
        keys = _keys(name, address)
        rest = 0.0
        for key, limit in keys:
            row = store.row("SELECT failed, last_at FROM attempts WHERE key = ?", key)
            if row is not None:
                since = max(0.0, now - row["last_at"])  # less than none where the clock was set back
                rest = max(rest, limit.wait_s(row["failed"]) - since)
        if rest > 0:
            return rest
        for key, _ in keys:
            store.do(
                "INSERT INTO attempts VALUES (?, 1, ?) "
                "ON CONFLICT (key) DO UPDATE SET failed = failed + 1, last_at = excluded.last_at",
                key, now,
            )  # fmt: skip
    return 0.0


def passed(store: PeopleStore, name: str, address: str) -> None:
    """The try that entered last was right: the name starts anew, the address is one failure better off."""
    (of_name, _), (of_address, _) = _keys(name, address)
    with store.writing():
        store.do("DELETE FROM attempts WHERE key = ?", of_name)
        store.do("UPDATE attempts SET failed = max(failed - 1, 0) WHERE key = ?", of_address)


def _keys(name: str, address: str) -> tuple[tuple[str, Limit], tuple[str, Limit]]:
    return (_hash("name", name_key(name)), NAME), (_hash("address", _network(address)), ADDRESS)


def _network(address: str) -> str:
    """The address; of IPv6 the first half, which is what one customer gets whole."""
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return address
    if isinstance(parsed, ipaddress.IPv6Address):
        if parsed.ipv4_mapped:
            return str(parsed.ipv4_mapped)
        return str(ipaddress.ip_network((parsed, 64), strict=False))
    return str(parsed)


def _hash(kind: str, value: str) -> str:
    return hashlib.sha256(f"{kind}\0{value}".encode("utf-8", "replace")).hexdigest()
