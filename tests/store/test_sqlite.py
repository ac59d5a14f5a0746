"""The SQLite file: what is refused as a ledger, what two processes may do, and what tampering `verify` finds."""

from __future__ import annotations

import os
import sqlite3
import tempfile
import threading
import zlib
from collections.abc import Iterator
from pathlib import Path

import pytest

from sayso.errors import LedgerDamaged, LedgerError, LedgerLocked, LedgerNotFound, UsageError
from sayso.model import Gist
from sayso.store import Entry, connect, open_store
from sayso.store.connect import APPLICATION_ID, trigger_names
from tests.store.making import captured, file_all, link, reading, save_linked


def entry(text: str) -> Entry:
    each = captured(text)
    return Entry(each, reading(each.report), "made-1")


@pytest.fixture
def path(tmp_path: Path) -> str:
    """A ledger with three reports, linked, closed."""
    path = str(tmp_path / "ledger.db")
    store = open_store(path, create=True)
    store.add([entry("Ada said 3 fell."), entry("Bo said 4 fell."), entry("Cy said it rains.")])
    file_all(store)
    save_linked(store, link(list(store.reports()), list(store.extractions())))
    store.close()
    return path


# ---------------------------------------------------------------------------------------------------
# Opening


@pytest.mark.parametrize("url", ["mysql://host/db", "http://host/ledger.db", "file:///x", ""])
def test_other_urls_are_refused(url: str) -> None:
    with pytest.raises(UsageError):
        open_store(url, create=True)


def test_a_name_that_cannot_be_one_is_refused() -> None:
    with pytest.raises(UsageError, match="name of a file"):
        open_store("a\0b", create=True)


@pytest.mark.parametrize("form", ["{path}", "sqlite:///{path}"])
def test_the_path_and_the_url_mean_one_file(path: str, form: str) -> None:
    store = open_store(form.format(path=path))
    assert store.stats().reports == 3
    store.close()


@pytest.mark.parametrize("name", ["a?mode=memory.db", "50%25 #1.db", "été 🜁.db", "b\udcff.db", "'; --.db"])
def test_any_file_name_is_only_a_name(tmp_path: Path, name: str) -> None:
    store = open_store(str(tmp_path / name), create=True)
    store.add([entry("Ada said 3 fell.")])
    store.close()
    assert [p.name for p in tmp_path.iterdir()] == [name]
    again = open_store(str(tmp_path / name))
    assert again.stats().reports == 1
    again.close()


def test_what_is_no_ledger_is_refused_and_left_alone(tmp_path: Path) -> None:
    text = tmp_path / "notes.txt"
    text.write_text("Ada said it rains.\n" * 99)
    short = tmp_path / "short"
    short.write_bytes(b"SQ")
    other = tmp_path / "other.db"
    with sqlite3.connect(other) as db:
        db.execute("CREATE TABLE t (a)")
    newer = tmp_path / "newer.db"
    open_store(str(newer), create=True).close()
    with sqlite3.connect(newer) as db:
        db.execute("PRAGMA user_version = 99")
    cut = tmp_path / "cut.db"
    cut.write_bytes(newer.read_bytes()[:3000])
    expected = {
        text: (LedgerError, "not a ledger"),
        short: (LedgerError, "not a ledger"),
        other: (LedgerError, "not a ledger"),
        newer: (LedgerError, "Update sayso"),
        tmp_path: (LedgerError, "a folder"),
        Path(os.devnull): (LedgerError, "not a regular file"),
        cut: (LedgerError, str(cut)),
    }
    for file, (kind, words) in expected.items():
        before = file.read_bytes() if file.is_file() else b""
        for create in (False, True):
            with pytest.raises(kind, match=words) as caught:
                open_store(str(file), create=create)
            assert caught.value.problem.where == str(file)
            assert caught.value.problem.remedy
        assert (file.read_bytes() if file.is_file() else b"") == before


def test_a_missing_ledger_is_made_only_when_asked(tmp_path: Path) -> None:
    path = tmp_path / "new.db"
    with pytest.raises(LedgerNotFound, match="sayso init"):
        open_store(str(path))
    assert not path.exists()
    with pytest.raises(LedgerNotFound, match="folder"):
        open_store(str(tmp_path / "none" / "new.db"), create=True)
    path.touch()  # as a kill in the moment of making leaves it
    with pytest.raises(LedgerNotFound, match="empty"):
        open_store(str(path))
    open_store(str(path), create=True).close()
    store = open_store(str(path))
    assert store.verify() == ()
    store.close()


def test_the_file_says_what_it_is(path: str) -> None:
    with sqlite3.connect(path) as db:
        assert db.execute("PRAGMA application_id").fetchone() == (APPLICATION_ID,)
        assert db.execute("PRAGMA journal_mode").fetchone() == ("wal",)
        assert db.execute("SELECT said_by, words FROM statement_view ORDER BY said_by").fetchall() == [
            ("Ada", "3 fell"),
            ("Bo", "4 fell"),
            ("Cy", "it rains"),
        ]
        assert db.execute("SELECT count(*) FROM claim_view").fetchone() == (3,)


def test_an_older_schema_is_brought_up_to_date(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from sayso.store import connect

    scripts = connect._migrations()
    path = str(tmp_path / "ledger.db")
    store = open_store(path, create=True)
    store.add([entry("Ada said 3 fell.")])
    store.close()
    more = [*scripts, "-- A later release.\nCREATE TABLE later (a);\nINSERT INTO later VALUES (';');\n"]
    monkeypatch.setattr(connect, "_migrations", lambda: more)
    store = open_store(path)
    assert store.stats().schema_version == len(scripts) + 1
    assert store.verify() == ()
    assert [row.kind for row in store.journal()].count("init") == 1
    store.close()
    broken = [*more, "CREATE TABLE half (a);\nCREATE TABLE half (a);\n"]
    monkeypatch.setattr(connect, "_migrations", lambda: broken)
    with pytest.raises(LedgerError):
        open_store(path)
    with sqlite3.connect(path) as db:
        assert db.execute("SELECT name FROM sqlite_master WHERE name = 'half'").fetchall() == []


# ---------------------------------------------------------------------------------------------------
# Others at the same file, and disks that refuse


def test_a_writer_waits_and_then_says_who_is_in_the_way(path: str) -> None:
    store = open_store(path, busy_timeout_s=0.1)
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    assert len(list(store.reports())) == 3, "reading goes on"
    with pytest.raises(LedgerLocked, match="another process is writing") as caught:
        store.add([entry("Dee said 5 fell.")])
    assert caught.value.problem.where == path
    other.execute("ROLLBACK")
    assert store.add([entry("Dee said 5 fell.")])
    store.close()
    other.close()


def test_two_writers_take_turns(path: str) -> None:
    def write(start: int) -> None:
        store = open_store(path)
        for n in range(start, start + 40):
            store.add([entry(f"Ada said {n} drowned."), entry(f"Ada said {n // 2} left.")])
        store.close()

    threads = [threading.Thread(target=write, args=(start,)) for start in (0, 20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    store = open_store(path)
    assert store.stats().reports == 3 + 60 + 30
    assert store.verify() == ()
    store.close()


def test_a_ledger_made_while_it_is_looked_over_is_one(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    new = str(tmp_path / "new.db")
    other = threading.Thread(target=lambda: open_store(new, create=True).close())
    identity = connect._identity

    def slowly(db: sqlite3.Connection) -> tuple[int, int]:
        seen = identity(db)
        if not other.ident:
            other.start()
            other.join(0.5)  # long enough for it to be done, were it not kept waiting
        return seen

    monkeypatch.setattr(connect, "_identity", slowly)
    store = open_store(new, create=True)
    other.join()
    assert [row.kind for row in store.journal()] == ["init"]
    store.close()


def test_two_can_make_one_ledger_at_once(tmp_path: Path) -> None:
    path = str(tmp_path / "ledger.db")
    failures: list[BaseException] = []

    def make() -> None:
        try:
            open_store(path, create=True).close()
        except BaseException as error:
            failures.append(error)

    threads = [threading.Thread(target=make) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    store = open_store(path)
    assert [row.kind for row in store.journal()] == ["init"]
    store.close()


def test_what_is_read_in_a_snapshot_is_of_one_moment(path: str) -> None:
    ours, theirs = open_store(path), open_store(path)
    with ours.snapshot(), ours.snapshot():
        before = ours.derived.pending()
        theirs.add([entry("Dee said 5 fell.")])
        assert len(list(ours.reports())) == 3
        assert ours.derived.pending() == before
    assert len(list(ours.reports())) == 4
    ours.close()
    theirs.close()


def test_a_full_disk_leaves_nothing_half_done(path: str) -> None:
    store = open_store(path)
    db = store._db  # type: ignore[attr-defined]
    pages = db.execute("PRAGMA page_count").fetchone()[0]
    db.execute(f"PRAGMA max_page_count = {pages + 3}")  # SQLite reports the same as for a full disk
    before = store.stats()
    with pytest.raises(LedgerError, match="disk is full"):
        store.add([entry(f"Ada said {n} fell." + " " * 9999) for n in range(9)])
    assert store.stats() == before
    assert store.verify() == ()
    store.close()


@pytest.fixture
def as_nobody() -> Iterator[Path]:
    """A folder of our own, and no right of root to write where it is not allowed."""
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        was = os.geteuid()
        place.chmod(0o755)
        try:
            if was == 0:
                os.chown(place, 65534, -1)
                os.seteuid(65534)
            yield place
        finally:
            place.chmod(0o755)
            if was == 0:
                os.seteuid(0)


@pytest.mark.skipif(os.name != "posix", reason="file modes are those of POSIX")
@pytest.mark.parametrize(("file_mode", "folder_mode"), [(0o444, 0o755), (0o444, 0o555), (0o644, 0o555)])
def test_a_ledger_that_may_only_be_read_is_read(as_nobody: Path, file_mode: int, folder_mode: int) -> None:
    path = as_nobody / "ledger.db"
    store = open_store(str(path), create=True)
    store.add([entry("Ada said 3 fell.")])
    store.close()
    path.chmod(file_mode)
    as_nobody.chmod(folder_mode)
    store = open_store(str(path))
    assert not store.writable
    assert store.stats().reports == 1
    assert store.verify() == ()
    assert len(store.search("fell", limit=3)) == 1
    with pytest.raises(LedgerError, match="may only be read"):
        store.add([entry("Bo said 4 fell.")])
    store.close()


@pytest.mark.skipif(os.name != "posix", reason="file modes are those of POSIX")
def test_a_file_that_may_not_be_read_is_named(as_nobody: Path) -> None:
    path = as_nobody / "ledger.db"
    open_store(str(path), create=True).close()
    path.chmod(0)
    with pytest.raises(LedgerError, match="Permission denied"):
        open_store(str(path))


@pytest.mark.skipif(os.name != "posix", reason="file modes are those of POSIX")
def test_a_folder_that_may_not_be_written_gets_no_ledger(as_nobody: Path) -> None:
    as_nobody.chmod(0o555)
    with pytest.raises(LedgerError, match="cannot be opened"):
        open_store(str(as_nobody / "ledger.db"), create=True)


# ---------------------------------------------------------------------------------------------------
# Append-only, and verify


@pytest.mark.parametrize("table", ["blobs", "reports", "extractions", "statements", "judgements", "journal"])
def test_records_cannot_be_changed_or_removed(path: str, table: str) -> None:
    store = open_store(path)
    from sayso.model import Judgement, Verdict

    store.judge(Judgement("j-1", Verdict.NOTE, "r-1", None, "hm", "Mo", "2031-02-02T00:00:00Z"))
    store.close()
    db = sqlite3.connect(path)
    column = db.execute(f"SELECT name FROM pragma_table_info('{table}') LIMIT 1 OFFSET 1").fetchone()[0]
    before = db.execute(f"SELECT * FROM {table}").fetchall()
    assert before
    for change in (
        f"UPDATE {table} SET {column} = 'x'",
        f"DELETE FROM {table}",
        f"INSERT OR REPLACE INTO {table} SELECT * FROM {table}",
        f"REPLACE INTO {table} SELECT * FROM {table} LIMIT 1",
    ):
        with pytest.raises(sqlite3.IntegrityError, match="append-only"):
            db.execute(change)
        db.rollback()
    assert db.execute(f"SELECT * FROM {table}").fetchall() == before
    db.close()


TAMPERED = [
    ("UPDATE blobs SET bytes = x'00' WHERE sha256 = (SELECT min(sha256) FROM blobs)", "blob", "cannot be unpacked"),
    ("UPDATE blobs SET bytes = :other WHERE sha256 = (SELECT min(sha256) FROM blobs)", "blob", "not those that were"),
    ("UPDATE reports SET text = replace(text, '4', '9')", "report", "was changed after"),
    ("UPDATE reports SET title = 'x' WHERE seq = 2", "report", "was changed after"),
    ("UPDATE reports SET published = '2031' WHERE seq = 1", "report", "cannot be read"),
    ("UPDATE reports SET blocks = 'x' WHERE seq = 1", "report", "cannot be read"),
    ("UPDATE statements SET act = 'deny' WHERE seq = 2", "extraction 2", "statements were changed"),
    ("UPDATE statements SET content = '[[0,1]]' WHERE seq = 2", "extraction 2", "statements were changed"),
    ("UPDATE statements SET actor_role = 'mayor' WHERE seq = 1", "extraction 1", "statements were changed"),
    ("UPDATE statements SET words = 'all is well' WHERE seq = 1", "statement s-", "its words do not follow"),
    ("UPDATE statements SET said_value = '1999' WHERE seq = 1", "statement s-", "its said_value do not follow"),
    ("UPDATE reports SET published = '2031', published_precision = 'year'", "report", "does not follow"),
    ("UPDATE reports SET blocks = '[ ]' WHERE seq = 1", "report", "was changed after"),
    ("DELETE FROM statements WHERE seq = 3", "extraction 3", "statements were changed"),
    ("UPDATE extractions SET sha256 = 'x' WHERE seq = 1", "extraction 1", "statements were changed"),
    ("UPDATE journal SET payload = '{}' WHERE seq = 4", "journal row 4", "row was changed"),
    ("UPDATE journal SET hash = 'x' WHERE seq = 4", "journal row 4", "row was changed"),
    ("DELETE FROM journal WHERE seq = 5", "journal row 6", "missing after row 4"),
    ("DELETE FROM journal WHERE seq = 1", "journal row 2", "missing after the beginning"),
    ("DELETE FROM journal", "journal", "journal is empty"),
    ("DELETE FROM journal WHERE seq > 5", "report|extraction", "journal does not know"),
    ("UPDATE claims SET status = 'agreed'", "derived tables", "was changed since"),
    ("UPDATE claims SET status = 'true'", "derived tables", "cannot be read"),
    ("DELETE FROM relations", "derived tables", "was changed since"),
    ("INSERT INTO reports_fts (reports_fts) VALUES ('delete-all')", "reports_fts", "search index"),
    ("DROP TRIGGER keep_journal_update", "keep_journal_update", "trigger"),
]


@pytest.mark.parametrize(("change", "where", "what"), TAMPERED, ids=[change for change, _, _ in TAMPERED])
def test_tampering_is_found_and_named(path: str, change: str, where: str, what: str) -> None:
    import re

    db = sqlite3.connect(path)
    kept = [sql for (sql,) in db.execute("SELECT sql FROM sqlite_master WHERE type = 'trigger' ORDER BY name")]
    for name in trigger_names():
        db.execute(f"DROP TRIGGER {name}")
    if change.startswith("DROP TRIGGER"):
        kept = [sql for sql in kept if "keep_journal_update" not in sql]
    else:
        db.execute(change, {"other": zlib.compress(b"other")} if ":other" in change else {})
    for sql in kept:
        db.execute(sql)
    db.commit()
    db.close()
    store = open_store(path)
    found = store.verify()
    assert any(re.match(where, p.where) and re.search(what, p.what) for p in found), found
    assert all(problem.remedy for problem in found)
    store.close()


def test_missing_reports_are_named(path: str) -> None:
    db = sqlite3.connect(path)
    for name in trigger_names():
        db.execute(f"DROP TRIGGER {name}")
    (lost,) = db.execute("SELECT id FROM reports WHERE seq = 2").fetchone()
    db.execute("DELETE FROM statements WHERE report = ?", (lost,))
    db.execute("DELETE FROM extractions WHERE report = ?", (lost,))
    db.execute("DELETE FROM reports WHERE id = ?", (lost,))
    db.commit()
    db.close()
    store = open_store(path)
    assert f"report {lost}" in {problem.where for problem in store.verify()}
    store.close()


def test_a_damaged_file_is_found_or_refused(path: str) -> None:
    """Every page of the file, overwritten in turn, is either found by verify or refused at opening: no traceback."""
    whole = Path(path).read_bytes()
    for at in range(0, len(whole), 4096):
        Path(path).write_bytes(whole[:at] + os.urandom(4096) + whole[at + 4096 :])
        try:
            store = open_store(path)
        except LedgerError:
            continue
        try:
            assert store.verify(), f"page {at // 4096} was overwritten, and nothing was found"
        finally:
            store.close()


def test_bytes_that_changed_are_never_handed_out(path: str) -> None:
    db = sqlite3.connect(path)
    for name in trigger_names():
        db.execute(f"DROP TRIGGER {name}")
    db.execute("UPDATE blobs SET bytes = ?", (zlib.compress(b"other"),))
    db.commit()
    db.close()
    store = open_store(path)
    with pytest.raises(LedgerDamaged, match="not those that were captured"):
        store.raw(next(store.reports()).id)
    store.close()


def test_stale_is_no_damage(path: str) -> None:
    store = open_store(path)
    store.add([entry("Dee said 5 fell.")])
    assert store.verify() == ()
    store.close()


# ---------------------------------------------------------------------------------------------------
# What a ledger of any size costs


def test_partners_are_looked_up_by_key_and_day(path: str) -> None:
    """Else one more report would go through all that ever held one of its keys."""
    store = open_store(path)
    asked: list[str] = []
    connection = store.derived._db.connection  # type: ignore[attr-defined]
    connection.set_trace_callback(asked.append)
    store.derived.partners(Gist("r-new", 12.0, (), ("x", "y")), days=5)
    connection.set_trace_callback(None)
    plans = [
        row["detail"]
        for query in asked
        if "gist_keys" in query
        for row in connection.execute(f"EXPLAIN QUERY PLAN {query}")
    ]
    store.close()
    looked_up = [plan for plan in plans if "gist_keys" in plan]
    assert looked_up
    assert all("key=? AND day" in plan for plan in looked_up), looked_up


def test_one_story_is_read_without_the_others(path: str) -> None:
    store = open_store(path)
    (story, *_) = store.derived.stories()
    asked: list[str] = []
    connection = store.derived._db.connection  # type: ignore[attr-defined]
    connection.set_trace_callback(asked.append)
    store.derived.linked([story.id])
    connection.set_trace_callback(None)
    scans = [
        row["detail"]
        for query in asked
        if query.startswith("SELECT")
        for row in connection.execute(f"EXPLAIN QUERY PLAN {query}")
        if row["detail"].startswith("SCAN")
    ]
    store.close()
    assert not scans
