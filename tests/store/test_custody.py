"""Custody: whatever is done to a ledger behind its back, `verify` names the first broken link, on every backend."""

from __future__ import annotations

import json
import re
import zlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, replace

import pytest

from sayso.model import Judgement, Problem, Verdict
from sayso.store import Entry, JournalRow, open_store
from sayso.store.connect import trigger_names
from sayso.store.journal import BEFORE_FIRST, next_row
from sayso.store.records import SqlStore
from tests.store.making import captured, file_all, link, reading, save_linked

# The journal of the ledger below: 1 init, 2 report Ada, 3 its reading, 4 report Bo, 5 its reading, 6 report Cy, 7 its reading,
# 8 a judgement, 9 another.
TEXTS = ("Ada said 3 fell.", "Bo said 4 fell.", "Cy said it rains.")
TABLES = ("blobs", "reports", "extractions", "statements", "judgements", "journal")


def note(words: str, report: str, at: str) -> Judgement:
    parts = {"verdict": Verdict.NOTE, "subject": report, "other": None, "value": words, "author": "Mo", "at": at}
    return Judgement(id=Judgement.make_id(**parts), **parts)  # type: ignore[arg-type]


@pytest.fixture(params=["sqlite", "postgresql"])
def store(request: pytest.FixtureRequest) -> Iterator[SqlStore]:
    """Three reports, linked, and two judgements."""
    file = request.getfixturevalue("tmp_path") / "ledger.db"
    url = str(file) if request.param == "sqlite" else str(request.getfixturevalue("postgres_url"))
    opened = open_store(url, create=True)
    assert isinstance(opened, SqlStore)
    for text in TEXTS:
        each = captured(text)
        opened.add([Entry(each, reading(each.report), "made-1")])
    first = captured(TEXTS[0]).report.id
    opened.judge(note("seen", first, "2031-02-02T00:00:00Z"))
    opened.judge(note("seen again", first, "2031-02-03T00:00:00Z"))
    file_all(opened)
    save_linked(opened, link(list(opened.reports()), list(opened.extractions()), judgements=opened.judgements()))
    assert opened.verify() == ()
    yield opened
    opened.close()


class Attacker:
    """Somebody who may write to the database as they like, with what they need to know of it."""

    def __init__(self, store: SqlStore) -> None:
        self.rows = store._rows
        self.server = store.url.startswith("postgresql")
        self.ids = [captured(text).report.id for text in TEXTS]
        self.hashes = [captured(text).report.sha256 for text in TEXTS]

    def run(self, *changes: tuple[str, Sequence[object]]) -> None:
        """The changes, with the triggers that forbid them out of the way, and back in their place afterwards."""
        kept = []
        if not self.server:
            self.rows.run("PRAGMA foreign_keys = OFF")
        with self.rows.writing():
            if self.server:
                for table in TABLES:
                    self.rows.run(f"ALTER TABLE {table} DISABLE TRIGGER ALL")
            else:
                found = self.rows.all("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
                kept = [row["sql"] for row in found if row["name"] in trigger_names()]
                for name in trigger_names():
                    self.rows.run(f"DROP TRIGGER {name}")
            for change, values in changes:
                self.rows.run(change, *values)
            for sql in kept:
                self.rows.run(sql)
            if self.server:
                for table in TABLES:
                    self.rows.run(f"ALTER TABLE {table} ENABLE TRIGGER ALL")

    def journal(self) -> list[JournalRow]:
        return [JournalRow(**row) for row in self.rows.all("SELECT * FROM journal ORDER BY seq")]

    def write(self, rows: Sequence[JournalRow], *more: tuple[str, Sequence[object]]) -> None:
        """These rows in the place of the journal."""
        insert = "INSERT INTO journal (seq, at, kind, payload, prev, hash) VALUES (?, ?, ?, ?, ?, ?)"
        self.run(("DELETE FROM journal", ()), *((insert, tuple(asdict(row).values())) for row in rows), *more)


def rehashed(rows: Sequence[JournalRow]) -> list[JournalRow]:
    """The rows as a forger writes them: every number, link and hash in order."""
    made: list[JournalRow] = []
    for row in rows:
        made.append(next_row(made[-1] if made else None, at=row.at, kind=row.kind, payload=json.loads(row.payload)))
    return made


def saying(row: JournalRow, **parts: object) -> JournalRow:
    return replace(row, payload=json.dumps({**json.loads(row.payload), **parts}))


def sql(change: str, *values: Callable[[Attacker], object]) -> Callable[[Attacker], None]:
    return lambda it: it.run((change, [value(it) for value in values]))


def journal(change: Callable[[list[JournalRow]], Sequence[JournalRow]]) -> Callable[[Attacker], None]:
    return lambda it: it.write(change(it.journal()))


def second_report(it: Attacker) -> str:
    return it.ids[1]


def its_bytes(it: Attacker) -> str:
    return it.hashes[1]


# What is done; where and what the first finding says.
ATTACKS: dict[str, tuple[Callable[[Attacker], None], str, str]] = {
    # The journal itself
    "a row edited": (
        journal(lambda rows: [*rows[:3], saying(rows[3], sha256="0"), *rows[4:]]),
        "journal row 4$",
        r"the row was changed after it was written; it says: report, \d{4}-.*\"sha256\": \"0\"",
    ),
    "the time of a row edited": (
        journal(lambda rows: [*rows[:3], replace(rows[3], at="1999-01-01T00:00:00Z"), *rows[4:]]),
        "journal row 4$",
        "changed after it was written; it says: report, 1999-",
    ),
    "a row edited with its own hash made anew": (
        journal(lambda rows: [*rows[:4], rehashed([*rows[:4], saying(rows[4], reader="x")])[4], *rows[5:]]),
        "extraction 2 |journal row 6",
        r"who read it.* row 5 |does not follow from the row before",
    ),
    "a row cut out": (
        journal(lambda rows: [*rows[:3], *rows[4:]]),
        "journal row 5$",
        "rows are missing after row 3; it says: extraction",
    ),
    "a row cut out and the rest numbered anew": (
        journal(lambda rows: [*rows[:3], *(replace(row, seq=row.seq - 1) for row in rows[4:])]),
        "journal row 4$",
        "does not follow from the row before",
    ),
    "two rows in each other's place": (
        journal(lambda rows: [*rows[:3], replace(rows[4], seq=4), replace(rows[3], seq=5), *rows[5:]]),
        "journal row 4$",
        "does not follow from the row before; it says: extraction",
    ),
    "the beginning cut off": (journal(lambda rows: rows[2:]), "journal row 3$", "missing after the beginning"),
    "all of it gone": (journal(lambda rows: []), "journal$", "the journal is empty"),
    "the last row cut off": (
        journal(lambda rows: rows[:-1]),
        "judgement j-",
        "the journal does not know this judgement",
    ),
    "a report's row and all after it cut off": (
        journal(lambda rows: rows[:5]),
        "report r-|extraction 3|blob",
        "the journal does not know",
    ),
    # The journal written anew from some row on, every hash in order: what it tells of gives it away
    "a report's row left out of a new chain": (
        journal(lambda rows: rehashed([*rows[:3], *rows[4:]])),
        "report r-|blob",
        "the journal does not know",
    ),
    "a report told of twice, the second time with other hashes": (
        journal(lambda rows: rehashed([*rows, saying(rows[3], record="0" * 64)])),
        "journal row 10$",
        "it speaks again of report r-.*, which came in with row 4",
    ),
    "a row that says nothing": (
        journal(lambda rows: rehashed([*rows, replace(rows[3], payload="[]")])),
        "journal row 10$",
        "cannot be understood: a row of the kind report",
    ),
    "a judgement's row with another hash in a new chain": (
        journal(lambda rows: rehashed([*rows[:7], saying(rows[7], sha256="0" * 64), rows[8]])),
        "judgement j-",
        r"was changed after it was stored: row 8 of the journal \(judgement, ",
    ),
    "a redaction of something that never stood": (
        journal(
            lambda rows: rehashed(
                [
                    *rows,
                    replace(
                        rows[3],
                        kind="redaction",
                        payload=json.dumps(
                            {
                                "report": json.loads(rows[3].payload)["report"],
                                "sha256": ["0", "1"],
                                "record": ["0", "1"],
                                "readings": [],
                                "judgements": [],
                            }
                        ),
                    ),
                ]
            )
        ),
        "journal row 10$",
        "it redacts report r-.* from another sha256 than row 4 left it with",
    ),
    # The bytes
    "a report's bytes swapped": (
        sql("UPDATE blobs SET bytes = ? WHERE sha256 = ?", lambda it: zlib.compress(b"Bo said 9 fell."), its_bytes),
        "blob ",
        r"not those that were captured: row 4 of the journal \(report, ",
    ),
    "a report's bytes swapped with another's": (
        lambda it: it.run(
            ("UPDATE blobs SET bytes = ? WHERE sha256 = ?", (zlib.compress(TEXTS[0].encode()), it.hashes[1])),
            ("UPDATE blobs SET bytes = ? WHERE sha256 = ?", (zlib.compress(TEXTS[1].encode()), it.hashes[0])),
        ),
        "blob ",
        "not those that were captured: row 2 of the journal",
    ),
    "a report's bytes spoilt": (
        sql("UPDATE blobs SET bytes = ? WHERE sha256 = ?", lambda it: b"\0", its_bytes),
        "blob ",
        "cannot be unpacked: row 4",
    ),
    "a report's bytes removed": (
        sql("DELETE FROM blobs WHERE sha256 = ?", its_bytes),
        "blob ",
        "the bytes that were captured are not there: row 4",
    ),
    "a report pointed at another's bytes": (
        sql("UPDATE reports SET sha256 = ? WHERE id = ?", lambda it: it.hashes[0], second_report),
        "report r-",
        "changed after it was stored: row 4",
    ),
    "bytes that nobody captured": (
        sql("INSERT INTO blobs (sha256, size, bytes) VALUES ('0', 1, ?)", lambda it: zlib.compress(b"x")),
        "blob 0$",
        "the journal does not know these bytes|not those",
    ),
    # Reports, readings and judgements
    **{
        f"a report's {column} edited": (
            sql(f"UPDATE reports SET {column} = 'x' WHERE id = ?", second_report),
            "report r-",
            "changed after it was stored: row 4",
        )
        for column in ("text", "title", "outlet", "url", "byline", "media_type", "captured_at", "capture_place")
    },
    "a report removed": (
        lambda it: it.run(
            ("DELETE FROM statements WHERE report = ?", (it.ids[1],)),
            ("DELETE FROM extractions WHERE report = ?", (it.ids[1],)),
            ("DELETE FROM reports WHERE id = ?", (it.ids[1],)),
        ),
        "report r-",
        "the journal holds this report, and the ledger does not: row 4",
    ),
    "a report put in behind the journal's back": (
        lambda it: it.run(
            (
                "INSERT INTO reports (id, media_type, captured_at, capture_method, capture_place, sha256, text, blocks, problems)"
                " SELECT 'r-2', media_type, captured_at, capture_method, capture_place, sha256, text, blocks, problems"
                " FROM reports WHERE id = ?",
                (it.ids[1],),
            )
        ),
        "report r-2$",
        "the journal does not know this report",
    ),
    "who read a report edited": (
        sql("UPDATE extractions SET reader = 'x' WHERE seq = 2"),
        "extraction 2 ",
        "who read it, or what, was changed after it was stored: row 5",
    ),
    "a statement edited": (
        sql("UPDATE statements SET act = 'deny' WHERE extraction = 2"),
        "extraction 2 ",
        "its statements were changed after they were stored: row 5",
    ),
    "a statement removed": (
        sql("DELETE FROM statements WHERE extraction = 2"),
        "extraction 2 ",
        "its statements were changed after they were stored: row 5",
    ),
    "a statement moved to another report": (
        sql("UPDATE statements SET report = ? WHERE extraction = 2", lambda it: it.ids[0]),
        "extraction 2 ",
        "its statements were changed after they were stored: row 5",
    ),
    **{
        f"a judgement's {column} edited": (
            sql(f"UPDATE judgements SET {column} = ? WHERE value = 'seen'", lambda it, told=told: told),  # type: ignore[misc]
            "judgement j-",
            told_of,
        )
        for column, told, told_of in (
            ("author", "Bo", "changed after it was stored: row 8"),
            ("at", "2030-01-01T00:00:00Z", "changed after it was stored: row 8"),
            ("value", "unseen", "changed after it was stored: row 8"),
            ("other", "r-2", "changed after it was stored: row 8"),
            ("subject", "r-2", "changed after it was stored: row 8"),
            ("verdict", "withdraw", "changed after it was stored: row 8"),
            ("verdict", "praise", "it cannot be read .*praise.*: row 8"),
        )
    },
    "a judgement removed": (
        sql("DELETE FROM judgements WHERE value = 'seen'"),
        "judgement j-",
        "the journal holds this judgement, and the ledger does not: row 8",
    ),
    "a judgement put in behind the journal's back": (
        sql("INSERT INTO judgements (id, verdict, subject, author, at) VALUES ('j-2', 'note', 'r-2', 'Bo', '2031')"),
        "judgement j-2$",
        "the journal does not know this judgement",
    ),
}


@pytest.mark.parametrize("name", ATTACKS)
def test_the_first_broken_link_is_named(store: SqlStore, name: str) -> None:
    attack, where, what = ATTACKS[name]
    attack(Attacker(store))
    found = store.verify()
    assert found, "nothing was found"
    assert re.match(where, found[0].where), found
    assert re.search(what, found[0].what), found
    assert all(problem.remedy for problem in found)


def test_of_several_broken_links_the_first_by_the_journal_comes_first(store: SqlStore) -> None:
    it = Attacker(store)
    it.run(
        ("UPDATE judgements SET author = 'Bo' WHERE value = 'seen again'", ()),  # row 9
        ("UPDATE reports SET title = 'x' WHERE id = ?", (it.ids[2],)),  # row 6
        ("UPDATE statements SET act = 'deny' WHERE extraction = 2", ()),  # row 5
        ("UPDATE blobs SET bytes = ? WHERE sha256 = ?", (b"\0", it.hashes[1])),  # row 4
    )
    rows = [int(found[1]) for p in store.verify() if (found := re.search(r"row (\d+) of the journal", p.what))]
    assert rows == [4, 5, 6, 9]


def test_a_whole_new_chain_with_the_records_to_fit_is_seen_only_by_who_noted_a_head(store: SqlStore) -> None:
    """The limit of a chain: who may write everything can write a ledger in which the last judgement never was."""
    it = Attacker(store)
    noted, earlier = store.head(), it.journal()[5].hash
    it.write(rehashed(it.journal()[:-1]), ("DELETE FROM judgements WHERE value = 'seen again'", ()))
    blind: tuple[Problem, ...] = store.verify()
    assert [problem for problem in blind if "derived" not in problem.where] == []
    told = store.verify(head=noted)[0]
    assert told.where == "journal"
    assert noted in told.what
    assert "cut off its end, or it was written anew" in told.what
    assert store.verify(head=earlier) == blind, "what stood at the time of an earlier head stands still"
    assert store.verify(head=BEFORE_FIRST) == blind
