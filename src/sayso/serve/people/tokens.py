"""Tokens: keys for programs. Each is somebody's, may do what its scope says and never more than that person, and ends."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass

from sayso.errors import RecordNotFound, UsageError
from sayso.serve.people.roles import SCOPES, Person, Role
from sayso.serve.people.store import Listed, PeopleStore

PREFIX = "sayso_"
"""So that people, and scanners of published code, see what it is."""

DAYS = 90
"""How long a token lasts unless told."""

MOST_DAYS = 366
_NOTED_S = 60.0  # between two notes of its use


@dataclass(frozen=True, slots=True)
class Token:
    """A token as lists show it; the token itself is shown once, when it is made."""

    id: str
    person: str
    person_id: int
    name: str
    scope: str
    made_at: float
    ends_at: float
    used_at: float | None
    revoked_at: float | None


def make(store: PeopleStore, person: Listed, *, name: str, scope: str, days: int = DAYS) -> tuple[Token, str]:
    """A new token and what stands in it. Raises UsageError for a scope that is none, or is more than the person may do."""
    if scope not in SCOPES:
        raise UsageError("there is no such scope", where=repr(scope), remedy=f"Say {', '.join(SCOPES)}.")
    if SCOPES[scope] > person.role:
        raise UsageError(
            f"{person.name} is a {person.role.word}, and may not do that much",
            where=f"scope {scope}",
            remedy="Take a smaller scope, or change the role first.",
        )
    if not 1 <= days <= MOST_DAYS:
        raise UsageError("a token cannot last so long", where=f"{days} days", remedy=f"Say 1 to {MOST_DAYS}.")
    secret = PREFIX + secrets.token_urlsafe(32)
    token_id, now = "t-" + secrets.token_hex(5), store.now()
    store.do(
        "INSERT INTO tokens (id, hash, person, name, scope, made_at, ends_at) VALUES (?, ?, ?, ?, ?, ?, ?)",
        token_id, _hash(secret), person.id, " ".join(name.split())[:80], scope, now, now + days * 86400,
    )  # fmt: skip
    return token(store, token_id), secret


def find(store: PeopleStore, secret: str) -> Person | None:
    """Whoever a token speaks for, with the role that it leaves them; None for one that ended, was revoked, or never was."""
    now = store.now()
    row = store.row(
        "SELECT t.id AS token, t.scope, t.used_at, p.id, p.name, p.role FROM tokens t JOIN people p ON p.id = t.person "
        "WHERE t.hash = ? AND t.ends_at > ? AND t.revoked_at IS NULL AND p.removed_at IS NULL",
        _hash(secret), now,
    )  # fmt: skip
    if row is None:
        return None
    if row["used_at"] is None or now - row["used_at"] > _NOTED_S:
        store.do("UPDATE tokens SET used_at = ? WHERE id = ?", now, row["token"])
    return Person(row["name"], min(Role.of(row["role"]), SCOPES[row["scope"]]), "token", row["id"])


def tokens(store: PeopleStore, *, person_id: int | None = None) -> tuple[Token, ...]:
    """Every token, or those of one person, the newest first."""
    found = store.rows(
        "SELECT t.*, p.name AS owner FROM tokens t JOIN people p ON p.id = t.person "
        "WHERE ? IS NULL OR t.person = ? ORDER BY t.made_at DESC, t.id",
        person_id, person_id,
    )  # fmt: skip
    return tuple(
        Token(row["id"], row["owner"], row["person"], row["name"], row["scope"], row["made_at"], row["ends_at"],
              row["used_at"], row["revoked_at"])
        for row in found
    )  # fmt: skip


def token(store: PeopleStore, token_id: str, *, person_id: int | None = None) -> Token:
    """One token; with ``person_id`` only if it is theirs. Raises RecordNotFound, the same for one that is another's."""
    for each in tokens(store, person_id=person_id):
        if each.id == token_id:
            return each
    raise RecordNotFound("there is no such token", where=token_id[:40], remedy="See `sayso people LEDGER tokens`.")


def revoke(store: PeopleStore, token_id: str, *, person_id: int | None = None) -> Token:
    """Ends a token for good. Raises RecordNotFound as `token` does."""
    found = token(store, token_id, person_id=person_id)
    store.do("UPDATE tokens SET revoked_at = ? WHERE id = ? AND revoked_at IS NULL", store.now(), found.id)
    return token(store, token_id)


def state_of(token: Token, now: float) -> str:
    """ "valid", "ended" or "revoked"."""
    return "revoked" if token.revoked_at else "valid" if token.ends_at > now else "ended"


def _hash(secret: str) -> str:
    return hashlib.sha256(secret.encode("utf-8", "replace")).hexdigest()  # 256 random bits need no slow hash
