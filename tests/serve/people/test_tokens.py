"""Tokens: scope and role together say what they may do, and they end."""

from __future__ import annotations

import pytest

from sayso.errors import RecordNotFound, UsageError
from sayso.serve.people import tokens
from sayso.serve.people.roles import Role
from sayso.serve.people.store import PeopleStore
from tests.serve.people.conftest import Clock


@pytest.mark.parametrize(
    ("name", "scope", "role"),
    [
        ("Rea", "read", Role.READER),
        ("Ed", "read", Role.READER),
        ("Ed", "write", Role.EDITOR),
        ("Ada", "read", Role.READER),
        ("Ada", "write", Role.EDITOR),
        ("Ada", "admin", Role.ADMIN),
    ],
)
def test_a_token_may_do_what_its_scope_says(store: PeopleStore, name: str, scope: str, role: Role) -> None:
    made, secret = tokens.make(store, store.person(name), name="x", scope=scope)
    person = tokens.find(store, secret)
    assert person is not None
    assert (person.name, person.role, person.how) == (name, role, "token")
    assert secret.startswith("sayso_")
    assert len(secret) >= 43 + len("sayso_"), "256 bits"
    assert secret not in repr(made)


@pytest.mark.parametrize(("name", "scope"), [("Rea", "write"), ("Rea", "admin"), ("Ed", "admin"), ("Ada", "all")])
def test_no_token_may_more_than_its_person(store: PeopleStore, name: str, scope: str) -> None:
    with pytest.raises(UsageError):
        tokens.make(store, store.person(name), name="x", scope=scope)


def test_it_loses_with_its_person(store: PeopleStore) -> None:
    _, secret = tokens.make(store, store.person("Ed"), name="x", scope="write")
    store.set_role(store.person("Ed"), Role.READER)
    person = tokens.find(store, secret)
    assert person is not None
    assert person.role is Role.READER


def test_it_ends_by_itself(store: PeopleStore, clock: Clock) -> None:
    _, secret = tokens.make(store, store.person("Ed"), name="x", scope="read", days=1)
    clock.forward(86_399)
    assert tokens.find(store, secret) is not None
    clock.forward(2)
    assert tokens.find(store, secret) is None


@pytest.mark.parametrize("days", [0, -1, 367, 10**9])
def test_none_lasts_for_ever(store: PeopleStore, days: int) -> None:
    with pytest.raises(UsageError, match="so long"):
        tokens.make(store, store.person("Ed"), name="x", scope="read", days=days)


def test_its_last_use_is_noted(store: PeopleStore, clock: Clock) -> None:
    made, secret = tokens.make(store, store.person("Ed"), name="x", scope="read")
    assert made.used_at is None
    clock.forward(100)
    tokens.find(store, secret)
    assert tokens.token(store, made.id).used_at == clock()


def test_another_persons_token_is_as_good_as_none(store: PeopleStore) -> None:
    made, secret = tokens.make(store, store.person("Ada"), name="x", scope="admin")
    with pytest.raises(RecordNotFound, match="no such token"):
        tokens.revoke(store, made.id, person_id=store.person("Ed").id)
    assert tokens.find(store, secret) is not None
    assert tokens.revoke(store, made.id).revoked_at is not None
    assert tokens.find(store, secret) is None


@pytest.mark.parametrize("secret", ["", "sayso_", "x" * 100_000, "\udc80"])
def test_what_was_never_a_token_is_nobody(store: PeopleStore, secret: str) -> None:
    assert tokens.find(store, secret) is None
