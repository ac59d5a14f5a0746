"""People in their file: names, roles, who may be removed, and whose file it is."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from sayso.errors import LedgerError, RecordNotFound, UsageError
from sayso.serve.people import sessions, tokens
from sayso.serve.people.roles import Role
from sayso.serve.people.store import PeopleStore, checked_name, open_people, people_path


@pytest.mark.parametrize("name", ["Ada", "Ada Quill", "a.quill", "O’Neil", "Жанна", "王小明", "ada_q-2"])
def test_names_that_people_have(name: str) -> None:
    assert checked_name(f"  {name} ") == name


@pytest.mark.parametrize(
    "name",
    [
        "", " ", "../etc/passwd", "a/b", "a\\b", "<b>ada</b>", "ada\0", "ada\u202eadmin", "ada\u200bx", "=cmd()", "-rf", ".", "a" * 65,
        "machine", "Machine", "somebody", "a'--;", "{{7*7}}", "%2e%2e",
    ],
)  # fmt: skip
def test_names_that_could_be_something_else_are_refused(name: str) -> None:
    with pytest.raises(UsageError, match="name"):
        checked_name(name)


def test_one_name_is_one_person_in_any_capitals(store: PeopleStore) -> None:
    with pytest.raises(UsageError, match="somebody has this name"):
        store.add("ADA", Role.READER, "x")
    assert store.person("aDa").name == "Ada"


@pytest.mark.parametrize("asked", ["Nobody", "", "\udc80", "x" * 100_000, "' OR 1=1 --", 0, -1, 10**40])
def test_whoever_is_not_there_is_not_found(store: PeopleStore, asked: str | int) -> None:
    with pytest.raises(RecordNotFound, match="nobody of this name"):
        store.person(asked)
    assert store.password_of(str(asked)) is None


def test_the_last_admin_stays(store: PeopleStore) -> None:
    ada = store.person("Ada")
    with pytest.raises(UsageError, match="nobody would be left"):
        store.remove(ada)
    with pytest.raises(UsageError, match="nobody would be left"):
        store.set_role(ada, Role.EDITOR)
    store.set_role(store.person("Ed"), Role.ADMIN)
    store.remove(ada)
    assert [each.name for each in store.people()] == ["Ed", "Rea"]


def test_whoever_is_removed_is_out_at_once_and_can_come_back(store: PeopleStore) -> None:
    ed = store.person("Ed")
    session = sessions.start(store, ed.id, address="-")
    _, secret = tokens.make(store, ed, name="x", scope="write")
    store.remove(ed)
    assert sessions.find(store, session) is None
    assert tokens.find(store, secret) is None
    assert store.password_of("Ed") is None
    with pytest.raises(RecordNotFound):
        store.person("Ed")
    again = store.add("Ed", Role.READER, "hash")
    assert (again.id, again.role) == (ed.id, Role.READER)
    assert tokens.find(store, secret) is None, "an old token does not come back with them"


def test_what_fails_half_way_leaves_nothing(store: PeopleStore) -> None:
    def half() -> None:
        with store.writing():
            store.add("Zed", Role.READER, "x")
            store.add("Ada", Role.READER, "x")

    with pytest.raises(UsageError):
        half()
    assert [each.name for each in store.people()] == ["Ada", "Ed", "Rea"]


def test_only_its_owner_may_read_the_file(store: PeopleStore) -> None:
    assert Path(store.path).stat().st_mode & 0o077 == 0


def test_the_file_holds_no_secret(store: PeopleStore) -> None:
    session = sessions.start(store, store.person("Ed").id, address="-")
    _, secret = tokens.make(store, store.person("Ed"), name="x", scope="read")
    raw = Path(store.path).read_bytes()
    for hidden in (session, sessions.form_token(session), secret, secret.removeprefix("sayso_"), "nine plain words"):
        assert hidden.encode() not in raw


@pytest.mark.parametrize(
    ("ledger", "expected"),
    [
        ("flood.db", "flood.db.people"),
        ("sqlite:///flood.db", "flood.db.people"),
        ("sqlite:////tmp/f.db", "/tmp/f.db.people"),
    ],
)
def test_it_lies_beside_the_ledger(ledger: str, expected: str) -> None:
    assert people_path(ledger) == expected


@pytest.mark.parametrize("ledger", ["", ":memory:", "sqlite://", "postgresql://host/db", "a\0b"])
def test_a_ledger_without_a_file_has_no_people(ledger: str) -> None:
    with pytest.raises(UsageError, match="no file"):
        people_path(ledger)


def test_another_file_is_left_alone(tmp_path: Path) -> None:
    other = tmp_path / "other.people"
    with sqlite3.connect(other) as db:
        db.execute("CREATE TABLE mine (x)")
    db.close()
    with pytest.raises(LedgerError, match="no file of people"):
        open_people(str(other))
    (tmp_path / "text.people").write_text("words " * 100)
    with pytest.raises(LedgerError, match="cannot be used"):
        open_people(str(tmp_path / "text.people"))
    with pytest.raises(LedgerError, match="no people are kept"):
        open_people(str(tmp_path / "missing.people"))
