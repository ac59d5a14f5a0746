"""Which databases are a ledger, who may do what, and what is said of those that are not; never a password."""

from __future__ import annotations

import re
import socket
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from sayso.errors import LedgerError, LedgerLocked, LedgerNotFound, UsageError
from sayso.model import Judgement, Verdict
from sayso.store import Entry, open_store
from tests.store.making import captured, file_all, link, reading, save_linked
from tests.store.postgres.server import PASSWORD, Server

psycopg = pytest.importorskip("psycopg", reason="psycopg is in the extra postgres")
from sayso.store.postgres import connect, failures  # noqa: E402


def entry(text: str) -> Entry:
    each = captured(text)
    return Entry(each, reading(each.report), "made-1")


@pytest.fixture
def url(postgres_url: str) -> str:
    """The URL of a ledger with one report."""
    store = open_store(postgres_url, create=True)
    store.add([entry("Ada said 3 fell.")])
    store.close()
    return postgres_url


def test_a_missing_ledger_is_made_only_when_asked(postgres_url: str) -> None:
    with pytest.raises(LedgerNotFound, match="no ledger in this schema"):
        open_store(postgres_url)
    open_store(postgres_url, create=True).close()
    store = open_store(postgres_url)
    assert [row.kind for row in store.journal()] == ["init"]
    assert store.stats().schema_version == len(connect._migrations())
    assert store.verify() == ()
    store.close()


def test_postgres_is_the_same_scheme(url: str) -> None:
    store = open_store(url.replace("postgresql://", "postgres://", 1))
    assert store.stats().reports == 1
    store.close()


def test_the_url_of_a_store_has_no_password(url: str) -> None:
    store = open_store(url)
    assert store.url == url.replace(PASSWORD.replace("/", "%2F"), "***")
    store.close()


@pytest.mark.parametrize(
    ("change", "what"),
    [
        (lambda url: url.replace("s3cret", "wr0ng"), "does not let this user in"),
        (lambda url: url.replace("/postgres?", "/nowhere?"), "no such database"),
        (lambda url: url.partition("?")[0] + "?options=-csearch_path%3Dnone_such", "does not exist"),
    ],
)
def test_what_cannot_be_reached_is_named(url: str, change: Callable[[str], str], what: str) -> None:
    with pytest.raises(LedgerError, match=what) as caught:
        open_store(change(url), create=True)
    assert caught.value.problem.remedy
    assert "wr0ng" not in str(caught.value)
    assert "s3cret" not in str(caught.value)


def test_a_server_that_is_not_there_is_named() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with pytest.raises(LedgerError, match="cannot be reached") as caught:
        open_store(f"postgresql://mo:s3cret@127.0.0.1:{port}/db")
    assert caught.value.problem.where == f"postgresql://mo:***@127.0.0.1:{port}/db"
    assert "s3cret" not in str(caught.value)


@pytest.mark.parametrize(
    "url",
    [
        "postgresql://mo:ab@cret@127.0.0.1/db",
        "postgresql://mo:ab/cret@127.0.0.1/db",
        "postgresql://mo:ab%zzcret@127.0.0.1/db",
        "postgresql://mo:ab#cret@127.0.0.1/db",
        "postgresql://127.0.0.1/db?no_such=1",
        "postgresql://[mo/db",
    ],
)
def test_a_url_that_is_written_wrongly_gives_nothing_away(url: str) -> None:
    with pytest.raises(UsageError, match="not the URL") as caught:
        open_store(url)
    assert "cret@" not in str(caught.value)
    assert ":ab" not in str(caught.value)


def test_a_schema_that_holds_something_else_is_left_alone(postgres: Server, postgres_url: str) -> None:
    schema = postgres_url.rpartition("%3D")[2]
    postgres.run(f"CREATE TABLE {schema}.notes (a int)")
    with pytest.raises(LedgerError, match=r"something else \(notes\)"):
        open_store(postgres_url, create=True)
    assert postgres.run(f"SELECT count(*) FROM pg_tables WHERE schemaname = '{schema}'") == [(1,)]


def test_a_database_that_cannot_hold_all_text_is_refused(postgres: Server) -> None:
    ((version,),) = postgres.run("SELECT current_setting('server_version_num')::int")
    provider = "LOCALE_PROVIDER libc" if version >= 150000 else ""
    postgres.run(f"CREATE DATABASE latin ENCODING 'LATIN1' LOCALE 'C' {provider} TEMPLATE template0")
    with pytest.raises(LedgerError, match="LATIN1"):
        open_store(postgres.url("latin"), create=True)


def test_an_older_schema_is_brought_up_to_date(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    scripts = connect._migrations()
    more = [*scripts, "-- A later release.\nCREATE TABLE later (a text);\nINSERT INTO later VALUES (';');\n"]
    monkeypatch.setattr(connect, "_migrations", lambda: more)
    store = open_store(url)
    assert store.stats().schema_version == len(more)
    assert [row.kind for row in store.journal()].count("init") == 1
    store.close()
    broken = [*more, "CREATE TABLE half (a text);\nCREATE TABLE half (a text);\n"]
    monkeypatch.setattr(connect, "_migrations", lambda: broken)
    with pytest.raises(LedgerError):
        open_store(url)
    monkeypatch.setattr(connect, "_migrations", lambda: scripts)
    with pytest.raises(LedgerError, match="Update sayso"):
        open_store(url)


def test_many_can_make_one_ledger_at_once(postgres_url: str) -> None:
    failed: list[BaseException] = []

    def make() -> None:
        try:
            open_store(postgres_url, create=True).close()
        except BaseException as error:
            failed.append(error)

    threads = [threading.Thread(target=make) for _ in range(5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == []
    store = open_store(postgres_url)
    assert [row.kind for row in store.journal()] == ["init"]
    store.close()


@pytest.fixture
def reader_url(postgres: Server, url: str) -> str:
    """The URL of the same ledger for somebody who may only read."""
    schema = url.rpartition("%3D")[2]
    person = f"reader_{schema}"
    postgres.run(
        f"CREATE ROLE {person} LOGIN PASSWORD 'word'",
        f"GRANT USAGE ON SCHEMA {schema} TO {person}",
        f"GRANT SELECT ON ALL TABLES IN SCHEMA {schema} TO {person}",
    )
    return postgres.url(schema=schema, user=f"{person}:word")


def test_a_ledger_that_may_only_be_read_is_read(reader_url: str) -> None:
    store = open_store(reader_url)
    assert not store.writable
    assert len(store.search("fell", limit=3)) == 1
    assert store.verify() == ()
    assert store.wait_for_change(store.head(), timeout_s=0.01) == store.head()
    with pytest.raises(LedgerError, match="may only be read"):
        store.add([entry("Bo said 4 fell.")])
    store.close()


def test_the_rights_that_the_manual_lists_are_enough_to_write(postgres: Server, url: str, repository: Path) -> None:
    schema = url.rpartition("%3D")[2]
    manual = (repository / "docs" / "postgres.md").read_text("utf-8")
    (grants,) = [block for block in re.findall("```sql\n(.*?)```", manual, re.DOTALL) if "GRANT INSERT" in block]
    person = f"editor_{schema}"
    postgres.run(f"CREATE ROLE {person} LOGIN PASSWORD 'word'")
    postgres.run(f"SET search_path = {schema}; {grants.replace('flood', schema).replace('editor', person)}")
    store = open_store(postgres.url(schema=schema, user=f"{person}:word"))
    assert store.writable
    store.add([entry("Bo said 4 fell."), entry("Cy said 4 fell.")])
    store.judge(Judgement("j-1", Verdict.NOTE, "r-1", None, "hm", "Mo", "2031-02-02T00:00:00Z"))
    file_all(store)
    save_linked(store, link(list(store.reports()), list(store.extractions())))
    store.derived.save_vectors("m", {"k": np.array([1.0], dtype=np.float32)})
    store.note_rebuild()
    store.derived.forget("made-2")
    assert store.verify() == ()
    with pytest.raises(LedgerError, match="does not allow this user"):
        store._rows.all("ALTER TABLE journal DISABLE TRIGGER keep_journal")  # type: ignore[attr-defined]
    store.close()


def test_who_may_make_nothing_is_told_so(postgres: Server, reader_url: str) -> None:
    empty = postgres.new_schema().rpartition("%3D")[2]
    person = reader_url.partition("://")[2].partition(":")[0]
    postgres.run(f"GRANT USAGE ON SCHEMA {empty} TO {person}")
    with pytest.raises(LedgerError, match="does not allow this user"):
        open_store(reader_url.rpartition("%3D")[0] + f"%3D{empty}", create=True)


def test_read_only_is_kept_by_the_server(url: str) -> None:
    store = open_store(url, read_only=True)
    assert not store.writable
    with pytest.raises(LedgerError, match="may only be read"):
        store._rows.run("INSERT INTO furniture VALUES ('x')")  # type: ignore[attr-defined]
    store.close()


def test_without_the_driver_the_error_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "psycopg", None)
    with pytest.raises(LedgerError, match=r"pip install 'sayso\[postgres\]'"):
        open_store("postgresql://mo:s3cret@host/db")


@pytest.mark.parametrize(
    ("name", "kind", "what"),
    [
        ("DiskFull", LedgerError, "the disk of the server is full"),
        ("LockNotAvailable", LedgerLocked, "another process is writing"),
        ("DeadlockDetected", LedgerLocked, "another process is writing"),
        ("ReadOnlySqlTransaction", LedgerError, "may only be read"),
        ("InsufficientPrivilege", LedgerError, "does not allow this user"),
        ("AdminShutdown", LedgerError, "connection to the server was lost"),
        ("OutOfMemory", LedgerError, "no room for this"),
        ("QueryCanceled", LedgerError, "ended the query"),
        ("ProgramLimitExceeded", LedgerError, "so large"),
        ("DataCorrupted", LedgerError, "the ledger is damaged"),
        ("UndefinedTable", LedgerError, "the ledger is damaged"),
    ],
)
def test_what_goes_wrong_is_said_plainly(name: str, kind: type[LedgerError], what: str) -> None:
    error = failures.explain(getattr(psycopg.errors, name)("it said hush"), "there", secret="hush")
    assert isinstance(error, kind)
    assert what in error.problem.what
    assert error.problem.where == "there"
    assert error.problem.remedy
    assert "hush" not in str(error)
