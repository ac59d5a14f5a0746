"""The Python API: `open` a ledger, add reports to it, and ask it for what they say.

    with sayso.ledger.open("flood.db", create=True) as ledger:
        ledger.add(["reports/"])
        account = ledger.account()

The command line, and everything else that serves people or machines, calls only this. Nothing derived is ever read
stale: when reports came in that were not linked yet, whoever reads next links them first.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from types import TracebackType
from typing import TYPE_CHECKING

from sayso import pipeline
from sayso.config import SEARCH_LIMIT, WORKERS
from sayso.errors import RecordNotFound, UsageError
from sayso.ledger.adding import AddResult, Progress, failures, take_in, tell
from sayso.ledger.asking import Asking
from sayso.ledger.changing import changes_between, copies_of
from sayso.ledger.checking import check
from sayso.ledger.copying import CopyResult, copy_records, copy_vectors
from sayso.ledger.judging import Judging
from sayso.ledger.linking import Linking, State
from sayso.ledger.past import Past, moment_of
from sayso.ledger.records import Record, Records
from sayso.ledger.stories import list_stories
from sayso.model import (
    Account,
    Act,
    Asked,
    Captured,
    Changes,
    Check,
    Extraction,
    Incident,
    Judgement,
    Kind,
    KnownActor,
    Linked,
    Problem,
    Report,
    Statement,
    Status,
    Story,
    StoryListing,
    Verdict,
    Withdrawal,
)
from sayso.pipeline import Steps
from sayso.run.local import reader
from sayso.store import Hit, JournalRow, Stats, Store, masked, open_store
from sayso.store.moments import by_age, was_out

if TYPE_CHECKING:
    from sayso.ingest import IngestOptions

__all__ = ["AddResult", "CopyResult", "Ledger", "Progress", "RebuildResult", "State", "masked", "open"]


@dataclass(frozen=True, slots=True)
class RebuildResult:
    """What a `rebuild` made: the reports that were read again, what went wrong, and how much there is now."""

    reread: tuple[str, ...]
    problems: tuple[Problem, ...]
    stats: Stats


@dataclass(frozen=True, slots=True)
class Since:
    """What a ledger held when its journal ended with some row, what it holds now, and what changed between the two."""

    before: State
    after: State
    changes: Changes


def open(url: str, *, create: bool = False, read_only: bool = False, steps: Steps | None = None) -> Ledger:
    """The ledger at ``url``: a path, ``sqlite:///path``, or ``postgresql://user@host/database``; ``create`` makes it where there is none.
    With ``read_only`` nothing in it is changed, not even what is derived.

    Raises UsageError for another kind of URL, LedgerNotFound, LedgerLocked, LedgerDamaged, or another LedgerError for
    a file that is no ledger or cannot be used; each names the file and the remedy.
    """
    return Ledger(open_store(url, create=create, read_only=read_only), steps=steps or Steps())


class Ledger:
    """One ledger, open. A context manager; for one thread.

    ``as_of`` is a time in ISO 8601: what was out by the end of it, as what was out by then gives it; None is now. ``story`` is
    the id of a story, or the beginning of one: what belongs to that story alone; None is all of them.
    """

    def __init__(self, store: Store, *, steps: Steps) -> None:
        self._store = store
        self._steps = steps
        self._linking = Linking(store, steps)
        self._past = Past(store, self._linking)
        self._records = self._records_at(None)
        self._asking = Asking(store, self._past, self._linking)
        self._judging = Judging(store, self._records.whole_id, self.actors)

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
        return self._judging.judge(verdict, subject, author=author, other=other, value=value, at=at)

    def take_judgements(self, judgements: Iterable[Judgement]) -> int:
        """Appends judgements that people made in another ledger, with their authors and times; how many were not here yet.

        Raises UsageError, before anything is appended, for one whose id does not follow from what it says.
        """
        return self._judging.take_in(judgements)

    def withdraw(self, report: str, *, author: str, reason: str | None = None, on: str | None = None) -> Withdrawal:
        """Withdraws a report that its outlet retracted or that was found to be false, and says what that changed.

        It stays in the ledger and can be shown; from the first moment of ``on`` (now if left out) nothing rests on it. Raises
        UsageError for an unknown report, one that is withdrawn already, and an ``on`` that is not a time.
        """
        before = self._past.state(None)
        made = self._judging.withdraw(report, author=author, reason=reason, on=on)
        return self._withdrawal(made, made.subject, before)

    def undo_withdrawal(self, report: str, *, author: str) -> Withdrawal:
        """Lets a withdrawn report count again, at every time. Raises UsageError for one that is not withdrawn."""
        before = self._past.state(None)
        made = self._judging.undo_withdrawal(report, author=author)
        return self._withdrawal(made, self.report(report).id, before)

    def _withdrawal(self, made: Judgement, report: str, before: State) -> Withdrawal:
        after = self._past.state(None)
        changes = changes_between(before, after, steps=self._steps, withdrawals=self.withdrawals())
        linked = before.linked if made.verdict is Verdict.WITHDRAW else after.linked
        return Withdrawal(made, report, copies_of(report, linked), changes)

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
                problems += [problem for e in extractions for problem in failures(e)]
                tell(progress, len(again), len(due))
        self._linking.rebuild()
        return RebuildResult(tuple(again), tuple(problems), self.stats())

    # -----------------------------------------------------------------------------------------------
    # What was captured and read

    def reports(self, *, as_of: str | None = None, story: str | None = None) -> Iterator[Report]:
        """The reports, by id; those that were withdrawn too."""
        if story is not None:
            return self._store.reports(self._past.state(as_of, story).stories)
        if as_of is None:
            return self._store.reports()
        moment = moment_of(as_of)
        return (report for report in self._store.reports() if was_out(report, moment))

    def withdrawals(self, *, as_of: str | None = None) -> dict[str, Judgement]:
        """The reports that were withdrawn by then, each with the judgement that says so. They are among the `reports` still."""
        return self._judging.withdrawals(None if as_of is None else moment_of(as_of))

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
        as_of: str | None = None,
    ) -> Iterator[Statement]:
        """The statements that fit, by report id and place in the text. ``actor`` is an id or a whole name."""
        whole = self._records.whole_id(report, kind="r") if report is not None else None
        found = self._store.statements(report=whole, outlet=outlet, actor=actor, act=act, kind=kind)
        if as_of is None:
            return found
        out = {report.id for report in self.reports(as_of=as_of)}
        return (statement for statement in found if statement.report in out)

    def search(self, query: str, *, limit: int = SEARCH_LIMIT, as_of: str | None = None) -> tuple[Hit, ...]:
        """Statements, and then reports, with every word of ``query`` ("several words" as they stand), best first."""
        if limit < 1:
            raise UsageError(f"there cannot be {limit} hits", where="limit", remedy="Give 1 or more.")
        if as_of is None:
            return self._store.search(query, limit=limit)
        out = {report.id for report in self.reports(as_of=as_of)}
        asked = limit
        while True:  # hits that came later are left out, so more are asked for until there are enough
            hits = self._store.search(query, limit=asked)
            found = tuple(hit for hit in hits if hit.report in out)
            if len(found) >= limit or len(hits) < asked:
                return found[:limit]
            asked *= 4

    def judgements(self) -> tuple[Judgement, ...]:
        """What people decided, oldest first."""
        return self._store.judgements()

    def journal(self, *, after: str | None = None) -> Iterator[JournalRow]:
        """What was done to this ledger, in order; only what came after the row of that hash, if one is given."""
        return self._store.journal(after=after)

    def show(self, record_id: str, *, as_of: str | None = None) -> Record:
        """The record with that id, of whatever kind, or with the only id that begins so.

        Raises UsageError when there is none, or several, which it names, and for one that was not there as of that time.
        """
        if as_of is None:
            return self._records.get(record_id)
        return self._records_at(as_of).get_then(record_id, as_of, now=self._records)

    def _records_at(self, as_of: str | None) -> Records:
        return Records(
            self._store,
            linked=lambda: self.linked(as_of=as_of),
            account=lambda: self.account(as_of=as_of),
            actors=lambda: self.actors(as_of=as_of),
            stories=lambda: self.stories(as_of=as_of),
            moment=None if as_of is None else moment_of(as_of),
        )

    # -----------------------------------------------------------------------------------------------
    # What follows from it

    def head(self) -> str:
        """The hash of the journal's last row: as long as it stays, everything that follows from the records stays too."""
        return self._store.head()

    def state(self, *, as_of: str | None = None, story: str | None = None) -> State:
        """All that an account is made from, read at one moment: the reports that count, their readings, and what linking gave."""
        return self._past.state(as_of, story)

    def home(self, record_id: str) -> str | None:
        """The id of the story that a report, statement, origin, question, claim or story stands in now, by its whole id; None
        for an id that there is not, and for a record of no story."""
        self._linking.refresh()
        if record_id.startswith("s-"):
            statement = self._store.statement(record_id)
            return self._store.derived.home(statement.report) if statement else None
        return self._store.derived.home(record_id)

    def linked(self, *, as_of: str | None = None, story: str | None = None) -> Linked:
        """Origins, questions, claims and relations."""
        return self._linking.linked() if as_of is None and story is None else self._past.state(as_of, story).linked

    def statuses(self, statements: Collection[str]) -> dict[str, frozenset[Status]]:
        """The statuses, now, of the claims that rest on each of these statements, by its id."""
        self._linking.refresh()
        return self._store.derived.statuses(statements)

    def changes(self, *, since: str, until: str | None = None, story: str | None = None) -> Changes:
        """What changed, claim by claim, from the end of ``since`` to the end of ``until``, or to now; of one story as it is then,
        whatever stories its reports were of before.

        Raises UsageError for what is not a time, and where ``until`` comes before ``since``.
        """
        if until is not None and moment_of(until) < moment_of(since):
            raise UsageError("this comes before the beginning", where=f"until {until!r}", remedy=f"It is {since!r}.")
        before, after = self._past.state(since), self._past.state(until, story)
        if story is not None:
            before = before.of(*{home for report, home in before.stories.items() if report in after.stories})
        withdrawals = self.withdrawals(as_of=until)
        return changes_between(before, after, steps=self._steps, withdrawals=withdrawals, since=since, until=until)

    def changes_after(self, row: str) -> Changes:
        """What changed, claim by claim, by what came in after the journal's row of that hash (`head` gave it then): reports, however
        long ago they were published, and judgements.

        Raises RecordNotFound for a hash that no row has.
        """
        return self.since(row).changes

    def since(self, row: str) -> Since:
        """The same, with what there was then and what there is now: of the stories that are not alike in both."""
        found = self._past.since_row(row)
        if found is None:
            raise RecordNotFound(
                "the journal has no row of this hash", where=row, remedy="It is of another ledger, or of a newer copy."
            )
        return Since(*found, changes_between(*found, steps=self._steps, withdrawals=self.withdrawals()))

    def check(self, captured: Captured, *, as_of: str | None = None) -> Check:
        """What a text says against what the ledger holds: read and linked as if it had come in, and nothing of it is written.

        Raises InputError for a text that the ledger could not hold.
        """
        return check(self._store, self._linking, self._steps, captured, as_of=as_of)

    def ask(self, question: str, *, as_of: str | None = None, story: str | None = None) -> Asked:
        """What the claims answer to a question in plain English, with status, origins and citations; "not known" where none surely
        does. Raises UsageError for a question without a word, or longer than a sentence."""
        return self._asking.ask(question, as_of=as_of, story=story)

    def actors(self, *, as_of: str | None = None, story: str | None = None) -> tuple[KnownActor, ...]:
        """Who is who over all reports, by id: each actor's names with the reasons why they are one, whom it speaks for, and its
        side in each story."""
        state = self._past.state(as_of, story)
        return pipeline.known_actors(
            state.reports, state.extractions, state.linked, state.stories, judgements=self._store.judgements()
        )

    def stories(self, *, as_of: str | None = None) -> tuple[Story, ...]:
        """Which reports tell of one running affair, by id of the story."""
        state = self._past.state(as_of)
        return pipeline.known_stories(state.reports, state.stories)

    def incidents(self, *, as_of: str | None = None, story: str | None = None) -> tuple[Incident, ...]:
        """Within each story the reports that tell of one place on one day, by id of the incident."""
        state = self._past.state(as_of, story)
        return pipeline.known_incidents(state.reports, state.extractions, state.stories)

    def story(self, story: str, *, as_of: str | None = None) -> Story:
        """One story, by its id or the beginning of it. Raises UsageError when there is none, or several."""
        state = self._past.state(as_of, story)
        (found,) = pipeline.known_stories(state.reports, state.stories)
        return found

    def story_listings(self, *, as_of: str | None = None) -> tuple[StoryListing, ...]:
        """Every story with how much there is of it, the one that was told of last first."""
        state = self._past.state(as_of)
        return list_stories(pipeline.known_stories(state.reports, state.stories), state)

    def account(self, *, title: str | None = None, as_of: str | None = None, story: str | None = None) -> Account:
        """The account, as its lines can be worded from the records."""
        state = self._past.state(as_of, story)
        return self._steps.account(state.reports, state.extractions, state.linked, title=title, as_of=as_of)

    def wait_for_change(self, head: str, *, timeout_s: float) -> str:
        """The `head`, as soon as it is another than this one, or after so many seconds."""
        return self._store.wait_for_change(head, timeout_s=timeout_s)

    def copy_to(self, url: str, *, progress: Progress | None = None) -> CopyResult:
        """Copies everything into the place of another ledger, which is made there: the same records, the same journal, and what
        follows from them linked anew.

        Raises UsageError when there is another ledger already; a copy that was interrupted, or that grew old, goes on.
        """
        to = open_store(url, create=True, bare=True)
        try:
            rows, reports, readings, judgements = copy_records(self._store, to, progress=progress)
            if self._steps.embed is not None:
                copy_vectors(self._store, to, model=self._steps.embedder)
            Linking(to, self._steps).refresh()
            return CopyResult(to.url, rows, reports, readings, judgements, to.stats())
        finally:
            to.close()

    def stats(self) -> Stats:
        """How much there is of everything, and the head of the journal."""
        return self._store.stats()

    def verify(self, *, head: str | None = None) -> tuple[Problem, ...]:
        """Everything that is not as it was stored; empty when all is well.

        ``head`` is a `Stats.journal_head` that was noted earlier: it proves that nothing was cut off since.
        """
        return self._store.verify(head=head)

    # -----------------------------------------------------------------------------------------------

    def _take_in(self, found: Iterable[Captured | Problem], *, workers: int, progress: Progress | None) -> AddResult:
        self._check_writable()
        result = take_in(self._store, self._steps, found, workers=workers, progress=progress)
        self._linking.refresh()
        return result

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
