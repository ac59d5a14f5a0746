"""Full-text search on the server: its index narrows down, and FTS5 decides (see `words`)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from sayso.store.base import Hit
from sayso.store.database import Database
from sayso.store.postgres.words import Words, as_they_stand, every
from sayso.store.search import quoted, report_hit, statement_hit, terms_of

_AT_ONCE = 50  # texts that are looked at together

_STATEMENTS = """
    SELECT s.*, r.text AS report_text, coalesce(ts_rank(w.lexemes, asked), 0)::float8 AS score
    FROM to_tsquery_asked AS asked, statement_words AS w
    JOIN statements AS s ON s.extraction = w.extraction AND s.position = w.position
    JOIN reports AS r ON r.id = s.report
    WHERE (w.lexemes @@ asked OR w.lexemes IS NULL) AND phrases_asked
      AND s.extraction = (SELECT max(seq) FROM extractions AS later WHERE later.report = s.report)
    ORDER BY score DESC, s.id LIMIT ? OFFSET ?
"""
_REPORTS = """
    SELECT r.id, r.title, r.outlet, r.text, coalesce(ts_rank(w.lexemes, asked), 0)::float8 AS score
    FROM to_tsquery_asked AS asked, report_words AS w JOIN reports AS r ON r.id = w.report
    WHERE (w.lexemes @@ asked OR w.lexemes IS NULL) AND phrases_asked
    ORDER BY score DESC, r.id LIMIT ? OFFSET ?
"""


def search(db: Database, words: Words, query: str, *, limit: int) -> tuple[Hit, ...]:
    """Statements that hold every word first, then reports that do without one of those statements; best first."""
    terms = terms_of(query)
    lexemes = words.terms(terms)
    if not any(lexemes):
        return ()

    def hits(sql: str, columns: Callable[[Any], list[str | None]], marked: int) -> Iterator[tuple[Any, str | None]]:
        for rows in _candidates(db, sql, every(lexemes), as_they_stand(lexemes)):
            found = words.found(quoted(terms), [columns(row) for row in rows], marked=marked)
            yield from ((row, found[at]) for at, row in enumerate(rows) if at in found)

    kept: list[Hit] = []
    for row, marks in hits(_STATEMENTS, lambda row: [row["words"], row["actor_name"]], 0):
        if len(kept) == limit:
            break
        kept.append(statement_hit(row, marks))
    told = {hit.report for hit in kept}
    for row, marks in hits(_REPORTS, lambda row: [row["title"], row["outlet"], row["text"]], 2):
        if len(kept) >= limit:
            break
        if row["id"] not in told:
            kept.append(report_hit(row, marks))
    return tuple(kept)


def _candidates(db: Database, sql: str, asked: str, phrases: str) -> Iterator[list[Any]]:
    """What may hold what was asked, best first, so many at a time; of one moment if the caller is in a snapshot."""
    sql = sql.replace("to_tsquery_asked", "CAST(? AS tsquery)")
    values: list[object] = [asked]
    if phrases:
        sql = sql.replace("phrases_asked", "(w.long OR w.lexemes @@ CAST(? AS tsquery))")
        values.append(phrases)
    else:
        sql = sql.replace("phrases_asked", "true")
    start = 0
    while rows := db.all(sql, *values, _AT_ONCE, start):
        yield rows
        if len(rows) < _AT_ONCE:
            return
        start += len(rows)
