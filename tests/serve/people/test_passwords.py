"""Passwords: what may be one, how it is kept, and that nobody's name takes as long as somebody's."""

from __future__ import annotations

from contextlib import ExitStack
from typing import Literal
from unicodedata import normalize

import pytest
from argon2 import PasswordHasher

from sayso.errors import LedgerLocked, UsageError
from sayso.serve.people.passwords import MOST, Passwords


@pytest.mark.parametrize(
    ("password", "problem"),
    [
        ("short", "fewer than 12"),
        ("é" * MOST, "longer than"),
        ("abababababab", "the same few"),
        ("Ada Quill-Marsh", "it is the name"),
    ],
)
def test_what_cannot_be_a_password(passwords: Passwords, password: str, problem: str) -> None:
    with pytest.raises(UsageError, match=problem):
        passwords.new(password, name="ada quill-marsh")


def test_it_is_kept_as_argon2id_with_a_salt(passwords: Passwords) -> None:
    one, two = (passwords.new("nine plain words", name="Ada") for _ in range(2))
    assert one.startswith("$argon2id$")
    assert one != two
    assert passwords.fits(one, "nine plain words")
    assert not passwords.fits(one, "nine plain wordz")
    assert PasswordHasher().memory_cost >= 65536, "what a desk uses: 64 MiB a try"


def test_a_keyboard_that_composes_letters_otherwise_gives_the_same(passwords: Passwords) -> None:
    kept = passwords.new(normalize("NFC", "naïve café rôles"), name="Ada")
    assert passwords.fits(kept, normalize("NFD", "naïve café rôles"))


@pytest.mark.parametrize("kept", [None, "", "no hash", "$argon2id$v=19$broken"])
def test_what_is_no_hash_fits_nothing(passwords: Passwords, kept: str | None) -> None:
    assert not passwords.fits(kept, "nine plain words")


def test_the_end_of_an_overlong_password_counts(passwords: Passwords) -> None:
    kept = passwords.hash("a plain word " * 78)
    assert len("a plain word " * 78) < MOST
    assert not passwords.fits(kept, "a plain word " * 78 + "x" * 100)


def test_a_name_that_nobody_has_costs_one_hash_of_the_same_cost() -> None:
    """Not a matter of timing, but of what is done: one verification of the same parameters each."""
    asked: list[str] = []

    class Watched(PasswordHasher):
        def verify(self, hash: str | bytes, password: str | bytes) -> Literal[True]:
            asked.append(str(hash))
            return super().verify(hash, password)

    watched = Passwords(Watched(time_cost=1, memory_cost=8, parallelism=1))
    kept = watched.hash("nine plain words")
    watched.fits(kept, "some other words")
    watched.fits(None, "some other words")
    somebody, nobody = asked
    assert somebody.split("$")[:4] == nobody.split("$")[:4]


def test_when_too_many_ask_at_once_the_desk_says_so(passwords: Passwords) -> None:
    with ExitStack() as waiting:
        for _ in range(8):
            assert passwords._room.acquire(blocking=False)
            waiting.callback(passwords._room.release)
        with pytest.raises(LedgerLocked, match="too many"):
            passwords.fits(None, "nine plain words")
    assert not passwords.fits(None, "nine plain words")
