"""Is every record still what was stored, and does the journal know each? What a row of the journal tells of comes in the order of those
rows, so that the first that is broken comes first; what has no row (an index, what was derived, the file itself) follows.

Each check is a function that yields what it found; every backend brings its own beside these.
"""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Callable, Iterator, Sequence

from sayso.errors import LedgerError
from sayso.model import Extraction, Problem, Report, Span, Statement
from sayso.store import journal
from sayso.store.base import RESTORE, JournalRow
from sayso.store.codec import digest
from sayso.store.database import Database
from sayso.store.derived import SqlDerived
from sayso.store.journalled import Entered, Journalled
from sayso.store.rows import Row, extraction_from, judgement_from, report_from, report_row, statement_row

_REBUILD = "Run `sayso rebuild`."

Found = tuple[int | None, Problem]
"""What is wrong, and the row of the journal that tells of it; None where no row does."""

Check = Callable[[Database], Iterator[Problem]]


def verify(
    db: Database, *, head: str | None = None, derived: SqlDerived, own: Sequence[Check] = ()
) -> tuple[Problem, ...]:
    """Everything that is not as it was stored, the first broken link of the journal first. Nothing is changed."""
    found: list[Found] = []
    held = Journalled()
    try:
        if (broken := journal.first_broken(_journal(db), head=head)) is not None:
            found.append(broken)
        held = Journalled.read(_journal(db))
        found += held.problems
    except LedgerError as error:
        found.append((None, _damaged(error)))
    for record_check in RECORD_CHECKS:
        try:
            found += record_check(db, held)
        except LedgerError as error:
            found.append((None, _damaged(error)))
    for check in own:
        found += _guarded(check, db)
    found += _guarded(lambda db: _derived(db, derived), db)
    found.sort(key=lambda each: (each[0] is None, each[0] or 0))  # what is found first stays first among equals
    return tuple(dict.fromkeys(problem for _, problem in found))


def _guarded(check: Check, db: Database) -> Iterator[Found]:
    """A check that cannot go on because the database is damaged has found just that."""
    try:
        for problem in check(db):
            yield None, problem
    except LedgerError as error:
        yield None, _damaged(error)


def _damaged(error: LedgerError) -> Problem:
    return Problem(f"the database is damaged ({error.problem.what})", "database", RESTORE)


def _journal(db: Database) -> Iterator[JournalRow]:
    return (JournalRow(**row) for row in db.paged("SELECT * FROM journal", key="seq"))


def _told(entered: Entered | None, what: str, where: str) -> Found:
    """A problem of a record that the journal knows, or should."""
    if entered is None:
        return None, Problem(what, where, RESTORE)
    return entered.row, Problem(f"{what}: {entered.named} tells of it", where, RESTORE)


def _blobs(db: Database, held: Journalled) -> Iterator[Found]:
    of: dict[str, Entered] = {}
    for _, entered in held.of_kind("report"):
        of.setdefault(str(entered.says.get("sha256")), entered)
    for row in db.all("SELECT sha256, size FROM blobs ORDER BY sha256"):
        sha256, size = row["sha256"], row["size"]
        where, entry = f"blob {sha256}", of.pop(sha256, None)
        if entry is None:
            yield None, Problem("the journal does not know these bytes", where, RESTORE)
        try:
            raw = zlib.decompress(db.one("SELECT bytes FROM blobs WHERE sha256 = ?", sha256)["bytes"])
        except zlib.error:
            yield _told(entry, "the stored bytes cannot be unpacked", where)
            continue
        if hashlib.sha256(raw).hexdigest() != sha256 or len(raw) != size:
            yield _told(entry, "the stored bytes are not those that were captured", where)
    for sha256, entry in of.items():
        yield _told(entry, "the bytes that were captured are not there", f"blob {sha256}")


def _reports(db: Database, held: Journalled) -> Iterator[Found]:
    noted = dict(held.of_kind("report"))
    for listed in db.all("SELECT seq FROM reports ORDER BY id"):
        row = db.one("SELECT * FROM reports WHERE seq = ?", listed["seq"])
        where = f"report {row['id']}"
        entry = noted.pop(row["id"], None)
        try:
            report = report_from(row)
        except Exception as error:  # whatever stands in a tampered column
            yield _told(entry, f"the report cannot be read ({type(error).__name__})", where)
            continue
        if entry is None:
            yield None, Problem("the journal does not know this report", where, RESTORE)
        elif entry.says.get("record") != digest(report) or _differing(report_row(report), row):
            yield _told(entry, "the report was changed after it was stored", where)
        elif entry.says.get("sha256") != report.sha256:
            yield _told(entry, "the report has other bytes than it came with", where)
        if not (entry and entry.redacted) and not _id_fits(report):
            yield _told(entry, "its id does not follow from what it holds", where)
        for block in report.blocks:
            if not _inside(block.span, report.text):
                yield _told(entry, f"the span of a block lies outside the text ({_spell(block.span)})", where)
        if not db.one("SELECT 1 AS found FROM extractions WHERE report = ?", report.id):
            yield None, Problem("nothing was ever read out of this report", where, _REBUILD)
    for missing, entry in noted.items():
        yield _told(entry, "the journal holds this report, and the ledger does not", f"report {missing}")


def _extractions(db: Database, held: Journalled) -> Iterator[Found]:
    noted = dict(held.of_kind("extraction"))
    for row in db.all("SELECT * FROM extractions ORDER BY seq"):
        where = f"extraction {row['seq']} of report {row['report']}"
        entry = noted.pop(row["seq"], None)
        rows = db.all("SELECT * FROM statements WHERE extraction = ? ORDER BY position", row["seq"])
        try:
            extraction = extraction_from(row, rows)
        except Exception as error:  # whatever stands in a tampered column
            yield _told(entry, f"it cannot be read ({type(error).__name__})", where)
            continue
        sha256 = digest(extraction)
        if entry is None:
            yield None, Problem("the journal does not know this reading", where, RESTORE)
        elif sha256 != row["sha256"] or sha256 != entry.says.get("sha256"):
            yield _told(entry, "its statements were changed after they were stored", where)
        elif (row["report"], row["reader"]) != (entry.says.get("report"), entry.says.get("reader")):
            yield _told(entry, "who read it, or what, was changed after it was stored", where)
        at = entry.row if entry else None
        read = db.one("SELECT text FROM reports WHERE id = ?", row["report"])
        text = read["text"] if read else ""
        yield from ((at, problem) for problem in _spans(extraction, text, where))
        for statement, columns in zip(extraction.statements, rows, strict=True):
            made = statement_row(statement, text=text, extraction=row["seq"], position=columns["position"])
            if wrong := _differing(made, columns):
                yield at, Problem(f"its {wrong} do not follow from its spans", f"statement {statement.id}", RESTORE)
    for missing, entry in noted.items():
        yield _told(entry, "the journal holds this reading, and the ledger does not", f"extraction {missing}")


def _judgements(db: Database, held: Journalled) -> Iterator[Found]:
    noted = dict(held.of_kind("judgement"))
    for row in db.all("SELECT * FROM judgements ORDER BY id"):
        where, entry = f"judgement {row['id']}", noted.pop(row["id"], None)
        try:
            sha256 = digest(judgement_from(row))
        except ValueError:
            yield _told(entry, f"it cannot be read (verdict {str(row['verdict'])[:40]!r})", where)
            continue
        if entry is None:
            yield None, Problem("the journal does not know this judgement", where, RESTORE)
        elif entry.says.get("sha256") != sha256:
            yield _told(entry, "the judgement was changed after it was stored", where)
    for missing, entry in noted.items():
        yield _told(entry, "the journal holds this judgement, and the ledger does not", f"judgement {missing}")


RecordCheck = Callable[[Database, Journalled], Iterator[Found]]

RECORD_CHECKS: tuple[RecordCheck, ...] = (_blobs, _reports, _extractions, _judgements)


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
