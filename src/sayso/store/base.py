"""What a store does, reading and writing apart. A backend is one class that does both; the ledger sees only this.

Every method may raise a LedgerError that names the store and the remedy. Ids are whole here; prefixes of ids are looked
up with `Reader.ids`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from sayso.model import (
    Act,
    Actor,
    Captured,
    Extraction,
    Gist,
    Judgement,
    Kind,
    Linked,
    Problem,
    Report,
    Span,
    Statement,
    Status,
)

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from sayso.store.redacting import Redaction

    Vector = NDArray[np.float32]


RESTORE = "Restore the ledger from a copy made before this; the raw reports can be added again."
"""The remedy for anything that was changed after it was stored."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A report as it enters the store: its bytes, what was read out of it, and by which version of the reader."""

    captured: Captured
    extraction: Extraction
    reader: str


@dataclass(frozen=True, slots=True)
class JournalRow:
    """One thing that was done. ``hash`` covers the row and ``prev``, the hash of the row before."""

    seq: int
    at: str  # ISO 8601 in UTC
    kind: str  # init, report, extraction, judgement, rebuild, redaction, proof
    payload: str  # canonical JSON
    prev: str
    hash: str


@dataclass(frozen=True, slots=True)
class Noted:
    """A row of the journal with what it speaks of, as one store hands it to another: a report, a reading, a judgement, or nothing."""

    row: JournalRow
    captured: Captured | None = None
    extraction: Extraction | None = None
    judgement: Judgement | None = None


@dataclass(frozen=True, slots=True)
class Saved:
    """A report of a damaged store that is whole, and its reading with the name of its reader, where that is whole too."""

    captured: Captured
    extraction: Extraction | None = None
    reader: str = ""


@dataclass(frozen=True, slots=True)
class Opening:
    """How a store is to be opened (see `sayso.store.open_store`)."""

    create: bool
    read_only: bool
    busy_timeout_s: float
    bare: bool  # made without a first row in its journal, for `Writer.take_over`
    damaged: bool = False  # opened as far as it goes, for `Reader.salvaged`


@dataclass(frozen=True, slots=True)
class Pending:
    """What came in and was not looked at yet: ids of reports, which are in no story, and of judgements."""

    reports: tuple[str, ...] = ()
    judgements: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.reports or self.judgements)


@dataclass(frozen=True, slots=True)
class Shelved:
    """A story as the store keeps it: its id, and the version that linking it must still find."""

    id: str
    version: int
    stale: bool


@dataclass(frozen=True, slots=True)
class Hit:
    """A report, or a statement of it, in which the words of a search were found.

    ``snippet`` is a passage of the report's canonical text, ``words`` its words, and ``marks`` the words that were
    found, as spans of that text; there are none when they stand only in the title or the names. ``score`` is greater
    for a better hit, and compares only within one search. ``said`` is the statement itself.
    """

    report: str
    statement: str | None
    score: float
    snippet: Span
    words: str
    marks: tuple[Span, ...]
    said: Statement | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """What a search found, in short: as much of a statement (or, where ``statement`` is None, of a report) as can be counted by. Times
    are ISO 8601, ``act`` is the value of an `Act`, ``places`` are names."""

    report: str
    statement: str | None
    outlet: str | None
    url: str | None
    published: str | None
    captured_at: str
    actor: str | None
    act: str | None
    places: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Stats:
    """How much a ledger holds, and the end of its journal.

    Whoever notes ``journal_head`` elsewhere can later prove by `Reader.verify` that nothing before it was changed, nor
    cut off.
    """

    reports: int
    blobs: int
    bytes: int  # as captured, before compression
    statements: int
    judgements: int
    origins: int
    questions: int
    claims: int
    journal_rows: int
    journal_head: str
    schema_version: int


class Reader(Protocol):
    """What can be asked of a store."""

    @property
    def url(self) -> str: ...

    @property
    def writable(self) -> bool: ...

    def snapshot(self) -> AbstractContextManager[None]:
        """Everything read inside it is of one moment, whatever other processes write meanwhile."""
        ...

    @property
    def derived(self) -> Derived:
        """What was made of the records."""
        ...

    def reports(self, ids: Collection[str] | None = None) -> Iterator[Report]:
        """Every report, or those of ``ids``, by id."""
        ...

    def report(self, report_id: str) -> Report | None: ...

    def known(self, report_ids: Collection[str]) -> set[str]:
        """Those of ``report_ids`` that are stored."""
        ...

    def at_url(self, url: str) -> tuple[Report, ...]:
        """The reports that were captured from this very address, by id."""
        ...

    def raw(self, report_id: str) -> bytes | None:
        """The bytes as captured. Raises LedgerDamaged when they no longer have their SHA-256."""
        ...

    def extractions(self, ids: Collection[str] | None = None) -> Iterator[Extraction]:
        """The reading that counts of every report, or of those of ``ids``, by report id."""
        ...

    def extraction(self, report_id: str) -> Extraction | None: ...

    def reading(self, number: int) -> Extraction | None:
        """The reading that the journal calls by that number, whether it counts or not."""
        ...

    def readings_of(self, report_id: str) -> tuple[int, ...]:
        """The numbers of all readings of a report, the one that counts last."""
        ...

    def sharing_bytes(self, reports: Sequence[str]) -> tuple[str, ...]:
        """These reports, and all that were captured with the very bytes of one of them, by id."""
        ...

    def readers(self) -> dict[str, str]:
        """Which reader made the reading that counts, by report id."""
        ...

    def statements(
        self,
        *,
        report: str | None = None,
        outlet: str | None = None,
        actor: str | None = None,
        act: Act | None = None,
        kind: Kind | None = None,
    ) -> Iterator[Statement]:
        """The statements that count, by report id and place in the text. ``actor`` is an id or a name."""
        ...

    def statement(self, statement_id: str) -> Statement | None: ...

    def actor(self, actor_id: str) -> Actor | None:
        """The actor as the first statement of theirs names them, by report id; else as the first report does."""
        ...

    def judgements(self) -> tuple[Judgement, ...]:
        """All of them, by time and id."""
        ...

    def journal(self, *, after: str | None = None) -> Iterator[JournalRow]:
        """What was done, in order; only what came after the row of that hash, where one is given and there is such a row."""
        ...

    def search(self, query: str, *, limit: int) -> tuple[Hit, ...]:
        """Statements and reports that hold every word of ``query`` ("quoted words" as they stand), best first."""
        ...

    def find(
        self, query: str | None, *, outlet: str | None = None, actor: str | None = None, act: Act | None = None
    ) -> tuple[Found, ...]:
        """All that `search` finds, in its order; without a ``query`` the statements that fit, in the order of `statements`."""
        ...

    def hits(self, query: str, *, statements: Collection[str], reports: Collection[str]) -> tuple[Hit, ...]:
        """Those hits of `search` that are these statements, or these reports themselves; in any order."""
        ...

    def ids(self, prefix: str, *, limit: int) -> tuple[str, ...]:
        """The ids of reports, statements that count, actors and judgements that begin so: sorted, ``limit`` at most."""
        ...

    def head(self) -> str:
        """The hash of the last row of the journal: another one whenever anything was put in."""
        ...

    def wait_for_change(self, head: str, *, timeout_s: float) -> str:
        """The `head`, as soon as it is another than this one, or after so many seconds."""
        ...

    def stats(self) -> Stats: ...

    def salvaged(self) -> Iterator[Saved | Judgement | Problem]:
        """What can still be read, however damaged the rest is (see `sayso.store.salvage`)."""
        ...

    def verify(self, *, head: str | None = None) -> tuple[Problem, ...]:
        """Everything that is not as it was stored; empty when all is well.

        ``head`` is a `Stats.journal_head` noted earlier, which must still stand in the journal.
        """
        ...


class Writer(Protocol):
    """What can be done to a store. Each call lands whole or not at all."""

    def refuses(self, captured: Captured) -> Problem | None:
        """Why this store cannot hold the report (too large, no valid Unicode), or None."""
        ...

    def add(self, entries: Sequence[Entry]) -> tuple[str, ...]:
        """Stores what is not yet known; the ids of what was stored, in the order given.

        Raises ValueError when the bytes of a report do not have the SHA-256 that it names.
        """
        ...

    def add_extractions(self, extractions: Sequence[Extraction], *, reader: str) -> None:
        """Further readings of stored reports; from now on they are the ones that count.

        Raises ValueError for a report that is not stored.
        """
        ...

    def judge(self, judgement: Judgement) -> None:
        """Appends the judgement; the same one again changes nothing."""
        ...

    def note_rebuild(self) -> None:
        """Journals that everything derived was made anew, and makes the search index again."""
        ...

    def note(self, kind: str, payload: Mapping[str, object]) -> JournalRow:
        """Journals something that is kept in the journal alone, such as a proof of time."""
        ...

    def redact(self, redactions: Sequence[Redaction]) -> None:
        """Puts other words in the place of stored ones, each with a row of the journal; all that is derived is dropped."""
        ...

    def purge(self) -> bool:
        """Has the disk forget what was redacted, as far as that can be told from here; False where another process is in the way."""
        ...

    def take_over(self, noted: Sequence[Noted]) -> None:
        """Stores the next rows of another store's journal as they are, each with what it speaks of, in one transaction.

        Raises ValueError for a row that does not follow on this journal's last.
        """
        ...

    def close(self) -> None: ...


class Derived(Protocol):
    """What is made of the records and can be made again: which reports are one story, and what linking each story gave.

    A report, or a new reading of one, is pending from the moment it lands until it is filed in a story; a story is stale from
    then on until it was linked. What is read is fresh where nothing is pending and nothing stale.
    """

    def linker(self) -> str | None:
        """Which linker made all this; None when nothing was made yet."""
        ...

    def forget(self, linker: str) -> None:
        """Drops all of it, and has every report pending for that linker."""
        ...

    def update(self) -> AbstractContextManager[None]:
        """One transaction for reading and writing: everything inside it lands, or nothing does."""
        ...

    def pending(self, *, limit: int | None = None) -> Pending:
        """What is not filed yet: at most ``limit`` reports, by id, and all judgements, by time."""
        ...

    def gists(self, reports: Collection[str]) -> dict[str, Gist]:
        """The gists of those reports that are filed."""
        ...

    def partners(self, gist: Gist, *, days: float) -> list[tuple[str, ...]]:
        """For each story the filed reports of it with a key in common, those with most in common first, that were published
        within so many days or at an unknown time."""
        ...

    def stories(self, *, stale: bool = False) -> tuple[Shelved, ...]:
        """All stories, or those that must be linked anew: by the day of their earliest report, then by id."""
        ...

    def stories_of(self, reports: Collection[str]) -> dict[str, str]:
        """The story of each report that is filed."""
        ...

    def stories_with(self, claims: Collection[str]) -> set[str]:
        """The stories that these claims stand in."""
        ...

    def home(self, record: str) -> str | None:
        """The story that a report, origin, question, claim or story stands in, by its whole id; None where there is none."""
        ...

    def members(self, stories: Collection[str]) -> dict[str, tuple[str, ...]]:
        """The reports of each of these stories, by id."""
        ...

    def file(
        self, gists: Iterable[Gist], paragraphs: Mapping[str, Collection[str]], stories: Mapping[str, str]
    ) -> None:
        """Keeps new gists with the keys of their paragraphs, and puts reports into stories, which are stale from now on; a story
        that is left without reports is gone, with what it held."""
        ...

    def mark_stale(self, stories: Collection[str]) -> None:
        """These stories must be linked anew."""
        ...

    def printed_in(self, keys: Collection[str], *, enough: int) -> dict[str, frozenset[str]]:
        """The stories in which each of these paragraphs is printed; of more than ``enough`` only as many."""
        ...

    def furniture(self, keys: Collection[str]) -> frozenset[str]:
        """Those of ``keys`` that were noted as furniture."""
        ...

    def note_furniture(self, keys: Mapping[str, bool]) -> None:
        """Notes, or forgets, that paragraphs are furniture."""
        ...

    def settle(self, pending: Pending) -> None:
        """Those are filed now, and no longer pending."""
        ...

    def save(self, story: Shelved, linked: Linked) -> bool:
        """Puts ``linked`` in the place of what that story held. False, and nothing saved, when the story has another version
        meanwhile: another process filed something in it."""
        ...

    def linked(self, stories: Collection[str] | None = None) -> Linked:
        """What was linked last, of all stories in their order or of those."""
        ...

    def statuses(self, statements: Collection[str]) -> dict[str, frozenset[Status]]:
        """The statuses of the claims that rest on each of these statements; none of those that no claim rests on."""
        ...

    def vectors(self, model: str, words_sha256: Iterable[str]) -> dict[str, Vector]:
        """The cached vectors of that model, by the hash of the words."""
        ...

    def save_vectors(self, model: str, vectors: Mapping[str, Vector]) -> None: ...


class Store(Reader, Writer, Protocol):
    """A place where reports are kept for good, with all that was made of them."""
