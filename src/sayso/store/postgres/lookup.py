"""Rows of the tables that records are looked up by, made from the records: words of reports and statements, and named actors."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any

from sayso.model import Actor, Extraction, Report
from sayso.store.codec import to_json, to_plain
from sayso.store.database import PAGE, Database
from sayso.store.postgres.words import Words
from sayso.store.rows import Row

Rows = list[dict[str, Any]]
_READINGS_AT_ONCE = 20


def words_of_report(words: Words, report: Report) -> dict[str, Any]:
    return _report_words(words, [{"id": r.id, "title": r.title, "outlet": r.outlet, "text": r.text} for r in [report]])[
        0
    ]


def words_of_statements(words: Words, statements: Sequence[Row]) -> Rows:
    """``statements`` as rows of their table."""
    made = words.lexemes([[row["words"], row["actor_name"]] for row in statements])
    return [
        {"extraction": row["extraction"], "position": row["position"], "lexemes": each.vector, "long": each.long}
        for row, each in zip(statements, made, strict=True)
    ]


def actors_of(number: int, extraction: Extraction) -> Rows:
    return [
        _actor(number, position, extraction.report, chain.actor) for position, chain in enumerate(extraction.actors)
    ]


def report_words(db: Database, words: Words) -> Iterator[Rows]:
    """The rows for all reports, a page at a time."""
    page: list[Row] = []
    for row in db.paged("SELECT id, title, outlet, text FROM reports", key="id"):
        page.append(row)
        if len(page) == PAGE:
            yield _report_words(words, page)
            page = []
    if page:
        yield _report_words(words, page)


def statement_words(db: Database, words: Words) -> Iterator[Rows]:
    """The rows for the statements of all readings, those that no longer count too, some readings at a time."""
    numbers = [row["seq"] for row in db.all("SELECT seq FROM extractions ORDER BY seq")]
    for start in range(0, len(numbers), _READINGS_AT_ONCE):
        some = numbers[start : start + _READINGS_AT_ONCE]
        yield words_of_statements(
            words,
            db.all(
                "SELECT extraction, position, words, actor_name FROM statements WHERE extraction BETWEEN ? AND ?"
                " ORDER BY extraction, position",
                some[0],
                some[-1],
            ),
        )


def actor_rows(db: Database) -> Iterator[Rows]:
    """The rows for the actors that all readings name, a reading at a time."""
    for row in db.paged("SELECT seq, report, actors FROM extractions", key="seq"):
        yield [
            {
                "extraction": row["seq"],
                "position": position,
                "report": row["report"],
                "id": chain["actor"]["id"],
                "actor": to_json(chain["actor"]),
            }
            for position, chain in enumerate(json.loads(row["actors"]))
        ]


def _report_words(words: Words, rows: Sequence[Row]) -> Rows:
    made = words.lexemes([[row["title"], row["outlet"], row["text"]] for row in rows])
    return [
        {"report": row["id"], "lexemes": each.vector, "long": each.long} for row, each in zip(rows, made, strict=True)
    ]


def _actor(number: int, position: int, report: str, actor: Actor) -> dict[str, Any]:
    return {
        "extraction": number,
        "position": position,
        "report": report,
        "id": actor.id,
        "actor": to_json(to_plain(actor)),
    }
