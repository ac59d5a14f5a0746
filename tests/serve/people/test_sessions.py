"""Sessions: they end when idle, when old, when told to; and hold from one request to the next what is true now."""

from __future__ import annotations

import pytest

from sayso.serve.people import sessions
from sayso.serve.people.roles import Role
from sayso.serve.people.store import PeopleStore
from tests.serve.people.conftest import Clock


def started(store: PeopleStore, name: str = "Ed") -> str:
    return sessions.start(store, store.person(name).id, address="10.0.0.1")


def test_it_ends_when_nobody_used_it(store: PeopleStore, clock: Clock) -> None:
    session = started(store)
    for _ in range(3):
        clock.forward(sessions.IDLE_S - 1)
        assert sessions.find(store, session) is not None
    clock.forward(sessions.IDLE_S + 1)
    assert sessions.find(store, session) is None


def test_it_ends_in_any_case(store: PeopleStore, clock: Clock) -> None:
    session = started(store)
    steps = int(sessions.WHOLE_S / (sessions.IDLE_S / 2))
    for _ in range(steps):
        clock.forward(sessions.IDLE_S / 2)
        assert sessions.find(store, session) is not None
    clock.forward(1)
    assert sessions.find(store, session) is None


def test_a_page_that_waits_for_news_is_no_sign_of_life(store: PeopleStore, clock: Clock) -> None:
    session = started(store)
    clock.forward(sessions.IDLE_S - 10)
    assert sessions.find(store, session, used=False) is not None
    clock.forward(20)
    assert sessions.find(store, session) is None


def test_a_changed_role_holds_at_once(store: PeopleStore) -> None:
    session = started(store)
    store.set_role(store.person("Ed"), Role.READER)
    person = sessions.find(store, session)
    assert person is not None
    assert person.role is Role.READER


def test_ending_all_ends_nobody_elses(store: PeopleStore) -> None:
    mine, other = [started(store), started(store)], started(store, "Ada")
    assert sessions.count(store, store.person("Ed").id) == 2
    assert sessions.end_all(store, store.person("Ed").id) == 2
    assert [sessions.find(store, each) for each in mine] == [None, None]
    assert sessions.find(store, other) is not None


def test_the_oldest_gives_way(store: PeopleStore, clock: Clock) -> None:
    first = started(store)
    for _ in range(sessions.MOST):
        clock.forward(1)
        started(store)
    assert sessions.find(store, first) is None
    assert sessions.count(store, store.person("Ed").id) == sessions.MOST


@pytest.mark.parametrize("session", ["", "x", "\udcff", "' OR 1=1 --", "%00"])
def test_what_was_never_a_session_is_nobody(store: PeopleStore, session: str) -> None:
    started(store)
    assert sessions.find(store, session) is None


def test_a_form_token_belongs_to_one_session(store: PeopleStore) -> None:
    one, two = started(store), started(store)
    assert sessions.form_fits(one, sessions.form_token(one))
    for wrong in (sessions.form_token(two), "", "é", one):
        assert not sessions.form_fits(one, wrong)
