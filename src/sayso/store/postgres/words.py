"""The words of texts as PostgreSQL indexes them, and as SQLite's FTS5 finds them.

FTS5 in memory takes texts apart here, and has the last word on whether a text holds what was asked for and where. So a ledger on a server
gives the same hits as one in a file, whatever dictionaries the server has; the server only narrows down which texts to look at.
"""

from __future__ import annotations

import hashlib
import sqlite3
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from sayso.store.search import OFF, ON, TOKENIZER

COLUMNS = 3  # at most: title, outlet and text of a report

# Limits of a tsvector: bytes of a lexeme (2046), places of one lexeme, the last place, bytes in all (1 MiB).
_LEXEME_BYTES = 500
_PLACES = 255
_LAST_PLACE = 16_383
_VECTOR_BYTES = 900_000


@dataclass(frozen=True, slots=True)
class Lexemes:
    """A text as it is indexed: a tsvector as it is written (None: too large for one), and whether places are left out of it."""

    vector: str | None
    long: bool


class Words:
    """FTS5 in memory. For one thread; `close` it."""

    def __init__(self) -> None:
        self._db = sqlite3.connect(":memory:", isolation_level=None)
        columns = ", ".join(f"c{n}" for n in range(COLUMNS))
        self._db.execute(f"CREATE VIRTUAL TABLE held USING fts5 ({columns}, tokenize = '{TOKENIZER}')")
        self._db.execute("CREATE VIRTUAL TABLE words USING fts5vocab (held, instance)")

    def close(self) -> None:
        self._db.close()

    def lexemes(self, texts: Sequence[Sequence[str | None]]) -> list[Lexemes]:
        """How each text is indexed; a text is a few columns, and no phrase goes from one to the next."""
        return [_written(columns) for columns in self._words(texts)]

    def terms(self, terms: Sequence[str]) -> list[list[str]]:
        """The lexemes of each term, in order."""
        return [
            [lexeme for lexeme, _ in columns[0]] if columns else [] for columns in self._words([[t] for t in terms])
        ]

    def found(self, asked: str, texts: Sequence[Sequence[str | None]], *, marked: int) -> dict[int, str | None]:
        """Which of these texts hold what is ``asked`` in the syntax of FTS5: their places in the list, each with the column
        ``marked`` in which `search.ON` and `search.OFF` stand around what was found."""
        with self._holding(texts):
            query = f"SELECT rowid, highlight(held, {int(marked)}, ?, ?) FROM held WHERE held MATCH ?"
            return dict(self._db.execute(query, (ON, OFF, asked)).fetchall())

    def _words(self, texts: Sequence[Sequence[str | None]]) -> list[list[list[tuple[str, int]]]]:
        """For each text, for each column, its lexemes with their places, in order."""
        found: list[list[list[tuple[str, int]]]] = [[[] for _ in columns] for columns in texts]
        with self._holding(texts):
            for term, doc, column, offset in self._db.execute("SELECT term, doc, col, offset FROM words"):
                found[doc][int(column[1:])].append((_lexeme(term), offset))
        for columns in found:
            for column in columns:
                column.sort(key=lambda word: word[1])
        return found

    @contextmanager
    def _holding(self, texts: Sequence[Sequence[str | None]]) -> Iterator[None]:
        self._db.execute("BEGIN")
        try:
            for at, columns in enumerate(texts):
                names = ", ".join(["rowid", *(f"c{n}" for n in range(len(columns)))])
                marks = ", ".join("?" * (len(columns) + 1))
                self._db.execute(f"INSERT INTO held ({names}) VALUES ({marks})", (at, *columns))
            yield
        finally:
            self._db.execute("ROLLBACK")


def every(terms: Sequence[Sequence[str]]) -> str:
    """A tsquery for texts that hold all lexemes of all terms; empty when there is none."""
    return " & ".join(sorted({_quoted(lexeme) for term in terms for lexeme in term}))


def as_they_stand(terms: Sequence[Sequence[str]]) -> str:
    """A tsquery for texts that hold the lexemes of each term one after the other; empty when no term has several."""
    return " & ".join(f"({' <-> '.join(map(_quoted, term))})" for term in terms if len(term) > 1)


def _written(columns: Sequence[Sequence[tuple[str, int]]]) -> Lexemes:
    places: dict[str, list[int]] = defaultdict(list)
    base = 1
    for column in columns:
        for lexeme, offset in column:
            places[lexeme].append(base + offset)
        base += (column[-1][1] if column else 0) + 3  # so that nothing is next to the column before
    size = sum(len(lexeme.encode("utf-8")) + 4 + 2 * min(len(at), _PLACES) for lexeme, at in places.items())
    long = base > _LAST_PLACE or any(len(at) > _PLACES for at in places.values())
    if size > _VECTOR_BYTES:
        return Lexemes(None, True)
    written = (
        f"{_quoted(lexeme)}:{','.join(map(str, [n for n in at if n <= _LAST_PLACE][:_PLACES] or [_LAST_PLACE]))}"
        for lexeme, at in sorted(places.items())
    )
    return Lexemes(" ".join(written), long)


def _lexeme(term: str) -> str:
    """A term of FTS5; one that no index can hold by its hash."""
    raw = term.encode("utf-8")
    return term if len(raw) <= _LEXEME_BYTES else hashlib.sha256(raw).hexdigest()


def _quoted(lexeme: str) -> str:
    return "'" + lexeme.replace("\\", "\\\\").replace("'", "''") + "'"
