"""Many at one ledger: the journal stays one chain, who waits is told, and a session that is lost is begun again."""

from __future__ import annotations

import threading
import time

import pytest

from sayso import ledger as ledgers
from sayso.errors import LedgerError, LedgerLocked
from sayso.model import Judgement, Verdict
from sayso.store import Entry, Store, open_store
from tests.store.making import STEPS, captured, file_all, link, reading, save_linked
from tests.store.postgres.server import Server


def entry(text: str) -> Entry:
    each = captured(text)
    return Entry(each, reading(each.report), "made-1")


def note(identifier: str) -> Judgement:
    return Judgement(identifier, Verdict.NOTE, "r-1", None, "hm", "Mo", "2031-02-02T00:00:00Z")


@pytest.fixture
def url(postgres_url: str) -> str:
    """The URL of a ledger with three reports, linked."""
    store = open_store(postgres_url, create=True)
    store.add([entry("Ada said 3 fell."), entry("Bo said 4 fell."), entry("Cy said it rains.")])
    store.judge(note("j-1"))
    file_all(store)
    save_linked(store, link(list(store.reports()), list(store.extractions())))
    store.close()
    return postgres_url


def test_the_journal_is_one_chain_whoever_writes(url: str) -> None:
    failed: list[BaseException] = []

    def write(number: int) -> None:
        store = open_store(url)
        try:
            for n in range(number * 5, number * 5 + 20):
                store.add([entry(f"Ada said {n} drowned."), entry(f"Ada said {n // 2} left.")])
                store.judge(note(f"j-{number}-{n}"))
        except BaseException as error:
            failed.append(error)
        finally:
            store.close()

    threads = [threading.Thread(target=write, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == []
    store = open_store(url)
    rows = list(store.journal())
    assert [row.seq for row in rows] == list(range(1, len(rows) + 1))
    assert store.stats().reports == 3 + 35 + 18
    assert len(store.judgements()) == 81
    assert store.verify() == ()
    store.close()


def test_many_who_add_and_link_come_to_what_one_comes_to(postgres_url: str) -> None:
    given = [
        captured(f"#{n % 3} Ada said {n} fell. Bo said {n % 7} fell near {n % 3}.", outlet=f"Outlet {n % 4}")
        for n in range(60)
    ]
    with ledgers.open("sqlite://", create=True, steps=STEPS) as alone:
        alone.add_captured(given)
        expected = alone.linked()
    failed: list[BaseException] = []

    def add(number: int) -> None:
        try:
            with ledgers.open(postgres_url, create=True, steps=STEPS) as ledger:
                for start in range(number, 60, 12):
                    ledger.add_captured(given[start : start + 6])
                    ledger.linked()
        except BaseException as error:
            failed.append(error)

    threads = [threading.Thread(target=add, args=(number,)) for number in (0, 4, 6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == []
    with ledgers.open(postgres_url, steps=STEPS) as ledger:
        assert ledger.linked() == expected
        assert ledger.verify() == ()


def test_a_writer_waits_and_then_says_who_is_in_the_way(url: str) -> None:
    ours, theirs = open_store(url, busy_timeout_s=0.2), open_store(url)
    with theirs.derived.update():
        assert len(list(ours.reports())) == 3, "reading goes on"
        with pytest.raises(LedgerLocked, match="another process is writing"):
            ours.add([entry("Dee said 5 fell.")])
    assert ours.add([entry("Dee said 5 fell.")])
    ours.close()
    theirs.close()


def test_ledgers_in_two_schemas_do_not_wait_for_each_other(url: str, postgres: Server) -> None:
    other = open_store(postgres.new_schema(), create=True, busy_timeout_s=0.2)
    ours = open_store(url)
    with ours.derived.update():
        assert other.add([entry("Dee said 5 fell.")])
    ours.close()
    other.close()


def test_what_is_read_in_a_snapshot_is_of_one_moment(url: str) -> None:
    ours, theirs = open_store(url), open_store(url)
    with ours.snapshot(), ours.snapshot():
        before = ours.derived.pending()
        theirs.add([entry("Dee said 5 fell.")])
        assert len(list(ours.reports())) == 3
        assert ours.derived.pending() == before
        with pytest.raises(RuntimeError, match="snapshot"):
            ours.add([entry("Eve said 6 fell.")])
    assert len(list(ours.reports())) == 4
    ours.close()
    theirs.close()


def add_in_a_session_of_its_own(url: str, text: str) -> None:
    store = open_store(url)
    store.add([entry(text)])
    store.close()


def test_who_waits_is_told_at_once(url: str) -> None:
    waiting = open_store(url)
    head = waiting.head()
    assert waiting.wait_for_change(head, timeout_s=0.01) == head
    writer = threading.Timer(0.5, add_in_a_session_of_its_own, (url, "Dee said 5 fell."))
    writer.start()
    began = time.monotonic()
    assert waiting.wait_for_change(head, timeout_s=60) != head
    assert time.monotonic() - began < 4.5, "told by the server, before the next look"
    writer.join()
    assert len(list(waiting.reports())) == 4
    waiting.close()


def end_sessions(postgres: Server, store: Store) -> None:
    pid = store._rows.one("SELECT pg_backend_pid() AS pid")["pid"]  # type: ignore[attr-defined]
    postgres.run(f"SELECT pg_terminate_backend({pid}, 5000)")


def test_a_lost_session_is_begun_again(url: str, postgres: Server) -> None:
    store = open_store(url)
    head = store.head()
    end_sessions(postgres, store)
    assert len(list(store.reports())) == 3
    end_sessions(postgres, store)
    assert store.stats().reports == 3
    for _ in range(2):
        end_sessions(postgres, store)
        assert store.wait_for_change(head, timeout_s=0.01) == head
    end_sessions(postgres, store)
    assert len(store.add([entry("Dee said 5 fell.")])) == 1
    store.close()


def test_where_nobody_is_told_the_journal_is_looked_at(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    waiting = open_store(url)
    monkeypatch.setattr(waiting, "_listen", lambda: False)  # as on a standby server
    head = waiting.head()
    assert waiting.wait_for_change(head, timeout_s=0.01) == head
    writer = threading.Timer(0.3, add_in_a_session_of_its_own, (url, "Dee said 5 fell."))
    writer.start()
    assert waiting.wait_for_change(head, timeout_s=60) != head
    writer.join()
    waiting.close()


def test_a_store_that_was_closed_stays_so(url: str) -> None:
    store = open_store(url)
    store.close()
    with pytest.raises(LedgerError, match="connection is closed"):
        store.stats()


def test_a_session_lost_while_waiting_is_no_reason_to_fail(url: str, postgres: Server) -> None:
    waiting = open_store(url)
    head = waiting.head()
    pid = waiting._rows.one("SELECT pg_backend_pid() AS pid")["pid"]  # type: ignore[attr-defined]

    def end_and_write() -> None:
        postgres.run(f"SELECT pg_terminate_backend({pid}, 5000)")
        time.sleep(0.3)
        add_in_a_session_of_its_own(url, "Dee said 5 fell.")

    other = threading.Timer(0.3, end_and_write)
    other.start()
    assert waiting.wait_for_change(head, timeout_s=60) != head
    other.join()
    waiting.close()


def test_a_session_lost_while_writing_leaves_nothing_half_done(url: str, postgres: Server) -> None:
    store = open_store(url)
    before = store.stats()

    def write_until_it_is_lost() -> None:
        with store.derived.update():
            store.add([entry("Dee said 5 fell.")])
            end_sessions(postgres, store)
            store.add([entry("Eve said 6 fell.")])

    with pytest.raises(LedgerError, match="connection to the server was lost"):
        write_until_it_is_lost()
    assert store.stats() == before
    assert store.verify() == ()
    assert len(store.add([entry("Dee said 5 fell."), entry("Eve said 6 fell.")])) == 2
    store.close()


def test_a_session_that_only_reads_does_so_when_it_is_begun_again(url: str, postgres: Server) -> None:
    store = open_store(url, read_only=True)
    end_sessions(postgres, store)
    assert store.stats().reports == 3
    assert store.wait_for_change(store.head(), timeout_s=0.01) == store.head()
    with pytest.raises(LedgerError, match="may only be read"):
        store._rows.run("INSERT INTO furniture VALUES ('x')")  # type: ignore[attr-defined]
    store.close()


# ---------------------------------------------------------------------------------------------------
# Append-only, and verify


@pytest.mark.parametrize("table", ["blobs", "reports", "extractions", "statements", "judgements", "journal"])
def test_records_cannot_be_changed_or_removed(url: str, postgres: Server, table: str) -> None:
    import psycopg

    place = f"{url.rpartition('%3D')[2]}.{table}"
    column = "size" if table == "blobs" else "seq"
    for change in (f"UPDATE {place} SET {column} = 9", f"DELETE FROM {place}", f"TRUNCATE {place} CASCADE"):
        with pytest.raises(psycopg.errors.IntegrityConstraintViolation, match="append-only"):
            postgres.run(change)


TAMPERED = [
    ("UPDATE blobs SET bytes = 'x'", "blob", "cannot be unpacked"),
    ("UPDATE reports SET title = 'x' WHERE seq = 1", "report", "was changed after"),
    ("UPDATE reports SET text = 'x' WHERE seq = 1", "report", "was changed after"),
    ("UPDATE statements SET words = 'all is well' WHERE extraction = 1", "statement s-", "its words do not follow"),
    ("UPDATE statements SET negated = 1 WHERE extraction = 1", "extraction 1", "statements were changed"),
    ("UPDATE judgements SET author = 'Bo'", "judgement", "was changed after"),
    ("UPDATE journal SET payload = '{}' WHERE seq = 4", "journal row 4", "row was changed"),
    ("DELETE FROM journal WHERE seq = 5", "journal row 6", "missing after row 4"),
    ("DELETE FROM journal", "journal", "journal is empty"),
    ("UPDATE claims SET status = 'agreed'", "derived tables", "was changed since"),
    ("DELETE FROM relations", "derived tables", "was changed since"),
    ("DELETE FROM report_words", "report_words", "search index"),
    ("UPDATE statement_words SET lexemes = NULL WHERE extraction = 1", "statement_words", "search index"),
    ("INSERT INTO named_actors VALUES (1, 9, 'r', 'a-x', '{}')", "named_actors", "list of actors"),
    ("DROP TRIGGER keep_journal ON journal", "keep_journal", "trigger"),
    ("ALTER TABLE journal DISABLE TRIGGER keep_journal", "keep_journal", "trigger"),
    ("DROP TABLE blobs CASCADE", "database", "is damaged"),
]


@pytest.mark.parametrize(("change", "where", "what"), TAMPERED, ids=[change for change, _, _ in TAMPERED])
def test_tampering_is_found_and_named(url: str, postgres: Server, change: str, where: str, what: str) -> None:
    schema = url.rpartition("%3D")[2]
    postgres.run(f"SET search_path = {schema}; SET session_replication_role = replica; {change}")
    store = open_store(url)
    found = store.verify()
    assert any(where in p.where and what in p.what for p in found), found
    assert all(problem.remedy for problem in found)
    store.close()
