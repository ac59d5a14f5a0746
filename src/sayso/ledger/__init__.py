"""The Python API: `open` a ledger, add reports to it, and ask it for what they say.

    with sayso.ledger.open("flood.db", create=True) as ledger:
        ledger.add(["reports/"])
        account = ledger.account()

The command line, and everything else that serves people or machines, calls only this. Nothing derived is ever read
stale: when reports came in that were not linked yet, whoever reads next links them first.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from types import TracebackType
from typing import TYPE_CHECKING

from sayso import pipeline
from sayso.config import SEARCH_LIMIT, WORKERS
from sayso.errors import UsageError
from sayso.ledger.linking import Linking, State
from sayso.ledger.naming import Naming, check
from sayso.ledger.records import Record, Records
from sayso.ledger.stories import list_stories, story_called
from sayso.model import (
    Account,
    Act,
    Captured,
    Extraction,
    Judgement,
    Kind,
    KnownActor,
    Linked,
    Problem,
    Report,
    Statement,
    Story,
    StoryListing,
    Verdict,
)
from sayso.pipeline import Steps
from sayso.run.local import Reader, reader
from sayso.store import Entry, Hit, JournalRow, Stats, Store, open_store
from sayso.store.moments import by_age, last_moment, was_out

if TYPE_CHECKING:
    from sayso.ingest import IngestOptions

Progress = Callable[[int, int | None], None]
"""Told how many reports were looked at so far, and how many there are, or None while nobody knows."""

_NEEDS_OTHER = {Verdict.MERGE, Verdict.SPLIT}
_NEEDS_VALUE = {Verdict.CORRECT, Verdict.GRADE, Verdict.NOTE}


@dataclass(frozen=True, slots=True)
class AddResult:
    """What became of an `add`; all ids are of reports, in the order in which they came.

    ``new_versions`` are those of ``added`` whose address was known with other bytes. ``problems`` are inputs that were
    refused, and reports that are kept though nothing could be read out of them.
    """

    added: tuple[str, ...] = ()
    known: tuple[str, ...] = ()
    new_versions: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class RebuildResult:
    """What a `rebuild` made: the reports that were read again, what went wrong, and how much there is now."""

    reread: tuple[str, ...]
    problems: tuple[Problem, ...]
    stats: Stats


def open(url: str, *, create: bool = False, steps: Steps | None = None) -> Ledger:
    """The ledger at ``url``, a path or ``sqlite:///path``; ``create`` makes it where there is none.

    Raises UsageError for another kind of URL, LedgerNotFound, LedgerLocked, LedgerDamaged, or another LedgerError for
    a file that is no ledger or cannot be used; each names the file and the remedy.
    """
    return Ledger(open_store(url, create=create), steps=steps or Steps())


class Ledger:
    """One ledger, open. A context manager; for one thread."""

    def __init__(self, store: Store, *, steps: Steps) -> None:
        self._store = store
        self._steps = steps
        self._linking = Linking(store, steps)
        self._records = Records(
            store, linked=self._linking.linked, account=self.account, actors=self.actors, stories=self.stories
        )

    def __enter__(self) -> Ledger:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        self._store.close()

    @property
    def url(self) -> str:
        return self._store.url

    @property
    def writable(self) -> bool:
        """False for a ledger that may only be read; what is derived is then made in memory when it is stale."""
        return self._store.writable

    # -----------------------------------------------------------------------------------------------
    # Putting in

    def add(
        self,
        places: Iterable[str],
        *,
        options: IngestOptions | None = None,
        workers: int = WORKERS,
        progress: Progress | None = None,
    ) -> AddResult:
        """Takes in what stands at ``places`` (paths, folders, URLs, "-"), reads it, and links everything anew.

        Reports land in batches, each with all that was read out of it; what landed before an interruption stays, and
        adding the same again goes on from there. ``workers`` is the number of processes that read.
        """
        return self._take_in(self._steps.ingest(places, options=options), workers=workers, progress=progress)

    def add_captured(
        self, captured: Iterable[Captured], *, workers: int = WORKERS, progress: Progress | None = None
    ) -> AddResult:
        """The same for reports that a program captured itself."""
        return self._take_in(captured, workers=workers, progress=progress)

    def judge(
        self,
        verdict: Verdict,
        subject: str,
        *,
        author: str,
        other: str | None = None,
        value: str | None = None,
        at: str | None = None,
    ) -> Judgement:
        """Appends what a person decided about a record. ``subject`` and ``other`` are ids, beginnings of ids, or the names of
        actors (see `sayso.ledger.naming`). A later judgement takes the place of an earlier one on the same records; one that
        rejects a judgement undoes it.

        ``at`` is ISO 8601 in UTC, now if left out. Raises UsageError when a part is missing or a record unknown.
        """
        if verdict in _NEEDS_OTHER and other is None:
            raise UsageError(f"to {verdict} takes two records", where=subject, remedy="Name the other one as well.")
        if verdict in _NEEDS_VALUE and not value:
            raise UsageError(f"the {verdict} is empty", where=subject, remedy="Give its text.")
        if not author.strip():
            raise UsageError("a judgement needs an author", where=subject, remedy="Say who judges.")
        at = at or datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        naming = Naming(self._store, self._records.whole_id, self.actors)
        subject, other = naming.subject(subject, verdict), None if other is None else naming.subject(other, verdict)
        check(verdict, subject, other, value)
        made = Judgement(
            id=Judgement.make_id(verdict=verdict, subject=subject, other=other, value=value, author=author, at=at),
            verdict=verdict,
            subject=subject,
            other=other,
            value=value,
            author=author,
            at=at,
        )
        self._store.judge(made)
        return made

    def rebuild(
        self, *, reread: bool = False, workers: int = WORKERS, progress: Progress | None = None
    ) -> RebuildResult:
        """Makes everything derived again from the records, the search index too.

        Reports that another version of the reader had read are read again; with ``reread`` all are. Earlier readings
        stay in the ledger and no longer count.
        """
        self._check_writable()
        readers = self._store.readers()
        due = [i for i in sorted(readers) if reread or readers[i] != self._steps.reader]
        again: list[str] = []
        problems: list[Problem] = []
        reports = (report for report in map(self._store.report, due) if report)
        with reader(self._steps.extract, workers=workers) as read_all:
            for batch in _grouped(reports):
                extractions = read_all(batch)
                fresh = [e for e in extractions if self._differs(e, readers[e.report])]
                self._store.add_extractions(fresh, reader=self._steps.reader)
                again += [report.id for report in batch]
                problems += [problem for e in extractions for problem in _failures(e)]
                _tell(progress, len(again), len(due))
        self._linking.rebuild()
        return RebuildResult(tuple(again), tuple(problems), self.stats())

    # -----------------------------------------------------------------------------------------------
    # What was captured and read

    def reports(self, *, as_of: str | None = None, story: str | None = None) -> Iterator[Report]:
        """The reports, by id; with ``as_of`` only those that were out by the end of that time (ISO 8601), with ``story`` (an
        id, or the beginning of one) only those of that story."""
        if story is not None:
            return iter(self._state(as_of, story).reports)
        if as_of is None:
            return self._store.reports()
        moment = _moment(as_of)
        return (report for report in self._store.reports() if was_out(report, moment))

    def report(self, report_id: str) -> Report:
        """One report, by its id or the beginning of it. Raises UsageError when there is none, or several."""
        found = self._store.report(self._records.whole_id(report_id, kind="r"))
        assert found is not None, report_id
        return found

    def versions(self, report_id: str) -> tuple[Report, ...]:
        """The reports of the same address, oldest first by published and edited time: the last is the current one."""
        report = self.report(report_id)
        if report.url is None:
            return (report,)
        return tuple(sorted(self._store.at_url(report.url), key=by_age))

    def raw(self, report_id: str) -> bytes:
        """The bytes of a report as captured. Raises LedgerDamaged when they are no longer the same."""
        raw = self._store.raw(self._records.whole_id(report_id, kind="r"))
        assert raw is not None, report_id
        return raw

    def extraction(self, report_id: str) -> Extraction:
        """All that was read out of one report."""
        whole = self._records.whole_id(report_id, kind="r")
        return self._store.extraction(whole) or Extraction(whole, ())

    def extractions(self) -> Iterator[Extraction]:
        """What was read out of every report, by report id."""
        return self._store.extractions()

    def statements(
        self,
        *,
        report: str | None = None,
        outlet: str | None = None,
        actor: str | None = None,
        act: Act | None = None,
        kind: Kind | None = None,
    ) -> Iterator[Statement]:
        """The statements that fit, by report id and place in the text. ``actor`` is an id or a whole name."""
        whole = self._records.whole_id(report, kind="r") if report is not None else None
        return self._store.statements(report=whole, outlet=outlet, actor=actor, act=act, kind=kind)

    def search(self, query: str, *, limit: int = SEARCH_LIMIT) -> tuple[Hit, ...]:
        """Statements, and then reports, with every word of ``query`` ("several words" as they stand), best first."""
        if limit < 1:
            raise UsageError(f"there cannot be {limit} hits", where="limit", remedy="Give 1 or more.")
        return self._store.search(query, limit=limit)

    def judgements(self) -> tuple[Judgement, ...]:
        """What people decided, oldest first."""
        return self._store.judgements()

    def journal(self) -> Iterator[JournalRow]:
        """What was done to this ledger, in order."""
        return self._store.journal()

    def show(self, record_id: str) -> Record:
        """The record with that id, of whatever kind, or with the only id that begins so.

        Raises UsageError when there is none, or several, which it names.
        """
        whole = self._records.whole_id(record_id)
        found = self._records.find(whole)
        assert found is not None, record_id
        return found

    # -----------------------------------------------------------------------------------------------
    # What follows from it

    def linked(self, *, as_of: str | None = None, story: str | None = None) -> Linked:
        """Origins, questions, claims and relations; with ``as_of`` from the reports that were out by then, with ``story`` only
        those of that story."""
        return self._linking.linked() if as_of is None and story is None else self._state(as_of, story).linked

    def actors(self, *, as_of: str | None = None, story: str | None = None) -> tuple[KnownActor, ...]:
        """Who is who over all reports, by id: each actor's names with the reasons why they are one, whom it speaks for, and its
        side in each story; with ``as_of`` from the reports that were out by then, with ``story`` from those of that story."""
        state = self._state(as_of, story)
        return pipeline.known_actors(
            state.reports, state.extractions, state.linked, state.stories, judgements=self._store.judgements()
        )

    def stories(self, *, as_of: str | None = None) -> tuple[Story, ...]:
        """Which reports tell of one running affair, by id of the story."""
        state = self._state(as_of)
        return pipeline.known_stories(state.reports, state.stories)

    def story(self, story: str, *, as_of: str | None = None) -> Story:
        """One story, by its id or the beginning of it. Raises UsageError when there is none, or several."""
        state = self._state(as_of, story)
        (found,) = pipeline.known_stories(state.reports, state.stories)
        return found

    def story_listings(self, *, as_of: str | None = None) -> tuple[StoryListing, ...]:
        """Every story with how much there is of it, the one that was told of last first."""
        state = self._state(as_of)
        return list_stories(pipeline.known_stories(state.reports, state.stories), state)

    def account(self, *, title: str | None = None, as_of: str | None = None, story: str | None = None) -> Account:
        """The account; with ``as_of`` (ISO 8601) as the reports that were out by the end of that time give it, with ``story`` (an
        id, or the beginning of one) from the reports of that story alone."""
        state = self._state(as_of, story)
        return self._steps.account(state.reports, state.extractions, state.linked, title=title, as_of=as_of)

    def stats(self) -> Stats:
        """How much there is of everything, and the head of the journal."""
        return self._store.stats()

    def verify(self, *, head: str | None = None) -> tuple[Problem, ...]:
        """Everything that is not as it was stored; empty when all is well.

        ``head`` is a `Stats.journal_head` that was noted earlier: it proves that nothing was cut off since.
        """
        return self._store.verify(head=head)

    # -----------------------------------------------------------------------------------------------

    def _state(self, as_of: str | None = None, story: str | None = None) -> State:
        """What an account is made from, of one moment and one story where they are given."""
        if story is not None and as_of is None and (found := self._linking.state_of(story)):
            return found
        state = self._linking.state() if as_of is None else self._linking.state_at(_moment(as_of))
        return state.of(story_called(sorted(state.parts), story)) if story is not None else state

    def _take_in(self, found: Iterable[Captured | Problem], *, workers: int, progress: Progress | None) -> AddResult:
        self._check_writable()
        result = AddResult()
        with reader(self._steps.extract, workers=workers) as read_all:
            done = 0
            for batch in pipeline.batches(found):
                result = _joined(result, self._land(batch, read_all))
                done += sum(isinstance(each, Captured) for each in batch)
                _tell(progress, done, None)
        self._linking.refresh()
        return result

    def _land(self, batch: Sequence[Captured | Problem], read_all: Reader) -> AddResult:
        """Reads and stores one batch: whole, or not at all."""
        problems = [each for each in batch if isinstance(each, Problem)]
        captured = [each for each in batch if isinstance(each, Captured)]
        known = self._store.known({each.report.id for each in captured})
        fresh: dict[str, Captured] = {}
        for each in captured:
            if each.report.id in known or each.report.id in fresh:
                continue
            if refusal := self._store.refuses(each):
                problems.append(refusal)
            else:
                fresh[each.report.id] = each
        extractions = read_all([each.report for each in fresh.values()])
        entries = [
            Entry(each, extraction, self._steps.reader)
            for each, extraction in zip(fresh.values(), extractions, strict=True)
        ]
        newer = {each.report.id for each in fresh.values() if self._is_new_version(each.report, fresh)}
        added = self._store.add(entries)  # another process may have added some of them meanwhile
        refused = {each.report.id for each in captured} - known - set(fresh)
        return AddResult(
            added=added,
            known=tuple(dict.fromkeys(e.report.id for e in captured if e.report.id not in {*added, *refused})),
            new_versions=tuple(i for i in added if i in newer),
            problems=(*problems, *(problem for e in extractions for problem in _failures(e))),
        )

    def _is_new_version(self, report: Report, batch: dict[str, Captured]) -> bool:
        if report.url is None:
            return False
        others = [*self._store.at_url(report.url)]
        for each in batch.values():
            if each.report.id == report.id:
                break  # only those that came before it
            others.append(each.report)
        return any(other.url == report.url and other.sha256 != report.sha256 for other in others)

    def _differs(self, extraction: Extraction, reader_name: str) -> bool:
        """Whether a new reading is worth keeping beside the one that counts."""
        return reader_name != self._steps.reader or extraction != self._store.extraction(extraction.report)

    def _check_writable(self) -> None:
        """Fails now, not after an hour of reading, when the ledger cannot be written."""
        self._store.add(())


def _grouped(reports: Iterable[Report]) -> Iterator[list[Report]]:
    """Reports of the ledger in batches of the usual size."""
    captured = (Captured(report, b"") for report in reports)
    for batch in pipeline.batches(captured):
        yield [each.report for each in batch if isinstance(each, Captured)]


def _failures(extraction: Extraction) -> tuple[Problem, ...]:
    """Why nothing was read out of a report. Problems of a report that could be read stay with its extraction."""
    return () if extraction.statements else extraction.problems


def _joined(one: AddResult, two: AddResult) -> AddResult:
    return AddResult(
        added=one.added + two.added,
        known=tuple(dict.fromkeys(one.known + two.known)),
        new_versions=one.new_versions + two.new_versions,
        problems=one.problems + two.problems,
    )


def _moment(as_of: str) -> datetime:
    moment = last_moment(as_of)
    if moment is None:
        raise UsageError(
            "this is not a time", where=repr(as_of), remedy='Write it as in "2023-05-23" or "2023-05-23T14:00Z".'
        )
    return moment


def _tell(progress: Progress | None, done: int, total: int | None) -> None:
    if progress is not None:
        progress(done, total)
