"""The Python API: `open` a ledger, add reports to it, and ask it for what they say.

    with sayso.ledger.open("flood.db", create=True) as ledger:
        ledger.add(["reports/"])
        account = ledger.account()

The command line, and everything else that serves people or machines, calls only this. Nothing derived is ever read
stale: when reports came in that were not linked yet, whoever reads next links them first.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from functools import partial
from types import TracebackType
from typing import TYPE_CHECKING

from sayso import pipeline
from sayso.config import WORKERS
from sayso.errors import RecordNotFound, UsageError
from sayso.ledger.adding import AddResult, Progress, take_in
from sayso.ledger.asking import Asking
from sayso.ledger.changing import changes_between
from sayso.ledger.checking import check
from sayso.ledger.copying import CopyResult
from sayso.ledger.custody import Evidence
from sayso.ledger.guard import Guard, guarded
from sayso.ledger.hiding import Hiding, statuses_in
from sayso.ledger.judging import Judging
from sayso.ledger.keeping import Keeping
from sayso.ledger.linking import Linking
from sayso.ledger.one_story import Linkers
from sayso.ledger.past import Past, moment_of
from sayso.ledger.proofs import Proof
from sayso.ledger.protecting import Protection, make_mask, protections
from sayso.ledger.rebuilding import RebuildResult, rebuild
from sayso.ledger.records import Record, Records
from sayso.ledger.redacting import Redacted
from sayso.ledger.state import State
from sayso.ledger.stories import list_stories
from sayso.ledger.withdrawing import withdraw
from sayso.ledger.working import Work, open_work
from sayso.model import (
    Account,
    Asked,
    Captured,
    Changes,
    Check,
    Incident,
    Judgement,
    KnownActor,
    Linked,
    Problem,
    Status,
    Story,
    StoryListing,
    Verdict,
    Withdrawal,
)
from sayso.pipeline import Steps
from sayso.store import Found, Hit, Store, masked, open_store

if TYPE_CHECKING:
    from sayso.ingest import IngestOptions

__all__ = [
    "AddResult",
    "CopyResult",
    "Evidence",
    "Found",
    "Hit",
    "Ledger",
    "Progress",
    "Proof",
    "Protection",
    "RebuildResult",
    "Redacted",
    "State",
    "masked",
    "open",
]


@dataclass(frozen=True, slots=True)
class Since:
    """What a ledger held when its journal ended with some row, what it holds now, and what changed between the two."""

    before: State
    after: State
    changes: Changes


def open(
    url: str, *, create: bool = False, read_only: bool = False, steps: Steps | None = None, reveal: bool = False
) -> Ledger:
    """The ledger at ``url``: a path, ``sqlite:///path``, or ``postgresql://user@host/database``; ``create`` makes it where there is none.
    With ``read_only`` nothing in it is changed, not even what is derived. With ``reveal`` what is protected is shown as it is: for
    whoever works on the file of a ledger, and never for anything that serves others.

    Raises UsageError for another kind of URL, and for ``reveal`` of a ledger on a server; LedgerNotFound, LedgerLocked, LedgerDamaged, or
    another LedgerError for a file that is no ledger or cannot be used; each names the file and the remedy.
    """
    store = open_store(url, create=create, read_only=read_only)
    if reveal and not store.url.startswith("sqlite:"):
        store.close()
        raise UsageError(
            "what is protected is revealed only in the file of a ledger, and this one is on a server",
            where=store.url,
            remedy="Copy it to a file with `sayso copy`, and look there.",
        )
    return Ledger(store, steps=steps or Steps(), reveal=reveal)


@guarded
class Ledger(Keeping):
    """One ledger, open. A context manager; for one thread. What is protected is masked in all that it gives (see `sayso.ledger.guard`).

    ``as_of`` is a time in ISO 8601: what was out by the end of it, as what was out by then gives it; None is now. ``story`` is
    the id of a story, or the beginning of one: what belongs to that story alone; None is all of them.
    """

    def __init__(self, store: Store, *, steps: Steps, reveal: bool = False) -> None:
        self._store = store
        self._steps = steps
        self._whole = Linking(store, steps)
        self._inside = False  # a public method of ours, which masks what it gives in the end
        self._reveal = reveal
        self._guard: Guard | None = None
        self._attended: str | None = None  # the end of the journal that the guard is of
        self._look_through(self._whole)
        self._records = self._records_at(None)
        self._judging = Judging(store, self._records.whole_id, self.actors)

    def _look_through(self, linking: Linking) -> None:
        self._linking = linking
        self._past = Past(self._store, linking)
        self._asking = Asking(self._store, self._past, linking)

    def _attend(self) -> Guard | None:
        """The guard that holds now: None where nothing is protected, or all is revealed."""
        if self._reveal or (head := self._store.head()) == self._attended:
            return self._guard
        found = protections(self._store.judgements())
        self._guard = Guard(make_mask(self._store, found)) if found else None
        hidden = self._guard.mask.reports if self._guard else frozenset()
        seen = self._linking.hidden if isinstance(self._linking, Hiding) else frozenset()
        if hidden != seen:
            hiding = Hiding(self._store, self._steps, whole=self._whole, hidden=hidden)
            self._look_through(hiding if hidden else self._whole)
        self._attended = head
        return self._guard

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
        workers: int | None = None,
        run: str | None = None,
        progress: Progress | None = None,
    ) -> AddResult:
        """Takes in what stands at ``places`` (paths, folders, URLs, "-"), reads it, and links everything anew.

        Reports land in batches, each with all that was read out of it; what landed before an interruption stays, and
        adding the same again goes on from there. ``workers`` is the number of processes that read and link. ``run`` says where: None is this
        machine, "ray" a Ray cluster of it, "ray://HOST:PORT" one that runs already; all their processors work unless ``workers`` is
        given. Raises UsageError for a cluster that cannot be reached, and one that is lost; what landed before stays.
        """
        if run is not None:
            options = pipeline.captured_now(options)
        with open_work(self._steps, run=run, workers=workers or (None if run else WORKERS), options=options) as work:
            found = work.found(self._steps, places, options)
            return self._take_in(found, work, progress, linkers=work.linkers)

    def add_captured(
        self,
        captured: Iterable[Captured],
        *,
        workers: int = WORKERS,
        progress: Progress | None = None,
        link: bool = True,
    ) -> AddResult:
        """The same for reports that a program captured itself. Without ``link`` what follows from them is left to whoever reads next: for
        many who hand in one report each, of which the last is linked with all."""
        with open_work(self._steps, workers=workers) as work:
            return self._take_in(captured, work, progress, link=link)

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
        make = partial(self._judging.withdraw, report, author=author, reason=reason, on=on)
        return withdraw(self._judging, self._past, self._steps, make, lambda made: made.subject)

    def undo_withdrawal(self, report: str, *, author: str) -> Withdrawal:
        """Lets a withdrawn report count again, at every time. Raises UsageError for one that is not withdrawn."""
        make = partial(self._judging.undo_withdrawal, report, author=author)
        return withdraw(self._judging, self._past, self._steps, make, lambda made: self.report(report).id)

    def rebuild(
        self, *, reread: bool = False, workers: int = WORKERS, progress: Progress | None = None
    ) -> RebuildResult:
        """Makes everything derived again from the records, the search index too; ``workers`` processes read and link.

        Reports that another version of the reader had read are read again; with ``reread`` all are. Earlier readings
        stay in the ledger and no longer count.
        """
        self._check_writable()
        return rebuild(self._store, self._steps, self._linking, reread=reread, workers=workers, progress=progress)

    # -----------------------------------------------------------------------------------------------
    # One record

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

    def still(self) -> AbstractContextManager[None]:
        """A context in which all that is asked of one story, or of all, is of one moment, whatever comes in meanwhile: for whoever
        asks for the claims, and then for the account that speaks of them."""
        return self._past.still()

    def state(self, *, as_of: str | None = None, story: str | None = None) -> State:
        """All that an account is made from, read at one moment: the reports that count, their readings, and what linking gave."""
        return self._past.state(as_of, story)

    def same_since(self, row: str, *, as_of: str | None = None) -> bool:
        """Whether everything that follows from the records is what it was when the journal ended with the row of that hash, but for what
        people remarked meanwhile: grades, notes, sign-offs. False for a hash that no row has."""
        return self._past.same_since(row, None if as_of is None else moment_of(as_of))

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
        if as_of is None and story is None and not self._past.stands:
            return self._linking.linked()
        return self._past.state(as_of, story).linked

    def statuses(self, statements: Collection[str]) -> dict[str, frozenset[Status]]:
        """The statuses, now, of the claims that rest on each of these statements, by its id."""
        self._linking.refresh()
        if isinstance(self._linking, Hiding):
            return statuses_in(self._linking.linked(), statements)
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

    # -----------------------------------------------------------------------------------------------

    def _take_in(
        self,
        found: Iterable[Captured | Problem],
        work: Work,
        progress: Progress | None,
        *,
        link: bool = True,
        linkers: Linkers | None = None,
    ) -> AddResult:
        self._check_writable()
        result = take_in(self._store, self._steps, found, work, progress=progress)
        problems = self._linking.refresh(linkers) if link else ()
        return replace(result, problems=(*result.problems, *problems))

    def _check_writable(self) -> None:
        """Fails now, not after an hour of reading, when the ledger cannot be written."""
        self._store.add(())
