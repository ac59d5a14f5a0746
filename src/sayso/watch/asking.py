"""Asking servers: only for what changed, several hosts side by side, one host never by two at once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, as_completed
from http import HTTPStatus
from typing import NamedTuple
from urllib.parse import urlsplit

from sayso.errors import InputError
from sayso.ingest.addresses import Unreachable
from sayso.ingest.fetch import Fetched, Fetcher, as_fetched, refused, retry_after
from sayso.model import Problem
from sayso.watch.clock import Clock, Stopped

_TRANSIENT = frozenset({408, 425, 429, 500, 502, 503, 504})
_RESTS = frozenset({429, 503})  # meant for whoever asks, not for the one page
_MOST_VALIDATOR = 1000  # characters; a longer ETag is no longer one, and would be sent with every request


class Validators(NamedTuple):
    """What a server gave to ask by the next time: ETag and Last-Modified."""

    etag: str | None = None
    modified: str | None = None


NO_VALIDATORS = Validators()


class Job(NamedTuple):
    """One request to make; ``key`` is for the caller to know it by."""

    key: str
    url: str
    validators: Validators = NO_VALIDATORS


class Answered(NamedTuple):
    """``page`` is None where nothing changed since the validators."""

    page: Fetched | None
    validators: Validators


class Refused(NamedTuple):
    """``lasting`` where asking again is no use; ``wait_s`` is what the server asked for; ``rests`` where it meant the whole host."""

    problem: Problem
    lasting: bool
    wait_s: float | None = None
    rests: bool = False


def host_of(url: str) -> str:
    """The host and port that requests to an address are counted by."""
    try:
        return urlsplit(url).netloc.lower()
    except ValueError:
        return ""


def ask_all(
    fetcher: Fetcher, jobs: Sequence[Job], *, at_once: int, clock: Clock
) -> Iterator[tuple[Job, Answered | Refused]]:
    """The answers as they come. Jobs of one host are asked one after the other; when a host asks for rest, the rest of its jobs are
    left for later, as all are once the clock is stopping: those give no answer."""
    lanes: dict[str, list[Job]] = defaultdict(list)
    for job in jobs:
        lanes[host_of(job.url)].append(job)
    if not lanes:
        return
    with ThreadPoolExecutor(min(at_once, len(lanes)), thread_name_prefix="sayso-ask") as pool:
        waiting: list[Future[list[tuple[Job, Answered | Refused]]]] = [
            pool.submit(_lane, fetcher, lane, clock) for lane in lanes.values()
        ]
        for done in as_completed(waiting):
            yield from done.result()


def _lane(fetcher: Fetcher, jobs: Sequence[Job], clock: Clock) -> list[tuple[Job, Answered | Refused]]:
    answers: list[tuple[Job, Answered | Refused]] = []
    for job in jobs:
        if clock.stopping:
            break
        answer: Answered | Refused
        try:
            answer = ask(fetcher, job)
        except Stopped:
            break
        # Hostile servers find ways that no library foresaw; one must never end the watching of all others.
        except Exception as error:
            what = f"it could not be asked ({type(error).__name__})"
            answer = Refused(Problem(what, job.url, "If it opens elsewhere, report this as a defect of sayso."), False)
        answers.append((job, answer))
        if isinstance(answer, Refused) and answer.rests:
            break
    return answers


def ask(fetcher: Fetcher, job: Job) -> Answered | Refused:
    """One request: for the page, if it is another than the validators tell of."""
    headers = {}
    if job.validators.etag:
        headers["If-None-Match"] = job.validators.etag
    if job.validators.modified:
        headers["If-Modified-Since"] = job.validators.modified
    try:
        answer = fetcher.ask(job.url, headers=headers)
    except InputError as error:
        return Refused(error.problem, lasting=not isinstance(error, Unreachable))
    if answer.status == HTTPStatus.NOT_MODIFIED and headers:
        given = _validators(answer.headers.get("etag"), answer.headers.get("last-modified"))
        kept = Validators(given.etag or job.validators.etag, given.modified or job.validators.modified)
        return Answered(None, kept)
    if answer.status != HTTPStatus.OK:
        problem = refused(answer.status, where=job.url).problem
        wait_s = retry_after(answer.headers.get("retry-after"))
        return Refused(
            problem,
            lasting=answer.status not in _TRANSIENT,
            wait_s=wait_s,
            rests=answer.status in _RESTS,
        )
    return Answered(as_fetched(answer), _validators(answer.headers.get("etag"), answer.headers.get("last-modified")))


def _validators(etag: str | None, modified: str | None) -> Validators:
    return Validators(
        *(v if v and len(v) <= _MOST_VALIDATOR and v.isprintable() and v.isascii() else None for v in (etag, modified))
    )
