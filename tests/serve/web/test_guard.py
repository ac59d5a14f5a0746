"""Which requests the desk refuses before anything is done."""

from __future__ import annotations

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route
from starlette.testclient import TestClient

from sayso.serve.web import guard
from sayso.serve.web.guard import Guard
from sayso.serve.web.review_routes import ours


async def done(request: Request) -> PlainTextResponse:
    return PlainTextResponse(str(len(await request.body())))


def client(*hosts: str) -> TestClient:
    app = Starlette(routes=[Route("/", done, methods=["GET", "POST"])])
    return TestClient(Guard(app, hosts=hosts), base_url="http://localhost", raise_server_exceptions=False)


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("localhost", 200),
        ("localhost:8747", 200),
        ("127.0.0.1:9", 200),
        ("[::1]:9", 200),
        ("desk.example", 200),
        ("evil.example", 421),
        ("localhost.evil.example", 421),
        ("", 421),
    ],
)
def test_it_answers_to_its_own_names_alone(host: str, status: int) -> None:
    assert client("desk.example").get("/", headers={"host": host}).status_code == status


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 200),  # a program: no browser leaves both out
        ({"sec-fetch-site": "same-origin"}, 200),
        ({"sec-fetch-site": "none"}, 200),
        ({"sec-fetch-site": "cross-site"}, 403),
        ({"sec-fetch-site": "same-site"}, 403),
        ({"origin": "http://localhost"}, 200),
        ({"origin": "http://evil.example"}, 403),
        ({"origin": "http://localhost:81"}, 403),
        ({"origin": "null"}, 403),
    ],
)
def test_what_changes_something_comes_from_a_page_of_ours(headers: dict[str, str], status: int) -> None:
    assert client().post("/", headers=headers).status_code == status
    assert client().get("/", headers=headers).status_code == 200  # a link from elsewhere may be followed


def test_a_body_larger_than_allowed_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(guard, "LARGEST_BODY", 100)
    assert client().post("/", content=b"x" * 100).text == "100"
    assert client().post("/", content=b"x" * 101).status_code == 413
    assert client().post("/", headers={"content-length": "many"}).status_code == 413

    def trickle() -> object:
        yield b"x" * 60
        yield b"x" * 60

    assert client().post("/", content=trickle()).status_code != 200, "one that hides its length too"  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("address", "to"),
    [
        ("/stories/y-a/review", "/stories/y-a/review"),
        ("//evil.example", "/"),
        ("/\\evil.example", "/"),
        ("https://evil.example", "/"),
        ("javascript:alert(1)", "/"),
        ("", "/"),
    ],
)
def test_a_form_leads_to_no_other_site(address: str, to: str) -> None:
    assert ours(address) == to
