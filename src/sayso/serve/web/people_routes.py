"""The pages of accounts: logging in and out, one's own password, tokens and sessions, and for admins everybody's."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Form, Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from sayso.errors import RecordNotFound, UsageError
from sayso.model import Problem
from sayso.serve.people import audit, sessions, throttle, tokens
from sayso.serve.people.logging_in import Refused, change_password, log_in
from sayso.serve.people.passwords import Passwords
from sayso.serve.people.roles import SCOPES, Person, Role
from sayso.serve.people.store import Listed, PeopleStore
from sayso.serve.people.tokens import DAYS, Token
from sayso.serve.web.admission import address_of, cookie_name, person_of, set_cookie, visitor_of
from sayso.serve.web.frame import Frame
from sayso.serve.web.rendering import render
from sayso.serve.web.routes import Pages

Short = Annotated[str, Form(max_length=1200)]

#: Seconds within which a login page must be sent.
_LOGIN_S = 3600.0
#: Rows of the audit log on the page; `sayso people LEDGER audit` has all.
_LOGGED = 50


@dataclass(frozen=True, slots=True)
class TokenRow:
    """A token in one row; ``state`` is "valid", "ended" or "revoked"."""

    id: str
    person: str
    name: str
    scope: str
    made: str
    ends: str
    used: str
    state: str


@dataclass(frozen=True, slots=True)
class PersonRow:
    """A person in one row."""

    id: int
    name: str
    role: str
    added: str
    sessions: int


@dataclass(frozen=True, slots=True)
class MePage:
    """One's own account. ``secret`` is the token that was made just now, shown this once."""

    name: str
    role: str
    sessions: int
    tokens: tuple[TokenRow, ...]
    scopes: tuple[str, ...]
    days: int
    secret: str = ""


@dataclass(frozen=True, slots=True)
class PeoplePage:
    """Everybody who may log in, every token, and the last rows of the audit log, the newest first."""

    people: tuple[PersonRow, ...]
    tokens: tuple[TokenRow, ...]
    log: tuple[audit.Entry, ...]


def people_routes(pages: Pages, store: PeopleStore, passwords: Passwords) -> APIRouter:
    """Every page of accounts. Who may see which stands in `sayso.serve.people.roles`."""
    router = APIRouter(include_in_schema=False)
    _login_pages(router, store, passwords)
    _own_pages(router, pages, store, passwords)
    _admin_pages(router, pages, store, passwords)
    return router


# ---------------------------------------------------------------------------------------------------
# Logging in and out


def _login_pages(router: APIRouter, store: PeopleStore, passwords: Passwords) -> None:
    @router.get("/login")
    def login_form(request: Request, next: str = "/") -> Response:
        if visitor_of(request) is not None:
            return RedirectResponse(ours(next), 303)
        return _login(request, next)

    @router.post("/login")
    def login(
        request: Request, name: Short = "", password: Short = "", csrf: Short = "", next: Short = "/"
    ) -> Response:
        opened = request.cookies.get(_login_cookie(request))
        if not opened or not sessions.form_fits(opened, csrf):
            return _login(
                request, next, problem="This page had been open for too long. Please send it again.", status=403
            )
        before = request.cookies.get(cookie_name(request))
        done = log_in(store, passwords, name, password, address=address_of(request), before=before)
        if isinstance(done, Refused) and done.wait_s:
            words = f"Too many tries failed. Wait {_wait_words(done.wait_s)} before the next."
            answer = _login(request, next, name=name, problem=words, status=429)
            answer.headers["retry-after"] = str(done.wait_s)
            return answer
        if isinstance(done, Refused):
            return _login(request, next, name=name, problem="This name and password do not go together.", status=401)
        answer = RedirectResponse(ours(next), 303)
        set_cookie(request, answer, cookie_name(request), done, lasts_s=sessions.WHOLE_S)
        set_cookie(request, answer, _login_cookie(request), "", lasts_s=None)
        return answer

    @router.post("/logout")
    def logout(request: Request, everywhere: Short = "") -> Response:
        person = person_of(request)
        with store.writing():
            if everywhere and person.id is not None:
                sessions.end_all(store, person.id)
            else:
                sessions.end(store, request.cookies.get(cookie_name(request), ""))
            audit.note(
                store, person.name, "logged out everywhere" if everywhere else "logged out", address=address_of(request)
            )
        answer = RedirectResponse("/login", 303)
        set_cookie(request, answer, cookie_name(request), "", lasts_s=None)
        return answer


def _login(request: Request, next: str, *, name: str = "", problem: str = "", status: int = 200) -> Response:
    """The page to log in on. Its form token belongs to a cookie of its own, so that no other site can log anybody in here."""
    opened = secrets.token_urlsafe(32)
    around = Frame("sayso", "", "/login", form_token=sessions.form_token(opened))
    page = {"next": ours(next), "name": name[:80], "problem": problem}
    answer = HTMLResponse(render("login.html", {"desk": around, "page": page}), status)
    set_cookie(request, answer, _login_cookie(request), opened, lasts_s=_LOGIN_S)
    return answer


def _login_cookie(request: Request) -> str:
    return cookie_name(request).replace("session", "login")


def ours(address: str) -> str:
    """The address if it is a path on this desk, else the first page: logging in can lead to no other site."""
    plain = address.startswith("/") and not address.startswith(("//", "/\\")) and address.isprintable()
    return address if plain and "\\" not in address else "/"


def _wait_words(seconds: int) -> str:
    return f"{seconds} seconds" if seconds < 120 else f"{-(-seconds // 60)} minutes"


# ---------------------------------------------------------------------------------------------------
# One's own


def _own_pages(router: APIRouter, pages: Pages, store: PeopleStore, passwords: Passwords) -> None:
    def shown(request: Request, *, secret: str = "", problem: Problem | None = None, status: int = 200) -> Response:
        listed = _listed(store, person_of(request))
        page = MePage(
            listed.name,
            listed.role.word,
            sessions.count(store, listed.id),
            tuple(_row(store, each) for each in tokens.tokens(store, person_id=listed.id)),
            tuple(scope for scope, role in SCOPES.items() if role <= listed.role),
            DAYS,
            secret,
        )
        return pages.outside(request, "me.html", page, status=status, problem=problem)

    @router.get("/me")
    def me(request: Request) -> Response:
        return shown(request)

    @router.post("/me/password")
    def password(request: Request, old: Short = "", new: Short = "", again: Short = "") -> Response:
        listed = _listed(store, person_of(request))
        where = address_of(request)
        if rest := throttle.enter(store, listed.name, where):
            return shown(
                request,
                problem=Problem("too many tries failed", "", f"Wait {_wait_words(int(rest) + 1)}."),
                status=429,
            )
        known = store.password_of(listed.name)
        if not passwords.fits(known[2] if known else None, old):
            audit.note(store, listed.name, "gave a wrong old password", address=where)
            return shown(
                request, problem=Problem("the old password is another", "", "Nothing was changed."), status=403
            )
        throttle.passed(store, listed.name, where)
        try:
            if new != again:
                raise UsageError("the new password was typed in two ways", where="", remedy="Nothing was changed.")
            change_password(store, passwords, listed, new, by=listed.name, address=where)
        except UsageError as error:
            return shown(request, problem=error.problem, status=400)
        answer = RedirectResponse(
            "/me", 303
        )  # all sessions ended, and with the new password this browser gets a new one
        set_cookie(
            request,
            answer,
            cookie_name(request),
            sessions.start(store, listed.id, address=where),
            lasts_s=sessions.WHOLE_S,
        )
        return answer

    @router.post("/me/tokens")
    def add_token(request: Request, name: Short = "", scope: Short = "read", days: Short = str(DAYS)) -> Response:
        listed = _listed(store, person_of(request))
        try:
            with store.writing():
                made, secret = tokens.make(store, listed, name=name, scope=scope, days=_whole(days))
                audit.note(
                    store,
                    listed.name,
                    f"made a token ({scope})",
                    about=f"{made.id} {made.name}",
                    address=address_of(request),
                )
        except UsageError as error:
            return shown(request, problem=error.problem, status=400)
        return shown(request, secret=secret, status=201)

    @router.post("/me/tokens/{token}/revoke")
    def revoke(request: Request, token: str) -> Response:
        person = person_of(request)
        with store.writing():
            tokens.revoke(store, token, person_id=person.id)
            audit.note(store, person.name, "revoked a token", about=token, address=address_of(request))
        return RedirectResponse("/me", 303)


# ---------------------------------------------------------------------------------------------------
# Everybody's


def _admin_pages(router: APIRouter, pages: Pages, store: PeopleStore, passwords: Passwords) -> None:
    def shown(request: Request, *, problem: Problem | None = None, status: int = 200) -> Response:
        page = PeoplePage(
            tuple(
                PersonRow(each.id, each.name, each.role.word, _day(each.added_at), sessions.count(store, each.id))
                for each in store.people()
            ),
            tuple(_row(store, each) for each in tokens.tokens(store)),
            tuple(reversed(audit.entries(store, last=_LOGGED))),
        )
        return pages.outside(request, "people.html", page, status=status, problem=problem)

    def done(request: Request, what: str, about: str) -> None:
        audit.note(store, person_of(request).name, what, about=about, address=address_of(request))

    @router.get("/people")
    def people(request: Request) -> Response:
        return shown(request)

    @router.post("/people")
    def add(request: Request, name: Short = "", role: Short = "reader", password: Short = "") -> Response:
        try:
            given = Role.of(role)
            kept = passwords.new(password, name=name)
            with store.writing():
                listed = store.add(name, given, kept)
                done(request, f"added a person ({given.word})", listed.name)
        except UsageError as error:
            return shown(request, problem=error.problem, status=400)
        return RedirectResponse("/people", 303)

    @router.post("/people/{person}/role")
    def set_role(request: Request, person: int, role: Short = "") -> Response:
        try:
            with store.writing():
                listed = store.person(person)
                store.set_role(listed, Role.of(role))
                done(request, f"made a person {role}", listed.name)
        except RecordNotFound:
            raise
        except UsageError as error:
            return shown(request, problem=error.problem, status=400)
        return RedirectResponse("/people", 303)

    @router.post("/people/{person}/password")
    def set_password(request: Request, person: int, password: Short = "") -> Response:
        try:
            change_password(
                store, passwords, store.person(person), password,
                by=person_of(request).name, address=address_of(request),
            )  # fmt: skip
        except RecordNotFound:
            raise
        except UsageError as error:
            return shown(request, problem=error.problem, status=400)
        return RedirectResponse("/people", 303)

    @router.post("/people/{person}/remove")
    def remove(request: Request, person: int) -> Response:
        try:
            with store.writing():
                listed = store.person(person)
                store.remove(listed)
                done(request, "removed a person", listed.name)
        except RecordNotFound:
            raise
        except UsageError as error:
            return shown(request, problem=error.problem, status=400)
        return RedirectResponse("/people", 303)

    @router.post("/people/{person}/logout")
    def end_sessions(request: Request, person: int) -> Response:
        with store.writing():
            listed = store.person(person)
            sessions.end_all(store, listed.id)
            done(request, "ended all sessions", listed.name)
        return RedirectResponse("/people", 303)

    @router.post("/people/tokens/{token}/revoke")
    def revoke(request: Request, token: str) -> Response:
        with store.writing():
            found = tokens.revoke(store, token)
            done(request, "revoked a token", f"{found.id} of {found.person}")
        return RedirectResponse("/people", 303)


# ---------------------------------------------------------------------------------------------------


def _listed(store: PeopleStore, person: Person) -> Listed:
    if person.id is None:
        raise RecordNotFound("this desk has no accounts", where=person.name, remedy="Start it with --auth.")
    return store.person(person.id)


def _row(store: PeopleStore, token: Token) -> TokenRow:
    return TokenRow(
        token.id, token.person, token.name, token.scope, _day(token.made_at), _day(token.ends_at),
        _day(token.used_at) if token.used_at else "", tokens.state_of(token, store.now()),
    )  # fmt: skip


def _day(seconds: float) -> str:
    return audit.iso(seconds)[:10]


def _whole(text: str) -> int:
    if not text.strip().isdecimal() or len(text) > 6:
        raise UsageError("this is no number of days", where=ascii(text[:20]), remedy="Say how many, in digits.")
    return int(text)
