"""A desk without accounts is one person's: whoever runs it, who may do everything, and needs no login and no token."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import anyio
import click
import pytest
from fastapi import FastAPI, Request
from starlette.exceptions import HTTPException

from sayso import ledger as ledgers
from sayso.serve.desk import Desk
from sayso.serve.people import tokens
from sayso.serve.people.roles import Person, Role
from sayso.serve.people.store import PeopleStore
from sayso.serve.web import app as apps
from sayso.serve.web.admission import Admission, _while_let_in, require
from sayso.serve.web.app import make_app
from tests.serve.people.conftest import Browser
from tests.store.making import STEPS, captured


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FastAPI]:
    path = str(tmp_path_factory.mktemp("own") / "flood.db")
    with ledgers.open(path, create=True, steps=STEPS) as ledger:
        ledger.add_captured([captured("Ada said 3 fell."), captured("Cy said 4 fell.")])
    made = make_app(Desk(path, steps=STEPS), name="flood", user="Noor")
    with Browser(made):
        yield made


def test_everything_is_open_to_the_one_person(app: FastAPI) -> None:
    browser = Browser(app)
    assert browser.get("/api/v1/me").json() == {"name": "Noor", "role": "admin", "how": "local"}
    story = browser.get("/api/v1/stories").json()["stories"][0]["id"]
    page = browser.get(f"/stories/{story}").text
    assert "Log out" not in page
    assert "csrf" not in page
    claim = browser.get(f"/api/v1/stories/{story}/questions").json()["questions"][0]["answers"][0]["id"]
    made = browser.post("/api/v1/judgements", json={"verdict": "note", "subject": claim, "value": "seen"})
    assert made.json()["judgement"]["author"] == "Noor"


@pytest.mark.parametrize("path", ["/login", "/me", "/people"])
def test_there_are_no_pages_of_accounts(app: FastAPI, path: str) -> None:
    assert Browser(app).get(path).status_code == 404


def test_another_site_is_kept_out_all_the_same(app: FastAPI) -> None:
    sent = {"verdict": "note", "subject": "c-x", "value": "x"}
    assert Browser(app).post("/judge", data=sent, headers={"origin": "https://evil.example"}).status_code == 403
    assert Browser(app, base_url="http://evil.example").get("/").status_code == 421


def test_a_machine_that_knows_nobody_by_name_can_be_read_in(monkeypatch: pytest.MonkeyPatch) -> None:
    def nobody(_: str | None) -> str:
        raise click.UsageError("Nobody is logged in here.")

    monkeypatch.setattr(apps, "author_or_user", nobody)
    assert apps._login_name() == "desk"


# ---------------------------------------------------------------------------------------------------
# What routes and streams ask


def asked_by(person: Person | None) -> Request:
    return Request({"type": "http", "state": {"person": person}, "headers": []})


def test_a_route_can_ask_for_a_role() -> None:
    editor = Person("Ed", Role.EDITOR, "session", 2)
    assert require(Role.EDITOR)(asked_by(editor)) is editor
    for person, status in ((Person("Rea", Role.READER, "session", 1), 403), (None, 401)):
        with pytest.raises(HTTPException) as refused:
            require(Role.EDITOR)(asked_by(person))
        assert refused.value.status_code == status


def test_a_stream_ends_with_what_opened_it(store: PeopleStore) -> None:
    made, secret = tokens.make(store, store.person("Rea"), name="x", scope="read")
    scope: dict[str, Any] = {
        "type": "http", "path": "/api/v1/events", "headers": [(b"authorization", f"Bearer {secret}".encode())],
    }  # fmt: skip
    sent: list[Any] = []

    async def send(message: Any) -> None:
        sent.append(message)

    async def stream() -> None:
        sending = _while_let_in(send, store, Request(scope))
        await sending({"type": "http.response.start", "status": 200, "headers": []})
        await sending({"type": "http.response.body", "body": b"one", "more_body": True})
        tokens.revoke(store, made.id)
        for words in (b"two", b"three"):
            await sending({"type": "http.response.body", "body": words, "more_body": True})

    anyio.run(stream)
    assert [(each.get("body"), each.get("more_body")) for each in sent[1:]] == [(b"one", True), (b"", False)]


def test_no_socket_of_another_kind_comes_through(store: PeopleStore) -> None:
    sent: list[Any] = []

    async def send(message: Any) -> None:
        sent.append(message)

    async def inside(*_: Any) -> None:
        raise AssertionError("nothing may come here")

    async def receive() -> Any:
        return {"type": "websocket.connect"}

    async def connect() -> None:
        local = Person("x", Role.ADMIN, "local")
        admission = Admission(inside, store=store, local=local, explain=lambda *_: pytest.fail("no answer"))
        await admission({"type": "websocket", "path": "/"}, receive, send)

    anyio.run(connect)
    assert sent == [{"type": "websocket.close", "code": 1008}]
