"""Accounts over HTTP: who one is, and for tokens of scope "admin" who may log in, which tokens there are, and what was done.

Nobody is added here and no token is made: that takes a person who logged in, or the command line.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Query, Request

from sayso.serve.people import audit, tokens
from sayso.serve.people.audit import Entry, iso
from sayso.serve.people.store import Listed, PeopleStore
from sayso.serve.people.tokens import Token
from sayso.serve.web.admission import address_of, person_of

#: Rows of the audit log in one answer.
MOST = 1000


@dataclass(frozen=True, slots=True)
class Me:
    """Who sends this request: ``how`` is "session", "token" or "local"."""

    name: str
    role: str
    how: str


@dataclass(frozen=True, slots=True)
class PersonListed:
    """Somebody who may log in."""

    id: int
    name: str
    role: str
    added_at: str


@dataclass(frozen=True, slots=True)
class TokenListed:
    """A token, without what opens anything. ``state`` is "valid", "ended" or "revoked"."""

    id: str
    person: str
    name: str
    scope: str
    state: str
    made_at: str
    ends_at: str
    used_at: str | None


def me_routes() -> APIRouter:
    """Who one is, for programs; on a desk without accounts too."""
    router = APIRouter(tags=["people"])

    @router.get("/me")
    def me(request: Request) -> Me:
        """The name and role that this request counts under."""
        person = person_of(request)
        return Me(person.name, person.role.word, person.how)

    return router


def people_api(store: PeopleStore) -> APIRouter:
    """Everybody's accounts, for admins."""
    router = APIRouter(prefix="/people", tags=["people"])

    @router.get("")
    def people() -> tuple[PersonListed, ...]:
        """Who may log in."""
        return tuple(_person(each) for each in store.people())

    @router.delete("/{person}")
    def remove(request: Request, person: int) -> PersonListed:
        """Removes a person: sessions end, tokens are revoked."""
        with store.writing():
            listed = store.person(person)
            store.remove(listed)
            _note(store, request, "removed a person", listed.name)
        return _person(listed)

    @router.get("/tokens")
    def every_token() -> tuple[TokenListed, ...]:
        """Every token, the newest first."""
        return tuple(_token(store, each) for each in tokens.tokens(store))

    @router.delete("/tokens/{token}")
    def revoke(request: Request, token: str) -> TokenListed:
        """Ends a token for good."""
        with store.writing():
            found = tokens.revoke(store, token)
            _note(store, request, "revoked a token", f"{found.id} of {found.person}")
        return _token(store, found)

    @router.get("/audit")
    def log(
        after: Annotated[int, Query(ge=0, le=2**53, description="The rows after this one.")] = 0,
        limit: Annotated[int, Query(ge=1, le=MOST)] = MOST,
    ) -> tuple[Entry, ...]:
        """What was done, oldest row first. Each row holds the hash of the one before."""
        return audit.entries_after(store, after, most=limit)

    return router


def _note(store: PeopleStore, request: Request, what: str, about: str) -> None:
    audit.note(store, person_of(request).name, what, about=about, address=address_of(request))


def _person(listed: Listed) -> PersonListed:
    return PersonListed(listed.id, listed.name, listed.role.word, iso(listed.added_at))


def _token(store: PeopleStore, token: Token) -> TokenListed:
    return TokenListed(
        token.id, token.person, token.name, token.scope, tokens.state_of(token, store.now()), iso(token.made_at),
        iso(token.ends_at), iso(token.used_at) if token.used_at else None,
    )  # fmt: skip
