"""What `verify` checks of a ledger on a server beside the records: its triggers, and what search and actors are looked up by."""

from __future__ import annotations

from collections.abc import Iterator

from sayso.model import Problem
from sayso.store.base import RESTORE
from sayso.store.database import PAGE, Database
from sayso.store.postgres.connect import trigger_names
from sayso.store.postgres.lookup import Rows, actor_rows, report_words, statement_words
from sayso.store.postgres.words import Words
from sayso.store.verify import Check

_REBUILD = "Run `sayso rebuild`."


def triggers(db: Database) -> Iterator[Problem]:
    """Those that keep the records must be there, and switched on."""
    present = {
        row["name"]
        for row in db.all(
            "SELECT tgname::text AS name FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid"
            " JOIN pg_namespace ON pg_namespace.oid = relnamespace"
            " WHERE nspname = current_schema() AND NOT tgisinternal AND tgenabled IN ('O', 'A')"
        )
    }
    for name in sorted(trigger_names() - present):
        yield Problem("a trigger that keeps the records was removed or switched off", name, RESTORE)


def index_fits(words: Words) -> Check:
    """The check whether the search index, and the list of named actors, fit the records."""

    def check(db: Database) -> Iterator[Problem]:
        if _differs(db, "report_words", {"report": "text"}, report_words(db, words)):
            yield Problem("the search index does not fit the records", "report_words", _REBUILD)
        if _differs(db, "statement_words", {"extraction": "bigint", "position": "integer"}, statement_words(db, words)):
            yield Problem("the search index does not fit the records", "statement_words", _REBUILD)
        if not _same_actors(db):
            yield Problem("the list of actors does not fit the records", "named_actors", _REBUILD)

    return check


def _same_actors(db: Database) -> bool:
    total = 0
    held = "SELECT * FROM named_actors WHERE extraction = ? ORDER BY position"
    for rows in actor_rows(db):
        if rows and db.all(held, rows[0]["extraction"]) != rows:
            return False
        total += len(rows)
    return bool(total == db.one("SELECT count(*) AS rows FROM named_actors")["rows"])


def _differs(db: Database, table: str, key: dict[str, str], made: Iterator[Rows]) -> bool:
    """Whether the table holds other rows than ``made``; ``key`` names the columns that tell its rows apart, with their types."""
    types = {**key, "lexemes": "tsvector", "long": "boolean"}
    typed = ", ".join(f"CAST({name} AS {kind}) AS {name}" for name, kind in types.items())
    total = 0
    for rows in made:
        total += len(rows)
        for start in range(0, len(rows), PAGE):
            some = rows[start : start + PAGE]
            marks = ", ".join(["(" + ", ".join("?" * len(types)) + ")"] * len(some))
            found = db.one(
                f"SELECT count(*) AS differing FROM (SELECT {typed} FROM (VALUES {marks}) AS given ({', '.join(types)})) AS made"
                f" LEFT JOIN {table} AS held USING ({', '.join(key)})"
                " WHERE held.long IS DISTINCT FROM made.long OR held.lexemes IS DISTINCT FROM made.lexemes",
                *(row[name] for row in some for name in types),
            )
            if found["differing"]:
                return True
    return bool(total != db.one(f"SELECT count(*) AS rows FROM {table}")["rows"])
