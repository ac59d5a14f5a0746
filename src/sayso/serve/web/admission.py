"""Who sent a request, and whether they may: every request passes here before anything looks at it.

Without accounts everybody who reaches the desk is the one person who runs it. With them a request has a session (a cookie that the
login set), a token (``Authorization: Bearer``), or neither; `sayso.serve.people.roles` says which role its address needs. A request
of a session that changes something must also hold the form token of a page of that session: beside the guard's look at where it
came from, because a second lock on this door costs nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import quote

import anyio
from fastapi import Request
from starlette.datastructures import FormData, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.formparsers import MultiPartException
from starlette.requests import HTTPConnection
from starlette.responses import RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from sayso.errors import SaysoError
from sayso.model import Problem
from sayso.serve.people import audit, sessions, tokens
from sayso.serve.people.roles import SAFE, Person, Role, needed
from sayso.serve.people.store import PeopleStore
from sayso.serve.web.guard import LARGEST_BODY, TooLarge

FIELD = "csrf"
"""The form field that holds the form token."""
HEADER = "x-csrf-token"
"""The header in which a script sends it."""
_STRANGERS_BODY = 16_384  # bytes
_NOTED_THERE = ("login", "logout", "me", "people")  # the pages below these write their own rows of the log
_WATCHING = "/api/v1/events"  # a page that only waits for news is no sign of life

Explain = Callable[[Request, int, Problem], Response]
"""Makes an answer of a status and what is wrong: a page, or problem+json."""


def person_of(request: HTTPConnection) -> Person:
    """Who sent a request that came through. Raises HTTPException 401 where nobody is logged in."""
    person = getattr(request.state, "person", None)
    if not isinstance(person, Person):
        raise HTTPException(401, "nobody is logged in")
    return person


def visitor_of(request: HTTPConnection) -> Person | None:
    """Who sent a request, or None: for pages that are open to everybody."""
    return getattr(request.state, "person", None)


def form_token_of(request: HTTPConnection) -> str:
    """What the forms of this request's page must hold; empty where they need nothing."""
    return str(getattr(request.state, "form_token", ""))


def require(role: Role) -> Callable[[Request], Person]:
    """A dependency for a route that needs more than its address tells. Raises HTTPException 401 or 403."""

    def dependency(request: Request) -> Person:
        person = person_of(request)
        if person.role < role:
            raise HTTPException(403, f"this needs the role {role.word}")
        return person

    return dependency


def address_of(request: HTTPConnection) -> str:
    """The address that a request came from, for the log."""
    return request.client.host if request.client else "-"


def cookie_name(request: HTTPConnection) -> str:
    """The session's cookie. With https its name has browsers hold it to this very host (``__Host-``)."""
    return ("__Host-" if _is_https(request) else "") + "sayso-session"


def set_cookie(request: HTTPConnection, response: Response, name: str, value: str, *, lasts_s: float | None) -> None:
    """A cookie that no script sees and no other site's request carries; with None it is taken away."""
    response.set_cookie(
        name, value, max_age=0 if lasts_s is None else int(lasts_s), path="/", httponly=True, samesite="strict",
        secure=_is_https(request),
    )  # fmt: skip


def _is_https(request: HTTPConnection) -> bool:
    return request.url.scheme in ("https", "wss")


class Admission:
    """ASGI middleware inside the guard. Without a ``store`` everybody is ``local``."""

    def __init__(self, app: ASGIApp, *, store: PeopleStore | None, local: Person, explain: Explain) -> None:
        self._app = app
        self._store = store
        self._local = local
        self._explain = explain

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
        elif scope["type"] != "http":
            await send({"type": "websocket.close", "code": 1008})  # we have none
        elif self._store is None:
            scope.setdefault("state", {})["person"] = self._local
            await self._app(scope, receive, send)
        else:
            await self._checked(self._store, scope, receive, send)

    async def _checked(self, store: PeopleStore, scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope, receive)
        state = scope.setdefault("state", {})
        state["person"], state["form_token"] = None, ""
        send = _unstored(scope, send)
        try:
            person = await anyio.to_thread.run_sync(_identify, store, request)
            session = request.cookies.get(cookie_name(request), "") if person and person.how == "session" else ""
            state["person"], state["form_token"] = person, sessions.form_token(session) if session else ""
            refused = self._refused(request, person)
            changing = request.method not in SAFE
            role, _ = needed(request.method, request.url.path)
            if refused is None and changing and session and role is not None:
                receive, refused = await self._form_checked(request, session, receive)
            if refused is not None:
                if person is not None and refused.status_code == 403:
                    await anyio.to_thread.run_sync(_note, store, request, person, refused.status_code)
                await refused(scope, receive, send)
                return
        except SaysoError as error:
            await self._explain(request, 503, error.problem)(scope, receive, send)
            return
        except TooLarge:
            problem = Problem("the request is too large", "", "Add it with `sayso add` on the machine itself.")
            await self._explain(request, 413, problem)(scope, receive, send)
            return
        if person is None:
            await self._app(scope, _short(receive), send)
            return
        if request.url.path == _WATCHING:
            await self._app(scope, receive, _while_let_in(send, store, request))
            return
        if not changing or request.url.path.split("/")[1] in _NOTED_THERE:
            await self._app(scope, receive, send)
            return
        told: list[int] = []
        try:
            await self._app(scope, receive, _noting(send, told))
        finally:
            with anyio.CancelScope(shield=True):
                await anyio.to_thread.run_sync(_note, store, request, person, told[0] if told else 500)

    def _refused(self, request: Request, person: Person | None) -> Response | None:
        """Why this person may not send this request, or None."""
        role, in_person = needed(request.method, request.url.path)
        if role is None:
            return None
        if person is None:
            return self._unknown(request)
        if person.role < role:
            return self._explain(
                request, 403, Problem(f"{person.name} may not do this", "", f"It needs the role {role.word}.")
            )
        if in_person and person.how != "session":
            return self._explain(
                request, 403, Problem("a token may not do this", "", "Log in with a name and a password.")
            )
        return None

    def _unknown(self, request: Request) -> Response:
        is_api = request.url.path.startswith("/api/")
        if not is_api and request.method in ("GET", "HEAD"):
            asked = request.url.path + (f"?{request.url.query}" if request.url.query else "")
            return RedirectResponse(f"/login?next={quote(asked, safe='')}" if asked != "/" else "/login", 303)
        what = "this token does not open the desk" if "authorization" in request.headers else "nobody is logged in"
        answer = self._explain(request, 401, Problem(what, "", "Log in, or send a token that has not ended."))
        answer.headers["www-authenticate"] = 'Bearer realm="sayso"'
        return answer

    async def _form_checked(self, request: Request, session: str, receive: Receive) -> tuple[Receive, Response | None]:
        """The body, to be read again, and why the request is refused: it holds no form token of this session."""
        given = request.headers.get(HEADER)
        if given is None and request.headers.get("content-type", "").startswith(
            ("application/x-www-form-urlencoded", "multipart/form-data")
        ):
            body = await request.body()
            given = await _field(Request(request.scope, _again(body, receive)))
            receive = _again(body, receive)
        if given is not None and sessions.form_fits(session, given):
            return receive, None
        problem = Problem("this form is not from a page of this session", "", "Open the page again, and send it anew.")
        return receive, self._explain(request, 403, problem)


def _identify(store: PeopleStore, request: Request) -> Person | None:
    authorization = request.headers.get("authorization")
    if authorization is not None:  # whoever sends a token means it: a cookie beside it plays no part
        kind, _, secret = authorization.partition(" ")
        return tokens.find(store, secret.strip()) if kind.lower() == "bearer" else None
    session = request.cookies.get(cookie_name(request))
    return sessions.find(store, session, used=request.url.path != _WATCHING) if session else None


def _note(store: PeopleStore, request: Request, person: Person, status: int) -> None:
    what = "was refused" if status == 403 else "sent" if status < 400 else f"sent in vain ({status})"
    by = "" if person.how == "session" else " (token)"
    audit.note(store, person.name, what + by, about=f"{request.method} {request.url.path}", address=address_of(request))


async def _field(request: Request) -> str | None:
    """The form token in a form's body; None for a body that is no form after all."""
    form: FormData
    try:
        async with request.form(max_part_size=LARGEST_BODY) as form:
            given = form.get(FIELD)
            return given if isinstance(given, str) else None
    except (HTTPException, MultiPartException, ValueError):
        return None


def _again(body: bytes, then: Receive) -> Receive:
    """A body that was read, as if it came in now; ``then`` tells what comes after it."""
    sent = False

    async def receive() -> Message:
        nonlocal sent
        if sent:
            return await then()
        sent = True
        return {"type": "http.request", "body": body, "more_body": False}

    return receive


def _short(receive: Receive) -> Receive:
    """The body of a request of nobody: a name and a password are short, and nothing else is read from strangers."""
    seen = 0

    async def receiving() -> Message:
        nonlocal seen
        message = await receive()
        seen += len(message.get("body", b""))
        if seen > _STRANGERS_BODY:
            raise TooLarge
        return message

    return receiving


def _noting(send: Send, told: list[int]) -> Send:
    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start":
            told.append(message["status"])
        await send(message)

    return sending


def _while_let_in(send: Send, store: PeopleStore, request: Request) -> Send:
    """A stream that lasts for days ends with the session or token that opened it."""
    ended = False

    async def sending(message: Message) -> None:
        nonlocal ended
        if ended:
            return
        if message["type"] == "http.response.body" and message.get("body"):
            ended = await anyio.to_thread.run_sync(_identify, store, request) is None
            if ended:
                message = {"type": "http.response.body", "body": b"", "more_body": False}
        await send(message)

    return sending


def _unstored(scope: Scope, send: Send) -> Send:
    """What is for one person alone stays in no cache, neither on the way nor in a browser that others use after them."""

    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start" and not scope["path"].startswith("/static/"):
            MutableHeaders(scope=message)["cache-control"] = "no-store"
        await send(message)

    return sending
