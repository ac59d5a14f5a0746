"""What can be watched and who is told, as values. `config` reads them from a file; every default lives here. Times are seconds."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import time
from enum import StrEnum
from zoneinfo import ZoneInfo

FLOOR_S = 60.0
"""No place on another machine is asked more often: feeds that change within a minute are rare, and servers count requests."""

FLOOR_HERE_S = 1.0
"""The same for folders, and for addresses of this machine."""

MINUTE, HOUR, DAY = 60.0, 3600.0, 86400.0

EVERY_S = 15 * MINUTE
NOT_OLDER_S = 7 * DAY  # what a feed or sitemap told longer ago is noted as seen and not fetched
REVISIT_FOR_S = 2 * DAY
SETTLE_S = 2.0  # a file that changed within it may still be being written
AT_MOST = 1000
HOST_INTERVAL_S = 2.0
HOSTS_AT_ONCE = 4
COMMAND_S = MINUTE


class PlaceKind(StrEnum):
    FEED = "feed"  # RSS or Atom
    SITEMAP = "sitemap"  # a sitemap, a news sitemap, or an index of them; gzipped or not
    PAGES = "pages"  # addresses, in the configuration or in a file, one a line
    FOLDER = "folder"  # files, with their sidecars
    TELEGRAM = "telegram"  # a folder of Telegram Desktop's exports: every result.json below it


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """One place to poll. ``at`` is an address or a path; ``urls`` are further addresses of a list of pages.

    ``only`` and ``never`` are pieces of addresses: those with one of the former are taken (all, where there is none), those with one
    of the latter are not. Pages are looked at again every ``revisit_s`` for ``revisit_for_s`` after they were first seen.
    """

    name: str
    kind: PlaceKind
    at: str
    urls: tuple[str, ...] = ()
    every_s: float = EVERY_S
    follow: bool = True
    outlet: str | None = None
    language: str | None = None
    only: tuple[str, ...] = ()
    never: tuple[str, ...] = ()
    at_most: int = AT_MOST
    not_older_s: float = NOT_OLDER_S
    revisit_s: float | None = None
    revisit_for_s: float = REVISIT_FOR_S
    settle_s: float = SETTLE_S

    def wants(self, url: str) -> bool:
        return (not self.only or any(piece in url for piece in self.only)) and not any(
            piece in url for piece in self.never
        )


@dataclass(frozen=True, slots=True)
class Quiet:
    """Hours of the day, in a time zone, in which nobody wants to be woken; ``days`` are those on which they begin, Monday is 0."""

    begins: time
    ends: time
    zone: ZoneInfo
    days: frozenset[int] = frozenset(range(7))


@dataclass(frozen=True, slots=True, kw_only=True)
class Webhook:
    """An address that gets a POST of JSON, signed with the secret that the environment variable ``secret_env`` holds."""

    url: str
    secret_env: str | None = None
    allow_private: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Mail:
    """``security`` is "starttls", "tls" or "none"; the last only without a password."""

    host: str
    port: int
    sender: str
    to: tuple[str, ...]
    security: str = "starttls"
    user: str | None = None
    password_env: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    """A program and its arguments, run without a shell; it gets the JSON on its standard input."""

    argv: tuple[str, ...]
    timeout_s: float = COMMAND_S


@dataclass(frozen=True, slots=True, kw_only=True)
class Channel:
    """A way to tell people. Alerts are gathered for ``digest_s`` and sent together; none is sent in the hours of ``quiet``."""

    name: str
    by: Webhook | Mail | Command
    digest_s: float = 0.0
    quiet: Quiet | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """Which changes are told to which channels: those for which everything that is named here holds.

    ``question`` and ``story`` are ids, beginnings of ids, or words; ``actor`` and ``place`` are names. ``becomes`` are statuses that a claim
    takes, ``kinds`` kinds of change; without either it is every change of status. ``urgent`` goes out at once, in quiet hours too;
    ``lesser`` also tells what the account does not.
    """

    name: str
    to: tuple[str, ...]
    question: str | None = None
    actor: str | None = None
    place: str | None = None
    story: str | None = None
    words: str | None = None
    becomes: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    urgent: bool = False
    lesser: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """All of a configuration. ``metrics_port`` is None for no metrics, 0 for any free port; ``versions`` is "bytes" or "text": what
    must differ for a page to be a new version."""

    places: tuple[Place, ...]
    channels: tuple[Channel, ...] = ()
    rules: tuple[Rule, ...] = ()
    user_agent: str | None = None
    host_interval_s: float = HOST_INTERVAL_S
    hosts_at_once: int = HOSTS_AT_ONCE
    allow_private: bool = False
    respect_robots: bool = True
    versions: str = "bytes"
    metrics_port: int | None = None
    state: str | None = None
    max_bytes: int = 16 * 2**20
    timeout_s: float = 20.0
    workers: int = 1
