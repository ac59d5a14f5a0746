"""Tries at the login wait longer and longer, by name and by address, and no longer than said."""

from __future__ import annotations

import pytest

from sayso.serve.people import throttle
from sayso.serve.people.store import PeopleStore
from tests.serve.people.conftest import Clock


@pytest.mark.parametrize(
    ("failed", "wait_s"), [(0, 0), (4, 0), (5, 1), (6, 2), (8, 8), (11, 60), (12, 60), (10_000, 60)]
)
def test_each_failure_doubles_the_wait_of_a_name(failed: int, wait_s: float) -> None:
    assert throttle.NAME.wait_s(failed) == wait_s


def test_a_name_waits_whatever_the_address(store: PeopleStore, clock: Clock) -> None:
    for n in range(throttle.NAME.free):
        assert throttle.enter(store, "Ada", f"10.0.0.{n}") == 0
    assert throttle.enter(store, "ADA ", "10.9.9.9") == 1
    assert throttle.enter(store, "Ed", "10.9.9.9") == 0, "another name does not wait"
    clock.forward(1)
    assert throttle.enter(store, "Ada", "10.9.9.9") == 0
    assert throttle.enter(store, "Ada", "10.9.9.9") == 2, "the wait grew"


def test_asking_while_waiting_does_not_lengthen_the_wait(store: PeopleStore, clock: Clock) -> None:
    for _ in range(throttle.NAME.free):
        throttle.enter(store, "Ada", "10.0.0.1")
    for _ in range(50):
        assert throttle.enter(store, "Ada", "10.0.0.1") == 1
    clock.forward(1)
    assert throttle.enter(store, "Ada", "10.0.0.1") == 0


def test_an_address_waits_whatever_the_name(store: PeopleStore) -> None:
    for n in range(throttle.ADDRESS.free):
        assert throttle.enter(store, f"name {n}", "10.0.0.1") == 0
    assert throttle.enter(store, "Ada", "10.0.0.1") == 1
    assert throttle.enter(store, "Ada", "10.0.0.2") == 0


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("2001:db8::1", "2001:db8::ffff", True),
        ("2001:db8::1", "2001:db8:0:1::1", False),
        ("::ffff:10.0.0.1", "10.0.0.1", True),
        ("not an address", "10.0.0.1", False),
    ],
)
def test_half_an_ipv6_address_is_one_customer(store: PeopleStore, one: str, other: str, same: bool) -> None:
    for n in range(throttle.ADDRESS.free):
        throttle.enter(store, f"name {n}", one)
    assert (throttle.enter(store, "Ada", other) > 0) is same


def test_a_right_password_forgives_the_name_and_one_failure_of_the_address(store: PeopleStore) -> None:
    for n in range(throttle.ADDRESS.free - 1):
        throttle.enter(store, f"name {n}", "10.0.0.1")
    for _ in range(3):  # whoever has an account cannot wash their address clean with it
        assert throttle.enter(store, "Ada", "10.0.0.1") == 0
        throttle.passed(store, "Ada", "10.0.0.1")
    assert throttle.enter(store, "Ada", "10.0.0.1") == 0
    assert throttle.enter(store, "Ada", "10.0.0.1") > 0


def test_a_day_later_all_is_forgotten(store: PeopleStore, clock: Clock) -> None:
    for n in range(throttle.ADDRESS.free):
        throttle.enter(store, f"name {n}", "10.0.0.1")
    clock.forward(86_401)
    throttle.enter(store, "Ada", "10.0.0.2")
    assert len(store.rows("SELECT * FROM attempts")) == 2
