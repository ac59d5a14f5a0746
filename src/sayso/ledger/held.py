"""What was captured and read, as the records of a ledger hold it: the part of `sayso.ledger.Ledger` that needs no linking."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from sayso.config import SEARCH_LIMIT
from sayso.errors import UsageError
from sayso.ledger.guard import Guard
from sayso.ledger.judging import Judging
from sayso.ledger.past import Past, moment_of
from sayso.ledger.records import Records
from sayso.model import Act, Extraction, Judgement, Kind, Report, Statement
from sayso.store import Found, Hit, JournalRow, Store
from sayso.store.moments import by_age, was_out, was_out_by


class Held:
    """The records of one store. What of them is protected is masked by `sayso.ledger.guard`, as all that a ledger gives."""

    _store: Store
    _records: Records
    _judging: Judging
    _past: Past
    _guard: Guard | None

    def reports(self, *, as_of: str | None = None, story: str | None = None) -> Iterator[Report]:
        """The reports, by id; those that were withdrawn too."""
        if story is not None:
            return self._store.reports(self._past.state(as_of, story).stories)
        if as_of is None:
            return self._store.reports(self._past.state(None).stories if self._past.stands else None)
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
        report = self.report(report_id)
        raw = self._store.raw(report.id)
        assert raw is not None, report_id
        return self._guard.release(report, raw) if self._guard else raw

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

    def find(
        self,
        query: str | None,
        *,
        outlet: str | None = None,
        actor: str | None = None,
        act: Act | None = None,
        as_of: str | None = None,
    ) -> tuple[Found, ...]:
        """All that `search` finds, however much it is, in short and in its order; without a ``query`` the `statements` that fit."""
        found = self._store.find(query, outlet=outlet, actor=actor, act=act)
        if as_of is None:
            return found
        moment = moment_of(as_of)
        return tuple(each for each in found if was_out_by(each.published, each.captured_at, moment))

    def hits(self, query: str, *, statements: Collection[str], reports: Collection[str]) -> tuple[Hit, ...]:
        """Those hits of `search` that are these statements, or these reports themselves, by id."""
        return self._store.hits(query, statements=statements, reports=reports)

    def judgements(self) -> tuple[Judgement, ...]:
        """What people decided, oldest first."""
        return self._store.judgements()

    def journal(self, *, after: str | None = None) -> Iterator[JournalRow]:
        """What was done to this ledger, in order; only what came after the row of that hash, if one is given."""
        return self._store.journal(after=after)
