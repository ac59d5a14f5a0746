"""Keeping what is derived in step with the records: linked when it is stale, and read as it was saved when it is not.

Linking is a pure function of the set of reports, their readings and the judgements, which are given to it in the order
of their ids. So it does not matter in which order, or in how many sittings, the reports came.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime

from sayso import pipeline
from sayso.errors import LedgerLocked
from sayso.model import Extraction, Judgement, Linked, Report, Statement
from sayso.pipeline import Steps
from sayso.store import Store
from sayso.store.moments import was_out


@dataclass(frozen=True, slots=True)
class State:
    """All that an account is made from, of one moment; reports and extractions by report id."""

    reports: tuple[Report, ...]
    extractions: tuple[Extraction, ...]
    linked: Linked


class Linking:
    """What is derived from the records of one store by the given steps."""

    def __init__(self, store: Store, steps: Steps) -> None:
        self._store = store
        self._steps = steps

    def linked(self) -> Linked:
        """Origins, questions, claims and relations as the records give them now."""
        with self._store.snapshot():
            linked = self._store.linked() if self._is_fresh(self._store.fingerprint()) else None
        return linked if linked is not None else self.state().linked

    def state(self) -> State:
        """Everything, linked; linked anew, and saved where that is possible, when what was saved is stale."""
        with self._store.snapshot():
            fingerprint = self._store.fingerprint()
            reports, extractions, judgements = self._standing(None)
            linked = self._store.linked() if self._is_fresh(fingerprint) else None
        if linked is None:
            linked = self._link(reports, extractions, judgements)
            if self._store.writable:
                # Not saving is no loss: whoever reads next links again. So another writer is no reason to fail.
                with suppress(LedgerLocked):
                    self._store.save_linked(linked, fingerprint=fingerprint, linker=self._steps.linker)
        return State(reports, extractions, linked)

    def state_at(self, moment: datetime) -> State:
        """The same for only those reports that were out by then; nothing of it is saved."""
        with self._store.snapshot():
            reports, extractions, judgements = self._standing(moment)
        reports = tuple(report for report in reports if was_out(report, moment))
        out = {report.id for report in reports}
        extractions = tuple(extraction for extraction in extractions if extraction.report in out)
        return State(reports, extractions, self._link(reports, extractions, judgements))

    def rebuild(self) -> None:
        """Links everything anew, fresh or not, and makes the search index again."""
        with self._store.snapshot():
            fingerprint = self._store.fingerprint()
            reports, extractions, judgements = self._standing(None)
        linked = self._link(reports, extractions, judgements)
        if not self._store.save_linked(linked, fingerprint=fingerprint, linker=self._steps.linker, rebuilt=True):
            raise LedgerLocked(
                "another process added to this ledger while it was being rebuilt",
                where=self._store.url,
                remedy="Run the command again when that process has finished.",
            )

    def _records(self) -> tuple[tuple[Report, ...], tuple[Extraction, ...], tuple[Judgement, ...]]:
        return tuple(self._store.reports()), tuple(self._store.extractions()), self._store.judgements()

    def _standing(
        self, moment: datetime | None
    ) -> tuple[tuple[Report, ...], tuple[Extraction, ...], tuple[Judgement, ...]]:
        """The records without the reports that were withdrawn by then; None is now."""
        reports, extractions, judgements = self._records()
        gone = pipeline.withdrawals(judgements, at=moment)
        return (
            tuple(report for report in reports if report.id not in gone),
            tuple(extraction for extraction in extractions if extraction.report not in gone),
            judgements,
        )

    def _is_fresh(self, fingerprint: str) -> bool:
        state = self._store.derived_state()
        return state is not None and state.linker == self._steps.linker and state.fingerprint == fingerprint

    def _link(
        self, reports: Sequence[Report], extractions: Sequence[Extraction], judgements: Sequence[Judgement]
    ) -> Linked:
        """Links a set of reports, with vectors of their statements that are computed once for the same words."""
        if self._steps.embed is None:
            return self._steps.link(reports, extractions, vectors=None, judgements=judgements)
        texts = {report.id: report.text for report in reports}
        statements = [statement for extraction in extractions for statement in extraction.statements]
        keys = {statement.id: _words_key(texts[statement.report], statement) for statement in statements}
        cached = self._store.vectors(self._steps.embedder, keys.values())
        known = {statement_id: cached[key] for statement_id, key in keys.items() if key in cached}
        vectors = self._steps.embed(reports, statements, known=known)
        new = {key: vectors[i] for i, key in keys.items() if i in vectors and key not in cached}
        if new and self._store.writable:
            with suppress(LedgerLocked):  # it is only a cache
                self._store.save_vectors(self._steps.embedder, new)
        return self._steps.link(reports, extractions, vectors=vectors, judgements=judgements)


def _words_key(text: str, statement: Statement) -> str:
    """The key of a statement's vector: the hash of its words, however they are broken into lines."""
    words = " ".join(" ".join(span.of(text).split()) for span in statement.content)
    return hashlib.sha256(words.encode("utf-8", "surrogatepass")).hexdigest()
