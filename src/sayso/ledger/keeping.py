"""What proves a ledger, and what keeps people safe in it: the part of `sayso.ledger.Ledger` that custody and privacy are."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from sayso.errors import UsageError
from sayso.ledger.adding import Progress
from sayso.ledger.copying import CopyResult, copy_records, copy_vectors
from sayso.ledger.custody import Evidence, evidence
from sayso.ledger.held import Held
from sayso.ledger.linking import Linking
from sayso.ledger.past import moment_of
from sayso.ledger.proofs import Proof, payload_of, proofs_in, read_token, speaks_of
from sayso.ledger.protecting import Protection, protections
from sayso.model import Judgement, Problem
from sayso.pipeline import Steps
from sayso.store import Stats, open_store

if TYPE_CHECKING:
    from sayso.ledger.redacting import Redacted


class Keeping(Held):
    """Checks, copies, evidence, proofs of time, protection and redaction, over the records of one store."""

    _whole: Linking
    _steps: Steps

    def stats(self) -> Stats:
        """How much there is of everything, and the head of the journal."""
        return self._store.stats()

    def verify(self, *, head: str | None = None) -> tuple[Problem, ...]:
        """Everything that is not as it was stored; empty when all is well.

        ``head`` is a `Stats.journal_head` that was noted earlier: it proves that nothing was cut off since.
        """
        return self._store.verify(head=head)

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

    def evidence(self, *, as_of: str | None = None, story: str | None = None) -> Iterator[Evidence]:
        """The journal, row by row, with the records and bytes that its hashes were taken of; of those that are not of ``story``, or came
        later than ``as_of``, and of what is protected, the row alone."""
        reports = None
        if as_of is not None or story is not None:
            reports = {report.id for report in self.reports(as_of=as_of, story=story)}
        moment = None if as_of is None else moment_of(as_of).strftime("%Y-%m-%dT%H:%M:%SZ")
        return evidence(self._store, self._guard, reports=reports, moment=moment)

    def proofs(self, *, roots: Sequence[bytes] = (), blocks: Sequence[bytes] = ()) -> tuple[Proof, ...]:
        """The proofs of time that were attached, each held against the journal, with what was checked in words. ``roots`` are certificates
        that signatures are held against, ``blocks`` headers of Bitcoin's blocks.

        Raises UsageError where there is one and what reads it is not installed.
        """
        return tuple(proofs_in(list(self._store.journal()), roots=roots, blocks=blocks))

    def attach_proof(self, raw: bytes, *, author: str) -> Proof:
        """Attaches a proof that the journal ended so at some time, made elsewhere of the file `proofs.stamped`.

        Raises InputError for what is no proof, UsageError for one that speaks of no row of this journal, or is attached already.
        """
        rows = list(self._store.journal())
        token = read_token(raw)
        of = speaks_of(token, rows)
        if of is None:
            raise UsageError(
                "this proof speaks of no end that the journal ever had",
                where="proof",
                remedy="Stamp the file that `sayso proof export` writes, and attach what comes back.",
            )
        payload = payload_of(raw, token, of.hash, author)
        if any(row.kind == "proof" and json.loads(row.payload).get("proof") == payload["proof"] for row in rows):
            raise UsageError("this proof is attached already", where="proof", remedy="There is nothing to do.")
        row = self._store.note("proof", payload)
        return Proof(row.seq, row.at, author, payload["proof"], token, of.hash, of.seq)

    def protect(
        self, subject: str, *, author: str, names: Collection[str] = (), reason: str | None = None
    ) -> Protection:
        """Protects an actor, by name or id, or a report by id: from now on neither its name nor its contents leave this ledger.

        ``names`` are further names of the actor, beside those that the ledger knows. Raises UsageError for a name that nobody has, or
        a report that there is not, and for what is protected already.
        """
        return self._judging.protect(subject, author=author, names=names, reason=reason)

    def unprotect(self, subject: str, *, author: str) -> Judgement:
        """Undoes that, for what `protections` lists under this label, or of this name or id. Raises UsageError for anything else."""
        return self._judging.unprotect(subject, author=author)

    def redact(self, report: str | None, names: Sequence[str], *, author: str, reason: str) -> Redacted:
        """Takes a name out of a report for good, or out of every report: bytes, text, readings, index, all that follows. It cannot be
        undone; a row of the journal for each report says what was done, with hashes before and after.

        Raises UsageError where the name stands nowhere in it, and for a reason or an author that holds the name.
        """
        from sayso.ledger.redacting import redact  # it loads what makes records of JSON

        self._store.add(())  # fails now where it cannot be written
        asked = None if report is None else [self._records.whole_id(report, kind="r")]
        return redact(self._store, self._whole, names, reports=asked, author=author, reason=reason)

    def as_shown(self, value: Any) -> Any:
        """Text, or plain data of texts, that was taken out of this ledger earlier: as it may be shown now, with what is protected masked."""
        return value

    def protections(self) -> tuple[Protection, ...]:
        """What is protected, oldest first; without its names."""
        return protections(self._store.judgements())
