"""Full-text search on the server: its index narrows down, and FTS5 decides (see `words`)."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from typing import Any

from sayso.store.base import Found, Hit
from sayso.store.database import Database
from sayso.store.postgres.words import Words, as_they_stand, every
from sayso.store.search import found_report, found_statement, quoted, report_hit, statement_hit, terms_of

_AT_ONCE = 50  # texts that are looked at together

_STATEMENTS = """
    SELECT s.*, s.id AS statement, r.outlet, r.url, r.published, r.captured_at, r.text AS report_text, coalesce(ts_rank(w.lexemes, asked), 0)::float8 AS score
    FROM to_tsquery_asked AS asked, statement_words AS w
    JOIN statements AS s ON s.extraction = w.extraction AND s.position = w.position
    JOIN reports AS r ON r.id = s.report
    WHERE (w.lexemes @@ asked OR w.lexemes IS NULL) AND phrases_asked
      AND s.extraction = (SELECT max(seq) FROM extractions AS later WHERE later.report = s.report)
    ORDER BY score DESC, s.id LIMIT ? OFFSET ?
"""
_REPORTS = """
    SELECT r.id, r.id AS report, r.title, r.outlet, r.url, r.published, r.captured_at, r.text, coalesce(ts_rank(w.lexemes, asked), 0)::float8 AS score
    FROM to_tsquery_asked AS asked, report_words AS w JOIN reports AS r ON r.id = w.report
    WHERE (w.lexemes @@ asked OR w.lexemes IS NULL) AND phrases_asked
    ORDER BY score DESC, r.id LIMIT ? OFFSET ?
"""


def search(db: Database, words: Words, query: str, *, limit: int) -> tuple[Hit, ...]:
    """Statements that hold every word first, then reports that do without one of those statements; best first."""
    asked = _Asked(db, words, query)
    kept: list[Hit] = []
    for row, marks in asked.statements():
        if len(kept) == limit:
            break
        kept.append(statement_hit(row, marks))
    told = {hit.report for hit in kept}
    for row, marks in asked.reports():
        if len(kept) >= limit:
            break
        if row["id"] not in told:
            kept.append(report_hit(row, marks))
    return tuple(kept)


def find(db: Database, words: Words, query: str) -> tuple[Found, ...]:
    """All that `search` finds, in its order, in short."""
    asked = _Asked(db, words, query)
    found = [found_statement(row) for row, _ in asked.statements()]
    told = {each.report for each in found}
    found += [found_report(row) for row, _ in asked.reports() if row["id"] not in told]
    return tuple(found)


def hits(
    db: Database, words: Words, query: str, *, statements: Collection[str], reports: Collection[str]
) -> tuple[Hit, ...]:
    """Those hits that are these statements, or these reports themselves."""
    asked = _Asked(db, words, query)
    found = [statement_hit(row, marks) for row, marks in asked.statements(statements)]
    return (*found, *(report_hit(row, marks) for row, marks in asked.reports(reports)))


class _Asked:
    """What is looked for: the texts that hold it, best first, each with marks around what was found."""

    def __init__(self, db: Database, words: Words, query: str) -> None:
        self._db, self._words = db, words
        self._terms = terms_of(query)
        self._lexemes = words.terms(self._terms)

    def statements(self, ids: Collection[str] | None = None) -> Iterator[tuple[Any, str | None]]:
        return self._found(_STATEMENTS, "s.id", ids, lambda row: [row["words"], row["actor_name"]], 0)

    def reports(self, ids: Collection[str] | None = None) -> Iterator[tuple[Any, str | None]]:
        return self._found(_REPORTS, "r.id", ids, lambda row: [row["title"], row["outlet"], row["text"]], 2)

    def _found(
        self,
        sql: str,
        key: str,
        ids: Collection[str] | None,
        columns: Callable[[Any], list[str | None]],
        marked: int,
    ) -> Iterator[tuple[Any, str | None]]:
        if not any(self._lexemes) or (ids is not None and not ids):
            return
        if ids is not None:
            sql = sql.replace("ORDER BY", f"AND {key} IN ({', '.join('?' * len(ids))}) ORDER BY")
        among = sorted(ids or ())
        for rows in _candidates(self._db, sql, every(self._lexemes), as_they_stand(self._lexemes), among):
            found = self._words.found(quoted(self._terms), [columns(row) for row in rows], marked=marked)
            yield from ((row, found[at]) for at, row in enumerate(rows) if at in found)


def _candidates(db: Database, sql: str, asked: str, phrases: str, among: Sequence[str]) -> Iterator[list[Any]]:
    """What may hold what was asked, best first, so many at a time; of one moment if the caller is in a snapshot. ``among`` are the
    values that ``sql`` asks for besides."""
    sql = sql.replace("to_tsquery_asked", "CAST(? AS tsquery)")
    values: list[object] = [asked]
    if phrases:
        sql = sql.replace("phrases_asked", "(w.long OR w.lexemes @@ CAST(? AS tsquery))")
        values.append(phrases)
    else:
        sql = sql.replace("phrases_asked", "true")
    values += among
    start = 0
    while rows := db.all(sql, *values, _AT_ONCE, start):
        yield rows
        if len(rows) < _AT_ONCE:
            return
        start += len(rows)
