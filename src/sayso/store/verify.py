"""Is every record still what was stored? Each check is a function that yields what it found; `CHECKS` lists those that every backend
has in common, and each brings its own before them."""

from __future__ import annotations

import hashlib
import json
import zlib
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from sayso.errors import LedgerError
from sayso.model import Extraction, Problem, Report, Span, Statement
from sayso.store import journal
from sayso.store.base import JournalRow
from sayso.store.codec import digest
from sayso.store.database import Database
from sayso.store.derived import SqlDerived
from sayso.store.journal import RESTORE
from sayso.store.rows import Row, extraction_from, judgement_from, report_from, report_row, statement_row

_REBUILD = "Run `sayso rebuild`."


Check = Callable[[Database], Iterator[Problem]]


def verify(
    db: Database, *, head: str | None = None, derived: SqlDerived, own: Sequence[Check] = ()
) -> tuple[Problem, ...]:
    """Everything that is not as it was stored, in the order of the checks. Nothing is changed."""
    found: list[Problem] = []
    for check in (*own, *CHECKS):
        found += _guarded(check, db)
    found += _guarded(lambda db: _journal_chain(db, head), db)
    found += _guarded(lambda db: _derived(db, derived), db)
    return tuple(found)


def _guarded(check: Check, db: Database) -> Iterator[Problem]:
    """A check that cannot go on because the database is damaged has found just that."""
    try:
        yield from check(db)
    except LedgerError as error:
        yield Problem(f"the database is damaged ({error.problem.what})", "database", RESTORE)


def _blobs(db: Database) -> Iterator[Problem]:
    for row in db.all("SELECT sha256, size FROM blobs ORDER BY sha256"):
        sha256, size = row["sha256"], row["size"]
        try:
            raw = zlib.decompress(db.one("SELECT bytes FROM blobs WHERE sha256 = ?", sha256)["bytes"])
        except zlib.error:
            yield Problem("the stored bytes cannot be unpacked", f"blob {sha256}", RESTORE)
            continue
        if hashlib.sha256(raw).hexdigest() != sha256 or len(raw) != size:
            yield Problem("the stored bytes are not those that were captured", f"blob {sha256}", RESTORE)


def _reports(db: Database) -> Iterator[Problem]:
    noted = _noted(db, "report", "report")
    for listed in db.all("SELECT seq FROM reports ORDER BY id"):
        row = db.one("SELECT * FROM reports WHERE seq = ?", listed["seq"])
        where = f"report {row['id']}"
        try:
            report = report_from(row)
        except Exception as error:  # whatever stands in a tampered column
            yield Problem(f"the report cannot be read ({type(error).__name__})", where, RESTORE)
            noted.pop(row["id"], None)
            continue
        entry = noted.pop(report.id, None)
        if entry is None:
            yield Problem("the journal does not know this report", where, RESTORE)
        elif entry.get("record") != digest(report) or _differing(report_row(report), row):
            yield Problem("the report was changed after it was stored", where, RESTORE)
        if not _id_fits(report):
            yield Problem("its id does not follow from what it holds", where, RESTORE)
        for block in report.blocks:
            if not _inside(block.span, report.text):
                yield Problem(f"the span of a block lies outside the text ({_spell(block.span)})", where, RESTORE)
        if not db.one("SELECT 1 AS found FROM extractions WHERE report = ?", report.id):
            yield Problem("nothing was ever read out of this report", where, _REBUILD)
    for missing in sorted(noted):
        yield Problem("the journal holds this report, and the ledger does not", f"report {missing}", RESTORE)


def _extractions(db: Database) -> Iterator[Problem]:
    noted = _noted(db, "extraction", "extraction")
    for row in db.all("SELECT * FROM extractions ORDER BY seq"):
        where = f"extraction {row['seq']} of report {row['report']}"
        entry = noted.pop(row["seq"], None)
        rows = db.all("SELECT * FROM statements WHERE extraction = ? ORDER BY position", row["seq"])
        try:
            extraction = extraction_from(row, rows)
        except Exception as error:  # whatever stands in a tampered column
            yield Problem(f"it cannot be read ({type(error).__name__})", where, RESTORE)
            continue
        sha256 = digest(extraction)
        if entry is None:
            yield Problem("the journal does not know this reading", where, RESTORE)
        elif sha256 != row["sha256"] or sha256 != entry.get("sha256"):
            yield Problem("its statements were changed after they were stored", where, RESTORE)
        read = db.one("SELECT text FROM reports WHERE id = ?", row["report"])
        text = read["text"] if read else ""
        yield from _spans(extraction, text, where)
        for statement, columns in zip(extraction.statements, rows, strict=True):
            made = statement_row(statement, text=text, extraction=row["seq"], position=columns["position"])
            if wrong := _differing(made, columns):
                yield Problem(f"its {wrong} do not follow from its spans", f"statement {statement.id}", RESTORE)
    for missing in sorted(noted):
        yield Problem("the journal holds this reading, and the ledger does not", f"extraction {missing}", RESTORE)


def _spans(extraction: Extraction, text: str, where: str) -> Iterator[Problem]:
    for statement in extraction.statements:
        here = f"statement {statement.id}"
        for span in _all_spans(statement):
            if not _inside(span, text):
                yield Problem(f"a span lies outside the text ({_spell(span)})", here, RESTORE)
        roles = {"source": statement.source, "cue": statement.cue, "content": statement.content}
        if statement.report != extraction.report or statement.id != Statement.make_id(
            report=extraction.report, **roles
        ):
            yield Problem("its id does not follow from what it holds", here, RESTORE)
    mentions = [time.span for time in extraction.times] + [place.span for place in extraction.places]
    for span in mentions + [span for chain in extraction.actors for span in chain.mentions]:
        if not _inside(span, text):
            yield Problem(f"a span lies outside the text ({_spell(span)})", where, RESTORE)


def _judgements(db: Database) -> Iterator[Problem]:
    noted = _noted(db, "judgement", "judgement")
    for row in db.all("SELECT * FROM judgements ORDER BY id"):
        entry = noted.pop(row["id"], None)
        if entry is None:
            yield Problem("the journal does not know this judgement", f"judgement {row['id']}", RESTORE)
        elif entry.get("sha256") != digest(judgement_from(row)):
            yield Problem("the judgement was changed after it was stored", f"judgement {row['id']}", RESTORE)
    for missing in sorted(noted):
        yield Problem("the journal holds this judgement, and the ledger does not", f"judgement {missing}", RESTORE)


CHECKS: tuple[Check, ...] = (
    _blobs,
    _reports,
    _extractions,
    _judgements,
)


def _journal_chain(db: Database, head: str | None) -> Iterator[Problem]:
    rows = (JournalRow(**row) for row in db.paged("SELECT * FROM journal", key="seq"))
    if broken := journal.check_chain(rows, head=head):
        yield broken


def _derived(db: Database, derived: SqlDerived) -> Iterator[Problem]:
    if derived.linker() is None:
        return  # nothing was made yet
    for row in db.all("SELECT id, sha256 FROM stories WHERE NOT stale ORDER BY first, id"):
        story, noted = row["id"], row["sha256"]
        where = f"derived tables, story {story}"  # what is stale will be made again before anybody reads it
        try:
            linked = derived.linked([story])
        except Exception as error:  # whatever stands in a tampered column
            yield Problem(f"what was derived cannot be read ({type(error).__name__})", where, _REBUILD)
            continue
        if digest(linked) != noted:
            yield Problem("what was derived was changed since", where, _REBUILD)
    unfiled = (
        "SELECT id FROM reports WHERE id NOT IN (SELECT report FROM gists)"
        " AND id NOT IN (SELECT id FROM pending WHERE kind = 'report') ORDER BY id"
    )
    for row in db.all(unfiled):
        yield Problem("no story holds this report", f"report {row['id']}", _REBUILD)
    missing = (
        "SELECT DISTINCT statement FROM claim_statements JOIN claims ON claims.id = claim"
        " JOIN stories ON stories.id = story AND NOT stale"
        " WHERE statement NOT IN (SELECT id FROM current_statements) ORDER BY statement"
    )
    for row in db.all(missing):
        yield Problem("a claim rests on a statement that is not there", f"statement {row['statement']}", _REBUILD)


def _noted(db: Database, kind: str, key: str) -> dict[Any, dict[str, Any]]:
    """The payloads of the journal rows of one kind, by what they are about."""
    noted: dict[Any, dict[str, Any]] = {}
    for row in db.all("SELECT payload FROM journal WHERE kind = ? ORDER BY seq", kind):
        try:
            entry = json.loads(row["payload"])
            noted[entry[key]] = entry
        except (ValueError, KeyError, TypeError):
            continue  # a tampered row: the chain breaks there, and what it spoke of is not known
    return noted


def _id_fits(report: Report) -> bool:
    """Whether the id can be told to be wrong; a record within a container may be keyed by more than we store."""
    made = {
        Report.make_id(
            sha256=report.sha256, url=report.url, outlet=report.outlet, published=report.published, locator=locator
        )
        for locator in (None, report.capture.locator)
    }
    return report.id in made or report.capture.locator is not None


_EVENT_PARTS = ("predicate", "agent", "patient", "place", "time", "quantity", "told_by")


def _all_spans(statement: Statement) -> Iterator[Span]:
    yield from (*statement.source, *statement.cue, *statement.content)
    yield from (hop.span for hop in statement.relay)
    yield from (said.span for said in statement.happened)
    yield from (place.span for place in statement.places)
    yield from (quantity.span for quantity in statement.quantities)
    for event in statement.events:
        yield from (getattr(event, part) for part in _EVENT_PARTS if getattr(event, part) is not None)
    if statement.hedge:
        yield statement.hedge.span
    if statement.said:
        yield statement.said.span
    if statement.audience:
        yield statement.audience
    if statement.said_in:
        yield statement.said_in.span


def _differing(made: Row, stored: Row) -> str:
    """The columns in which what is stored is not what it should be, named; empty when there are none."""
    return ", ".join(name for name, value in made.items() if stored[name] != value)


def _inside(span: Span, text: str) -> bool:
    return 0 <= span.start <= span.end <= len(text)


def _spell(span: Span) -> str:
    return f"{span.start}:{span.end}"
