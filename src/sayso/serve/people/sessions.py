"""Sessions: who is logged in at which browser. The browser holds a random id; we hold only its hash."""

from __future__ import annotations

import hashlib
import hmac
import secrets

from sayso.serve.people.roles import Person, Role
from sayso.serve.people.store import PeopleStore

#: Seconds without a request after which a session ends: a working day, so that nobody is thrown out over lunch.
IDLE_S = 12 * 3600.0
#: Seconds after which it ends in any case.
WHOLE_S = 7 * 24 * 3600.0
#: Seconds between two notes of its use: one write a minute for somebody who reads is enough.
_NOTED_S = 60.0
#: A session that begins later than this is of a clock that was ahead and was set back: it would stay open as much too long.
_AHEAD_S = 60.0
#: Sessions of one person at once; the one that was used least lately gives way.
MOST = 20


def start(store: PeopleStore, person_id: int, *, address: str) -> str:
    """A new session; the id for the browser to keep. What id the browser held before plays no part."""
    session = secrets.token_urlsafe(32)
    now = store.now()
    with store.writing():
        store.do("DELETE FROM sessions WHERE used_at < ? OR made_at < ?", now - IDLE_S, now - WHOLE_S)
        store.do(
            "DELETE FROM sessions WHERE hash IN "
            "(SELECT hash FROM sessions WHERE person = ? ORDER BY used_at DESC LIMIT -1 OFFSET ?)",
            person_id, MOST - 1,
        )  # fmt: skip
        store.do("INSERT INTO sessions VALUES (?, ?, ?, ?, ?)", _hash(session), person_id, now, now, address[:200])
    return session


def find(store: PeopleStore, session: str, *, used: bool = True) -> Person | None:
    """Whose session it is, or None where it has ended or never was. With ``used`` it counts as a sign of life."""
    now = store.now()
    row = store.row(
        "SELECT s.hash, s.used_at, p.id, p.name, p.role FROM sessions s JOIN people p ON p.id = s.person "
        "WHERE s.hash = ? AND s.used_at >= ? AND s.made_at BETWEEN ? AND ? AND p.removed_at IS NULL",
        _hash(session), now - IDLE_S, now - WHOLE_S, now + _AHEAD_S,
    )  # fmt: skip
    if row is None:
        return None
    if used and now - row["used_at"] > _NOTED_S:
        store.do("UPDATE sessions SET used_at = ? WHERE hash = ?", now, row["hash"])
    return Person(row["name"], Role.of(row["role"]), "session", row["id"])


def end(store: PeopleStore, session: str) -> None:
    """Ends one session."""
    store.do("DELETE FROM sessions WHERE hash = ?", _hash(session))


def end_all(store: PeopleStore, person_id: int) -> int:
    """Ends every session of a person; how many there were."""
    return store.do("DELETE FROM sessions WHERE person = ?", person_id)


def count(store: PeopleStore, person_id: int) -> int:
    """How many sessions of a person have not ended."""
    now = store.now()
    row = store.row(
        "SELECT COUNT(*) AS n FROM sessions WHERE person = ? AND used_at >= ? AND made_at >= ?",
        person_id, now - IDLE_S, now - WHOLE_S,
    )  # fmt: skip
    return int(row["n"]) if row else 0


def form_token(session: str) -> str:
    """What a form must hold to have come from a page of this session: it follows from the id, which no other site knows."""
    return hashlib.sha256(b"sayso form\0" + session.encode()).hexdigest()


def form_fits(session: str, given: str) -> bool:
    """Whether a form came from a page of this session."""
    return hmac.compare_digest(form_token(session).encode(), given.encode("utf-8", "replace"))


def _hash(session: str) -> str:
    return hashlib.sha256(b"sayso session\0" + session.encode("utf-8", "replace")).hexdigest()
