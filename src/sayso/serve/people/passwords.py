"""Passwords: what may be one, how it is kept (argon2id), and an answer that takes as long for names that nobody has."""

from __future__ import annotations

import secrets
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from unicodedata import normalize

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from sayso.errors import LedgerLocked, UsageError

#: Characters. Long enough that guessing over the network is hopeless; what they are is left to the person (NIST SP 800-63B).
LEAST = 12
#: Bytes. Far beyond any phrase; what is longer only costs us work.
MOST = 1024
#: Hashes that are worked out at once: each takes 64 MiB, and a core for as long as it lasts.
_AT_ONCE = 2
#: Tries that may wait for their turn: beyond that the desk says that it is busy, so that its pages are never kept waiting by them.
_WAITING = 8


class Passwords:
    """Makes and checks the hashes of passwords; ``hasher`` says how much work each is (argon2-cffi's default is RFC 9106's)."""

    def __init__(self, hasher: PasswordHasher | None = None) -> None:
        self._hasher = hasher or PasswordHasher()
        self._turn = threading.BoundedSemaphore(_AT_ONCE)
        self._room = threading.BoundedSemaphore(_WAITING)
        self._nobody = self._hasher.hash(secrets.token_bytes(16))

    def new(self, password: str, *, name: str) -> str:
        """The hash of a password that somebody chooses. Raises UsageError for one that is too short, too long, or the name itself."""
        problem = _wrong_with(password, name)
        if problem:
            raise UsageError(
                problem, where="the password", remedy=f"Choose one of at least {LEAST} characters: a few words will do."
            )
        return self.hash(password)

    def hash(self, password: str) -> str:
        """The hash of a password that is one already."""
        with self._in_turn():
            return self._hasher.hash(_bytes(password))

    def fits(self, kept: str | None, password: str) -> bool:
        """Whether ``password`` is the one with the hash ``kept``. Without a hash it takes as long, and is not.

        Raises LedgerLocked where too many ask at once.
        """
        given = _bytes(password)
        with self._in_turn():
            try:
                self._hasher.verify(kept or self._nobody, given[:MOST])
            except (VerificationError, InvalidHashError):
                return False
        return bool(kept) and len(given) <= MOST

    @contextmanager
    def _in_turn(self) -> Iterator[None]:
        if not self._room.acquire(blocking=False):
            raise LedgerLocked("too many are logging in at once", where="the desk", remedy="Try again in a moment.")
        try:
            with self._turn:
                yield
        finally:
            self._room.release()

    def is_dated(self, kept: str) -> bool:
        """Whether the hash was made with less work than we would ask for now."""
        return self._hasher.check_needs_rehash(kept)


def _bytes(password: str) -> bytes:
    """The same bytes for a password however a keyboard composes its letters."""
    return normalize("NFKC", password).encode("utf-8", "surrogatepass")


def _wrong_with(password: str, name: str) -> str | None:
    if len(password) < LEAST:
        return f"it has fewer than {LEAST} characters"
    if len(_bytes(password)) > MOST:
        return f"it is longer than {MOST:,} bytes"
    if len(set(password)) < 4:
        return "it is the same few characters over and over"
    if password.casefold().strip() == name.casefold():
        return "it is the name"
    return None
