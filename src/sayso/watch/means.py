"""What polling and fetching share: the ledger, the queue and the clock, how to read and fetch, and how to tell of what went wrong."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from sayso.errors import SaysoError
from sayso.ingest import IngestOptions
from sayso.ingest.fetch import Fetcher
from sayso.ledger import AddResult, Ledger
from sayso.model import Captured, Problem
from sayso.watch.clock import Clock, pause
from sayso.watch.file import WatchFile
from sayso.watch.found import Found
from sayso.watch.metrics import Metrics
from sayso.watch.queue import Queue
from sayso.watch.settings import Place, Settings

LOCKED_S = 30.0
"""Until a batch is tried again that another process, writing to the ledger, kept from landing."""

Tell = Callable[[str], None]


@dataclass
class Means:
    """``tell`` gets a line for a person, ``chance`` numbers from 0 to 1; ``path`` is the file of the ledger, if it is one."""

    ledger: Ledger
    file: WatchFile
    settings: Settings
    clock: Clock
    tell: Tell
    chance: Callable[[], float]
    metrics: Metrics
    path: str

    def __post_init__(self) -> None:
        clock = self.clock
        self.queue = Queue(self.file)
        self.fetcher = Fetcher(self.options(None), sleep=lambda seconds: pause(clock, seconds), clock=clock.now)

    def place(self, name: str) -> Place | None:
        """The place of that name; None where it is watched no more."""
        return next((place for place in self.settings.places if place.name == name), None)

    def options(self, place: Place | None) -> IngestOptions:
        """How ingest is to read and fetch. A page that cannot be had is left for later, and not asked for again at once."""
        chosen = IngestOptions(
            allow_private=self.settings.allow_private,
            respect_robots=self.settings.respect_robots,
            host_interval_s=self.settings.host_interval_s,
            max_bytes=self.settings.max_bytes,
            timeout_s=self.settings.timeout_s,
            retries=0,
            now=lambda: datetime.fromtimestamp(self.clock.now(), UTC),
        )
        if self.settings.user_agent:
            chosen = replace(chosen, user_agent=self.settings.user_agent)
        return replace(chosen, outlet=place.outlet, language=place.language) if place else chosen

    def sift(self, place: Place, news: Sequence[Found], now: float) -> tuple[list[Found], list[Found]]:
        """Of what is new: what is to be fetched, and what stands here already. What was told too long ago is neither."""
        fresh = [each for each in news if each.told is None or now - _seconds(each.told, now) <= place.not_older_s]
        if len(fresh) > place.at_most:
            left = f"{len(fresh):,} are new at once, more than at_most = {place.at_most:,}: the first are taken"
            self.problem(place, Problem(left, place.at, "Raise at_most, and delete the watch file to begin again."))
            fresh = fresh[: place.at_most]
        return [each for each in fresh if each.fetch], [each for each in fresh if not each.fetch]

    def into_ledger(self, place: str, captured: Sequence[Captured]) -> AddResult:
        """Takes reports into the ledger, counts them and tells of them. Raises LedgerLocked where another process is writing for too
        long, or another LedgerError."""
        result = self.ledger.add_captured(captured, workers=self.settings.workers) if captured else AddResult()
        versions = len(result.new_versions)
        for kind, number in (
            ("new", len(result.added) - versions),
            ("version", versions),
            ("known", len(result.known)),
        ):
            if number:
                self.metrics.count("reports", number, place=place, kind=kind)
        for problem in result.problems:
            self.tell(f"problem: {place}: {told(problem)}")
        titles = {each.report.id: each.report.title or each.report.url or each.report.id for each in captured}
        for report in result.added:
            version = " (a new version)" if report in result.new_versions else ""
            self.tell(f"{place}: {titles[report]}{version}")
        return result

    def problem(self, place: Place, problem: Problem) -> None:
        self.tell(f"problem: {place.name}: {told(problem)}")


def told(problem: Problem) -> str:
    """A problem on one line."""
    return f"{problem.where}: {problem.what}. {problem.remedy}"


def explained(error: Exception, where: str) -> Problem:
    """An error as a problem; one that nobody foresaw too."""
    if isinstance(error, SaysoError):
        return error.problem
    what = f"could not be read ({type(error).__name__})"
    return Problem(what, where, "If it opens elsewhere, report this as a defect of sayso.")


def _seconds(told: str, now: float) -> float:
    """A time in ISO 8601 as seconds since 1970; one that cannot be read is now."""
    try:
        moment = datetime.fromisoformat(told)
    except ValueError:
        return now
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp()
