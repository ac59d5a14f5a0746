"""What is read of the records in SQL, whatever the backend: the other half is `sayso.store.records`."""

from __future__ import annotations

import hashlib
import json
import time
import zlib
from abc import ABC, abstractmethod
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from typing import Any

from sayso.errors import LedgerDamaged
from sayso.model import Act, Actor, Extraction, Judgement, Kind, Problem, Report, Statement
from sayso.store import journal, redacting, salvage
from sayso.store.base import RESTORE, Found, JournalRow, Saved, Stats
from sayso.store.codec import from_plain
from sayso.store.database import Database
from sayso.store.derived import SqlDerived
from sayso.store.rows import (
    Row,
    actor_from,
    extraction_from,
    judgement_from,
    report_from,
    statement_from,
)
from sayso.store.search import CURRENT_STATEMENTS, SHORT_OF_STATEMENT, fitting, found_statement

_LOOKS_EVERY_S = 0.25  # between two looks at a journal that does not tell by itself that it grew


class SqlReading(ABC):
    """One ledger in a database, as far as it is read."""

    _named_actors: str
    """A query for the actors as reports name them, whether or not they say anything: report, id, actor (JSON)."""

    def __init__(self, rows: Database) -> None:
        self._rows = rows
        self._derived = SqlDerived(rows)

    @property
    def writable(self) -> bool:
        return self._rows.writable

    @abstractmethod
    def _find(self, query: str) -> tuple[Found, ...]:
        """All that `search` finds, in its order."""

    @abstractmethod
    def _schema_version(self) -> int: ...

    @property
    def derived(self) -> SqlDerived:
        return self._derived

    def snapshot(self) -> AbstractContextManager[None]:
        return self._rows.snapshot()

    def reports(self, ids: Collection[str] | None = None) -> Iterator[Report]:
        if ids is None:
            return (report_from(row) for row in self._rows.paged("SELECT * FROM reports", key="id"))
        wanted = sorted(set(ids))
        return (report_from(row) for row in self._rows.among("SELECT * FROM reports WHERE id IN", wanted, order="id"))

    def report(self, report_id: str) -> Report | None:
        row = self._rows.one("SELECT * FROM reports WHERE id = ?", report_id)
        return report_from(row) if row else None

    def known(self, report_ids: Collection[str]) -> set[str]:
        return {row["id"] for row in self._rows.among("SELECT id FROM reports WHERE id IN", sorted(report_ids))}

    def at_url(self, url: str) -> tuple[Report, ...]:
        return tuple(report_from(row) for row in self._rows.all("SELECT * FROM reports WHERE url = ? ORDER BY id", url))

    def raw(self, report_id: str) -> bytes | None:
        row = self._rows.one(
            "SELECT blobs.sha256, bytes FROM reports JOIN blobs ON blobs.sha256 = reports.sha256 WHERE id = ?",
            report_id,
        )
        if row is None:
            return None
        try:
            raw = zlib.decompress(row["bytes"])
        except zlib.error:
            raw = b""
        if hashlib.sha256(raw).hexdigest() != row["sha256"]:
            raise LedgerDamaged(
                f"the bytes of report {report_id} are not those that were captured",
                where=self._rows.where,
                remedy=RESTORE,
            )
        return raw

    def extractions(self, ids: Collection[str] | None = None) -> Iterator[Extraction]:
        query = "SELECT * FROM current_extractions"
        if ids is None:
            return (self._whole(row) for row in self._rows.paged(query, key="report"))
        wanted = sorted(set(ids))
        return (self._whole(row) for row in self._rows.among(f"{query} WHERE report IN", wanted, order="report"))

    def extraction(self, report_id: str) -> Extraction | None:
        row = self._rows.one("SELECT * FROM current_extractions WHERE report = ?", report_id)
        return self._whole(row) if row else None

    def reading(self, number: int) -> Extraction | None:
        row = self._rows.one("SELECT * FROM extractions WHERE seq = ?", number)
        return self._whole(row) if row else None

    def readers(self) -> dict[str, str]:
        return {
            row["report"]: row["reader"] for row in self._rows.all("SELECT report, reader FROM current_extractions")
        }

    def statements(
        self,
        *,
        report: str | None = None,
        outlet: str | None = None,
        actor: str | None = None,
        act: Act | None = None,
        kind: Kind | None = None,
    ) -> Iterator[Statement]:
        fits, values = fitting(report, outlet, actor, act, kind)
        rows = self._rows.all(
            f"SELECT s.* FROM {CURRENT_STATEMENTS} WHERE {fits} ORDER BY s.report, s.position", *values
        )
        return (statement_from(row) for row in rows)

    def find(
        self, query: str | None, *, outlet: str | None = None, actor: str | None = None, act: Act | None = None
    ) -> tuple[Found, ...]:
        if query is not None:
            return self._find(query)
        fits, values = fitting(None, outlet, actor, act, None)
        rows = self._rows.all(
            f"{SHORT_OF_STATEMENT} {CURRENT_STATEMENTS} WHERE {fits} ORDER BY s.report, s.position", *values
        )
        return tuple(found_statement(row) for row in rows)

    def statement(self, statement_id: str) -> Statement | None:
        row = self._rows.one("SELECT * FROM current_statements WHERE id = ?", statement_id)
        return statement_from(row) if row else None

    def actor(self, actor_id: str) -> Actor | None:
        row = self._rows.one(
            "SELECT * FROM current_statements WHERE actor_id = ? ORDER BY report, position LIMIT 1", actor_id
        )
        if row:
            return actor_from(row)
        query = f"SELECT actor FROM ({self._named_actors}) AS named WHERE id = ? ORDER BY report LIMIT 1"
        named = self._rows.one(query, actor_id)
        return from_plain(json.loads(named["actor"]), Actor) if named else None

    def judgements(self) -> tuple[Judgement, ...]:
        return tuple(judgement_from(row) for row in self._rows.all("SELECT * FROM judgements ORDER BY at, id"))

    def journal(self, *, after: str | None = None) -> Iterator[JournalRow]:
        if after is not None:
            since = (
                "SELECT * FROM journal WHERE seq > coalesce((SELECT seq FROM journal WHERE hash = ?), 0) ORDER BY seq"
            )
            return (JournalRow(**row) for row in self._rows.all(since, after))
        return (JournalRow(**row) for row in self._rows.paged("SELECT * FROM journal", key="seq"))

    def ids(self, prefix: str, *, limit: int) -> tuple[str, ...]:
        actors = f"SELECT actor_id AS id FROM current_statements UNION SELECT id FROM ({self._named_actors}) AS named"
        table = {
            "r": "reports",
            "s": "current_statements",
            "a": f"({actors}) AS actors",
            "j": "judgements",
        }.get(prefix.partition("-")[0])
        if table is None:
            return ()
        query = f"SELECT DISTINCT id FROM {table} WHERE id >= ? AND id < ? ORDER BY 1 LIMIT ?"
        return tuple(row["id"] for row in self._rows.all(query, prefix, prefix + "\x7f", limit))  # ids are ASCII

    def head(self) -> str:
        last = self._last_row()
        return last.hash if last else journal.BEFORE_FIRST

    def wait_for_change(self, head: str, *, timeout_s: float) -> str:
        deadline = time.monotonic() + timeout_s
        while (now := self.head()) == head and (left := deadline - time.monotonic()) > 0:
            time.sleep(min(_LOOKS_EVERY_S, left))
        return now

    def salvaged(self) -> Iterator[Saved | Judgement | Problem]:
        return salvage.salvaged(self._rows)

    def stats(self) -> Stats:
        with self.snapshot():
            counted = ("reports", "blobs", "current_statements", "judgements", "origins", "questions", "claims")
            counts = [self._rows.one(f"SELECT count(*) AS rows FROM {table}")["rows"] for table in counted]
            reports, blobs, statements, judgements, origins, questions, claims = counts
            last = self._last_row()
            return Stats(
                reports=reports,
                blobs=blobs,
                bytes=int(self._rows.one("SELECT coalesce(sum(size), 0) AS bytes FROM blobs")["bytes"]),
                statements=statements,
                judgements=judgements,
                origins=origins,
                questions=questions,
                claims=claims,
                journal_rows=last.seq if last else 0,
                journal_head=last.hash if last else journal.BEFORE_FIRST,
                schema_version=self._schema_version(),
            )

    def readings_of(self, report_id: str) -> tuple[int, ...]:
        found = self._rows.all("SELECT seq FROM extractions WHERE report = ? ORDER BY seq", report_id)
        return tuple(row["seq"] for row in found)

    def sharing_bytes(self, reports: Sequence[str]) -> tuple[str, ...]:
        return tuple(redacting.sharing(self._rows, reports))

    def _last_row(self) -> JournalRow | None:
        row = self._rows.one("SELECT * FROM journal ORDER BY seq DESC LIMIT 1")
        return JournalRow(**row) if row else None

    def _whole(self, row: Any) -> Extraction:
        return extraction_from(row, self._statement_rows(row["seq"]))

    def _statement_rows(self, number: int) -> Iterable[Row]:
        rows: list[Row] = self._rows.all("SELECT * FROM statements WHERE extraction = ? ORDER BY position", number)
        return rows
