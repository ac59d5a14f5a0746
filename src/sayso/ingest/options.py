"""What a caller may choose about ingest. Every default lives here and nowhere else."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import partial


def utc_now() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class IngestOptions:
    """Choices for one call of `sayso.ingest.read_sources`. Sizes are bytes, times are seconds.

    The first block overrides what a report says of itself (and what its sidecar says); ``url`` only
    counts for inputs that hold one report. The rest bounds what a hostile or broken input can cost.
    """

    outlet: str | None = None
    published: str | None = None
    url: str | None = None
    title: str | None = None
    byline: str | None = None
    language: str | None = None

    # None: follow the links of a feed that was given as a URL, not those of a feed read from a file.
    follow_links: bool | None = None
    # Allows addresses of this machine and of private networks, which are refused otherwise.
    allow_private: bool = False
    respect_robots: bool = True
    user_agent: str = "sayso/0.1 (reads news reports for a cited account)"
    timeout_s: float = 20.0  # for connecting and for each read
    deadline_s: float = 120.0  # for one response as a whole, so that a trickle of bytes cannot hold us
    retries: int = 2  # after 429, 5xx and timeouts
    backoff_s: float = 1.0  # doubled at each retry
    max_wait_s: float = 30.0  # longest wait that Retry-After or Crawl-delay can ask of us
    host_interval_s: float = 1.0  # between two requests to one host
    max_redirects: int = 5

    max_bytes: int = 64 * 2**20  # one response, one member of an archive, one record, or one gzip unpacked
    max_file_bytes: int = 2 * 2**30  # one file on disk or stdin; WARC files of 1 GB are customary
    max_text_chars: int = 2_000_000  # a long book has about a million; spaCy refuses more than that
    max_ratio: int = 1000  # unpacked to packed; deflate cannot pass 1032, ordinary text stays under 20
    max_members: int = 10_000  # files in one archive
    max_nesting: int = 4  # gzip in gzip, a feed's page that is a list of URLs, ...
    max_pages: int = 2_000  # of a PDF

    now: Callable[[], datetime] = utc_now


def at_one_moment(options: IngestOptions) -> IngestOptions:
    """The same, with the clock stopped: whatever is read by them, and wherever, was captured now."""
    return replace(options, now=partial(_moment, options.now()))


def _moment(moment: datetime) -> datetime:
    return moment
