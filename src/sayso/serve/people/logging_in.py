"""Logging in and out: a name and a password become a session, or one answer that tells nothing about which was wrong."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil

from sayso.serve.people import audit, sessions, throttle
from sayso.serve.people.passwords import Passwords
from sayso.serve.people.store import Listed, PeopleStore

NOBODY = "somebody"
"""Who the audit log says tried a name that nobody has: what was typed may be a password in the wrong field."""


@dataclass(frozen=True, slots=True)
class Refused:
    """Why nobody was logged in: the name and the password do not go together, or ``wait_s`` seconds are to be waited."""

    wait_s: int = 0


def log_in(
    store: PeopleStore, passwords: Passwords, name: str, password: str, *, address: str, before: str | None = None
) -> str | Refused:
    """The id of a new session, or why there is none. ``before`` is the session that this browser held; it ends."""
    if rest := throttle.enter(store, name, address):  # noted nowhere: whoever tries on and on would fill the log
        return Refused(ceil(rest))
    known = store.password_of(name)
    fits = passwords.fits(known[2] if known else None, password)
    if known is None or not fits:
        audit.note(store, known[1] if known else NOBODY, "refused at the login", address=address)
        return Refused()
    person_id, who, kept = known
    if passwords.is_dated(kept):
        store.set_password(person_id, passwords.hash(password))
    with store.writing():
        throttle.passed(store, name, address)
        if before:
            sessions.end(store, before)
        session = sessions.start(store, person_id, address=address)
        audit.note(store, who, "logged in", address=address)
    return session


def change_password(
    store: PeopleStore, passwords: Passwords, person: Listed, password: str, *, by: str, address: str = "-"
) -> None:
    """A new password; every session that the old one opened ends. Raises UsageError for one that will not do."""
    kept = passwords.new(password, name=person.name)
    with store.writing():
        store.set_password(person.id, kept)
        sessions.end_all(store, person.id)
        audit.note(store, by, "changed the password", about=person.name, address=address)
