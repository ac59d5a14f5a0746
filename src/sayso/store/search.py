"""Full-text search over statements and reports. What the user typed is only ever words, never FTS5 syntax."""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Collection, Sequence
from string import ascii_lowercase, ascii_uppercase

from sayso.config import SNIPPET_CHARACTERS
from sayso.errors import UsageError
from sayso.model import Act, Kind, Span
from sayso.store.base import Found, Hit
from sayso.store.rows import GAP, Row, statement_from

# Put by FTS5 around what it found, so that we learn the offsets. Should a text hold them itself, no marks are given.
ON, OFF = "\x02\ue000on\x03", "\x02\ue000off\x03"
TOKENIZER = "porter unicode61 remove_diacritics 2"
_LOWER = str.maketrans(ascii_uppercase, ascii_lowercase)
_TERM = re.compile(r'"([^"]*)"|(\S+)')

_STATEMENTS = """
    SELECT s.*, r.text AS report_text, -f.rank AS score, highlight(statements_fts, 0, :on, :off) AS marked
    FROM statements_fts AS f
    JOIN statements AS s ON s.seq = f.rowid
    JOIN reports AS r ON r.id = s.report
    WHERE statements_fts MATCH :query
      AND s.extraction = (SELECT max(seq) FROM extractions AS later WHERE later.report = s.report)
    ORDER BY f.rank, s.id LIMIT :limit
"""
_REPORTS = """
    SELECT r.id, r.text, -f.rank AS score, highlight(reports_fts, 2, :on, :off) AS marked
    FROM reports_fts AS f JOIN reports AS r ON r.seq = f.rowid
    WHERE reports_fts MATCH :query
    ORDER BY f.rank, r.id LIMIT :limit
"""
_SHORT = "s.id AS statement, s.report, s.actor_name, s.act, s.places, r.outlet, r.url, r.published, r.captured_at"
CURRENT_STATEMENTS = "current_statements AS s JOIN reports AS r ON r.id = s.report"
SHORT_OF_STATEMENT = f"SELECT {_SHORT} FROM"
_FIND_STATEMENTS = f"""
    SELECT {_SHORT}
    FROM statements_fts AS f JOIN statements AS s ON s.seq = f.rowid JOIN reports AS r ON r.id = s.report
    WHERE statements_fts MATCH :query
      AND s.extraction = (SELECT max(seq) FROM extractions AS later WHERE later.report = s.report)
    ORDER BY f.rank, s.id
"""
_FIND_REPORTS = """
    SELECT r.id AS report, r.outlet, r.url, r.published, r.captured_at
    FROM reports_fts AS f JOIN reports AS r ON r.seq = f.rowid
    WHERE reports_fts MATCH :query
    ORDER BY f.rank, r.id
"""


def search(db: sqlite3.Connection, query: str, *, limit: int) -> tuple[Hit, ...]:
    """Statements that hold every word first, then reports that do without one of those statements; best first."""
    asked = {"query": quoted(terms_of(query)), "limit": limit, "on": ON, "off": OFF}
    hits = [statement_hit(row, row["marked"]) for row in db.execute(_STATEMENTS, asked)]
    told = {hit.report for hit in hits}
    if len(hits) < limit:
        hits += [report_hit(row, row["marked"]) for row in db.execute(_REPORTS, asked) if row["id"] not in told]
    return tuple(hits[:limit])


def find(db: sqlite3.Connection, query: str) -> tuple[Found, ...]:
    """All that `search` finds, in its order, without the texts: counting and paging need none."""
    asked = {"query": quoted(terms_of(query))}
    found = [found_statement(row) for row in db.execute(_FIND_STATEMENTS, asked)]
    told = {each.report for each in found}
    found += [found_report(row) for row in db.execute(_FIND_REPORTS, asked) if row["report"] not in told]
    return tuple(found)


def hits(
    db: sqlite3.Connection, query: str, *, statements: Collection[str], reports: Collection[str]
) -> tuple[Hit, ...]:
    """Those hits that are these statements, or these reports themselves; in any order."""
    asked = {"query": quoted(terms_of(query)), "limit": -1, "on": ON, "off": OFF}
    found: list[Hit] = []
    for sql, ids, made in ((_STATEMENTS, statements, statement_hit), (_REPORTS, reports, report_hit)):
        if ids:
            wanted = "s.id" if made is statement_hit else "r.id"
            among = f"AND {wanted} IN (SELECT value FROM json_each(:ids)) ORDER BY"
            rows = db.execute(sql.replace("ORDER BY", among), {**asked, "ids": json.dumps(sorted(ids))})
            found += [made(row, row["marked"]) for row in rows]
    return tuple(found)


def found_statement(row: Row) -> Found:
    """``row`` is a statement in short (`SHORT_OF_STATEMENT`)."""
    places = dict.fromkeys(" ".join(str(place["name"]).split()) for place in json.loads(row["places"]))
    return _found(row, statement=row["statement"], actor=row["actor_name"], act=row["act"], places=tuple(places))


def found_report(row: Row) -> Found:
    """``row`` is a report in short."""
    return _found(row, statement=None, actor=None, act=None, places=())


def _found(row: Row, *, statement: str | None, actor: str | None, act: str | None, places: tuple[str, ...]) -> Found:
    at = {name: row[name] for name in ("report", "outlet", "url", "published", "captured_at")}
    return Found(**at, statement=statement, actor=actor, act=act, places=places)


def fitting(
    report: str | None, outlet: str | None, actor: str | None, act: Act | None, kind: Kind | None
) -> tuple[str, list[str | None]]:
    """The condition that statements fit all that is asked of them, and its values."""
    asked: dict[str, list[str | None]] = {
        "s.report = ?": [report],
        "r.outlet = ?": [outlet],
        # Both know only letters of ASCII in either case: SQLite always, PostgreSQL in a column of the collation "C".
        "(s.actor_id = ? OR lower(s.actor_name) = ?)": [actor, actor.translate(_LOWER) if actor else None],
        "s.act = ?": [act.value if act else None],
        "s.kind = ?": [kind.value if kind else None],
    }
    asked = {condition: values for condition, values in asked.items() if values[0] is not None}
    return " AND ".join(["true", *asked]), [value for values in asked.values() for value in values]


def terms_of(query: str) -> list[str]:
    """Every word, and every "quoted passage", of what was typed. Raises UsageError where there is none."""
    clean = query.replace("\0", " ").encode("utf-8", "replace").decode("utf-8")
    terms = [phrase or word for phrase, word in _TERM.findall(clean)]
    terms = [term for term in terms if any(letter.isalnum() for letter in term)]
    if not terms:
        raise UsageError("the search has no word in it", where=repr(query), remedy="Give a word or more to look for.")
    return terms


def quoted(terms: Sequence[str]) -> str:
    """The terms as strings of FTS5; all of them must be found."""
    return " ".join('"' + term.replace('"', '""') + '"' for term in terms)


def statement_hit(row: Row, marked: str | None) -> Hit:
    """``row`` is a statement with its report's text and a score; ``marked`` its words with marks put in."""
    statement, text = statement_from(row), row["report_text"]
    marks = tuple(part for mark in _marks(marked, row["words"]) for part in _into(statement.content, mark))
    snippet = Span(
        min((span.start for span in statement.content), default=0), max((s.end for s in statement.content), default=0)
    )
    return Hit(statement.report, statement.id, row["score"], snippet, snippet.of(text), marks, statement)


def report_hit(row: Row, marked: str | None) -> Hit:
    """``row`` is a report with a score; ``marked`` its text with marks put in."""
    text = row["text"]
    found = _marks(marked, text)
    snippet = _around(text, found[0] if found else Span(0, 0))
    marks = tuple(mark for mark in found if snippet.contains(mark))
    return Hit(row["id"], None, row["score"], snippet, snippet.of(text), marks)


def _marks(marked: str | None, text: str) -> tuple[Span, ...]:
    """The spans of ``text`` that stand between the marks in ``marked``, which is ``text`` with marks put in."""
    if not marked or marked.replace(ON, "").replace(OFF, "") != text:
        return ()
    spans: list[Span] = []
    at = 0
    for piece in marked.split(ON)[1:]:
        at = marked.index(ON, at)
        start = at - len(spans) * (len(ON) + len(OFF))
        found, _, _ = piece.partition(OFF)
        spans.append(Span(start, start + len(found)))
        at += len(ON)
    return tuple(spans)


def _into(content: tuple[Span, ...], mark: Span) -> list[Span]:
    """A span of the joined words of ``content`` as spans of the report's text."""
    parts, at = [], 0
    for span in content:
        length = span.end - span.start
        start, end = max(mark.start, at), min(mark.end, at + length)
        if start < end:
            parts.append(Span(span.start + start - at, span.start + end - at))
        at += length + len(GAP)
    return parts


def _around(text: str, found: Span) -> Span:
    """A passage of about `SNIPPET_CHARACTERS` around ``found``, between whole words of one paragraph."""
    room = max(SNIPPET_CHARACTERS - (found.end - found.start), 0) // 2
    start, end = max(0, found.start - room), min(len(text), found.end + room)
    newline = text.rfind("\n", start, found.start)
    if newline >= 0:
        start = newline + 1
    elif start > 0 and (blank := text.find(" ", start, found.start)) >= 0:
        start = blank + 1
    newline = text.find("\n", found.end, end)
    if newline >= 0:
        end = newline
    elif end < len(text) and (blank := text.rfind(" ", found.end, end)) >= 0:
        end = blank
    return Span(start, end)
